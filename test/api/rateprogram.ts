import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { createRateLimit } from "../../src/sandbox/ratelimit.ts";
import { Refusal } from "../../src/sandbox/refusal.ts";
import { bundleProgram } from "../bundle.ts";
import type { RateReport } from "./rateprocess.ts";

/** Builds the program that runs one of the functions of rateprocess.ts, inside a folder. */
export function buildRateProgram(name: "runClient" | "runLimiter", folder: string): string {
  const program = `import { ${name} } from "./rateprocess.ts";
    const report = await ${name}(JSON.parse(process.argv[2]));
    process.send({ report }, () => process.exit(0));`;
  // A benchmark is bundled to another folder, but runs in this one.
  return bundleProgram(program, join(process.cwd(), "test", "api"), join(folder, `${name}.mjs`));
}

/** Starts it with a job; its report comes when it ends by itself, undefined when it is killed. */
export function startRateProgram(program: string, job: object, onMessage?: (child: ChildProcess) => void) {
  const child = fork(program, [JSON.stringify(job)]);
  const report = new Promise<RateReport | undefined>((resolve) => {
    child.on("exit", () => resolve(undefined));
    child.on("message", (message: "hit" | { report: RateReport }) => {
      if (message === "hit") onMessage?.(child);
      else resolve(message.report);
    });
  });
  return { child, report };
}

/** Counts the requests of processes as the platform does, and answers them. */
export function createJudge(spec: string) {
  const limit = createRateLimit(spec);
  const counts = { granted: 0, refused: 0 };
  const judge = () => {
    try {
      const headers = limit("operator", Date.now());
      counts.granted++;
      return { status: 200, headers };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      counts.refused++;
      return { status: 429, headers: { ...error.facts.headers } };
    }
  };
  return {
    counts,
    answer(child: ChildProcess): void {
      const { status, headers } = judge();
      const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      // One that was killed after it had asked cannot be told.
      child.send({ status, headers: Object.fromEntries(names) }, () => undefined);
    },
  };
}
