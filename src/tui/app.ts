import { writeSync } from "node:fs";
import { shareEmbedded } from "../commands/embedded.ts";
import { asSipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import type { Host } from "../host/host.ts";
import { createArranger } from "./arranger.ts";
import { openBackground } from "./background.ts";
import { type Conductor, createConductor } from "./conductor.ts";
import { reportCrash } from "./crash.ts";
import { createKeeper } from "./keeper.ts";
import { readBindings } from "./keyfile.ts";
import { createLoader } from "./loader.ts";
import { withLoginForm } from "./loginform.ts";
import { ageShown } from "./model/ages.ts";
import { firstState } from "./model/first.ts";
import { expireArming, minutesLeft } from "./model/header.ts";
import { adoptLive } from "./model/live.ts";
import { fillPanels } from "./model/panels.ts";
import { reduceKey } from "./model/reduce.ts";
import { isArranging } from "./model/result.ts";
import { currentScreen, resize, type State, say } from "./model/state.ts";
import type { Effect } from "./model/step.ts";
import { wantsOf } from "./model/wants.ts";
import type { Frames } from "./mount.tsx";
import type { MenuOptions } from "./options.ts";
import { createSeat } from "./stand.ts";
import { createStore, type Store } from "./store.ts";
import { guardTerminal } from "./terminal/guard.ts";
import { createKeyboard } from "./terminal/keyboard.ts";
import { createPace } from "./terminal/pace.ts";
import { createScreen, type Screen } from "./terminal/screen.ts";

/**
 * The full-screen face: holds the terminal until the person quits or the program is asked to end.
 * @returns the exit code
 */
export async function runApp(host: Host, options: MenuOptions): Promise<number> {
  const { mountFrames } = await import("./mount.tsx");
  return new Promise((end) => holdTerminal(host, options, mountFrames(), end));
}

/** Wires keys, state and screen together; `end` is called once the terminal is given back. */
function holdTerminal(host: Host, options: MenuOptions, frames: Frames, end: (code: number) => void): void {
  const { process } = options;
  const registry = withLoginForm(options.registry);
  const seat = createSeat(options.face);
  const { clock, environment, signal } = host;
  let keys = 0;
  const screen = createScreen(process.stdout, (text) => writeNow(process.stdout.fd, text));
  const { bindings, problems } = readBindings(host);
  const first = firstState(registry, bindings, screen.size, clock.nowMs());
  const store = createStore(problems.reduce(say, first), () => {
    pace.request();
    loader.look();
    conductor.look();
    keeper.look();
    store.update(adoptLive);
    arranger.look();
  });
  const keeper = createKeeper(host, store);
  const arranger = createArranger(clock, store);
  const embed = shareEmbedded(host);
  const conductor = createConductor({ host, store, seat, registry, embed });
  const background = openBackground(host, seat.options, embed);
  const loader = createLoader(clock, store, background, (state) => wantsOf(state, registry));
  const pace = createPace(clock, () => {
    screen.paint(frames.draw(store.get()));
    if (environment.SIPNAV_TEST_TITLE) screen.title(idleTitle(store.get(), keys));
  });
  const keyboard = createKeyboard(process.stdin, clock, (key) => {
    keys += 1;
    const { state, effect } = reduceKey(store.get(), key, registry, clock.nowMs());
    store.update(() => state);
    pace.hurry();
    if (effect)
      perform(effect, {
        ...conductor,
        suspend: guard.suspend,
        repaint: refit,
        quit: finish,
        copy: screen.copy,
      });
  });
  const refit = () => {
    screen.forget();
    store.update((state) => resize(state, screen.size));
  };
  const enter = () => {
    screen.enter();
    keyboard.open();
    refit();
  };
  const leave = () => {
    screen.leave();
    keyboard.close();
  };
  const ageing = new AbortController();
  const finish = (exitCode: number) => {
    ageing.abort();
    loader.stop();
    pace.stop();
    frames.unmount();
    leave();
    guard.release();
    process.stdout.off("resize", refit);
    signal.removeEventListener("abort", onAbort);
    void Promise.all([keeper.flush(), background.close()]).finally(() => end(exitCode));
  };
  const onAbort = () => {
    conductor.cancel();
    finish(asSipnavError(signal.reason).exitCode);
  };
  const guard = guardTerminal({
    process,
    streams: [process.stdin, process.stdout],
    clock,
    leave,
    enter,
    crash: (thrown) => reportCrash(host, process, thrown),
  });
  signal.addEventListener("abort", onAbort);
  process.stdout.on("resize", refit);
  enter();
  void conductor.begin();
  void growOld(clock, ageing.signal, store);
}

/** Keeps the age of what is shown right; nothing is painted while it reads the same. */
async function growOld(clock: Host["clock"], signal: AbortSignal, store: Store<State>): Promise<void> {
  while (!signal.aborted) {
    store.update((state) => {
      const nowMs = clock.nowMs();
      const { armed } = state;
      if (armed && minutesLeft(armed.untilMs, nowMs) !== minutesLeft(armed.untilMs, state.nowMs)) {
        return expireArming({ ...state, nowMs }, nowMs);
      }
      const isOlder = ageShown(state, nowMs) !== ageShown(state, state.nowMs);
      return isOlder ? fillPanels({ ...state, nowMs }) : state;
    });
    await clock.sleep(limits.ageIntervalMs, signal);
  }
}

/** Who does what a key wants done. */
interface Hands extends Conductor, Pick<Screen, "copy"> {
  suspend(): void;
  repaint(): void;
  quit(exitCode: number): void;
}

function perform(effect: Effect, hands: Hands): void {
  if (effect.kind === "run") void hands.run(effect.command, effect.raw);
  else if (effect.kind === "answer") hands.answer(effect.answer);
  else if (effect.kind === "quit") hands.quit(effect.exitCode);
  else if (effect.kind === "copy") hands.copy(effect.text);
  else if (effect.kind === "completePath") void hands.completePath(effect.typed);
  else if (effect.kind === "switch") void hands.switchTo(effect.profile);
  else if (effect.kind === "arm") void hands.arm();
  else hands[effect.kind]();
}

/** Lets a test wait until the keys it sent are on the screen and nothing goes on any more. */
function idleTitle(state: State, keys: number): string {
  const screen = currentScreen(state);
  const isBusy =
    state.running || state.profile === undefined || (screen.kind === "sheet" && isArranging(screen));
  return `${isBusy ? "busy" : "idle"} ${keys}`;
}

/** Writes before it returns. A terminal that takes no more gets a few tries, one that is gone none. */
function writeNow(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  for (let tries = 0; rest.length > 0 && tries < 100; tries++) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
    }
  }
}
