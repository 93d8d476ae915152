import type { Command } from "../commands/define.ts";
import type { RawValue, RawValues } from "../commands/execute.ts";
import { SipnavError } from "../core/errors.ts";
import { nearest } from "../core/text.ts";
import type { Reference } from "../domain/noun.ts";

/** What a shell's lines are about: a thing's id by its noun, and the profile. */
export type Scope = ReadonlyMap<string, string>;

/** The ids in a scope, as `company:5`. */
export const idsOf = (scope: Scope): readonly string[] =>
  [...scope].filter(([noun]) => noun !== "profile").map(([noun, value]) => `${noun}:${value}`);

/** A scope's profile alone. */
export const withoutIds = (scope: Scope): Scope => new Map([...scope].filter(([noun]) => noun === "profile"));

/** What `use` can be told: the nouns that parameters refer to, and the profile. */
export function scopeNames(commands: readonly Command[]): ("profile" | Reference)[] {
  const nouns = commands.flatMap(({ parameters }) =>
    Object.values(parameters).map(({ refersTo }) => refersTo),
  );
  return ["profile", ...new Set(nouns.filter((noun) => noun !== undefined))];
}

/**
 * The scope after `use company ID`, `use company none` or `use none`.
 * @throws usage for a noun that no command refers to
 */
export function changeScope(scope: Scope, words: readonly string[], commands: readonly Command[]): Scope {
  const [noun = "", value, ...more] = words;
  if (noun === "none" && value === undefined) return new Map();
  const names = scopeNames(commands);
  if (!names.some((name) => name === noun)) {
    const near = nearest(noun, names);
    const message = noun === "" ? "What to use is missing." : `There is no ${noun} to use.`;
    throw new SipnavError("usage", message, {
      hint:
        near === undefined
          ? `As: use company ID, use none. Known: ${names.join(", ")}.`
          : `Did you mean ${near}?`,
    });
  }
  if (value === undefined || more.length > 0) {
    throw new SipnavError("usage", `One ${noun} is expected.`, {
      hint: `As: use ${noun} ${noun === "profile" ? "NAME" : "ID"}, or: use ${noun} none`,
    });
  }
  if (noun !== "profile" && value !== "none" && !/^\d[\da-f-]*$/.test(value)) {
    throw new SipnavError("usage", `${value} is no id: use ${noun} takes digits, or none.`);
  }
  const changed = new Map(scope);
  if (value === "none") changed.delete(noun);
  else changed.set(noun, value);
  return changed;
}

/**
 * Given values, and for what was not given the scope's id of the noun that a parameter refers to. A write is only told
 * which object it is about: a field that nobody gave must not change.
 */
export function fillFromScope({ parameters, effect }: Command, raw: RawValues, scope: Scope): RawValues {
  const filled: Record<string, RawValue | undefined> = { ...raw };
  for (const [name, { refersTo, positional }] of Object.entries(parameters)) {
    if (refersTo !== undefined && (effect === "read" || positional)) filled[name] ??= scope.get(refersTo);
  }
  return filled;
}
