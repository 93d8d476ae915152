import type { Kind } from "../domain/kinds.ts";
import type { Field, Reference } from "../domain/noun.ts";
import type { Block } from "../view/blocks.ts";
import type { Context } from "./context.ts";

/** One thing a command can be given. */
export interface Parameter<T = unknown> {
  readonly kind: Kind<T>;
  readonly summary: string;
  /** Its flag of one letter. */
  readonly letter?: string;
  readonly positional?: boolean;
  readonly required?: boolean;
  /** Parameters of which any one, when it is given, makes it no longer required. */
  readonly unless?: readonly string[];
  /** May be given several times; the value is then a list. */
  readonly repeats?: boolean;
  readonly default?: T;
  readonly refersTo?: Reference;
  /** Whether a run that is given it only reads, as `--dry-run`. */
  readonly reads?: boolean;
  /** Words that it often is, though others go too; or such words by what another parameter is given. */
  readonly suggestions?: readonly string[] | SuggestionsBy;
  /** Parameters it cannot be given together with; one of the two says it for both. */
  readonly excludes?: readonly string[];
}

/** Suggestions that depend on another parameter's value, or on the last of its parts between dots. */
export interface SuggestionsBy {
  readonly parameter: string;
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** What a command does to the platform. */
export type Effect = "read" | "write" | "destroy";

/** A command's parameters by name; `perPage` is `--per-page` on a command line. */
export interface Parameters {
  readonly [name: string]: Parameter;
}

/** The parsed values of a command's parameters. */
export type Values<P extends Parameters> = {
  readonly [N in keyof P]: P[N] extends Parameter<infer T>
    ? P[N] extends { repeats: true }
      ? readonly T[]
      : P[N] extends { required: true } | { default: T }
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
  /** What it does to the platform: `destroy` is asked about, and a read-only profile refuses all but `read`. */
  readonly effect: Effect;
  /** Whether it needs a session. */
  readonly session: boolean;
  readonly parameters: P;
  /** The fields that its result's rows may have: what conditions, orders and columns can name. */
  readonly fields?: readonly Field[];
  readonly examples: readonly string[];
  /** Looks up what is destroyed, line by line: it is told where somebody is asked about it. @throws not_found */
  describe?(context: Context, values: Values<P>): Promise<readonly string[]>;
  run(context: Context, values: Values<P>): Promise<R>;
  view(result: R): readonly Block[];
}

/** Declares a command; the parameters' types reach `run`, and the result's type reaches `view`. */
export function defineCommand<const P extends Parameters, R>(command: Command<P, R>): Command {
  return command as unknown as Command;
}
