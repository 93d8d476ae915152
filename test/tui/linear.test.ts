import { describe, expect, test } from "vitest";
import type { Host } from "../../src/host/host.ts";
import type { OwnProcess } from "../../src/tui/options.ts";
import { startMenu } from "../../src/tui/start.ts";
import { openDesk } from "../host/desk.ts";
import { commands } from "./program.ts";

/** Runs the menu line by line with prepared answers; answers what was said and the exit code. */
async function converse(
  answers: readonly string[],
  environment = { SIPNAV_ACCESSIBLE: "1" } as Record<string, string>,
) {
  const { host: desk } = openDesk({ environment });
  const waiting = [...answers];
  const hidden: boolean[] = [];
  let said = "";
  const output = {
    ...desk.terminal.output,
    columns: 100,
    async write(text: string) {
      said += text;
    },
  };
  const input = {
    ...desk.terminal.input,
    async readLine(options: { hidden: boolean }) {
      hidden.push(options.hidden);
      return waiting.shift();
    },
  };
  const host: Host = Object.create(desk, { terminal: { value: { input, output, errors: output } } });
  const process = { env: {} } as unknown as OwnProcess;
  const exitCode = await startMenu(host, { process, registry: commands, face: {} });
  return { said, exitCode, hidden };
}

describe("the menu as numbered questions", () => {
  test("leads to a list, a row's actions, and out, without moving a cursor", async () => {
    const { said, exitCode } = await converse(["1", "1", "12", "", "", "8", "1", "0", "0"]);
    expect(said).toMatch(/^Menu\n1\. accounts: list, show, disable, update\n2\. login: Log in\n/);
    expect(said).toContain("limit: Rows at the most (number, default 500): ");
    expect(said).toMatch(/\n12\. +12 {2}Account 12 /);
    expect(said).not.toMatch(/\n13\. /);
    expect(said).toContain("Only 12 rows are shown.");
    expect(said).toContain("account 8\n1. accounts show: Show an account\n");
    expect(said).toMatch(/Account +two␊lines/);
    expect(said).not.toContain("\u001b");
    expect(exitCode).toBe(0);
  });

  test("asks again for what cannot be", async () => {
    const { said } = await converse(["9", "1", "2", "x", "", "7", "0", "0"]);
    expect(said).toContain("A number from 0 to 4 is expected.");
    expect(said).toContain("id: an id is digits only.");
    expect(said).toContain("id: is required.");
  });

  test("asks before what cannot be undone, and does it only when its id is typed", async () => {
    const no = await converse(["1", "3", "7", "default", "yes", "0"]);
    expect(no.said).toContain("Writes to profile default are off. Type its name to turn them on");
    expect(no.said).toContain("Nothing was done.");
    expect(no.said).not.toContain("is disabled");
    const yes = await converse(["1", "3", "7", "default", "7", "0"]);
    expect(yes.said).toContain("Account 7 is disabled.");
    const slip = await converse(["1", "3", "7", "defualt", "0"]);
    expect(slip.said).toContain("That is not default: writes stay off, and nothing was sent.");
  });

  test("reads a secret without showing it, and says an error with what mends it", async () => {
    const { said, hidden } = await converse(["2", "ada", "hush", "1", "2", "999", "0"]);
    expect(said).toContain("ada has a password of 4 characters.");
    expect(hidden.filter(Boolean)).toHaveLength(1);
    expect(said).toContain("There is no account 999.\n\naccounts list\n");
  });

  test("ends with 130 when the input ends, and serves a terminal that cannot move its cursor", async () => {
    expect((await converse([])).exitCode).toBe(130);
    expect((await converse(["0"], { TERM: "dumb" })).exitCode).toBe(0);
  });
});
