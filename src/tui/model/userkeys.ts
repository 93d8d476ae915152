import { nearest } from "../../core/text.ts";
import { namedKeys } from "../terminal/sequences.ts";
import type { Binding } from "./keys.ts";

/** A person's keys over the face's own, or everything that is wrong with them. */
export type UserKeys = { readonly bindings: readonly Binding[] } | { readonly problems: readonly string[] };

/** Keys without which nobody finds the way out. */
const fixed = ["enter", "esc", "ctrl+c"];

/** What takes a key away. */
const nothing = "none";

/** `"chord": "action"`, as it stands in the file's text. */
const pair = /("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*")/g;

interface Wish {
  readonly chord: string;
  readonly action: string;
  readonly line: number;
}

/**
 * The bindings with those of a `keys.json`: one object of chords, each with an action or "none". A chord given to one
 * action is taken from any other on the same screens; an action must not lose its last key by it.
 * @param path what each problem calls the file, with the line
 */
export function overlayKeys(bindings: readonly Binding[], text: string, path: string): UserKeys {
  const wishes = readWishes(text);
  if (typeof wishes === "string") return { problems: [`${path}: ${wishes}`] };
  const problems: string[] = [];
  const blame = ({ line }: Wish, what: string) => void problems.push(`${path}:${line}: ${what}`);
  const actions = [...new Set(bindings.map(({ action }) => action))];
  for (const [index, wish] of wishes.entries()) {
    const { chord, action } = wish;
    const known = action === nothing || actions.some((one) => one === action);
    if (!known) blame(wish, `there is no action ${action}${suggestion(action, actions)}`);
    if (!isChord(chord)) blame(wish, `${chord} is no key, as "x", "G", "ctrl+r", "f5" or "pageup"`);
    if (fixed.includes(chord)) blame(wish, `${chord} cannot be given away`);
    const first = wishes.findIndex((one) => one.chord === chord);
    if (first < index) blame(wish, `${chord} stands in line ${wishes[first]?.line} already`);
  }
  if (problems.length > 0) return { problems };
  const overlaid = wishes.reduce(bind, bindings);
  for (const action of actions) {
    const had = placesOf(bindings, action);
    const has = placesOf(overlaid, action);
    const lost = had.filter((place) => !has.includes(place));
    const taker = wishes.find(({ chord }) =>
      bindings.some((one) => one.action === action && one.chords.includes(chord)),
    );
    if (lost.length > 0 && taker && taker.action !== nothing) {
      blame(taker, `this was the only key of ${action}: give that another one`);
    }
  }
  return problems.length > 0 ? { problems } : { bindings: overlaid };
}

const suggestion = (action: string, actions: readonly string[]) => {
  const near = nearest(action, actions);
  return near === undefined ? `; known are ${actions.join(", ")}` : `; did you mean ${near}?`;
};

/** The wishes with their lines, or what is wrong with the text as a whole. */
function readWishes(text: string): readonly Wish[] | string {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    return `not JSON: ${cause instanceof Error ? cause.message : ""}`;
  }
  const isFlat =
    typeof content === "object" &&
    content !== null &&
    !Array.isArray(content) &&
    Object.values(content).every((value) => typeof value === "string");
  if (!isFlat) return 'one object of keys and actions is expected, as {"x": "export"}';
  return [...text.matchAll(pair)].map(({ 1: chord = "", 2: action = "", index }) => ({
    chord: JSON.parse(chord) as string,
    action: JSON.parse(action) as string,
    line: text.slice(0, index).split("\n").length,
  }));
}

const isChord = (chord: string): boolean => {
  const key = chord.replace(/^(ctrl\+)?(alt\+)?(shift\+)?(?=.)/, "");
  if (namedKeys.has(key)) return true;
  return key === chord ? /^\S$/u.test(key) : /^[a-z0-9]$/.test(key);
};

/** The bindings with a chord on another action: the first key of its first binding, so that hints name it. */
function bind(bindings: readonly Binding[], { chord, action }: Wish): readonly Binding[] {
  const target = bindings.find((binding) => binding.action === action);
  return bindings.map((binding) => {
    const others = binding.chords.filter((one) => one !== chord);
    if (binding === target) return { ...binding, chords: [chord, ...others] };
    const isFreed = !target || binding.in.some((place) => target.in.includes(place));
    return isFreed ? { ...binding, chords: others } : binding;
  });
}

const placesOf = (bindings: readonly Binding[], action: string) =>
  bindings.flatMap((binding) =>
    binding.action === action && binding.chords.length > 0 ? binding.in : [],
  ) as readonly Binding["in"][number][];
