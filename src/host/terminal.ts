import type { ReadStream, WriteStream } from "node:tty";

/** Where text goes. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 when it is none. */
  readonly columns: number;
  /** Resolves when the text has left the process; a reader that went away is no error. */
  write(text: string): Promise<void>;
}

/** Where text comes from. */
export interface Input {
  readonly isTerminal: boolean;
  /** Everything up to the end of the input. */
  readAll(): Promise<string>;
  /** One line that a person types; `hidden` does not echo it. Undefined at the end of the input, or on Ctrl-C. */
  readLine(options: { hidden: boolean }): Promise<string | undefined>;
}

/** The three streams of a process. */
export interface Terminal {
  readonly input: Input;
  readonly output: Output;
  readonly errors: Output;
}

type SomeWritable = NodeJS.WritableStream & Partial<Pick<WriteStream, "isTTY" | "columns">>;

function openOutput(stream: SomeWritable): Output {
  let gone = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    gone = true;
  });
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
    write: (text) =>
      new Promise((resolve) => {
        if (gone || text === "") return resolve();
        stream.write(text, () => resolve());
      }),
  };
}

function openInput(stream: NodeJS.ReadableStream & Partial<ReadStream>): Input {
  /** What was typed ahead, or pasted after a line's end. */
  let ahead = "";
  return {
    isTerminal: stream.isTTY === true,
    async readAll() {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString("utf8");
    },
    readLine: ({ hidden }) =>
      new Promise((resolve) => {
        let line = "";
        stream.setRawMode?.(hidden);
        stream.setEncoding("utf8");
        const end = (result: string | undefined) => {
          stream.off("data", read);
          stream.off("end", close);
          stream.setRawMode?.(false);
          stream.pause();
          resolve(result);
        };
        const close = () => end(line === "" ? undefined : line);
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
        };
        stream.on("data", read);
        stream.on("end", close);
        stream.resume();
        read("");
      }),
  };
}

/** The terminal of this process. */
export function systemTerminal(streams: {
  stdin: NodeJS.ReadableStream & Partial<ReadStream>;
  stdout: SomeWritable;
  stderr: SomeWritable;
}): Terminal {
  return {
    input: openInput(streams.stdin),
    output: openOutput(streams.stdout),
    errors: openOutput(streams.stderr),
  };
}
