import { type Context, createContext } from "../commands/context.ts";
import type { Command } from "../commands/define.ts";
import type { Embedded } from "../commands/embedded.ts";
import { execute, type RawValues } from "../commands/execute.ts";
import type { Face, FaceOptions } from "../commands/face.ts";
import { asSipnavError, SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import type { Host } from "../host/host.ts";
import type { Loaded } from "./model/answers.ts";
import { deriveHost, nobodyAsked } from "./runner.ts";

/** Runs commands that nobody waits for. */
export interface Background {
  /**
   * Runs a command that only reads; never throws. Nothing is asked, and a wait that the platform wants is an error
   * that says how long.
   * @param seating which login and profile it belongs to
   */
  run(command: Command, raw: RawValues, seating: number, signal: AbortSignal): Promise<Loaded>;
  /** Ends what is left open. */
  close(): Promise<void>;
}

/** Commands of one login share one context, and so one look into the keychain and one set of connections. */
interface Shared {
  readonly seating: number;
  readonly context: Context;
  runs: number;
  /** Ends the wait for the next run. */
  linger: AbortController;
}

/** A background for the platform that commands use by now. */
export function openBackground(host: Host, options: () => FaceOptions, embed: () => Embedded): Background {
  let shared: Shared | undefined;

  const open = (seating: number): Shared => {
    const face: Face = {
      ...nobodyAsked,
      notice: () => undefined,
      emit: async () => undefined,
      background: true,
      options: { timeoutMs: limits.loadTimeoutMs, ...options(), maxWaitMs: limits.loadWaitMsMax },
    };
    const context = createContext(deriveHost(host, host.signal), face, embed());
    return { seating, context, runs: 0, linger: new AbortController() };
  };
  const release = async (used: Shared) => {
    used.runs -= 1;
    if (used.runs > 0) return;
    // What comes next may be wanted because of what has just come.
    const { signal } = used.linger;
    await host.clock.sleep(limits.loadLingerMs, signal);
    if (signal.aborted) return;
    if (shared === used) shared = undefined;
    await end(used);
  };

  return {
    async run(command, raw, seating, signal) {
      if (shared?.seating !== seating) shared = open(seating);
      const used = shared;
      used.runs += 1;
      used.linger.abort();
      used.linger = new AbortController();
      try {
        return await load(used.context, command, raw, signal);
      } finally {
        void release(used);
      }
    },
    async close() {
      shared?.linger.abort();
      if (shared) await end(shared);
    },
  };
}

/** Nobody waits for what is ended here, and so nobody is told what goes wrong with it. */
const end = ({ context }: Shared): Promise<void> => context.close().catch(() => undefined);

async function load(
  context: Context,
  command: Command,
  raw: RawValues,
  signal: AbortSignal,
): Promise<Loaded> {
  const notices: string[] = [];
  const face: Face = { ...context.face, notice: (text) => void notices.push(text) };
  const host = deriveHost(context.host, signal);
  // By prototype: the client and the session stay those of the shared context.
  const own = Object.create(context, { host: { value: host }, face: { value: face } }) as Context;
  try {
    if (command.effect !== "read") throw new SipnavError("bug", "Only reads run in the background.");
    return { blocks: await execute(command, raw, own), notices };
  } catch (thrown) {
    return { error: asSipnavError(thrown) };
  }
}
