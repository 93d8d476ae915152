import { type ErrorDetail, SipnavError } from "../core/errors.ts";
import type { Block } from "../view/blocks.ts";
import type { Context } from "./context.ts";
import type { Command, Parameters } from "./define.ts";

/** What a person gave for a command's parameters, before it is parsed; switches are true. */
export type RawValues = Readonly<Record<string, string | true | undefined>>;

/** `perPage` as it stands on a command line: `--per-page`. */
export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * The only way to run a command: parse every value by its kind, see to the session, run, and make blocks.
 * @throws validation with every problem at once, before anything is sent
 */
export async function execute(command: Command, raw: RawValues, context: Context): Promise<readonly Block[]> {
  const values = parseValues(command.parameters, raw);
  if (command.session) await context.client();
  return command.view(await command.run(context, values));
}

function parseValues(parameters: Parameters, raw: RawValues): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const problems: ErrorDetail[] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    const given = raw[name];
    const field = parameter.positional ? name : flagOf(name);
    if (given === undefined) {
      if (parameter.required) problems.push({ field, message: "is required" });
      values[name] = parameter.default;
    } else if (given === true) {
      values[name] = true;
    } else {
      const parsed = parameter.kind.parse(given);
      if ("problem" in parsed) problems.push({ field, message: parsed.problem });
      else values[name] = parsed.value;
    }
  }
  if (problems.length === 0) return values;
  const first = problems[0];
  const message =
    problems.length === 1 ? `${first?.field}: ${first?.message}.` : `${problems.length} values are wrong.`;
  throw new SipnavError("validation", message, { details: problems });
}
