const { readFileSync } = require("node:fs");
const { dirname } = require("node:path");
const { Script } = require("node:vm");

/** Where what V8 compiled of a bundle lies, if it does: it is good for one version of Node alone. */
exports.compiledOf = (path) => `${path}.${process.version}-${process.platform}-${process.arch}`;

/** Loads a bundle, which is plain ASCII and imports nothing dynamically; V8 turns down what was compiled of another. */
exports.loadBundle = (module, path, compiled) => {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, "latin1")}\n})`;
  const script = new Script(source, { filename: path, cachedData: compiled });
  script.runInThisContext()(module.exports, (id) => module.require(id), module, path, dirname(path));
};

const loadPlain = require.extensions[".js"];

require.extensions[".cjs"] = (module, path) => {
  const compiled = readCompiled(exports.compiledOf(path));
  if (compiled === undefined) loadPlain(module, path);
  else exports.loadBundle(module, path, compiled);
};

function readCompiled(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Runs a command line; help and completion without the program that stands behind them. */
exports.start = async (words) => {
  const isSimple = words[0] === "__complete" || words.includes("--help") || words.includes("-h");
  if (!isSimple || !(await require("./front.cjs").main(words))) require("./main.cjs").main();
};
