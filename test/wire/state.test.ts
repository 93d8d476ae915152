import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deckForm } from "./form.ts";
import { at, rows, sender } from "./http.ts";
import { folder, type Platform, start, startToEnd } from "./platform.ts";

let room: ReturnType<typeof folder>;
let state: string;
let running: Platform[];

beforeEach(() => {
  room = folder();
  state = join(room.path, "state");
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((platform) => platform.stop("SIGKILL")));
  room.remove();
});

async function open(...flags: string[]): Promise<Platform> {
  const platform = await start("--state", state, ...flags);
  running.push(platform);
  return platform;
}

const add = (platform: Platform, name: string) =>
  platform.api("POST", "/api/companies", { body: { customer_name: name } });

async function names(platform: Platform): Promise<string[]> {
  return rows(await platform.api("GET", "/api/companies-names")).map((row) => String(row.customer_name));
}

const contents = () =>
  Object.fromEntries(
    readdirSync(state, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(state, name)).isFile())
      .map((name) => [name, readFileSync(join(state, name), "utf8")]),
  );

/** The file that what was created went to. */
function journalWith(text: string): string {
  const found = Object.entries(contents()).find(([, content]) => content.includes(text))?.[0];
  if (found === undefined) throw new Error(`${text} is in no file of the state`);
  return join(state, found);
}

describe("--state", () => {
  test("keeps what was created, changed and disabled, and the credentials", async () => {
    const first = await open();
    await add(first, "Kept & Co");
    const restriction = "/api/call-restrictions/num?priority=1&dst_number=1900&note=kept";
    const id = String(at(await first.api("POST", restriction), "data.restriction_id"));
    await first.api("PATCH", `/api/call-restrictions/num/${id}`);
    expect(await first.stop()).toBe(0);

    const second = await open();
    const { username, password, otp_username, otp_code } = first.ready;
    expect(second.ready).toMatchObject({ username, password, otp_username, otp_code });
    expect(await names(second)).toContain("Kept & Co");
    const stored = await second.api("GET", `/api/call-restrictions/num/${id}`);
    expect(String(at(stored, "data.enabled"))).toBe("0");
    const old = sender(second.ready.url, first.ready.token);
    expect((await old("GET", "/api/accounts?per_page=1")).status).toBe(200);
  });

  test("keeps sessions that ended, a new password, and a deck that was being processed", async () => {
    const first = await open();
    const { username, otp_username, password, url } = first.ready;
    const login = (origin: string, name: string, word: string) =>
      sender(origin)("POST", "/api/login", { body: { username: name, password: word } });
    const ended = String(at(await login(url, username, password), "data.token"));
    await sender(url, ended)("POST", "/api/logout");

    const form = deckForm("carrier_id", "301");
    const upload = await first.api("POST", "/api/carrier-rate-deck/upload", form);
    const filename = String(at(upload, "data.filename"));
    const crd_id = at(upload, "data.crd_id");
    const fieldsmap = { prefix: "Prefix", rate: "Rate" };
    const body = { carrier_id: 301, crd_id, filename, fieldsmap };
    await first.api("POST", "/api/carrier-rate-deck/process", { body });

    await first.api("GET", `/api/password/email/${otp_username}`);
    const mail = rows(await first.api("GET", "/__sandbox/tables/mails")).at(-1);
    const user = encodeURIComponent(String(mail?.encrypted_user));
    const changed = { t_password: mail?.t_password, password: "Sw0rdfish-22", c_password: "Sw0rdfish-22" };
    await first.api("POST", `/api/password/reset/${user}`, { body: changed });
    await first.stop("SIGKILL");

    const second = await open();
    expect((await sender(second.ready.url, ended)("GET", "/api/accounts")).status).toBe(401);
    const status = `/api/carrier-rate-deck/status?filename=${filename}`;
    await expect
      .poll(async () => String(at(await second.api("GET", status), "data.status")), { timeout: 10_000 })
      .toMatch(/done|complete/);
    expect(at(await login(second.ready.url, otp_username, "Sw0rdfish-22"), "success")).toBe(true);
    expect(at(await login(second.ready.url, otp_username, password), "success")).not.toBe(true);
  });

  test("kill −9 during 1,000 creates loses none that was acknowledged, and doubles none", async () => {
    const first = await open();
    const acknowledged: string[] = [];
    const one = async (index: number) => {
      const name = `Burst ${index}`;
      const answer = await add(first, name);
      if (at(answer, "success") === true) acknowledged.push(name);
      if (acknowledged.length === 400) first.child.kill("SIGKILL");
    };
    const lane = async (from: number) => {
      for (let index = from; index < 1000; index += 8) await one(index);
    };
    await Promise.allSettled(Array.from({ length: 8 }, (_, from) => lane(from)));
    expect(acknowledged.length).toBeGreaterThanOrEqual(400);
    expect(acknowledged.length).toBeLessThan(1000);
    await first.stop("SIGKILL");

    const second = await open();
    expect(second.ready.password).toBe(first.ready.password);
    const kept = (await names(second)).filter((name) => name.startsWith("Burst "));
    expect(acknowledged.filter((name) => !kept.includes(name))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
    const ids = rows(await second.api("GET", "/__sandbox/tables/companies")).map((row) =>
      String(row.customer_id),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(at(await add(second, "After"), "success")).toBe(true);
  });

  test("a line cut short by a kill is dropped, the lines before it are kept", async () => {
    const first = await open();
    await add(first, "Whole");
    await add(first, "Torn");
    await first.stop();
    const journal = journalWith("Torn");
    truncateSync(journal, statSync(journal).size - 20);
    const second = await open();
    expect(await names(second)).toContain("Whole");
    expect(await names(second)).not.toContain("Torn");
    await add(second, "Next");
    await second.stop();
    const third = await open();
    expect(await names(third)).toEqual(expect.arrayContaining(["Whole", "Next"]));
  });

  test("a damaged line in the middle is named, and nothing is deleted", async () => {
    const first = await open();
    for (const name of ["One", "Two", "Three"]) await add(first, name);
    await first.stop();
    const journal = journalWith("Two");
    const text = readFileSync(journal, "utf8");
    writeFileSync(journal, text.replace("Two", "T\u0000o"));
    await refusesNaming(journal);
    writeFileSync(journal, text);
    expect(await names(await open())).toEqual(expect.arrayContaining(["One", "Two", "Three"]));
  });

  test("garbage and foreign text in any of its files are named, and nothing is deleted", async () => {
    const first = await open();
    await add(first, "Kept");
    await first.stop();
    const files = Object.keys(contents());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const path = join(state, file);
      const text = readFileSync(path, "utf8");
      writeFileSync(path, `garbage\n${text}`);
      await refusesNaming(path);
      writeFileSync(path, text);
    }
    appendFileSync(journalWith("Kept"), "garbage\n");
    await refusesNaming(journalWith("Kept"));
  });

  async function refusesNaming(path: string) {
    const before = contents();
    const { code, stdout, stderr } = await startToEnd("--state", state);
    expect({ code, stdout }).toEqual({ code: expect.toSatisfy((value) => value > 0), stdout: "" });
    expect(stderr).toContain(path);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(contents()).toEqual(before);
  }

  test("a file, a place below a file and a folder in the way are refused", async () => {
    const file = join(room.path, "file");
    writeFileSync(file, "mine");
    for (const path of [file, join(file, "below")]) {
      const { code, stdout, stderr } = await startToEnd("--state", path);
      expect({ code, stdout }).toEqual({ code: expect.toSatisfy((value) => value > 0), stdout: "" });
      expect(stderr).toContain(file);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    expect(readFileSync(file, "utf8")).toBe("mine");

    const first = await open();
    await add(first, "Kept");
    await first.stop();
    const journal = journalWith("Kept");
    const other = join(room.path, "other");
    mkdirSync(join(other, journal.slice(state.length)), { recursive: true });
    const { code, stdout, stderr } = await startToEnd("--state", other);
    expect({ code, stdout }).toEqual({ code: expect.toSatisfy((value) => value > 0), stdout: "" });
    expect(stderr).toContain(other);
  });

  test("a second process on the same folder is refused; after a kill −9 the folder is free", async () => {
    const first = await open();
    await add(first, "Mine");
    const second = await startToEnd("--state", state);
    expect(second.stdout).toBe("");
    expect(second.code).toBeGreaterThan(0);
    expect(second.stderr).toContain(state);
    expect(await names(first)).toContain("Mine");
    await first.stop("SIGKILL");
    expect(await names(await open())).toContain("Mine");
  });

  test("reset empties what was kept, for good", async () => {
    const first = await open();
    await add(first, "Gone");
    await first.api("POST", "/__sandbox/reset");
    await add(first, "Stays");
    await first.stop();
    const kept = await names(await open());
    expect(kept).toContain("Stays");
    expect(kept).not.toContain("Gone");
  });

  test("holds its files so that only their owner reads them", async () => {
    const first = await open();
    await add(first, "Private");
    for (const name of Object.keys(contents())) {
      expect(statSync(join(state, name)).mode & 0o077).toBe(0);
    }
  });
});
