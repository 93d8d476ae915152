import type { Command } from "../commands/define.ts";
import type { RawValues } from "../commands/execute.ts";
import type { Host } from "../host/host.ts";
import type { Scope } from "./scope.ts";

/** What only the composition root has: the other faces, and what of this process a face may hold. */
export interface Faces {
  /** Shows the full-screen menu until the person leaves it; answers the exit code. */
  menu(host: Host): Promise<number>;
  /** The streams of a line editor, which reads keys instead of lines. */
  readonly streams: {
    readonly stdin: NodeJS.ReadableStream;
    readonly stderr: NodeJS.WritableStream;
  };
  /** Ends the process as one whose terminal went away. */
  hangUp(): void;
  /** Lets Ctrl-C abort this controller and nothing else, until the answered function is called. */
  takeInterrupts(controller: AbortController): () => void;
}

/** Where a command line runs. */
export interface Line {
  readonly host: Host;
  readonly faces: Faces;
  /** The declared commands; those of the command line itself are added. */
  readonly registry: readonly Command[];
  /** What a shell fills in. */
  readonly scope: Scope;
  /** Options that hold where the line has none of its own. */
  readonly options: RawValues;
  /** Whether it is one of a shell's lines. */
  readonly isShell: boolean;
  /** What was announced, so that it is said once a process. */
  readonly announced: Set<string>;
  /** Opens the menu after a login; absent within a shell, and where there is no terminal for one. */
  readonly menu?: (() => Promise<void>) | undefined;
  /** The words of the shell that it is a line of: what they say of errors holds for it, too. */
  readonly around: readonly string[];
  /** Hears which profile a failed command used. */
  noteProfile(name: string): void;
  /** Hears the words of each line of a shell, before anything is done about it. */
  noteWords(words: readonly string[]): void;
}

/** Runs the words of one line. @throws whatever goes wrong */
export type LineRunner = (words: readonly string[], line: Line) => Promise<void>;
