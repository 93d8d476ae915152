import type { Parameter, Parameters, Values } from "../commands/define.ts";
import type { FaceOptions } from "../commands/face.ts";
import { choice, integer, present, profileName, text } from "../domain/kinds.ts";
import { outputOptions } from "./output.ts";

/** What every command line can be given, whatever it prints. */
export const globalOptions = {
  profile: { kind: profileName, summary: "The profile to use" },
  yes: { kind: present, summary: "Answer yes to what would be asked", letter: "y" },
  confirm: { kind: text, summary: "The name of the protected profile that is written to" },
  noInput: { kind: present, summary: "Never ask; fail instead" },
  timeout: { kind: integer(1), summary: "Seconds that one try of a call may take" },
  connectTimeout: { kind: integer(1), summary: "Seconds that a connection may take" },
  firstByteTimeout: { kind: integer(1), summary: "Seconds that an answer may take to begin" },
  maxWait: { kind: integer(), summary: "Seconds to wait at the most when the platform asks for it" },
  maxRps: { kind: integer(1), summary: "Requests a second at the most" },
  quiet: { kind: present, summary: "Say nothing but results and errors", letter: "q" },
  errorFormat: { kind: choice("text", "json"), summary: "How errors are printed" },
  accessible: { kind: present, summary: "Plain lines, for a screen reader" },
  debug: { kind: present, summary: "Show where an error comes from" },
} as const satisfies Parameters;

/** The options of every command: how to print, then all the others. */
export const lineOptions = { ...outputOptions, ...globalOptions };
export type LineOptions = Values<typeof lineOptions>;

/** What of the options a command sees. */
export function faceOptionsOf(options: LineOptions): FaceOptions {
  const { profile, yes, confirm, timeout, connectTimeout, firstByteTimeout, maxWait, maxRps } = options;
  return {
    profile,
    yes,
    confirm,
    timeoutMs: inMs(timeout),
    connectTimeoutMs: inMs(connectTimeout),
    firstByteTimeoutMs: inMs(firstByteTimeout),
    maxWaitMs: inMs(maxWait),
    perSecondMax: maxRps,
  };
}

const inMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1_000);

/** Flags by name: a command's own, then those of every command which it does not declare itself. */
export function flagsOf(parameters: Parameters): ReadonlyMap<string, Parameter> {
  const own = Object.entries(parameters).filter(([, parameter]) => !parameter.positional);
  const shared = Object.entries(lineOptions).filter(([name]) => !(name in parameters));
  return new Map<string, Parameter>([...shared, ...own]);
}

/**
 * Whether errors are printed as JSON, read from the bare words: it must be known before the words are understood,
 * since they may not be.
 * @param around the words of the shell that the line is one of: they hold where it says nothing itself
 */
export const wantsJsonErrors = (words: readonly string[], around: readonly string[] = []): boolean =>
  saysOfErrors(words) ?? saysOfErrors(around) ?? false;

function saysOfErrors(words: readonly string[]): boolean | undefined {
  const line = `\0${words.join("\0")}\0`;
  const said = /\0--error-format[\0=](text|json)\0/.exec(line)?.[1];
  if (said !== undefined) return said === "json";
  if (/\0(--json|(-o\0?|--output[\0=])(nd)?json)\0/.test(line)) return true;
  return /\0(-o|--output)/.test(line) ? false : undefined;
}
