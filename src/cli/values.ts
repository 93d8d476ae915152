import type { Command, Parameter, SuggestionsBy } from "../commands/define.ts";
import type { Reference } from "../domain/noun.ts";
import { operators } from "../domain/query.ts";

/** One thing that the word at the cursor could become. */
export interface Candidate {
  readonly value: string;
  readonly summary: string;
}

/** What could stand at the cursor: these words, and where more of them are to be found. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  readonly source?: "files" | "profiles" | Reference;
}

/** Of a completion's candidates those that continue what was typed, each with a prefix in front. */
export function startingWith(typed: string, { candidates, ...rest }: Completion, prefix = ""): Completion {
  const continued = candidates
    .map(({ value, summary }) => ({ value: prefix + value, summary }))
    .filter(({ value }) => value.startsWith(typed));
  return { candidates: continued, ...rest };
}

/**
 * The values that a parameter could take: its choices; the names of profiles; things that were seen; files; and for
 * columns, orders and conditions the fields of the command's rows.
 * @param typed what stands of the value so far
 * @param given the values of other parameters, by name
 */
export function valuesOf(
  { kind, refersTo, suggestions = [] }: Parameter,
  typed: string,
  command: Command | undefined,
  given: ReadonlyMap<string, string>,
): Completion {
  if (kind.choices) return { candidates: plain(kind.choices) };
  if (refersTo !== undefined) return { candidates: [], source: refersTo };
  const fields = (command?.fields ?? []).map((field) => ({ value: field.name, summary: field.label }));
  switch (kind.name) {
    case "profile":
      return { candidates: [], source: "profiles" };
    case "file":
      return { candidates: [], source: "files" };
    case "fields":
      return afterComma(typed, () => fields);
    case "order":
      return afterComma(typed, (part) => (part.includes(":") ? directions(fields) : fields));
    case "assignment": {
      const settable = (command?.fields ?? []).filter(({ writable }) => writable);
      return { candidates: settable.map(({ name, label }) => ({ value: `${name}=`, summary: label })) };
    }
    case "condition":
      return { candidates: conditions(typed, fields) };
    default:
      return { candidates: plain("words" in suggestions ? wordsBy(suggestions, given) : suggestions) };
  }
}

function wordsBy({ parameter, words }: SuggestionsBy, given: ReadonlyMap<string, string>): readonly string[] {
  const value = given.get(parameter) ?? "";
  return words[value] ?? words[value.split(".").at(-1) ?? ""] ?? [];
}

/** The flag before a value in one word with it: `--out=` of `--out=x.csv`. */
export const flagBefore = (typed: string): string => /^-[^=]*=/.exec(typed)?.[0] ?? "";

/** Words without a summary. */
export const plain = (words: readonly string[]): Candidate[] =>
  words.map((value) => ({ value, summary: "" }));

/** Candidates for the last part of a list, each with the parts before it. */
function afterComma(typed: string, candidatesFor: (part: string) => readonly Candidate[]): Completion {
  const start = typed.lastIndexOf(",") + 1;
  const before = typed.slice(0, start);
  const candidates = candidatesFor(typed.slice(start));
  return { candidates: candidates.map(({ value, summary }) => ({ value: before + value, summary })) };
}

const directions = (fields: readonly Candidate[]): Candidate[] =>
  fields.flatMap(({ value }) => [
    { value: `${value}:asc`, summary: "rising" },
    { value: `${value}:desc`, summary: "falling" },
  ]);

/** The fields that a condition could be about; the operators where only one is left, for they do not end there. */
function conditions(typed: string, fields: readonly Candidate[]): readonly Candidate[] {
  const left = fields.filter(({ value }) => value.startsWith(typed) || typed.startsWith(`${value} `));
  const [only] = left;
  if (only === undefined || left.length > 1) return left;
  return plain(operators.map((operator) => `${only.value} ${operator}`));
}
