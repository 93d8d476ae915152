import { asSipnavError, type ErrorDetail, errorEnvelope, type SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import { visible } from "../core/text.ts";
import type { Output } from "../host/terminal.ts";
import { wantsJsonErrors } from "./options.ts";

/** The words of a line, and those of the shell that it is one of. */
export interface FailedLine {
  readonly words: readonly string[];
  readonly around?: readonly string[];
}

/** Prints what a line came to grief with, as its words ask for it, and answers its exit code. */
export async function printFailure(
  thrown: unknown,
  { words, around = [] }: FailedLine,
  errors: Output,
  profile?: string,
): Promise<number> {
  const error = asSipnavError(thrown);
  const debug = [...words, ...around].includes("--debug");
  const form = { json: wantsJsonErrors(words, around), debug, profile };
  await errors.write(failureText(error, form));
  return error.exitCode;
}

/** How a failure is printed. */
export interface FailureForm {
  readonly json: boolean;
  /** Adds the stack. */
  readonly debug: boolean;
  /** The profile that was used, where it is known. */
  readonly profile?: string | undefined;
}

/**
 * A failure as text for standard error: what happened, every detail with its place, whether a write may have
 * happened, what mends it, and the request id; or the one JSON envelope. Nothing in it can act on a terminal.
 */
export function failureText(error: SipnavError, { json, debug, profile }: FailureForm): string {
  if (json) return `${JSON.stringify(errorEnvelope(error, profile))}\n`;
  const { hint, requestId, outcomeUnknown } = error.facts;
  const lines = [
    error.kind === "bug" ? `sipnav: a defect of this program: ${error.message}` : `sipnav: ${error.message}`,
    ...detailLines(error),
    ...(outcomeUnknown ? ["It may have been done all the same."] : []),
    ...(hint === undefined ? [] : [hint]),
    ...(error.kind === "bug" && !debug ? ["With --debug it says where."] : []),
    ...(requestId === undefined ? [] : [`Request id: ${requestId}`]),
    ...(debug ? stackOf(error) : []),
  ];
  return `${lines
    .flatMap((line) => line.split("\n"))
    .map(visible)
    .join("\n")}\n`;
}

function detailLines({ facts: { details = [] } }: SipnavError): string[] {
  const isTold = details.length === 1 && details[0]?.file === undefined && details[0]?.row === undefined;
  if (isTold) return [];
  const shown = details.slice(0, limits.problemsShownMax).map(detailLine);
  const more = details.length - shown.length;
  return more > 0 ? [...shown, `  … and ${more} more`] : shown;
}

function detailLine({ file, row, column, field, message }: ErrorDetail): string {
  const place = [
    file,
    row === undefined ? undefined : `row ${row}`,
    column === undefined ? undefined : `column ${column}`,
    field,
  ];
  return `  ${[place.filter((part) => part !== undefined).join(", "), message].filter(Boolean).join(": ")}`;
}

function stackOf(error: SipnavError): string[] {
  const { cause } = error;
  const stacks = [error.stack, cause instanceof Error ? `Caused by ${cause.stack}` : undefined];
  return stacks.flatMap((stack) => stack?.split("\n") ?? []);
}
