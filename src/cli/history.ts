import { join } from "node:path";
import { limits } from "../core/limits.ts";
import type { Host } from "../host/host.ts";
import { openLineFile } from "../host/linefile.ts";
import { readWords } from "./words.ts";

/** The lines that were typed, the oldest first. */
export interface History {
  readonly lines: readonly string[];
  /** Remembers a line, unless it may hold a secret. */
  add(line: string): Promise<void>;
}

/** A person's history in the state folder. Where it cannot be kept, that is told once, and it lasts for the session. */
export async function openHistory(host: Host, tell: (text: string) => void): Promise<History> {
  const lines: string[] = [];
  let file: ReturnType<typeof openLineFile> | undefined;
  const attempt = async (step: () => Promise<void>) => {
    try {
      await step();
    } catch (thrown) {
      file = undefined;
      tell(`The history is not kept: ${thrown instanceof Error ? thrown.message : thrown}`);
    }
  };
  await attempt(async () => {
    file = openLineFile(join(host.folders.state, "shell-history"), limits.historyLinesMax);
    lines.push(...(await file.read()));
  });
  return {
    lines,
    async add(line) {
      if (line.trim() === "" || line === lines.at(-1) || mayHoldSecret(line)) return;
      lines.push(line);
      await attempt(async () => file?.append(line));
    },
  };
}

/** Whether a line names a secret, or logs in with values: such a line is kept nowhere. */
export function mayHoldSecret(line: string): boolean {
  const words = readWords(line).words.map(({ text }) => text);
  const [first, ...rest] = words[0] === "sipnav" ? words.slice(1) : words;
  if ((first === "login" || first === "auth") && rest.length > 0) return true;
  return words.some((word) =>
    /pass|pwd|token|secret|otp|credential|api[-_ ]?key|auth|bearer|cookie|^eyJ|=eyJ/i.test(word),
  );
}
