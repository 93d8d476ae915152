#!/usr/bin/env node
const words = process.argv.slice(2);
const isSimple = words[0] === "__complete" || words.includes("--help") || words.includes("-h");
if (words.length === 1 && words[0] === "--version") console.log(require("../package.json").version);
else if (!isSimple || !require("../dist/front.cjs").main(words)) require("../dist/main.cjs").main();
