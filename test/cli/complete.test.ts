import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { completeLine } from "../../src/cli/candidates.ts";
import { complete } from "../../src/cli/complete.ts";
import { withLineTools } from "../../src/cli/tools.ts";
import { registry } from "../../src/commands/registry.ts";
import { condition, sorting } from "../../src/domain/kinds.ts";
import { temporaryFolder } from "../host/desk.ts";
import { doing, echo, openSeat } from "./seat.ts";

const commands = [echo, doing(async () => undefined), ...registry];

/** The words before a `|`, and the one it stands in, as a shell hands them over. */
function values(line: string) {
  const words = line.slice(0, -1).split(" ");
  return complete(commands, words, words.length - 1).candidates.map(({ value }) => value);
}

describe("what a word could become", () => {
  test.each([
    ["ec|", ["echoes"]],
    ["acc|", ["accounts"]],
    ["accounts s|", ["show"]],
    ["--profile x acc|", ["accounts"]],
    ["deeds r|", ["run"]],
    ["echoes show --lev|", ["--level"]],
    ["echoes show --colour |", ["red", "green"]],
    ["echoes show --colour g|", ["green"]],
    ["echoes show --colour=r|", ["--colour=red"]],
    ["echoes show --plain --col|", []],
    ["echoes show --colour red --pl|", []],
    ["echoes show --level 1 --lev|", []],
    ["echoes show --tag a --ta|", ["--tag"]],
    ["echoes show --level c|", []],
    ["echoes show -o nd|", ["ndjson"]],
    ["echoes show --fields w|", ["word"]],
    ["echoes show --fields word,l|", ["word,level"]],
    ["frobnicate |", []],
    ["accounts update 7 --set cha|", ["channels_limit="]],
    ["accounts update 7 --set account_i|", []],
    ["config get base|", ["baseUrl"]],
    ["config explain z|", ["zone"]],
    ["config set output j|", ["json"]],
    ["config set profiles.lab.readOnly |", ["yes", "no"]],
    ["config set username |", []],
    [
      "api GET /api/co|",
      ["/api/companies", "/api/companies/{id}", "/api/companies/{id}/getBalance", "/api/companies-names"],
    ],
  ])("%s", (line, expected) => {
    expect(values(line)).toEqual(expected);
  });

  test("is any noun with its verbs, or any verb with its summary", () => {
    const { candidates } = complete(commands, [""], 0);
    expect(candidates).toContainEqual({ value: "deeds", summary: "run" });
    expect(candidates.map(({ value }) => value)).toEqual([...new Set(commands.map(({ path }) => path[0]))]);
    expect(complete(commands, ["deeds", ""], 1).candidates).toEqual([{ value: "run", summary: "Do it" }]);
  });

  test("is a flag where nothing else is expected, and its summary stands beside it", () => {
    expect(complete(commands, ["deeds", "run", ""], 2).candidates).toContainEqual({
      value: "--profile",
      summary: "The profile to use",
    });
  });

  test("is a field, an order or a condition of the command's rows", () => {
    const queries = {
      sort: { kind: sorting, summary: "Sort" },
      where: { kind: condition, summary: "Where" },
    };
    const sortable = { ...echo, parameters: { ...echo.parameters, ...queries } };
    const of = (...words: string[]) =>
      complete([sortable], ["echoes", "show", "x", ...words], words.length + 2).candidates.map(
        ({ value }) => value,
      );
    expect(of("--sort", "level:")).toEqual(["level:asc", "level:desc"]);
    expect(of("--sort", "word:asc,le")).toEqual(["word:asc,level"]);
    expect(of("--where", "")).toEqual(["word", "level"]);
    expect(of("--where", "l")).toContain("level contains");
    expect(of("--where", "level l")).toEqual(["level lt", "level lte"]);
  });

  test("is a file or a profile where the value is one", () => {
    const sources = (line: string) => complete(commands, line.split(" "), line.split(" ").length - 1).source;
    expect(sources("accounts create --json-file x")).toBe("files");
    expect(sources("deeds run --out x")).toBe("files");
    expect(sources("deeds run --profile x")).toBe("profiles");
    expect(sources("deeds run --level x")).toBeUndefined();
    expect(sources("auth switch x")).toBe("profiles");
    expect(sources("accounts list --company 2")).toBe("company");
    expect(sources("jobs resume 2")).toBe("job");
  });
});

describe("__complete", () => {
  test("prints a candidate and its summary a line, and tells that files belong there", async () => {
    const seat = openSeat(commands);
    expect(await seat.run("__complete", "--", "deeds", "")).toEqual({
      code: 0,
      out: "run\tDo it\n",
      err: "",
    });
    expect((await seat.run("__complete", "--", "deeds", "run", "--out", "")).out).toBe(":files\n");
  });

  test("knows the profiles by the settings, without a word where they are broken", async () => {
    const seat = openSeat(commands);
    mkdirSync(seat.host.folders.config, { recursive: true });
    const settings = join(seat.host.folders.config, "config.json");
    writeFileSync(settings, JSON.stringify({ version: 1, profiles: { prod: {}, preview: {}, test: {} } }));
    expect((await seat.run("__complete", "--", "deeds", "run", "--profile", "pr")).out).toBe(
      "preview\t\nprod\t\n",
    );
    expect((await seat.run("__complete", "--", "deeds", "run", "--profile=te")).out).toBe(
      "--profile=test\t\n",
    );
    expect((await seat.run("__complete", "--", "profiles", "use", "")).out).toBe(
      "default\t\npreview\t\nprod\t\nsandbox\t\ntest\t\n",
    );
    writeFileSync(settings, "{");
    expect(await seat.run("__complete", "--", "deeds", "run", "--profile", "")).toEqual({
      code: 0,
      out: "",
      err: "",
    });
  });
});

describe("the shell's Tab", () => {
  const all = withLineTools(commands, async () => undefined);
  const tab = (line: string) => completeLine(line, openSeat(commands).host, all);

  test.each([
    ["", undefined, ""],
    ["ec", ["echoes "], "ec"],
    ["echoes sh", ["show "], "sh"],
    ["us", ["use "], "us"],
    ["use comp", ["company "], "comp"],
    ["use company n", ["none "], "n"],
    ["use profile de", ["default "], "de"],
    ["echoes show --colour 'g", ["'green"], "'g"],
    ["echoes show x --fields word,", ["word,word", "word,level"], "word,"],
    ["sipnav ec", ["echoes "], "ec"],
    ["sipnav use comp", ["company "], "comp"],
    ["accounts list --where account_name\\ co", ["account_name\\ contains"], "account_name\\ co"],
  ])("%j", async (line, found, part) => {
    const [words, replaced] = await tab(line);
    expect(replaced).toBe(part);
    if (found) expect(words).toEqual(found);
    else expect(words).toEqual(expect.arrayContaining(["echoes", "use", "source", "exit"]));
    expect(words).not.toContain("shell");
  });

  test("finds files, quoted as needed", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "some file.csv"), "");
    expect(await tab(`source ${folder}/so`)).toEqual([[`${folder}/some\\ file.csv `], `${folder}/so`]);
    const inOne = `--out=${folder}/so`;
    expect(await tab(`accounts list ${inOne}`)).toEqual([[`--out=${folder}/some\\ file.csv `], inOne]);
    expect((await tab(`accounts create --json-file ${folder}/`))[0]).toHaveLength(2);
    expect((await tab(`source ${folder}/su`))[0]).toEqual([`${folder}/sub/`]);
  });
});
