import type { Ask, WriteTarget } from "../commands/face.ts";
import type { Clock } from "../core/clock.ts";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import type { Armed } from "./model/state.ts";

/** Keeps writes off until a person arms them, for one profile and a while. */
export interface Arming {
  /**
   * A gate for writes, which asks first where they are off. It answers whether the profile's name was typed for it.
   * @throws, from the gate, interrupted; usage when another name was typed
   */
  letWriteBy(ask: Ask): (target: WriteTarget, deed?: string) => Promise<boolean>;
  /** Whether writes to a profile are let through now. */
  isArmed(profile: string): boolean;
  disarm(): void;
}

/** Writes that are off; `show` hears of every change. */
export function createArming(clock: Clock, show: (armed: Armed | undefined) => void): Arming {
  let armed: Armed | undefined;
  const set = (next: Armed | undefined) => {
    armed = next;
    show(next);
  };
  const isArmed = (profile: string) => armed?.profile === profile && clock.nowMs() < armed.untilMs;
  return {
    isArmed,
    letWriteBy:
      (ask) =>
      async ({ name, sandbox }, deed) => {
        if (isArmed(name)) return false;
        const minutes = limits.armedMs / 60_000;
        const off = `Writes to profile ${name} are off`;
        const what = deed === undefined ? "" : ` (${deed})`;
        if (sandbox) await ask.confirm(`${off}: turn them on for ${minutes} minutes?${what}`, "--yes");
        else await askName(ask, `${off}: type its name to turn them on for ${minutes} minutes${what}`, name);
        set({ profile: name, untilMs: clock.nowMs() + limits.armedMs });
        return !sandbox;
      },
    disarm() {
      if (armed) set(undefined);
    },
  };
}

async function askName(ask: Ask, question: string, name: string): Promise<void> {
  if ((await ask.text(question, "--confirm")) === name) return;
  throw new SipnavError("usage", `That is not ${name}: writes stay off, and nothing was sent.`);
}
