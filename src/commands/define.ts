import type { Kind } from "../domain/kinds.ts";
import type { NounName } from "../domain/noun.ts";
import type { Block } from "../view/blocks.ts";
import type { Context } from "./context.ts";

/** One thing a command can be given. */
export interface Parameter<T = unknown> {
  readonly kind: Kind<T>;
  readonly summary: string;
  readonly positional?: boolean;
  readonly required?: boolean;
  readonly default?: T;
  readonly refersTo?: NounName;
}

/** A command's parameters by name; `perPage` is `--per-page` on a command line. */
export interface Parameters {
  readonly [name: string]: Parameter;
}

/** The parsed values of a command's parameters. */
export type Values<P extends Parameters> = {
  readonly [N in keyof P]: P[N] extends Parameter<infer T>
    ? P[N] extends { required: true } | { default: T }
      ? T
      : T | undefined
    : never;
};

/**
 * A command, declared once: the command line, the shell, the menu, completion and the reference all read this
 * record. `run` answers plain data and cannot print; `view` turns the data into blocks that any face can show.
 */
export interface Command<P extends Parameters = Parameters, R = unknown> {
  readonly path: readonly [string, ...string[]];
  readonly summary: string;
  readonly group: "session" | "platform" | "tools";
  readonly effect: "read" | "write" | "destroy";
  /** Whether it needs a session. */
  readonly session: boolean;
  readonly parameters: P;
  readonly examples: readonly string[];
  run(context: Context, values: Values<P>): Promise<R>;
  view(result: R): readonly Block[];
}

/** Declares a command; the parameters' types reach `run`, and the result's type reaches `view`. */
export function defineCommand<const P extends Parameters, R>(command: Command<P, R>): Command {
  return command as unknown as Command;
}
