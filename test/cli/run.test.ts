import { describe, expect, test } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { SipnavError } from "../../src/core/errors.ts";
import { id, phone, text } from "../../src/domain/kinds.ts";
import { doing, echo, openSeat } from "./seat.ts";

const failing = (error: unknown) =>
  doing(async () => {
    throw error;
  });

const table = doing(async () => [{ id: "7" }], {
  view: () => [
    {
      kind: "table",
      fields: [{ name: "id", label: "ID", kind: id, priority: 1 }],
      rows: [{ id: "7" }],
      idField: "id",
    },
  ],
});

const needy = doing(async (_, values) => values, {
  parameters: {
    id: { kind: id, summary: "The id", positional: true, required: true },
    number: { kind: phone, summary: "The number", required: true },
    note: { kind: text, summary: "A note" },
  },
  view: (values) => [{ kind: "document", data: JSON.parse(JSON.stringify(values)) }],
});

describe("a command line", () => {
  test("runs the command and prints its result, and nothing else, on standard output", async () => {
    const seat = openSeat([echo]);
    const { code, out, err } = await seat.run("echoes", "show", "hello", "--level", "-2");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ word: "hello", level: -2, tag: [] });
  });

  test("says what is no result on standard error, in order, unless it is to be quiet", async () => {
    const chatty = doing(async ({ face }) => {
      face.notice("one\u001b[2J");
      face.notice("two");
      throw new SipnavError("conflict", "three");
    });
    const seat = openSeat([chatty]);
    expect(await seat.run("deeds", "run")).toEqual({
      code: 7,
      out: "",
      err: "one␛[2J\ntwo\nsipnav: three\n",
    });
    expect((await seat.run("deeds", "run", "-q")).err).toBe("sipnav: three\n");
  });

  test("shows what a command hands out before it ends", async () => {
    const slow = doing(
      async ({ face }) => {
        await face.emit(1);
        return 2;
      },
      { view: (data) => [{ kind: "document", data: data as number }] },
    );
    expect((await openSeat([slow]).run("deeds", "run")).out).toBe("1\n2\n");
  });

  test("prints in the form that the settings name where it names none itself", async () => {
    const seat = openSeat([table], { environment: { SIPNAV_OUTPUT: "csv" } });
    expect((await seat.run("deeds", "run")).out).toMatch(/^id\r?\n7\r?\n$/);
    expect((await seat.run("deeds", "run", "-o", "ids")).out).toBe("7\n");
    expect(JSON.parse((await seat.run("deeds", "run", "--json")).out)).toEqual([{ id: "7" }]);
  });

  test("of no words is the menu on a terminal, and help with exit code 2 elsewhere", async () => {
    const atTerminal = openSeat(registry, { columns: 80 });
    expect((await atTerminal.run()).code).toBe(0);
    expect(atTerminal.menus()).toBe(1);
    const elsewhere = openSeat(registry);
    const { code, out, err } = await elsewhere.run();
    expect({ code, out, menus: elsewhere.menus() }).toEqual({ code: 2, out: "", menus: 0 });
    expect(err).toContain("Usage: sipnav <command>");
  });

  test("leaves a read that nobody reads any more with 0, and a write with its own end", async () => {
    const endless = (effect: "read" | "write") =>
      doing(
        async ({ host }) => {
          seat.gone.abort();
          if (host.signal.aborted) throw new SipnavError("interrupted", "Stopped.");
          throw new SipnavError("server", "It went on, and failed.");
        },
        { effect },
      );
    let seat = openSeat([endless("read")]);
    expect(await seat.run("deeds", "run")).toEqual({ code: 0, out: "", err: "" });
    seat = openSeat([endless("write")]);
    expect((await seat.run("deeds", "run", "--yes")).code).toBe(12);
  });
});

describe("what is missing", () => {
  test("is told all at once where nobody can be asked", async () => {
    const { code, err } = await openSeat([needy]).run("deeds", "run");
    expect(code).toBe(2);
    expect(err).toBe("sipnav: 2 values are missing.\n  id: is required\n  --number: is required\n");
  });

  test("is not asked for with --no-input or in CI", async () => {
    const person = { columns: 80, typed: ["7", "12125550100"] };
    expect((await openSeat([needy], person).run("deeds", "run", "--no-input")).code).toBe(2);
    expect((await openSeat([needy], { ...person, environment: { CI: "1" } }).run("deeds", "run")).code).toBe(
      2,
    );
  });

  test("is asked for on a terminal, again after a wrong answer", async () => {
    const seat = openSeat([needy], { columns: 80, typed: ["x", "", "7", "12125550100"] });
    const { code, out, err } = await seat.run("deeds", "run");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ id: "7", number: "12125550100" });
    expect(err).toBe(
      "The id (id): id: an id is digits only.\nThe id (id): id: is required.\nThe id (id): The number (number): ",
    );
  });

  test("and not answered ends with 130", async () => {
    const seat = openSeat([needy], { columns: 80, typed: [] });
    const { code, err } = await seat.run("deeds", "run");
    expect({ code, err }).toEqual({ code: 130, err: "The id (id): \nsipnav: Nothing was answered.\n" });
  });
});

describe("what is wrong", () => {
  test("is told all at once, with flags that cannot stand together", async () => {
    const words = ["echoes", "show", "a", "--level", "99", "--colour", "blue", "--plain"];
    const { code, err } = await openSeat([echo]).run(...words);
    expect(code).toBe(2);
    expect(err.split("\n").slice(1, -1)).toEqual([
      "  --level: a whole number from -10 to 10 is expected",
      "  --colour: one of red, green is expected",
      "  --colour: cannot be given together with --plain",
    ]);
  });

  test("with the options of every command is told, too", async () => {
    const { code, err } = await openSeat([table]).run(
      "deeds",
      "run",
      "--json",
      "-o",
      "csv",
      "--timeout",
      "0",
    );
    expect(code).toBe(2);
    expect(JSON.parse(err).error.details).toEqual([
      { field: "--json", message: "cannot be given together with --output" },
      { field: "--timeout", message: "a whole number from 1 up is expected" },
    ]);
  });

  test("of the timeouts, --max-wait and --max-rps reaches the command, times as milliseconds", async () => {
    const options = doing(async ({ face }) => face.options, {
      view: (data) => [{ kind: "document", data: JSON.parse(JSON.stringify(data)) }],
    });
    const times = ["--timeout", "5", "--connect-timeout", "2", "--first-byte-timeout", "4"];
    const words = [...times, "--max-wait", "0", "--max-rps", "3"];
    const { out } = await openSeat([options]).run("deeds", "run", ...words);
    expect(JSON.parse(out)).toEqual({
      timeoutMs: 5000,
      connectTimeoutMs: 2000,
      firstByteTimeoutMs: 4000,
      maxWaitMs: 0,
      perSecondMax: 3,
    });
  });
});

describe("a failure", () => {
  const told = new SipnavError("rejected", "Refused\u001b]0;x\u0007.", {
    hint: "Do this.",
    requestId: "r-1",
    outcomeUnknown: true,
    details: [
      { file: "a.csv", row: 5, column: "enabled", message: "yes or no is expected" },
      { field: "contacts.0.email", message: "is no address" },
    ],
  });

  test("has every detail with its place, what mends it, and the request id; nothing in it acts on a terminal", async () => {
    expect(await openSeat([failing(told)]).run("deeds", "run")).toEqual({
      code: 13,
      out: "",
      err: [
        "sipnav: Refused␛]0;x␇.",
        "  a.csv, row 5, column enabled: yes or no is expected",
        "  contacts.0.email: is no address",
        "It may have been done all the same.",
        "Do this.",
        "Request id: r-1",
        "",
      ].join("\n"),
    });
  });

  test.each(["--json", "-o json", "-ojson", "-o ndjson", "--output=json", "--error-format json"])(
    "is one JSON object with %s",
    async (words) => {
      const { err } = await openSeat([failing(told)], { environment: { SIPNAV_PROFILE: "sandbox" } }).run(
        "deeds",
        "run",
        ...words.split(" "),
      );
      expect(err.endsWith("\n") && err.trim().includes("\n")).toBe(false);
      expect(JSON.parse(err)).toMatchObject({
        error: {
          kind: "rejected",
          exit_code: 13,
          request_id: "r-1",
          profile: "sandbox",
          details: { length: 2 },
        },
      });
    },
  );

  test("is text where that was asked for, and JSON even of words that are not understood", async () => {
    const seat = openSeat([failing(told)]);
    expect((await seat.run("deeds", "run", "--json", "--error-format", "text")).err).toMatch(/^sipnav: /);
    const { code, err } = await seat.run("deeds", "rum", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(err).error).toMatchObject({ kind: "usage", code: "unknownCommand", exit_code: 2 });
  });

  test("that nobody foresaw is a defect: 1, and its place only with --debug", async () => {
    const seat = openSeat([failing(new TypeError("x is not a function"))]);
    const { code, err } = await seat.run("deeds", "run");
    expect(code).toBe(1);
    expect(err).toBe("sipnav: a defect of this program: x is not a function\nWith --debug it says where.\n");
    expect((await seat.run("deeds", "run", "--debug")).err).toMatch(
      /Caused by TypeError[\s\S]*run\.test\.ts/,
    );
  });

  test("with thousands of details shows the first ones", async () => {
    const details = Array.from({ length: 2_000 }, (_, row) => ({ file: "a.csv", row, message: "wrong" }));
    const seat = openSeat([failing(new SipnavError("validation", "2000 rows are wrong.", { details }))]);
    const { err } = await seat.run("deeds", "run");
    expect(err.split("\n").length).toBeLessThan(60);
    expect(err).toContain("… and 1950 more");
    expect(JSON.parse((await seat.run("deeds", "run", "--json")).err).error.details).toHaveLength(2_000);
  });
});
