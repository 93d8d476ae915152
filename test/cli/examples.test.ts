import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { temporaryFolder } from "../host/desk.ts";

const program = new URL("../../bin/sipnav.js", import.meta.url).pathname;

/** What the files hold that examples name and no earlier example has written. */
const files: Readonly<Record<string, { readonly created: object; readonly sheet: string }>> = {
  accounts: {
    created: { account_name: "Acme wholesale", customer_id: "2001" },
    sheet: "Name,Company ID\nAcme east,2001\n",
  },
  carriers: {
    created: { carrier_name: "Acme west", host: "192.0.2.11" },
    sheet: "Name,Host\nAcme north,192.0.2.12\n",
  },
  companies: { created: { customer_name: "Acme Voice" }, sheet: "Name\nAcme Networks\n" },
  restrictions: {
    created: { priority: 1, dst_number: "12345678902" },
    sheet: "Name,Priority,Account\n12345678903,1,0\n",
  },
};

/** The examples of one noun, as the help has them; what would ask is answered. */
function linesOf(noun: string): string[] {
  const commands = registry.filter(({ path, group }) => group === "platform" && path[0] === noun);
  return commands.flatMap(({ path, examples, effect }) =>
    examples.map((line) => {
      const asks = effect === "destroy" || (path[1] === "import" && line.includes(" --canary "));
      return asks && !line.includes(" --yes") ? `${line} --yes` : line;
    }),
  );
}

/** Jobs apart, whose examples name one that nobody else's computer has. */
const nouns = new Set(
  registry
    .filter(({ group, path }) => group === "platform" && path[0] !== "jobs")
    .map(({ path }) => path[0] ?? ""),
);

describe("the examples of the help run on the embedded platform, one after the other", {
  timeout: 60_000,
}, () => {
  test.each([...nouns])("%s", (noun) => {
    const home = temporaryFolder();
    const own = files[noun];
    const sipnav = (words: readonly string[], input = "") =>
      spawnSync(process.execPath, [program, ...words], {
        cwd: home,
        encoding: "utf8",
        input,
        env: { HOME: home, PATH: process.env.PATH, LANG: "C.UTF-8" },
      });
    expect(sipnav(["login", "--sandbox"]).status).toBe(0);
    if (own) writeFileSync(join(home, "new.json"), JSON.stringify(own.created));
    const lines = linesOf(noun);
    expect(lines.length).toBeGreaterThan(0);
    const forms = lines.map((line) =>
      line.includes(" --map ") ? line.replace(`${noun}.csv`, "mapped.csv") : line,
    );
    if (own) writeFileSync(join(home, "mapped.csv"), own.sheet);
    const { status, stderr } = sipnav(["shell"], forms.join("\n"));
    expect({ status }, stderr).toEqual({ status: 0 });
  });
});
