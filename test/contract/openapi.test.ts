import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { operationIds, routeOf } from "../../src/contract/operations.ts";

const contract = parse(readFileSync(new URL("../../src/contract/openapi.yaml", import.meta.url), "utf8"));

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** Every schema property, parameter and operation, with its place in the document. */
function* marked(node: unknown, path: string): Generator<[string, Node]> {
  if (!isNode(node)) return;
  if (typeof node.operationId === "string") yield [node.operationId, node];
  if (typeof node.in === "string" && typeof node.name === "string") yield [`${path} ${node.name}`, node];
  if (isNode(node.properties) && !path.endsWith("/properties")) {
    for (const [name, property] of Object.entries(node.properties))
      yield [`${path}.${name}`, property as Node];
  }
  for (const [key, child] of Object.entries(node)) yield* marked(child, `${path}/${key}`);
}

describe("the contract", () => {
  test("is valid OpenAPI 3.1 for an independent validator", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(contract));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  test("has the platform's 38 calls", () => {
    expect(operationIds).toHaveLength(38);
  });

  test("says of every operation, parameter and field how sure it is", () => {
    const all = [...marked(contract, "")];
    expect(all.length).toBeGreaterThan(250);
    const unmarked = all.filter(([, node]) => !["observed", "assumed"].includes(String(node["x-evidence"])));
    expect(unmarked.map(([place]) => place)).toEqual([]);
  });

  test("every list names the field that identifies a row", () => {
    const lists = operationIds.map(routeOf).filter((route) => route.paging !== undefined);
    expect(lists.length).toBe(11);
    expect(lists.filter((route) => !route.rowId)).toEqual([]);
  });

  test("only GET, PUT and the disable call may be sent again", () => {
    const repeatable = operationIds.filter(
      (id) => routeOf(id).repeatable && !/^(GET|PUT)$/.test(routeOf(id).method),
    );
    expect(repeatable).toEqual(["disableRestriction"]);
    expect(routeOf("emailPasswordReset").repeatable).toBe(false);
  });
});
