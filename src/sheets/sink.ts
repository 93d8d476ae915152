import { createHash } from "node:crypto";

/** Where a document goes; whoever opens it decides what its end and its failure mean. */
export interface Place {
  write(bytes: Uint8Array): Promise<void>;
  /** Only now has a file its name. */
  finish(): Promise<void>;
  /** Leaves nothing behind; may be called more than once. */
  abandon(): Promise<void>;
}

/** What was written. */
export interface Written {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Takes bytes to a place and counts them. */
export interface Sink {
  /** @throws what the place throws, once nothing is left behind */
  write(bytes: Uint8Array): Promise<void>;
  /** @throws as `write` */
  close(): Promise<Written>;
  abort(): Promise<void>;
}

/** Opens a sink for a place. */
export function openSink(place: Place): Sink {
  const hash = createHash("sha256");
  let bytesWritten = 0;
  let last = Promise.resolve();
  const orAbandon = (step: Promise<void>) =>
    step.catch(async (thrown: unknown) => {
      await place.abandon();
      throw thrown;
    });
  return {
    write(bytes) {
      hash.update(bytes);
      bytesWritten += bytes.length;
      // In a chain: bytes keep their order even when a caller does not wait.
      last = last.then(() => orAbandon(place.write(bytes)));
      return last;
    },
    async close() {
      await last;
      await orAbandon(place.finish());
      return { bytes: bytesWritten, sha256: hash.digest("hex") };
    },
    abort: place.abandon,
  };
}
