import { describe, expect, test } from "vitest";
import { answer } from "../../src/cli/front.ts";
import { withLineTools } from "../../src/cli/tools.ts";
import type { Command } from "../../src/commands/define.ts";
import type { KnownHost } from "../../src/commands/known.ts";
import { registry } from "../../src/commands/registry.ts";
import { openSeat } from "./seat.ts";

/** The declarations as the built program has them: data, without a function. */
const declared = JSON.parse(
  JSON.stringify(withLineTools(registry, async () => undefined)),
) as readonly Command[];

/** What is answered from the declarations and files alone; undefined when it takes the whole program. */
async function front(words: readonly string[], host: KnownHost): Promise<string | undefined> {
  let written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  const parts = {
    environment: host.environment,
    settings: host.settings,
    project: host.project,
    output: { columns: 80, write },
  };
  return (await answer(words, parts, declared, "0.0.0")) ? written : undefined;
}

describe("the declarations alone", () => {
  test("answer help and completion as the whole program does", async () => {
    const { run, host } = openSeat(registry);
    for (const line of [
      "--help",
      "accounts -h",
      ...registry.map(({ path }) => `${path.join(" ")} --help`),
      "__complete -- ",
      "__complete -- accounts l",
      "__complete -- accounts list --",
      "__complete -- accounts list --fields account_id,c",
      "__complete -- cdr search --out x",
      "--profile x accounts list --limit 3 --help",
      "__complete -- whoami --profile d",
      "__complete -- config set output y",
    ]) {
      const words = line.split(" ");
      expect({ line, text: await front(words, host) }).toEqual({ line, text: (await run(...words)).out });
    }
  });

  test.each(["accounts update 7 --note --help", "accounts list", "accounts"])(
    "leave to the whole program: %s",
    async (line) => {
      expect(await front(line.split(" "), openSeat(registry).host)).toBeUndefined();
    },
  );

  test("do not answer what could not be written", async () => {
    const { environment, settings, project } = openSeat(registry).host;
    const output = { columns: 80, write: () => false };
    expect(await answer(["--help"], { environment, settings, project, output }, declared, "0.0.0")).toBe(
      false,
    );
  });
});
