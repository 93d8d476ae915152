// Prints to standard error, as its process ends, the name of everything that was loaded, by line.
const Module = require("node:module");

const load = Module._load;
const loaded = new Set();
Module._load = function (request, ...rest) {
  loaded.add(request);
  return load.call(this, request, ...rest);
};
process.on("exit", () => {
  process.stderr.write(`${[...loaded].join("\n")}\n`);
});
