#!/usr/bin/env node
// Writes what is derived from the contract: its types (schema.ts) and its routes (routes.ts).
// With --check nothing is written; a file that is not fresh is named and the exit code is 1.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const folder = new URL("../src/contract/", import.meta.url);
const text = readFileSync(new URL("openapi.yaml", folder), "utf8");
const header = "// Generated from openapi.yaml by `npm run generate`. Do not edit.\n";

function routesOf(contract) {
  const routes = {};
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const parameters = (operation.parameters ?? []).map((entry) =>
        entry.$ref ? contract.components.parameters[entry.$ref.split("/").at(-1)] : entry,
      );
      const content = Object.keys(operation.requestBody?.content ?? {})[0];
      const paging = operation["x-paging"];
      routes[operation.operationId] = {
        method: method.toUpperCase(),
        path,
        query: parameters.filter((parameter) => parameter.in === "query").map((parameter) => parameter.name),
        body: content === undefined ? "none" : content === "application/json" ? "json" : "multipart",
        session: operation.security === undefined,
        repeatable: operation["x-repeatable"] ?? ["get", "put"].includes(method),
        ...(paging === undefined ? {} : { paging, rowId: operation["x-row-id"] }),
      };
    }
  }
  return routes;
}

const schema = astToString(await openapiTS(new URL("openapi.yaml", folder)));
const fresh = {
  "schema.ts": header + schema,
  "routes.ts": `${header}export const routes = ${JSON.stringify(routesOf(parse(text)), null, 2)} as const;\n`,
};

for (const [name, content] of Object.entries(fresh)) {
  const file = new URL(name, folder);
  if (!process.argv.includes("--check")) {
    writeFileSync(file, content);
  } else if (read(file) !== content) {
    console.error(`src/contract/${name} is stale: run \`npm run generate\` and commit it.`);
    process.exitCode = 1;
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
