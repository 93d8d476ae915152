import type { Command } from "../commands/define.ts";
import type { Embedded } from "../commands/embedded.ts";
import type { FaceOptions } from "../commands/face.ts";
import type { Host } from "../host/host.ts";
import type { State } from "./model/state.ts";
import type { Store } from "./store.ts";

/** Which profile the face works on: the one that was chosen in it, else what the settings say. */
export interface Seat {
  /** What every command is given now. */
  options(): FaceOptions;
  /** Works on a profile from here on; the settings stay as they are. */
  choose(profile: string): void;
}

/** A seat where nothing was chosen yet. */
export function createSeat(options: FaceOptions): Seat {
  let chosen: string | undefined;
  return {
    options: () => (chosen === undefined ? options : { ...options, profile: chosen }),
    choose(profile) {
      chosen = profile;
    },
  };
}

/** What commands are run with. */
export interface Stand {
  readonly host: Host;
  readonly store: Store<State>;
  readonly seat: Seat;
  readonly registry: readonly Command[];
  /** Answers each run's hold of the embedded platform. */
  embed(): Embedded;
}
