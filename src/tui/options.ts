import type { Command } from "../commands/define.ts";
import type { FaceOptions } from "../commands/face.ts";

/** What the face needs of the process: the terminal's streams, signals, and the way to end. */
export type OwnProcess = Pick<
  NodeJS.Process,
  | "env"
  | "stdin"
  | "stdout"
  | "stderr"
  | "pid"
  | "kill"
  | "exit"
  | "prependListener"
  | "off"
  | "removeAllListeners"
>;

/** How the menu is started. */
export interface MenuOptions {
  readonly process: OwnProcess;
  readonly registry: readonly Command[];
  readonly face: FaceOptions;
  /** Lets Ctrl-C abort this controller and nothing else, until the answered function is called. */
  takeInterrupts(controller: AbortController): () => void;
}
