import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { answer, serve } from "../api/server.ts";
import { runProgram, startProgram } from "../cli/program.ts";
import { openSeat } from "../cli/seat.ts";
import { temporaryFolder } from "../host/desk.ts";

const place = (name: string) => join(temporaryFolder(), name);

/** A platform of twenty pages with fifty accounts each, one of which may be answered otherwise. */
function openPlatform(oddPage = 0, odd: (response: ServerResponse) => void = () => {}) {
  return serve((request, response) => {
    const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page"));
    if (page === oddPage) return odd(response);
    const rows = Array.from({ length: 50 }, (_, index) => ({
      account_id: page * 50 + index,
      account_name: `Account ${page * 50 + index}`,
      note: "x".repeat(500),
    }));
    answer(response, { success: true, data: { data: rows, total: 1_000, last_page: 20 } });
  });
}

const environmentOf = (url: string) => ({ SIPNAV_TOKEN: "token", SIPNAV_BASE_URL: url });

describe("rows that are missing", () => {
  const missing = (response: ServerResponse) =>
    answer(response, { success: true, data: { data: [{ account_id: 1 }], total: 1_000, last_page: 20 } });

  test("end with 9, and the file and its manifest tell of it", async () => {
    const { url } = await openPlatform(7, missing);
    const seat = openSeat(registry, { environment: environmentOf(url) });
    const path = place("x.csv");
    const { code, out, err } = await seat.run("accounts", "export", "--out", path, "--manifest");
    expect({ code, out }).toEqual({ code: 9, out: "" });
    expect(err).toContain("The platform told of 1000 rows and sent 951.");
    expect(err).toContain(`sipnav: ${path} is not complete`);
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(953);
    const manifest = JSON.parse(readFileSync(`${path}.manifest.json`, "utf8"));
    expect(manifest).toMatchObject({ complete: false, rows: 951, notices: [expect.stringContaining("951")] });
  });

  test("end with 9 on standard output too, and in an envelope", async () => {
    const { url } = await openPlatform(7, missing);
    const seat = openSeat(registry, { environment: environmentOf(url) });
    const { code, out, err } = await seat.run("accounts", "export", "--json", "--quiet");
    expect(code).toBe(9);
    expect(JSON.parse(out)).toHaveLength(951);
    expect(JSON.parse(err).error).toMatchObject({
      kind: "truncated",
      details: [{ message: expect.stringContaining("951") }],
    });
  });

  test("end a list of every row with 9, after the rows, and be it a quiet one", async () => {
    const { url } = await openPlatform(7, missing);
    const seat = openSeat(registry, { environment: environmentOf(url) });
    const { code, out, err } = await seat.run("accounts", "list", "--all", "-o", "ids", "--quiet");
    expect({ code, err }).toEqual({
      code: 9,
      err: "sipnav: Rows are missing. The platform told of 1000 rows and sent 951.\n",
    });
    expect(out.trim().split("\n")).toHaveLength(951);
    const enveloped = await seat.run("accounts", "list", "--all", "--json");
    expect(JSON.parse(enveloped.out)).toHaveLength(951);
    expect(JSON.parse(enveloped.err).error).toMatchObject({
      kind: "truncated",
      exit_code: 9,
      message: "Rows are missing. The platform told of 1000 rows and sent 951.",
    });
  });

  test("are told by a list that need not be whole", async () => {
    const { url } = await openPlatform(7, missing);
    const seat = openSeat(registry, { environment: environmentOf(url) });
    const { code, err } = await seat.run("accounts", "list", "--where", "account_id eq 1", "-o", "ids");
    expect({ code, err }).toEqual({ code: 0, err: "The platform told of 1000 rows and sent 951.\n" });
  });

  test("keep an import from taking what was not sent for absent", async () => {
    const platform = await openPlatform(7, missing);
    const seat = openSeat(registry, { environment: environmentOf(platform.url) });
    const sheet = place("a.csv");
    writeFileSync(sheet, "account_name,customer_id\nAccount 355,2001\n");
    const { code, err } = await seat.run("accounts", "import", sheet, "--yes");
    expect(code).toBe(7);
    expect(err).toContain("The platform's list of accounts moved or had gaps each time it was read.");
    expect(platform.seen.filter(({ method }) => method === "POST")).toEqual([]);
  });
});

describe("a connection that is lost midway", () => {
  test("leaves no file, or the one that was there", async () => {
    const { url } = await openPlatform(7, (response) => answer(response, { message: "no" }, 403));
    const seat = openSeat(registry, { environment: environmentOf(url) });
    const path = place("x.csv");
    for (const flags of [[], ["-o", "xlsx"]]) {
      const { code, err } = await seat.run("accounts", "export", "--out", path, "--manifest", ...flags);
      expect(code).toBe(5);
      expect(err).toContain("300 of 1000 rows had been read");
      expect(readdirSync(dirname(path))).toEqual([]);
    }
  });
});

describe("a process", () => {
  /** Runs a line of bash in which `"$0" "$@"` is the program with its words. */
  const runInBash = (line: string, words: readonly string[], environment: Record<string, string>) => {
    const bin = join(import.meta.dirname, "../../bin/sipnav.js");
    return promisify(execFile)("bash", ["--norc", "-c", line, process.execPath, bin, ...words], {
      env: { PATH: process.env.PATH, SIPNAV_HOME: temporaryFolder(), ...environment },
    });
  };

  test("whose reader has seen enough ends well and asks for no more", async () => {
    const server = await openPlatform();
    const line = '"$0" "$@" | head -n 3; echo "$PIPESTATUS"';
    const { stdout, stderr } = await runInBash(line, ["accounts", "export"], environmentOf(server.url));
    const [header, first, second, code] = stdout.split("\n");
    expect({ header: header?.split(",")[0], code, stderr }).toEqual({
      header: "account_id",
      code: "0",
      stderr: "",
    });
    expect([first, second].map((row) => row?.split(",")[0])).toEqual(["50", "51"]);
    expect(server.seen.length).toBeLessThan(20);
  });

  test("whose output is full says so", async () => {
    const { url } = await openPlatform();
    const line = '"$0" "$@" > /dev/full; echo "$?"';
    const { stdout, stderr } = await runInBash(line, ["accounts", "export"], environmentOf(url));
    expect(stdout).toBe("9\n");
    expect(stderr).toContain("Cannot write standard output: no space is left on the device.");
  });

  test("that is told to end leaves nothing beside the file", async () => {
    const server = await openPlatform(7, () => {});
    const path = place("x.xlsx");
    const environment = { ...environmentOf(server.url), SIPNAV_HOME: temporaryFolder() };
    const { child, ended } = startProgram(["accounts", "export", "--out", path], { environment });
    await expect.poll(() => server.seen.length, { timeout: 10_000 }).toBeGreaterThan(6);
    child.kill("SIGTERM");
    const { code, err } = await ended;
    expect(code).toBe(143);
    expect(err).toContain("rows had been read");
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  test("writes a workbook and a manifest", async () => {
    const { url } = await openPlatform();
    const path = place("x.xlsx");
    const environment = { ...environmentOf(url), SIPNAV_HOME: temporaryFolder() };
    const { code, err } = await runProgram(["accounts", "export", "--out", path, "--manifest"], {
      environment,
    });
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^Wrote 1000 rows to .*x\.xlsx, sha256 /),
    });
    expect(existsSync(`${path}.manifest.json`)).toBe(true);
  });
});
