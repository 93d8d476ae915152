import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse";
import exceljs from "exceljs";
import type { RowFormat } from "../../src/domain/formats.ts";
import { openOutFile } from "../../src/host/outfile.ts";
import type { Column, Value } from "../../src/sheets/document.ts";
import { openSheet } from "../../src/sheets/read.ts";
import { createWriter } from "../../src/sheets/write.ts";

const rounds = 7;
const types = ["text", "number", "text", "date"] as const;
const columns = Array.from({ length: 16 }, (_, index): Column => {
  return { name: `c${index}`, label: `Column ${index}`, type: types[index % 4] ?? "text" };
});
const style = { numFmt: "yyyy-mm-dd hh:mm:ss" };

function rowOf(index: number): Value[] {
  return columns.map(({ type }, column) => {
    if (type === "number") return `0.01${index % 1000}`;
    if (type === "date") return `2024-01-01T00:00:${10 + (index % 50)}Z`;
    return column % 4 === 0 ? String(447700900000 + index) : `Destination ${index % 5000}`;
  });
}

async function write(format: RowFormat, path: string, rows: number) {
  const writer = await createWriter(format, await openOutFile(path, true), columns);
  for (let index = 0; index < rows; index++) {
    const behind = writer.write(rowOf(index));
    if (behind) await behind;
  }
  await writer.close();
}

async function read(path: string) {
  const sheet = await openSheet(path);
  let cells = 0;
  for await (const batch of sheet.batches()) for (const row of batch) cells += row.cells.length;
  await sheet.close();
  return cells;
}

async function writeBare(path: string, rows: number, useSharedStrings = false) {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    filename: path,
    useStyles: true,
    useSharedStrings,
  });
  const sheet = workbook.addWorksheet("Sheet1");
  sheet.addRow(columns.map(({ label }) => label)).commit();
  for (let index = 0; index < rows; index++) {
    const values = rowOf(index).map((value, column) => {
      const type = types[column % 4];
      if (type === "number") return Number(value);
      return type === "date" ? new Date(String(value)) : value;
    });
    const row = sheet.addRow(values);
    for (let column = 4; column <= 16; column += 4) row.getCell(column).style = style;
    row.commit();
  }
  await workbook.commit();
}

/** Every cell as text: a reader that leaves numbers and dates as they are would do less. */
async function readBare(path: string) {
  let cells = 0;
  const options = { sharedStrings: "cache", styles: "cache", worksheets: "emit" } as const;
  for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(path, options)) {
    for await (const row of sheet) cells += (row.values as unknown[]).map(String).length;
  }
  return cells;
}

async function readBareCsv(path: string) {
  let cells = 0;
  for await (const row of createReadStream(path).pipe(parse())) cells += (row as string[]).length;
  return cells;
}

async function writeBareCsv(path: string, rows: number) {
  const stream = createWriteStream(path);
  for (let index = 0; index < rows; index++) stream.write(`${rowOf(index).join(",")}\n`);
  await new Promise((resolve) => stream.end(resolve));
}

interface Task {
  readonly rows: number;
  /** Rows of the run that peak memory is taken of. */
  readonly longRows: number;
  readonly budget: string;
  prepare?(path: string, rows: number): Promise<unknown>;
  ours(path: string, rows: number): Promise<unknown>;
  bare(path: string, rows: number): Promise<unknown>;
}

const tasks: Readonly<Record<string, Task>> = {
  "read CSV": {
    rows: 60_000,
    longRows: 300_000,
    budget: "ratio ≥ 0.9 of csv-parse arrays",
    prepare: (path, rows) => write("csv", path, rows),
    ours: read,
    bare: readBareCsv,
  },
  "write CSV": {
    rows: 60_000,
    longRows: 300_000,
    budget: "against a bare join and write",
    ours: (path, rows) => write("csv", path, rows),
    bare: writeBareCsv,
  },
  "read XLSX, texts in cells": {
    rows: 12_000,
    longRows: 200_000,
    budget: "ratio ≥ 0.9 of exceljs streaming",
    prepare: (path, rows) => write("xlsx", path, rows),
    ours: read,
    bare: readBare,
  },
  "read XLSX, shared texts": {
    rows: 12_000,
    longRows: 200_000,
    budget: "ratio ≥ 0.9 of exceljs streaming, ≤ 400 MB",
    prepare: (path, rows) => writeBare(path, rows, true),
    ours: read,
    bare: readBare,
  },
  "write XLSX": {
    rows: 12_000,
    longRows: 200_000,
    budget: "ratio ≥ 0.9 of exceljs streaming, ≤ 300 MB",
    ours: (path, rows) => write("xlsx", path, rows),
    bare: writeBare,
  },
};

/** Milliseconds of processor time, which other programs on the machine change less than the clock's. */
async function costMs(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(name: string, task: Task, path: string) {
  await task.prepare?.(path, task.rows);
  await task.ours(path, task.rows);
  await task.bare(path, task.rows);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // In turns, and each first in every other one.
    const sides = [
      async () => ours.push(await costMs(() => task.ours(path, task.rows))),
      async () => bare.push(await costMs(() => task.bare(path, task.rows))),
    ];
    for (const side of round % 2 === 0 ? sides : sides.reverse()) await side();
    await task.prepare?.(path, task.rows);
  }
  const rowsPerS = (values: number[]) => Math.round((task.rows / median(values)) * 1000).toLocaleString("en");
  const ratio = (median(bare) / median(ours)).toFixed(2);
  console.log(`${name}: ${rowsPerS(ours)} rows/s, bare ${rowsPerS(bare)}, ratio ${ratio} (${task.budget})`);
}

/** A long run in a process of its own, since memory that was once taken is not given back. */
function peakMb(name: string, side: string, path: string): number {
  const env = { ...process.env, BENCH_TASK: name, BENCH_SIDE: side, BENCH_PATH: path };
  const { stdout } = spawnSync(process.execPath, process.argv.slice(1), { env, encoding: "utf8" });
  return Number(stdout);
}

async function runSide(task: Task, side: string, path: string) {
  if (side === "prepare") await task.prepare?.(path, task.longRows);
  else await (side === "ours" ? task.ours : task.bare)(path, task.longRows);
  console.log(Math.round(process.resourceUsage().maxRSS / 1024));
}

/** Ours against the bare libraries: processor time of the same rows, and peak memory of many. */
export async function run(): Promise<void> {
  const { BENCH_TASK = "", BENCH_SIDE = "", BENCH_PATH = "" } = process.env;
  const asked = tasks[BENCH_TASK];
  if (asked) return runSide(asked, BENCH_SIDE, BENCH_PATH);
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    for (const [name, task] of Object.entries(tasks)) {
      const path = join(folder, "sheet");
      await compare(name, task, path);
      if (task.prepare) peakMb(name, "prepare", path);
      const [ours, bare] = ["ours", "bare"].map((side) => peakMb(name, side, path));
      console.log(`  peak at ${task.longRows.toLocaleString("en")} rows: ${ours} MiB, bare ${bare} MiB`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
