import type { Command } from "../../commands/define.ts";
import { type RawValues, subjectsOf } from "../../commands/execute.ts";
import { currentScreen, type Running, type State } from "./state.ts";
import { commandOf } from "./tree.ts";

/** What a key wants from the world outside the state. */
export type Effect =
  | { readonly kind: "run"; readonly command: Command; readonly raw: RawValues }
  /** Answers the question that waits; undefined ends it. */
  | { readonly kind: "answer"; readonly answer: string | undefined }
  | { readonly kind: "quit"; readonly exitCode: number }
  | { readonly kind: "switch"; readonly profile: string }
  /** The file names that continue what is typed into a field. */
  | { readonly kind: "completePath"; readonly typed: string }
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "cancel" | "suspend" | "repaint" | "arm" };

/** The state after a key, and what is to be done besides. */
export interface Step {
  readonly state: State;
  readonly effect?: Effect;
}

/** A command begins to run: from here on the state says so. */
export const runStep = (state: State, command: Command, raw: RawValues, refreshes = false): Step => ({
  state: { ...state, running: runningOf(state, titleOf(command, raw), refreshes) },
  effect: { kind: "run", command, raw },
});

/** Another profile is worked on from here on; the same one is left as it is. */
export function switchStep(state: State, profile: string): Step {
  if (profile === state.profile) return { state };
  return {
    state: { ...state, running: runningOf(state, `profile ${profile}`) },
    effect: { kind: "switch", profile },
  };
}

const runningOf = ({ nowMs }: State, title: string, refreshes = false): Running => ({
  title,
  cancelling: false,
  blocks: [],
  progress: undefined,
  startedAtMs: nowMs,
  refreshes,
});

/** The last write is taken back by a write of its own, with all that is asked before one. */
export function undoStep(state: State, registry: readonly Command[]): Step {
  const { inverse } = state;
  const command = inverse && commandOf(registry, inverse.path.join(" "));
  if (command) return runStep(state, command, inverse.raw);
  return { state: { ...state, notice: "There is no write to take back." } };
}

/** The rows on the screen are loaded again, where that can be done. */
export function refreshStep(state: State): Step {
  const screen = currentScreen(state);
  const origin = screen.kind === "sheet" ? screen.origin : undefined;
  return origin ? runStep(state, origin.command, origin.raw, true) : { state };
}

/** The same for rows that were come back to, and that a write may have changed meanwhile. */
export function freshenStep(state: State): Step {
  const screen = currentScreen(state);
  return screen.kind === "sheet" && screen.isStale ? refreshStep(state) : { state };
}

/** `accounts show 7`: the command with what it is run on. */
const titleOf = (command: Command, raw: RawValues): string =>
  [...command.path, ...subjectsOf(command, raw)].join(" ");
