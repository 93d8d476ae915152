import { type ErrorDetail, SipnavError } from "../core/errors.ts";
import type { Block } from "../view/blocks.ts";
import type { Context } from "./context.ts";
import type { Command, Effect, Parameter, Parameters, Values } from "./define.ts";
import { guard } from "./guard.ts";

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
  const values = parseValues(command.parameters, raw);
  await guard(context, effectOf(command, raw), deedOf(command, raw));
  return command.view(await command.run(context, values));
}

/** What a run with these values does: a command that writes may be asked for what it would do. */
export const effectOf = ({ effect, parameters }: Command, raw: RawValues): Effect =>
  Object.keys(parameters).some((name) => parameters[name]?.reads && raw[name] !== undefined)
    ? "read"
    : effect;

/** "Remove a profile (profiles remove lab)": what a confirmation asks about. */
function deedOf({ path, parameters, summary }: Command, raw: RawValues): string {
  const names = Object.keys(parameters).filter((name) => parameters[name]?.positional);
  return `${summary} (${[...path, ...names.flatMap((name) => raw[name] ?? [])].join(" ")})`;
}

/**
 * What a person gave, parsed by kind, with the defaults of what was not given.
 * @throws validation with every problem at once: wrong, missing, and given together though they exclude each other
 */
export function parseValues<P extends Parameters>(parameters: P, raw: RawValues): Values<P> {
  const values: Record<string, unknown> = {};
  const problems: ErrorDetail[] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    const parsed = parseValue(parameter, raw[name]);
    const messages = [...parsed.problems, ...quarrels(parameters, name, raw)];
    for (const message of messages) problems.push({ field: nameOf(name, parameter), message });
    values[name] = parsed.value;
  }
  const [first] = problems;
  if (first === undefined) return values as Values<P>;
  const message =
    problems.length === 1 ? `${first.field}: ${first.message}.` : `${problems.length} values are wrong.`;
  throw new SipnavError("validation", message, { details: problems });
}

function quarrels(parameters: Parameters, name: string, raw: RawValues): string[] {
  if (raw[name] === undefined) return [];
  return (parameters[name]?.excludes ?? [])
    .filter((other) => raw[other] !== undefined)
    .map((other) => `cannot be given together with ${nameOf(other, parameters[other])}`);
}

function parseValue(
  parameter: Parameter,
  given: RawValue | undefined,
): { value: unknown; problems: string[] } {
  const { kind, repeats, required } = parameter;
  if (given === undefined) {
    const problems = required ? ["is required"] : [];
    return { value: parameter.default ?? (repeats ? [] : undefined), problems };
  }
  if (given === true) return { value: true, problems: [] };
  const parsed = [given].flat().map((text) => kind.parse(text));
  const values = parsed.flatMap((one) => ("value" in one ? [one.value] : []));
  return {
    value: repeats ? values : values.at(-1),
    problems: parsed.flatMap((one) => ("problem" in one ? [one.problem] : [])),
  };
}
