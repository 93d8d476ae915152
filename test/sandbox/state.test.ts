import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openJournal } from "../../src/sandbox/journal.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";
import { openStore } from "../../src/sandbox/store.ts";
import { freshFolder } from "./folder.ts";
import { asker } from "./platform.ts";

const small: SandboxOptions = { accounts: 20, carriers: 5, companies: 4, cdrs: 100 };

/** Runs a sandbox on the folder for as long as the work takes. */
async function during<T>(
  stateDir: string,
  work: (ask: ReturnType<typeof asker>, sandbox: Sandbox) => Promise<T>,
  options: SandboxOptions = small,
): Promise<T> {
  const sandbox = await startSandbox({ ...options, stateDir });
  try {
    return await work(asker(sandbox), sandbox);
  } finally {
    await sandbox.close();
  }
}

const create = (ask: ReturnType<typeof asker>, customer_name: string) =>
  ask("POST /api/companies", { json: { customer_name } });

test("writes, users, tokens and calls outlast a restart", async () => {
  const folder = freshFolder();
  const before = await during(folder, async (ask, sandbox) => {
    await ask("POST /api/accounts", { json: { account_name: "Kept", customer_id: 2001 } });
    await ask("PUT /api/carriers/301", { json: { carrier_name: "Renamed" } });
    await ask("POST /api/call-restrictions/num?priority=1&note=kept");
    const [accounts, cdrs] = await Promise.all(
      ["accounts", "cdrs"].map(async (name) => (await ask(`/__sandbox/tables/${name}`)).json),
    );
    const { username, password, otpUsername, otpCode, token } = sandbox;
    const { json } = await ask("POST /api/login", { json: { username, password }, token: null });
    await ask("POST /api/logout", { token: json.data.token });
    const access = { username, password, otpUsername, otpCode };
    return { accounts, cdrs, access, token, revoked: json.data.token };
  });
  // No sizes: those of the folder are taken.
  await during(
    folder,
    async (ask, sandbox) => {
      expect(sandbox).toMatchObject(before.access);
      expect((await ask("/api/companies", { token: before.token })).status).toBe(200);
      expect((await ask("/api/companies", { token: before.revoked })).status).toBe(401);
      expect((await ask("/__sandbox/tables/accounts")).json).toEqual(before.accounts);
      expect((await ask("/__sandbox/tables/cdrs?limit=100")).json).toEqual(before.cdrs.slice(0, 100));
      expect((await ask("/api/carriers/301")).json.data.carrier_name).toBe("Renamed");
      const history = (await ask("/api/call-restrictions/history")).json.data.data;
      expect(history[0].after.note).toBe("kept");
      // New rows get new ids.
      const created = await ask("POST /api/accounts", { json: { account_name: "Next", customer_id: 2001 } });
      expect(created.json.data.account_id).toBe(before.accounts.at(-1).account_id + 1);
    },
    {},
  );
});

test("the folder is for its owner alone", async () => {
  const folder = freshFolder();
  await during(folder, (ask) => create(ask, "x"));
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(folder)).toBe(0o700);
  expect(readdirSync(folder).sort()).toEqual(["journal.ndjson", "meta.json"]);
  for (const name of readdirSync(folder)) expect(modeOf(join(folder, name)), name).toBe(0o600);
});

test("reset empties the journal", async () => {
  const folder = freshFolder();
  await during(folder, async (ask) => {
    await create(ask, "Gone");
    await ask("POST /__sandbox/reset");
    await create(ask, "Stays");
  });
  await during(folder, async (ask) => {
    const names = (await ask("/api/companies-names")).json.data.map(
      (row: { customer_name: string }) => row.customer_name,
    );
    expect(names).toHaveLength(5);
    expect(names.at(-1)).toBe("Stays");
  });
});

test("another seed or size than the recorded one is refused", async () => {
  const folder = freshFolder();
  await during(folder, (ask) => create(ask, "x"));
  await expect(startSandbox({ ...small, seed: 8, stateDir: folder })).rejects.toMatchObject({
    kind: "config",
    message: "The state was made with seed 7, not 8.",
  });
  await expect(startSandbox({ cdrs: 101, stateDir: folder })).rejects.toMatchObject({ kind: "config" });
  // Both gave the folder free again.
  await during(folder, async (ask) => expect((await ask("/api/companies")).status).toBe(200));
});

test("two sandboxes can't use one folder", async () => {
  const folder = freshFolder();
  await during(folder, async () => {
    await expect(startSandbox({ ...small, stateDir: folder })).rejects.toMatchObject({ kind: "locked" });
  });
  await during(folder, async (ask) => expect((await ask("/api/companies")).status).toBe(200));
});

test("a torn last line is dropped; what was acknowledged before it stays", async () => {
  const folder = freshFolder();
  const journal = join(folder, "journal.ndjson");
  await during(folder, async (ask) => {
    await create(ask, "Whole");
    await create(ask, "Torn");
  });
  truncateSync(journal, statSync(journal).size - 10);
  await during(folder, async (ask) => {
    const names = (await ask("/__sandbox/tables/companies?offset=4")).json;
    expect(names.map((row: { customer_name: string }) => row.customer_name)).toEqual(["Whole"]);
    await create(ask, "After");
  });
  await during(folder, async (ask) => expect((await ask("/api/companies-names")).json.data).toHaveLength(6));
});

test("a damaged line or meta file is named, and nothing is changed", async () => {
  const folder = freshFolder();
  await during(folder, async (ask) => {
    for (const name of ["one", "two", "three"]) await create(ask, name);
  });
  const damage = async (name: string, change: (text: string) => string, where: string) => {
    const file = join(folder, name);
    const whole = readFileSync(file, "utf8");
    const damaged = change(whole);
    writeFileSync(file, damaged);
    await expect(startSandbox({ stateDir: folder }), where).rejects.toMatchObject({
      kind: "config",
      message: expect.stringContaining(join(folder, where)),
    });
    expect(readFileSync(file, "utf8")).toBe(damaged);
    writeFileSync(file, whole);
  };
  await damage("journal.ndjson", (text) => text.replace('"two"', '"tw'), "journal.ndjson:2 is damaged");
  await damage(
    "journal.ndjson",
    (text) => text.replace('"companies"', '"nothing"'),
    "journal.ndjson:1 is damaged",
  );
  await damage("journal.ndjson", (text) => `${text}[["companies",{}]]\n`, "journal.ndjson:4 is damaged");
  await damage("meta.json", (text) => text.slice(0, 40), "meta.json:1 is damaged");
  await damage("meta.json", (text) => text.replace('"seed":7', '"seed":"7"'), "meta.json:1 is damaged");
  await during(folder, async (ask) => expect((await ask("/api/companies-names")).json.data).toHaveLength(7));
});

test("a folder that can't be one is a config error", async () => {
  const folder = freshFolder();
  writeFileSync(folder, "a file");
  await expect(startSandbox({ stateDir: folder })).rejects.toMatchObject({ kind: "config" });
  await expect(startSandbox({ stateDir: join(folder, "below") })).rejects.toMatchObject({ kind: "config" });
});

test("a journal of many changes to few rows is compacted at the start", async () => {
  const folder = freshFolder();
  await during(folder, (ask) => create(ask, "first"));
  const journal = join(folder, "journal.ndjson");
  const line = readFileSync(journal, "utf8");
  appendFileSync(journal, line.replace("first", "middle").repeat(12_000));
  appendFileSync(journal, line.replace("first", "last"));
  await during(folder, async (ask) => {
    expect((await ask("/__sandbox/tables/companies?offset=4")).json).toMatchObject([
      { customer_name: "last" },
    ]);
    await create(ask, "second");
  });
  expect(readFileSync(journal, "utf8").trim().split("\n").length).toBeLessThan(5);
  expect(statSync(journal).mode & 0o777).toBe(0o600);
  await during(folder, async (ask) => expect((await ask("/api/companies-names")).json.data).toHaveLength(6));
});

test("writes at the same time share an fsync, and each is on disk when it is acknowledged", async () => {
  const file = freshFolder();
  const replay = { take: () => undefined, compacted: () => undefined };
  const journal = await openJournal(file, replay);
  const linesOnDisk = () => readFileSync(file, "utf8").split("\n").length - 1;
  const first = journal.append({ n: 0 });
  await first;
  expect(linesOnDisk()).toBe(1);
  let durable = 0;
  const appends = Array.from({ length: 500 }, (_, n) => journal.append({ n }).then(() => (durable += 1)));
  expect(new Set(appends).size).toBe(500);
  await Promise.all(appends.slice(0, 1));
  // They all went with the first one.
  expect(linesOnDisk()).toBe(501);
  await Promise.all(appends);
  expect(durable).toBe(500);
  await journal.close();
});

test("after a failed write nothing more is written or acknowledged", async () => {
  const file = freshFolder();
  const journal = await openJournal(file, { take: () => undefined, compacted: () => undefined });
  const store = await openStore({}, async () => journal);
  store.put("mails", {
    mail_id: 1,
    username: "a",
    t_password: "",
    encrypted_user: "",
    sent_at: "",
    used_at: null,
  });
  await store.commit();
  journal.poison(new Error("the lock is lost"));
  store.put("revoked", { token_id: "x" });
  await expect(store.commit()).rejects.toThrow("the lock is lost");
  await expect(journal.clear()).rejects.toThrow("the lock is lost");
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(2);
  await store.close();
});
