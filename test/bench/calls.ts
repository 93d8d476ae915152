import { createCalls } from "../../src/sandbox/calls.ts";
import { seedTables } from "../../src/sandbox/seed.ts";

const count = 1_000_000;
const rounds = 7;
const anchorMs = Date.UTC(2026, 2, 3, 15, 20);

function medianMs(work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

/** Prints what a history of a million calls costs to open, to read and to search. */
export async function run(): Promise<void> {
  const bytesBefore = process.memoryUsage().rss;
  const { accounts, carriers } = seedTables({
    seed: 7,
    accounts: 500,
    carriers: 60,
    companies: 40,
    anchorMs,
  });
  const open = () => createCalls({ seed: 7, count, anchorMs, accounts, carriers });
  const openMs = medianMs(open);
  const calls = open();
  const readMs = medianMs(() => {
    for (let index = 0; index < 50_000; index++) calls.record(index);
  });
  const searchMs = medianMs(() => calls.search({ limit: 1_000 }, anchorMs));
  const scanMs = medianMs(() => calls.search({ carrierId: "none", limit: 1_000 }, anchorMs));
  const figures = {
    "open a million calls, ms": openMs,
    "records a second": 50_000 / (readMs / 1_000),
    "search of 1,000 rows, ms": searchMs,
    "scan of a million by carrier, ms": scanMs,
    "memory, MiB": (process.memoryUsage().rss - bytesBefore) / 2 ** 20,
  };
  for (const [name, figure] of Object.entries(figures)) {
    console.log(`${name.padEnd(34)} ${figure.toLocaleString("en-US", { maximumFractionDigits: 1 })}`);
  }
}
