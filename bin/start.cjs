const { readFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const { dirname } = require("node:path");
const { constants, Script } = require("node:vm");

/** Beside each bundle may lie what V8 compiled of it, good for this version alone: V8 looks for itself and falls back. */
const mark = `${process.version}-${process.platform}-${process.arch}`;

require.extensions[".cjs"] = (module, path) => {
  // The bundles are plain ASCII.
  const script = new Script(wrap(readFileSync(path, "latin1")), {
    filename: path,
    cachedData: readCompiled(`${path}.${mark}`),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
};

function readCompiled(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Runs a command line; help and completion without the program that stands behind them. */
exports.start = (words) => {
  const isSimple = words[0] === "__complete" || words.includes("--help") || words.includes("-h");
  if (!isSimple || !require("./front.cjs").main(words)) require("./main.cjs").main();
};
