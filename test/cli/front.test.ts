import { describe, expect, test } from "vitest";
import { answer } from "../../src/cli/front.ts";
import { withLineTools } from "../../src/cli/tools.ts";
import type { Command } from "../../src/commands/define.ts";
import { registry } from "../../src/commands/registry.ts";
import { openSeat } from "./seat.ts";

/** The declarations as the built program has them: data, without a function. */
const declared = JSON.parse(
  JSON.stringify(withLineTools(registry, async () => undefined)),
) as readonly Command[];

/** What is answered from the declarations alone; undefined when it takes the whole program. */
function front(words: readonly string[]): string | undefined {
  let written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  return answer(words, { columns: 80, write }, declared, "0.0.0") ? written : undefined;
}

describe("the declarations alone", () => {
  test("answer help and completion as the whole program does", async () => {
    const { run } = openSeat(registry);
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
    ]) {
      const words = line.split(" ");
      expect({ line, text: front(words) }).toEqual({ line, text: (await run(...words)).out });
    }
  });

  test.each([
    "__complete -- whoami --profile p",
    "accounts update 7 --note --help",
    "accounts list",
    "accounts",
  ])("leave to the whole program: %s", (line) => {
    expect(front(line.split(" "))).toBeUndefined();
  });

  test("do not answer what could not be written", () => {
    expect(answer(["--help"], { columns: 80, write: () => false }, declared, "0.0.0")).toBe(false);
  });
});
