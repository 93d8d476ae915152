import type { Clock } from "../core/clock.ts";
import { limits } from "../core/limits.ts";
import { type Arranged, arrangeBlocks } from "./model/arranging.ts";
import { isArranging, putArranged, type SheetScreen } from "./model/result.ts";
import { currentScreen, replaceScreen, type State } from "./model/state.ts";
import type { Store } from "./store.ts";

/** Filters and sorts long results between two keys, a little at a time. */
export interface Arranger {
  /** Looks whether the screen has something to be arranged; to be called after each change of the state. */
  look(): void;
}

/** An arranger of the screen that is shown. What was begun for an older wish is left. */
export function createArranger(clock: Clock, store: Store<State>): Arranger {
  let working: Pick<SheetScreen, "blocks" | "look"> | undefined;

  const wanted = () => {
    const screen = currentScreen(store.get());
    return screen.kind === "sheet" && isArranging(screen) ? screen : undefined;
  };
  const isSame = (screen: SheetScreen | undefined, { blocks, look }: Pick<SheetScreen, "blocks" | "look">) =>
    screen?.blocks === blocks && screen.look === look;

  const work = async (screen: SheetScreen) => {
    const steps = arrangeBlocks(screen.blocks, screen.look, screen.arranged);
    for (;;) {
      // The keys come first.
      await clock.sleep(0);
      const current = wanted();
      if (!current || !isSame(current, screen)) break;
      const arranged = advance(steps);
      if (!arranged) continue;
      working = undefined;
      store.update((state) => put(state, arranged));
      return;
    }
    if (working && isSame(screen, working)) working = undefined;
    look();
  };
  const advance = (steps: ReturnType<typeof arrangeBlocks>): Arranged | undefined => {
    const untilMs = clock.nowMs() + limits.arrangeSliceMs;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (clock.nowMs() < untilMs);
    return undefined;
  };
  const look = () => {
    const screen = wanted();
    if (!screen || (working && isSame(screen, working))) return;
    working = screen;
    void work(screen);
  };
  return { look };
}

function put(state: State, arranged: Arranged): State {
  const screen = currentScreen(state);
  return screen.kind === "sheet" ? replaceScreen(state, putArranged(screen, state, arranged)) : state;
}
