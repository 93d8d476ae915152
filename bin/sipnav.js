#!/usr/bin/env node
if (process.argv.length === 3 && process.argv[2] === "--version")
  console.log(require("../package.json").version);
else require("../dist/main.cjs").main();
