#!/usr/bin/env node
const words = process.argv.slice(2);
if (words.length === 1 && words[0] === "--version") printVersion(require("../package.json").version);
else require("../dist/start.cjs").start(words);

/** Without the stream, which takes longer than everything else here, where that is possible. */
function printVersion(version) {
  try {
    require("node:fs").writeSync(1, `${version}\n`);
  } catch {
    console.log(version);
  }
}
