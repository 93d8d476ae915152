import type { Command } from "../../commands/define.ts";
import { flagOf, type RawValues } from "../../commands/execute.ts";
import { conditionsOf, parseTerms, printTerm, type Term } from "./filter.ts";
import { shownFields } from "./look.ts";
import { type SheetScreen, tableIn } from "./result.ts";

/** A command with its values as a line for a shell. Secrets are left out: the command asks for them. */
export function commandWords(
  { path, parameters }: Pick<Command, "path" | "parameters">,
  raw: RawValues,
): string[] {
  const given = Object.entries(raw).flatMap(([name, value]) => {
    const parameter = parameters[name];
    if (value === undefined || parameter?.kind.secret) return [];
    return [{ name, value, isPositional: parameter?.positional === true }];
  });
  const positionals = given.filter(({ isPositional }) => isPositional);
  const flags = given.filter(({ isPositional }) => !isPositional);
  return [
    ...path,
    ...positionals.flatMap(({ value }) => (value === true ? [] : value)),
    ...flags.flatMap(({ name, value }) =>
      value === true ? [flagOf(name)] : [value].flat().flatMap((one) => [flagOf(name), one]),
    ),
  ];
}

/** A word as a POSIX shell takes it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** The values that load what a result shows, filter, order and columns included; and terms that no value says. */
export function shownValuesOf(screen: SheetScreen): {
  readonly raw: RawValues;
  readonly rest: readonly Term[];
} {
  const { origin, look, marks } = screen;
  const table = tableIn(screen);
  const { parameters = {} } = origin?.command ?? {};
  const raw = origin?.raw ?? {};
  if (!table) return { raw, rest: [] };
  const { where, rest } = conditionsOf(parseTerms(shownFields(table, look.columns), look.filter), undefined);
  const marked = marks.size > 0 ? [`${table.idField} in ${[...marks].join(",")}`] : where;
  const wheres = [...[raw.where ?? []].flat().filter((one) => one !== true), ...marked];
  return {
    raw: {
      ...raw,
      ...(parameters.where && wheres.length > 0 && { where: wheres }),
      ...(parameters.sort && look.sort !== "" && { sort: look.sort }),
      ...(look.columns.length > 0 && { fields: look.columns.join(",") }),
    },
    rest: marks.size > 0 ? [] : [...rest, ...(parameters.where ? [] : parseTerms(table.fields, look.filter))],
  };
}

/**
 * What is on the screen as a command line; undefined where no command loads it. A text of the filter, which is looked
 * for in every column, becomes a `grep`.
 */
export function lineOf(screen: SheetScreen, profile: string | undefined): string | undefined {
  if (!screen.origin) return undefined;
  const { raw, rest } = shownValuesOf(screen);
  const chosen =
    profile === undefined || profile === "" || profile === "default" ? [] : ["--profile", profile];
  const words = ["sipnav", ...commandWords(screen.origin.command, raw), ...chosen];
  const greps = rest.map((term) => [
    "grep",
    term.isNot ? "-viF" : "-iF",
    "--",
    term.field ? term.text : printTerm({ ...term, isNot: false }),
  ]);
  return [words, ...greps].map((line) => line.map(shellWord).join(" ")).join(" | ");
}
