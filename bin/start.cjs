const { readFileSync } = require("node:fs");

const { dirname } = require("node:path");
const { constants, Script } = require("node:vm");

/** Where what V8 compiled of a bundle lies, if it does; good for one version alone, and V8 turns away what it can't use. */
exports.compiledOf = (path) => `${path}.${process.version}-${process.platform}-${process.arch}`;

require.extensions[".cjs"] = (module, path) => {
  // The bundles are plain ASCII.
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(path, "latin1")}\n})`, {
    filename: path,
    cachedData: readCompiled(exports.compiledOf(path)),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  script.runInThisContext()(module.exports, (id) => module.require(id), module, path, dirname(path));
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
