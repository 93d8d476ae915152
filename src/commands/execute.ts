import { type ErrorDetail, SipnavError } from "../core/errors.ts";
import { assignment, condition, fieldNames, sorting } from "../domain/kinds.ts";
import type { Field } from "../domain/noun.ts";
import type { Block } from "../view/blocks.ts";
import type { Context } from "./context.ts";
import type { Command, Effect, Parameter, Parameters, Values } from "./define.ts";
import { guard } from "./guard.ts";
import { remember } from "./known.ts";

/** What a person gave for a command's parameters, before it is parsed; switches are true. */
export type RawValues = Readonly<Record<string, RawValue | undefined>>;
export type RawValue = string | readonly string[] | true;

/** `perPage` as it stands on a command line: `--per-page`. */
export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** What a parameter is called in messages: a positional by its name, any other by its flag. */
export const nameOf = (name: string, parameter: Parameter | undefined): string =>
  parameter?.positional ? name : flagOf(name);

/**
 * The only way to run a command: parse every value by its kind, ask what has to be asked, run, and make blocks.
 * @throws validation with every problem at once, before anything is sent
 */
export async function execute(command: Command, raw: RawValues, context: Context): Promise<readonly Block[]> {
  const { parameters, fields } = command;
  refuse(await problemsOf(parameters, raw, fields));
  const values = parseValues(parameters, raw);
  await guard(context, effectOf(command, raw), {
    words: deedOf(command, raw),
    subject: subjectsOf(command, raw)[0],
    about: async () => (await command.describe?.(context, values)) ?? [],
  });
  const blocks = command.view(await command.run(context, values));
  await remember(context, blocks);
  return blocks;
}

/** What a run with these values does: a command that writes may be asked for what it would do. */
export const effectOf = ({ effect, parameters }: Command, raw: RawValues): Effect =>
  Object.keys(parameters).some((name) => parameters[name]?.reads && raw[name] !== undefined)
    ? "read"
    : effect;

/** "Remove a profile (profiles remove lab)": what a confirmation asks about. */
const deedOf = (command: Command, raw: RawValues): string =>
  `${command.summary} (${[...command.path, ...subjectsOf(command, raw)].join(" ")})`;

/** What a command was given for its positionals, in order. */
export function subjectsOf({ parameters }: Command, raw: RawValues): string[] {
  const names = Object.keys(parameters).filter((name) => parameters[name]?.positional);
  return names.flatMap((name) => raw[name] ?? []).filter((given) => given !== true);
}

/** What is wrong with a given value; a person may be asked for one that is missing. */
export interface Problem extends ErrorDetail {
  readonly field: string;
  readonly isMissing: boolean;
}

/**
 * Everything that is wrong with given values: no value of their kind, missing, given together though they exclude each
 * other, and what names fields that there are none of.
 * @param fields those of the command's rows; undefined when it has none
 */
export async function problemsOf(
  parameters: Parameters,
  raw: RawValues,
  fields: readonly Field[] | undefined,
): Promise<readonly Problem[]> {
  const queries = await queryProblems(parameters, raw, fields);
  return Object.entries(parameters).flatMap(([name, parameter]): Problem[] => {
    const field = nameOf(name, parameter);
    if (raw[name] === undefined) {
      return isRequired(parameter, raw) ? [{ field, message: "is required", isMissing: true }] : [];
    }
    const { problems } = parseValue(parameter, raw[name]);
    const messages = [...problems, ...(queries.get(name) ?? []), ...quarrels(parameters, name, raw)];
    return messages.map((message) => ({ field, message, isMissing: false }));
  });
}

/** Whether a value must be given, as the others stand. */
export const isRequired = ({ required, unless = [] }: Parameter, raw: RawValues): boolean =>
  required === true && unless.every((other) => raw[other] === undefined);

/** Fails when there are problems, with all of them. @throws validation */
export function refuse(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const only = `${first.field}: ${first.message}`.replace(/[^?]$/, "$&.");
  const what = problems.every(({ isMissing }) => isMissing) ? "missing" : "wrong";
  const message = problems.length > 1 ? `${problems.length} values are ${what}.` : only;
  const details = problems.map(({ isMissing: _, ...detail }) => detail);
  throw new SipnavError("validation", message, { details });
}

const queryKinds: readonly string[] = [fieldNames, condition, sorting, assignment].map(({ name }) => name);

/** By parameter, what names fields wrongly. What reads it is loaded for those alone who give it. */
async function queryProblems(
  parameters: Parameters,
  raw: RawValues,
  fields: readonly Field[] | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const given = Object.entries(parameters).filter(
    ([name, { kind }]) => queryKinds.includes(kind.name) && raw[name] !== undefined,
  );
  if (given.length === 0) return new Map();
  if (fields === undefined)
    return new Map(given.map(([name]) => [name, ["this command has no fields to choose from"]]));
  const { problemsOfQuery } = await import("../domain/query.ts");
  return new Map(
    given.map(([name, { kind }]) => {
      const texts = [raw[name]].flat().filter((text) => typeof text === "string");
      return [name, texts.flatMap((text) => problemsOfQuery(kind, text, fields))];
    }),
  );
}

/** What a person gave, parsed by kind, with the defaults of what was not given: of values without problems. */
export function parseValues<P extends Parameters>(parameters: P, raw: RawValues): Values<P> {
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    values[name] = parseValue(parameter, raw[name]).value;
  }
  return values as Values<P>;
}

function quarrels(parameters: Parameters, name: string, raw: RawValues): string[] {
  return (parameters[name]?.excludes ?? [])
    .filter((other) => raw[other] !== undefined)
    .map((other) => `cannot be given together with ${nameOf(other, parameters[other])}`);
}

function parseValue(
  parameter: Parameter,
  given: RawValue | undefined,
): { value: unknown; problems: string[] } {
  const { kind, repeats } = parameter;
  if (given === undefined) return { value: parameter.default ?? (repeats ? [] : undefined), problems: [] };
  if (given === true) return { value: true, problems: [] };
  const texts = [given].flat();
  const parsed = texts.map((text) => kind.parse(text));
  const values = parsed.flatMap((one) => ("value" in one ? [one.value] : []));
  const problems = parsed.flatMap((one) => ("problem" in one ? [one.problem] : []));
  const different = [...new Set(texts)];
  if (repeats) return { value: values, problems };
  if (different.length > 1) problems.push(`was given more than once: ${different.join(", then ")}`);
  return { value: values.at(-1), problems };
}
