import { basename, join } from "node:path";
import { asSipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import type { Host } from "../host/host.ts";
import { openStateFile, type StateFile } from "../host/statefile.ts";
import { emptyKept, type Kept, mergeKept, parseKept, printKept } from "./model/kept.ts";
import { type State, warn } from "./model/state.ts";
import type { Store } from "./store.ts";

/** Keeps what the face remembers of each profile in a file. */
export interface Keeper {
  /** Looks whether the state has something to be read or written. */
  look(): void;
  /** Writes what is not written yet. Never throws. */
  flush(): Promise<void>;
}

/** A keeper of the store's `kept`. What goes wrong is said, and the face goes on without a memory. */
export function createKeeper(host: Host, store: Store<State>): Keeper {
  let followed = "";
  let file: StateFile | undefined;
  let written: Kept = emptyKept;
  let isDue = false;
  let writes = Promise.resolve();
  const tell = (text: string) => store.update((state) => warn(state, text));

  const fileOf = (profile: string): StateFile | undefined => {
    try {
      return openStateFile(join(host.folders.state, "menu", `${encodeURIComponent(profile)}.json`), tell);
    } catch {
      // There is no place for files: nothing is remembered.
      return undefined;
    }
  };
  const parse = async (file: StateFile, text: string | undefined): Promise<Kept> => {
    if (text === undefined) return emptyKept;
    const kept = parseKept(text);
    if (kept) return kept;
    const aside = basename(await file.setAside(host.clock.nowMs()));
    tell(`The menu's memory is broken; it was set aside as ${aside}.`);
    return emptyKept;
  };
  const read = async (profile: string) => {
    file = fileOf(profile);
    written = emptyKept;
    try {
      const kept = file ? await parse(file, await file.read()) : emptyKept;
      written = kept;
      store.update((state) => (state.profile === profile ? { ...state, kept } : state));
    } catch (thrown) {
      file = undefined;
      tell(asSipnavError(thrown).message);
    }
  };
  const writeNow = async () => {
    const { kept } = store.get();
    const own = file;
    if (!own || kept === written) return;
    const before = written;
    written = kept;
    try {
      await own.update(async (text) => printKept(mergeKept(before, kept, await parse(own, text))));
    } catch (thrown) {
      tell(asSipnavError(thrown).message);
    }
  };
  const write = () => {
    writes = writes.then(writeNow);
    return writes;
  };
  const writeLater = async () => {
    isDue = true;
    await host.clock.sleep(limits.keepAfterMs);
    isDue = false;
    await write();
  };
  return {
    look() {
      const { profile, kept } = store.get();
      if (profile && followed !== profile) {
        followed = profile;
        void write().then(() => read(profile));
      } else if (file && kept !== written && !isDue) void writeLater();
    },
    flush: write,
  };
}
