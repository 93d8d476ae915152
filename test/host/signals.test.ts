import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { listenForEnd } from "../../src/host/signals.ts";

/** A process that notes how it is ended. */
function openProcess(isTTY = false) {
  const exits: (number | string | null | undefined)[] = [];
  const process = Object.assign(new EventEmitter(), {
    pid: 7,
    stdin: { isTTY },
    stdout: { isTTY: false },
    exit: (code?: number | string | null) => void exits.push(code),
    kill: (pid: number, signal: string) => void exits.push(`${signal} to ${pid}`),
  }) as unknown as NodeJS.Process;
  return { process, exits };
}

describe("an end that is asked for", () => {
  test.each([
    ["SIGINT", "interrupted", 130],
    ["SIGTERM", "terminated", 143],
    ["SIGHUP", "terminated", 143],
  ])("%s asks once, and the second one ends at once", (signal, kind, code) => {
    const { process, exits } = openProcess();
    const ending = listenForEnd(process);
    expect(ending.signal.aborted).toBe(false);
    process.emit(signal as NodeJS.Signals);
    expect(ending.signal.reason).toMatchObject({ kind });
    expect(exits).toEqual([]);
    process.emit(signal as NodeJS.Signals);
    expect(exits).toEqual([code]);
  });

  test("of a part leaves the whole alone, and the second Ctrl-C ends at once here too", () => {
    const { process, exits } = openProcess();
    const ending = listenForEnd(process);
    const part = new AbortController();
    const release = ending.takeInterrupts(part);
    process.emit("SIGINT");
    expect(part.signal.reason).toMatchObject({ kind: "interrupted" });
    expect({ whole: ending.signal.aborted, exits }).toEqual({ whole: false, exits: [] });
    process.emit("SIGINT");
    expect(exits).toEqual([130]);
    release();
    process.emit("SIGINT");
    expect(ending.signal.aborted).toBe(true);
  });

  test("that has come is the exit code, but a terminal that went away is not given back", () => {
    for (const [isTTY, ends] of [
      [false, [143]],
      [true, ["SIGHUP to 7"]],
    ] as const) {
      const { process, exits } = openProcess(isTTY);
      const ending = listenForEnd(process);
      process.emit("SIGHUP");
      ending.leave(143);
      expect(exits).toEqual(ends);
      expect(process.listenerCount("SIGHUP")).toBe(isTTY ? 0 : 1);
    }
    const { process, exits } = openProcess(true);
    listenForEnd(process).leave(0);
    expect(exits).toEqual([0]);
  });
});
