import { describe, expect, test } from "vitest";
import { flagOf } from "../../src/commands/execute.ts";
import { registry } from "../../src/commands/registry.ts";
import { runProgram } from "../cli/program.ts";
import { temporaryFolder } from "../host/desk.ts";
import { openPlatform } from "../services/platform.ts";

/** What a created thing is given, by the parameter that asks for it. */
const given: Readonly<Record<string, string>> = {
  accountName: "From cron",
  carrierName: "From cron",
  customerName: "From cron",
  customerId: "2001",
  priority: "1",
};
const more: Readonly<Record<string, readonly string[]>> = {
  "restrictions create": ["--dst-number", "1900", "--account-id", "0"],
};

const ofCron = registry.filter(
  ({ session, path: [, verb = ""] }) => session && /^(list|show|create)$/.test(verb),
);

async function openCron() {
  const sandbox = await openPlatform();
  const environment = { HOME: temporaryFolder(), SIPNAV_TOKEN: sandbox.token, SIPNAV_BASE_URL: sandbox.url };
  const run = (...words: string[]) => runProgram(words, { environment });
  return { sandbox, environment, run };
}

describe("from cron's environment, with a token and without a terminal", () => {
  test("every list, show and create of every noun works, and fails with a clear line", async () => {
    const { run } = await openCron();
    expect(new Set(ofCron.map(({ path: [noun] }) => noun)).size).toBeGreaterThanOrEqual(5);
    for (const { path, parameters } of ofCron) {
      const [noun, verb] = path;
      const words: string[] = [...path];
      const missing: string[] = [];
      for (const [name, { required, positional }] of Object.entries(parameters)) {
        if (!required) continue;
        missing.push(positional ? name : flagOf(name));
        if (positional) words.push((await run(noun, "list", "-o", "ids", "--limit", "1")).out.trim());
        else words.push(flagOf(name), given[name] ?? `no value for ${name}`);
      }
      const ended = await run(...words, ...(more[path.join(" ")] ?? []), "--json");
      expect({ words, code: ended.code, err: ended.err }).toEqual({
        words,
        code: 0,
        err: expect.any(String),
      });
      expect(ended.err.replace(/^(Cut at|Created) .*\n/, "")).toBe("");
      const result: unknown = JSON.parse(ended.out);
      expect(Array.isArray(result)).toBe(verb === "list");
      expect(Object.keys(result as object).length).toBeGreaterThan(0);
      if (missing.length === 0) continue;
      const refused = await run(...path);
      expect(refused).toMatchObject({ code: 2, out: "" });
      for (const name of missing) expect(refused.err).toContain(name);
      expect(refused.err).toMatch(/^sipnav: /);
    }
  }, 120_000);

  test("searches, lookups and statistics work, and a job of mails is told nothing but the result", async () => {
    const { run } = await openCron();
    for (const words of [
      ["cdr", "search", "--from", "30d", "--limit", "1"],
      ["cdr", "stats", "--from", "30d", "--by", "carrier"],
      ["lrn", "lookup", "12125550100"],
      ["companies", "balance", "2001"],
      ["whoami", "--json"],
    ]) {
      const { code, err } = await run(...words, "--quiet");
      expect({ words, code, err }).toEqual({ words, code: 0, err: "" });
    }
  }, 60_000);

  test("what nobody can answer is not asked, and nothing is sent", async () => {
    const { sandbox, run } = await openCron();
    const id = (await run("restrictions", "list", "-o", "ids", "--limit", "1")).out.trim();
    const writes = () => sandbox.requests().filter(({ method }) => method !== "GET").length;
    const { code, err } = await run("restrictions", "disable", id);
    expect({ code, err, writes: writes() }).toEqual({
      code: 2,
      err: expect.stringContaining("--yes"),
      writes: 0,
    });
  }, 30_000);

  test.each([
    [
      { SIPNAV_TOKEN: "" },
      4,
      /not logged in \(profile default\)\.\nLog in: sipnav login --profile default .*SIPNAV_TOKEN/,
    ],
    [{ SIPNAV_TOKEN: "stale" }, 4, /token is not valid.*\nSet another SIPNAV_TOKEN, or unset it and log in/],
    [{ SIPNAV_PROFILE: "prod" }, 3, /There is no profile prod, which SIPNAV_PROFILE names\./],
    [{ SIPNAV_BASE_URL: "voice.example.com" }, 3, /^sipnav: SIPNAV_BASE_URL: https:\/\/host/],
    [{ SIPNAV_TOKEN: "", SIPNAV_PASSWORD: "x" }, 3, /SIPNAV_PASSWORD is set, but SIPNAV_USERNAME is not/],
    [{ SIPNAV_BASE_URL: "http://127.0.0.1:9" }, 11, /Nothing listens at the platform's address/],
  ])(
    "a wrong variable is named: %o ends with %i",
    async (change, code, words) => {
      const { environment } = await openCron();
      const ended = await runProgram(["accounts", "list", "--max-wait", "0"], {
        environment: { ...environment, ...change },
      });
      expect(ended).toMatchObject({ code, out: "", err: expect.stringMatching(words) });
    },
    60_000,
  );

  test("without any place for files a token is enough", async () => {
    const { environment } = await openCron();
    const { HOME: _, ...homeless } = environment;
    expect(await runProgram(["accounts", "list"], { environment: homeless })).toMatchObject({
      code: 0,
      err: "",
    });
  }, 30_000);
});
