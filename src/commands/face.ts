import type { Progress } from "../core/progress.ts";

/** How a face asks a person. All throw `usage`, naming the flag, when nobody can be asked. */
export interface Ask {
  /** A line of text. @throws interrupted when the person ends the question */
  text(question: string, flag: string): Promise<string>;
  /** A line that is not shown. @throws interrupted */
  secret(question: string, flag: string): Promise<string>;
  /**
   * Yes or no.
   * @param about looks up what the question is about, once it is sure that somebody is asked
   * @param proof what a face that can should have typed for a yes: a count or an id of what cannot be taken back
   * @throws interrupted when the answer is no
   */
  confirm(
    question: string,
    flag: string,
    proof?: string,
    about?: () => Promise<readonly string[]>,
  ): Promise<void>;
}

/** Where a write goes. */
export interface WriteTarget {
  /** The profile's name. */
  readonly name: string;
  readonly sandbox: boolean;
}

/** A command that takes a write back. */
export interface Inverse {
  readonly path: readonly string[];
  readonly raw: Readonly<Record<string, string | readonly string[]>>;
}

/** What a face gives a command besides its parameters. */
export interface Face {
  readonly ask: Ask;
  /** A sentence for a person that is no part of the result. */
  notice(text: string): void;
  /**
   * Hears, sentence by sentence, why rows are missing of which every one was asked for; the command goes on. Absent
   * where a notice does, since no exit code tells of the end.
   */
  noteMissing?(text: string): void;
  /** Shows how far long work is, in place of what was shown before; undefined takes it away. */
  progress?(progress: Progress | undefined): void;
  /** Shows a part of the result before the command ends. */
  emit(result: unknown): Promise<void>;
  /**
   * Lets a write through, where a face keeps writes off until a person arms them.
   * Answers whether the profile's name was typed for that just now.
   * @throws interrupted, usage
   */
  letWrite?(target: WriteTarget, deed: string): Promise<boolean>;
  /**
   * Shows what a write will change, before it is sent.
   * @param proof what the person types for a yes; without it a key says so
   * @throws interrupted when the person does not want it
   */
  review?(deed: string, changes: readonly string[], proof?: string): Promise<void>;
  /** Hears how the write that was just done can be taken back; undefined when it cannot. */
  noteInverse?(inverse: Inverse | undefined): void;
  /** Hears that a profile is used from now on. */
  noteProfile?(name: string): void;
  /**
   * Says on which platform the command works, where there is more than one; absent where the face shows it anyway. A
   * face says the same thing once.
   */
  announce?(text: string): void;
  /** Whether more commands follow in this process: only then is what is kept in memory of any use. */
  readonly goesOn?: boolean;
  /** Asks for the menu to open when the command has ended; where there is no terminal for one, nothing comes of it. */
  thenMenu?(): void;
  /** Hears of the platform's answers as they came, where a face wants them so. */
  readonly onBody?: ((body: Uint8Array) => void) | undefined;
  /** Whether nobody waits for the command: under the rate limit it then yields to those that somebody waits for. */
  readonly background?: boolean;
  readonly options: FaceOptions;
}

/** What every command can be given, whatever the face. */
export interface FaceOptions {
  /** The profile to use. */
  readonly profile?: string | undefined;
  /** Answers yes to what would be asked. */
  readonly yes?: boolean | undefined;
  /** The name of the protected profile that is written to. */
  readonly confirm?: string | undefined;
  /** How long one try of a call may take in all. */
  readonly timeoutMs?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
  /** How long an answer may take to begin; as long as all of it by default, when that is said. */
  readonly firstByteTimeoutMs?: number | undefined;
  /** How long a wait the platform may ask for. */
  readonly maxWaitMs?: number | undefined;
  /** How many requests a second may be sent. */
  readonly perSecondMax?: number | undefined;
}
