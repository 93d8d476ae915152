import type { ReadStream, WriteStream } from "node:tty";
import { fileError } from "../core/filefaults.ts";

/** Where text goes. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 when it is none. */
  readonly columns: number;
  /** Aborted when the reader went away. */
  readonly gone: AbortSignal;
  /**
   * Resolves when the text has left the process; a reader that went away is no error.
   * @throws truncated when the text cannot be written, as on a full disk
   */
  write(text: string): Promise<void>;
}

/** Where text comes from. */
export interface Input {
  readonly isTerminal: boolean;
  /** Everything up to the end of the input. */
  readAll(): Promise<string>;
  /**
   * One line that a person types; `hidden` does not echo it. Undefined at the end of the input, on Ctrl-C, and when
   * the signal is aborted.
   */
  readLine(options: { hidden: boolean; signal?: AbortSignal }): Promise<string | undefined>;
}

/** The three streams of a process. */
export interface Terminal {
  readonly input: Input;
  readonly output: Output;
  readonly errors: Output;
}

type SomeReadable = NodeJS.ReadableStream & Partial<ReadStream>;
type SomeWritable = NodeJS.WritableStream & Partial<Pick<WriteStream, "isTTY" | "columns">>;

function openOutput(stream: SomeWritable, name: string): Output {
  const gone = new AbortController();
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || error.code === "EIO") gone.abort();
  });
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
    gone: gone.signal,
    write: (text) =>
      new Promise((resolve, reject) => {
        if (gone.signal.aborted || text === "") return resolve();
        stream.write(text, (error) => {
          const code = (error as NodeJS.ErrnoException | null | undefined)?.code;
          if (error && code !== "EPIPE" && code !== "EIO")
            reject(fileError("truncated", "write", name, error));
          else resolve();
        });
      }),
  };
}

/** @param find opens the stream; not called before something is asked of it, since opening costs time */
function openInput(find: () => SomeReadable): Input {
  /** What was typed ahead, or pasted after a line's end. */
  let ahead = "";
  return {
    get isTerminal() {
      return find().isTTY === true;
    },
    async readAll() {
      const chunks = [Buffer.from(ahead)];
      ahead = "";
      for await (const chunk of find()) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString("utf8");
    },
    readLine: ({ hidden, signal }) =>
      new Promise((resolve) => {
        const stream = find();
        let line = "";
        stream.setRawMode?.(hidden);
        stream.setEncoding("utf8");
        const end = (result: string | undefined) => {
          stream.off("data", read);
          stream.off("end", close);
          signal?.removeEventListener("abort", stop);
          stream.setRawMode?.(false);
          stream.pause();
          resolve(result);
        };
        const close = () => end(line === "" ? undefined : line);
        const stop = () => end(undefined);
        const read = (chunk: string) => {
          ahead += chunk;
          while (ahead !== "") {
            const key = ahead.slice(0, 1);
            ahead = ahead.slice(1);
            if (key === "\r" || key === "\n") return end(line);
            if (key === "\u0003" || (key === "\u0004" && line === "")) return end(undefined);
            if (key === "\u007f" || key === "\b") line = line.slice(0, -1);
            else if (key >= " ") line += key;
          }
          if (stream.readableEnded) close();
        };
        stream.on("data", read);
        stream.on("end", close);
        signal?.addEventListener("abort", stop);
        stream.resume();
        if (signal?.aborted) stop();
        else read("");
      }),
  };
}

/** The terminal of this process. */
export function systemTerminal(streams: {
  readonly stdin: SomeReadable;
  readonly stdout: SomeWritable;
  readonly stderr: SomeWritable;
}): Terminal {
  return {
    input: openInput(() => streams.stdin),
    output: openOutput(streams.stdout, "standard output"),
    errors: openOutput(streams.stderr, "standard error"),
  };
}
