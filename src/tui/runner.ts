import { createContext } from "../commands/context.ts";
import type { Command } from "../commands/define.ts";
import type { Embedded } from "../commands/embedded.ts";
import { execute, type RawValues } from "../commands/execute.ts";
import type { Face, FaceOptions } from "../commands/face.ts";
import { asSipnavError, SipnavError } from "../core/errors.ts";
import type { Host } from "../host/host.ts";
import type { Output } from "../host/terminal.ts";
import type { Block } from "../view/blocks.ts";
import type { Whereabouts } from "./model/arrive.ts";

/** What a run asks and shows a person while it goes on. */
export interface Audience extends Omit<Face, "emit" | "options"> {
  show(blocks: readonly Block[]): void;
}

/** How a run ended. */
export type Outcome = { readonly blocks: readonly Block[] } | { readonly error: SipnavError };

/**
 * Runs one command for a face that a person sits in front of; never throws.
 * @param signal cancels this run alone
 * @param embedded the run's own hold of the embedded platform, where others use it meanwhile
 */
export async function runCommand(
  host: Host,
  command: Command,
  raw: RawValues,
  audience: Audience,
  options: FaceOptions,
  signal: AbortSignal,
  embedded?: Embedded,
): Promise<Outcome> {
  const own = deriveHost(host, AbortSignal.any([host.signal, signal]));
  const emit = async (result: unknown) => audience.show(command.view(result));
  const context = createContext(own, { ...audience, emit, goesOn: true, options }, embedded);
  try {
    return { blocks: await execute(command, raw, context) };
  } catch (thrown) {
    return { error: asSipnavError(thrown) };
  } finally {
    await context.close();
  }
}

const nobody = async () => {
  throw new SipnavError("usage", "Nobody is asked here.");
};

/** For what runs without a person: every question is an error, and so is every write. */
export const nobodyAsked: Pick<Face, "ask" | "letWrite"> = {
  ask: { text: nobody, secret: nobody, confirm: nobody },
  letWrite: nobody,
};

/** Finds out where commands go by now; never throws: the command that needs the settings says what is wrong with them. */
export async function findWhereabouts(host: Host, options: FaceOptions): Promise<Whereabouts> {
  const silence = { notice: () => undefined, emit: async () => undefined };
  const context = createContext(host, { ...nobodyAsked, ...silence, options });
  let profile = "";
  try {
    const layers = await context.settings();
    profile = layers.profile;
    const isNew = Object.keys(layers.user.profiles).length === 0 && !namesPlatform(layers.stack);
    const { sandbox, readOnly, protected: isProtected, baseUrl } = await context.profile();
    const kind = readOnly ? "read-only" : sandbox ? "sandbox" : isProtected ? "protected" : "production";
    return { profile, platform: { kind, baseUrl }, isNew };
  } catch {
    return { profile, platform: undefined, isNew: false };
  }
}

/** Whether somebody said where the platform is: the last layer has the defaults. */
const namesPlatform = (
  stack: readonly { readonly values: { readonly baseUrl?: unknown; readonly sandbox?: unknown } }[],
): boolean =>
  stack.slice(0, -1).some(({ values }) => values.baseUrl !== undefined || values.sandbox === true);

/** The host with a signal of its own, and with standard streams that only tell what they are: the face has them. */
export function deriveHost(host: Host, signal: AbortSignal): Host {
  const { input, output, errors } = host.terminal;
  const refuse = async (): Promise<never> => {
    throw new SipnavError("usage", "Standard input is the keyboard here.", {
      hint: "Run this command from a shell.",
    });
  };
  const silence = ({ isTerminal, columns, gone }: Output): Output => ({
    isTerminal,
    columns,
    gone,
    write: async () => undefined,
  });
  const terminal = {
    input: { isTerminal: input.isTerminal, readAll: refuse, readLine: refuse },
    output: silence(output),
    errors: silence(errors),
  };
  // By prototype, so that what the host opens at first use stays unopened.
  return Object.create(host, { signal: { value: signal }, terminal: { value: terminal } }) as Host;
}
