import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { mayHoldSecret } from "../../src/cli/history.ts";
import { SipnavError } from "../../src/core/errors.ts";
import { id } from "../../src/domain/kinds.ts";
import { temporaryFolder } from "../host/desk.ts";
import { doing, echo, openSeat, type SeatOptions } from "./seat.ts";

const failing = doing(
  async () => {
    throw new SipnavError("conflict", "It is locked.");
  },
  { path: ["fail"] },
);
const companies = doing(async (_, values) => values, {
  path: ["companies", "show"],
  parameters: { id: { kind: id, summary: "The id", positional: true, required: true, refersTo: "company" } },
  view: (values) => [{ kind: "document", data: JSON.parse(JSON.stringify(values)) }],
});
const commands = [echo, failing, companies];

/** Runs a script's lines through standard input. */
const pipe = (lines: readonly string[], ...words: string[]) =>
  openSeat(commands, { typed: lines }).run("shell", ...words);

const words = (out: string) => [...out.matchAll(/"word":"([^"]*)"/g)].map(([, word]) => word);

describe("the errors of a line", () => {
  const failing = async (script: string, ...words: string[]) =>
    openSeat(commands, { typed: script.split("\n") }).run(...words, "shell");
  const isJson = (text: string) => text.startsWith('{"error":');

  test.each([
    ["echoes show a --level x --json", [], true],
    ["echoes show a --level x -o ndjson", [], true],
    ["echoes show a --level x", [], false],
    ["echoes show a --level x", ["--json"], true],
    ["echoes show a --level x", ["--error-format", "json"], true],
    ["echoes show a --level x -o csv", ["--json"], false],
    ["echoes show a --level x --error-format text", ["--error-format", "json"], false],
    ["echoes show a --json\nuse nonsense", [], false],
    ["echoes show a --json\necho 'open", [], false],
  ])("are printed as it asks, else as the shell's own words do: %j after %j", async (script, words, json) => {
    const { code, err } = await failing(script, ...words);
    expect({ code, json: isJson(err) }, err).toEqual({ code: 2, json });
  });

  test("each as its own line asks with --keep-going, and the sum of them as the shell does", async () => {
    const script = "echoes show a --level x --json\nechoes show a --level y";
    const seat = openSeat(commands, { typed: script.split("\n") });
    const { code, err } = await seat.run("shell", "--keep-going");
    const lines = err.split("\n");
    expect({ code, first: isJson(lines[0] ?? "") }).toEqual({ code: 2, first: true });
    expect(lines.slice(1)).toEqual([
      "sipnav: --level: a whole number from -10 to 10 is expected.",
      "sipnav: 2 lines failed; the first was line 1.",
      "",
    ]);
  });
});

test("an option of a line goes before one of the shell that it cannot stand beside", async () => {
  const seat = openSeat(commands, { typed: ["echoes show a -o csv"] });
  expect(await seat.run("--json", "shell")).toMatchObject({ code: 0, err: "" });
});

test("the program's own name may stand before the shell's words, too", async () => {
  const seat = openSeat(commands, { typed: ["sipnav use company 5", "sipnav echoes show a"] });
  const { out, err } = await seat.run("shell");
  expect(JSON.parse(out), err).toMatchObject({ word: "a", company: "5" });
});

describe("a script", () => {
  test("runs line by line, with or without the program's name, past comments and empty lines", async () => {
    const lines = ["# start", "", "echoes show 'a b' # why", "sipnav echoes show c", "exit", "echoes show d"];
    const { code, out, err } = await pipe(lines);
    expect({ code, err, words: words(out) }).toEqual({ code: 0, err: "", words: ["a b", "c"] });
  });

  test("stops at the first failure, with its exit code and line", async () => {
    const { code, out, err } = await pipe(["echoes show a", "fail", "echoes show b"]);
    expect({ code, err, words: words(out) }).toEqual({
      code: 7,
      err: "sipnav: Line 2: It is locked.\n",
      words: ["a"],
    });
  });

  test("goes on with --keep-going, and ends with the first failure's exit code", async () => {
    const { code, out, err } = await pipe(["fail", "echoes shw", "echoes show b"], "--keep-going");
    expect({ code, words: words(out) }).toEqual({ code: 7, words: ["b"] });
    expect(err.split("\n")).toEqual([
      "sipnav: It is locked.",
      "sipnav: Unknown command 'shw'.",
      "Did you mean sipnav echoes show?",
      "sipnav: 2 lines failed; the first was line 1.",
      "",
    ]);
  });

  test("is read from a file, and files from within one another, but not for ever", async () => {
    const folder = temporaryFolder();
    const [outer, inner, endless] = ["outer", "inner", "endless"].map((name) => join(folder, name));
    writeFileSync(outer ?? "", `echoes show 1\nsource ${inner}\nechoes show 3\n`);
    writeFileSync(inner ?? "", "echoes show 2\n");
    writeFileSync(endless ?? "", `source ${endless}\n`);
    const seat = openSeat(commands);
    expect(words((await seat.run("shell", outer ?? "")).out)).toEqual(["1", "2", "3"]);
    const { code, err } = await seat.run("shell", endless ?? "");
    expect(code).toBe(2);
    expect(err).toContain("more than 10 deep");
    expect((await seat.run("shell", join(folder, "absent"))).code).toBe(2);
    writeFileSync(inner ?? "", "# the second fails\nfail\n");
    expect((await seat.run("shell", outer ?? "")).err).toBe(
      `sipnav: Line 2: ${inner}, line 2: It is locked.\n`,
    );
  });

  test("keeps the options of its own line for all of its lines", async () => {
    const shown = doing(async ({ face }) => face.options.profile, {
      view: (profile) => [{ kind: "document", data: profile as string }],
    });
    const seat = openSeat([shown], {
      typed: ["deeds run", "deeds run --profile b", "use profile c", "deeds run"],
    });
    expect((await seat.run("shell", "--profile", "a")).out).toBe('"a"\n"b"\n"c"\n');
  });

  test.each(["echoes show 'a", "use planet 5", "use company", "source", "shell", "nope"])(
    "refuses %j with 2",
    async (line) => {
      const { code, err } = await pipe([line]);
      expect(code).toBe(2);
      expect(err).toMatch(/^sipnav: Line 1: /);
    },
  );
});

describe("what is in use", () => {
  test.each([
    ["use", "What to use is missing."],
    ["use planet 5", "There is no planet to use."],
    ["use company x", "x is no id: use company takes digits, or none."],
  ])("is refused as a sentence: %j", async (line, message) => {
    const { code, err } = await pipe([line]);
    expect({ code, said: err.split("\n")[0] }).toEqual({ code: 2, said: `sipnav: Line 1: ${message}` });
  });

  test.each([
    ["use", "As: use company ID, use none. Known: profile, company."],
    ["use company", "As: use company ID, or: use company none"],
    ["use profile", "As: use profile NAME, or: use profile none"],
  ])("is told how it is meant: %j", async (line, hint) => {
    expect((await pipe([line])).err.split("\n")[1]).toBe(hint);
  });

  test("fills in whatever refers to it and was not given, until it is dropped", async () => {
    const { code, out } = await pipe([
      "use company 5",
      "companies show",
      "companies show 7",
      "echoes show x",
      "use company none",
      "echoes show x",
      "use company 6",
      "use none",
      "companies show",
    ]);
    expect(code).toBe(2);
    expect(
      out
        .split("\n")
        .map((line) => line && JSON.parse(line))
        .map(({ id: own, company }) => own ?? company),
    ).toEqual(["5", "7", "5", undefined, undefined]);
  });

  const switching = doing(
    ({ host }) => host.settings.update(() => ({ version: 1, profile: "b", profiles: { b: {} } })),
    { path: ["profiles", "use"] },
  );
  const companyShown = (out: string) => JSON.parse(out.trim().split("\n").at(-1) ?? "").company;

  test.each([
    ["use company 5\nuse profile b", undefined],
    ["use profile b\nuse company 5", "5"],
    ["use profile b\nuse company 5\nuse profile b", "5"],
    ["use company 5\nprofiles use", undefined],
  ])("is of one profile, and goes with it: %j", async (script, company) => {
    const lines = [...script.split("\n"), "echoes show x"];
    const { out, err } = await openSeat([...commands, switching], { typed: lines }).run("shell");
    expect(companyShown(out), err).toBe(company);
    if (company === undefined) expect(err).toContain("No longer in use: company:5 of profile default.\n");
  });

  test.each([
    ["echoes show x --profile b", undefined],
    ["echoes show x --profile a", "5"],
    ["echoes show x", "5"],
  ])("is not filled in for another profile: %j", async (line, company) => {
    const { out, err } = await pipe(["use company 5", line], "--profile", "a");
    expect(companyShown(out), err).toBe(company);
  });

  test("!! runs the last line once more, and says which", async () => {
    const { out, err } = await pipe(["echoes show a", "!!"]);
    expect(words(out)).toEqual(["a", "a"]);
    expect(err).toBe("echoes show a\n");
  });
});

/** Waits until something is so. */
const soon = (assertion: () => void) => vi.waitFor(assertion, 15_000);

/** A person who types into a shell; each step waits until the prompt is there. */
async function sit(options: SeatOptions = {}, extra = commands) {
  const seat = openSeat(extra, { columns: 80, ...options });
  let shown = "";
  seat.echoes.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  const ended = seat.run("shell");
  const prompts = () => shown.split("]> ").length - 1;
  const see = (count: number) => soon(() => expect(prompts()).toBeGreaterThanOrEqual(count));
  await see(1);
  return {
    ...seat,
    ended,
    shown: () => shown,
    async type(keys: string) {
      const before = prompts();
      seat.keys.write(keys);
      await see(before + 1);
    },
  };
}

describe("a person", () => {
  test("gets a prompt with profile, things in use and the last exit code, and leaves with Ctrl-D", async () => {
    const person = await sit({ environment: { SIPNAV_PROFILE: "sandbox" } });
    await person.type("use company 5\r");
    await person.type("fail\r");
    await person.type("echoes show a\r");
    person.keys.write("\u0004");
    const { code, out, err } = await person.ended;
    expect({ code, words: words(out), err }).toEqual({
      code: 0,
      words: ["a"],
      err: "sipnav: It is locked.\n",
    });
    const prompts = [...person.shown().matchAll(/sipnav\[[^\]]*\]>/g)].map(([prompt]) => prompt);
    expect(new Set(prompts)).toEqual(
      new Set(["sipnav[sandbox]>", "sipnav[sandbox company:5]>", "sipnav[sandbox company:5 !7]>"]),
    );
  });

  test("may paste many lines, and edit the last one", async () => {
    const person = await sit();
    await person.type("echoes show a\recho");
    await person.type("es show b\r");
    person.keys.write("exit\r");
    expect(words((await person.ended).out)).toEqual(["a", "b"]);
  });

  test("has Tab and the arrow keys", async () => {
    const person = await sit();
    person.keys.write("ech\t");
    await soon(() => expect(person.shown()).toContain("echoes "));
    person.keys.write("sh\t");
    await soon(() => expect(person.shown()).toContain("show "));
    await person.type("tabbed\r");
    await person.type("\u001b[A\u007f!\r");
    person.keys.write("quit\r");
    expect(words((await person.ended).out)).toEqual(["tabbed", "tabbe!"]);
  });

  test("drops a line with Ctrl-C, and stays", async () => {
    const person = await sit();
    await person.type("echoes show wrong\u0003");
    await person.type("echoes show right\r");
    person.keys.write("exit\r");
    const { code, out } = await person.ended;
    expect({ code, words: words(out) }).toEqual({ code: 0, words: ["right"] });
  });

  test("ends a command with Ctrl-C, and stays", async () => {
    let isRunning = false;
    const endless = doing(
      ({ host }) =>
        new Promise((_, reject) => {
          host.signal.addEventListener("abort", () => reject(host.signal.reason));
          isRunning = true;
        }),
    );
    const person = await sit({}, [...commands, endless]);
    person.keys.write("deeds run\r");
    await soon(() => expect(isRunning).toBe(true));
    expect(person.interrupts).toHaveLength(1);
    person.interrupts[0]?.abort(new SipnavError("interrupted", "Interrupted."));
    await soon(() => expect(person.shown()).toContain("!130]> "));
    expect(person.interrupts).toHaveLength(0);
    await person.type("echoes show on\r");
    person.keys.write("exit\r");
    const { code, out, err } = await person.ended;
    expect({ code, words: words(out), err }).toEqual({
      code: 0,
      words: ["on"],
      err: "sipnav: Interrupted.\n",
    });
  });

  test("comes back to the line after Ctrl-Z", async () => {
    const stopped = vi.spyOn(process, "kill").mockReturnValue(true);
    const person = await sit();
    person.keys.write("echoes show ba\u001a");
    await soon(() => expect(stopped).toHaveBeenCalledWith(process.pid, "SIGTSTP"));
    process.emit("SIGCONT");
    stopped.mockRestore();
    await person.type("ck\r");
    person.keys.write("exit\r");
    expect(words((await person.ended).out)).toEqual(["back"]);
  });

  test("is thrown out when the process is to end", async () => {
    const ending = new AbortController();
    const person = await sit({ signal: ending.signal });
    ending.abort(new SipnavError("terminated", "Terminated."));
    expect(await person.ended).toMatchObject({ code: 143, err: "sipnav: Terminated.\n" });
  });
});

describe("the history", () => {
  test("lasts from one shell to the next, for the owner alone, and holds no secret", async () => {
    const home = temporaryFolder();
    const first = await sit({ home });
    for (const line of [
      "echoes show kept",
      "echoes show kept",
      "login --username ada",
      "fail --api-token x",
    ]) {
      await first.type(`${line}\r`);
    }
    first.keys.write("exit\r");
    await first.ended;
    const path = join(first.host.folders.state, "shell-history");
    expect(readFileSync(path, "utf8")).toBe("echoes show kept\nexit\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);

    const second = await sit({ home });
    await second.type("\u001b[A\u001b[A\r");
    second.keys.write("exit\r");
    expect(words((await second.ended).out)).toEqual(["kept"]);
  });

  test("that cannot be kept is told once, and the shell goes on", async () => {
    const home = temporaryFolder();
    const state = join(home, ".local/state/sipnav");
    writeFileSync(join(home, ".local"), "no folder");
    const person = await sit({ home });
    await person.type("echoes show a\r");
    await person.type("echoes show b\r");
    person.keys.write("exit\r");
    const { code, out, err } = await person.ended;
    expect({ code, words: words(out) }).toEqual({ code: 0, words: ["a", "b"] });
    expect(err).toContain(state);
    expect(err.split("\n")).toHaveLength(2);
  });

  test("is not written through a symbolic link", async () => {
    const home = temporaryFolder();
    const other = join(home, "other");
    const state = join(home, ".local/state/sipnav");
    writeFileSync(other, "");
    mkdirSync(state, { recursive: true });
    symlinkSync(other, join(state, "shell-history"));
    const person = await sit({ home });
    await person.type("echoes show a\r");
    person.keys.write("exit\r");
    expect((await person.ended).err).toContain("symbolic link");
    expect(readFileSync(other, "utf8")).toBe("");
  });

  test.each([
    ["login --username ada", true],
    ["sipnav login --username ada", true],
    ["auth reset-password 12", true],
    ["api GET /x --field password=1", true],
    ["api GET /x --field api_key=1", true],
    ["api POST /x --field pwd=1", true],
    ["api POST /x --field jwt=eyJhbGciOiJIUzI1NiJ9.e30.x", true],
    ["x --otp-command y", true],
    ["login", false],
    ["accounts list --where 'note contains x'", false],
  ])("%j may hold a secret: %s", (line, secret) => {
    expect(mayHoldSecret(line)).toBe(secret);
  });
});
