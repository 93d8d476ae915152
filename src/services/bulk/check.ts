import { SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import { missingAims, type Noun } from "../../domain/noun.ts";
import type { Sheet, SheetRow } from "../../sheets/sheet.ts";
import { type Problem, type Reading, readCells, type Wanted } from "./cells.ts";
import { keyReader, shownKey, trimSpaces } from "./keys.ts";
import { createKeySet } from "./keyset.ts";
import { tellMerged } from "./merged.ts";

/** Two lines whose keys have the same hash. */
interface Pair {
  readonly first: number;
  readonly second: number;
}

/** What is wrong with a sheet by itself. */
export interface Findings {
  readonly rows: number;
  /** In the order of the rows, up to `problemsKeptMax`. */
  readonly problems: readonly Problem[];
  /** Those beyond the cap too. */
  readonly count: number;
}

/** Reads a whole sheet and finds everything that is wrong with it by itself; nothing is asked of the platform. */
export async function findProblems(sheet: Sheet, reading: Reading): Promise<Findings> {
  const { noun, zone, signal } = reading;
  const problems: Problem[] = [];
  let count = 0;
  const tell = (problem: Problem) => {
    count += 1;
    if (problems.length < limits.problemsKeptMax) problems.push(problem);
  };
  const keyOf = keyReader(noun, zone);
  const keyNames = [noun.idField, ...noun.naturalKey];
  const keyHeaders = new Set(
    reading.columns.flatMap(({ field, header }) => (keyNames.includes(field.name) ? header : [])),
  );
  let isKeyWrong = false;
  const tellCell = (problem: Problem) => {
    isKeyWrong ||= keyHeaders.has(problem.column);
    tell(problem);
  };
  const keys = createKeySet();
  const pairs: Pair[] = [];
  let rows = 0;
  for await (const batch of sheet.batches()) {
    signal.throwIfAborted();
    for (const row of batch) {
      rows += 1;
      isKeyWrong = false;
      const wanted = readCells(reading, row, tellCell);
      const key = identityOf(wanted, keyOf(wanted.fields));
      if (isTotal(noun, wanted)) tellTotal(reading, row, tell);
      if (!isKeyWrong) tellAimless(noun, row, wanted, tell);
      // Rows that lack the same part of a key, since it is wrong, are not the same for that.
      const first = key === undefined || isKeyWrong ? undefined : keys.add(key, row.line);
      if (key === undefined) tellMissing(reading, row, wanted, tell);
      else if (first !== undefined && pairs.length < limits.problemsKeptMax) {
        pairs.push({ first, second: row.line });
      }
    }
  }
  if (sheet.merges.length > 0) await tellMerged(sheet, reading, tell);
  if (pairs.length > 0) await tellDuplicates(sheet, reading, pairs, tell);
  return { rows, problems: problems.toSorted((a, b) => a.row - b.row), count };
}

/** @throws validation with every problem, row by row; what is beyond `problemsKeptMax` is counted */
export function refuseProblems(file: string, { rows, problems, count }: Findings): void {
  if (count === 0) return;
  const details = problems.map((problem) => ({
    file,
    row: problem.row,
    ...(problem.column !== "" && { column: problem.column }),
    message: sentenceOf(problem),
  }));
  const message = `${file} has ${count.toLocaleString("en")} ${count === 1 ? "problem" : "problems"}; nothing was sent.`;
  const wrong = new Set(problems.map(({ row }) => row)).size;
  const right = rows - wrong;
  const others = right === 1 ? "The other row is" : `The other ${right.toLocaleString("en")} rows are`;
  const isWorth = count === problems.length && right > 0;
  const hint = [
    ...frequentOf(problems, count),
    ...(isWorth ? [`${others} in order: --skip-wrong goes on without the wrong ones.`] : []),
  ].join("\n");
  throw new SipnavError("validation", message, { details, ...(hint !== "" && { hint }) });
}

/** The problems that most rows have: those of a column as a whole, which would drown the others. */
function frequentOf(problems: readonly Problem[], total: number): string[] {
  const counts = new Map<string, number>();
  for (const { column, message } of problems) {
    const what = `${column}: ${message}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const least = problems.length < total ? "At least " : "";
  const frequent = [...counts].filter(([, count]) => count >= limits.problemFrequentMin);
  return frequent
    .sort(([, a], [, b]) => b - a)
    .slice(0, limits.problemKindsShownMax)
    .map(
      ([what, count]) =>
        `${least}${count.toLocaleString("en")} rows have the same problem in column ${what}.`,
    );
}

/**
 * The lines that something is wrong with, to be left out, and why.
 * @throws validation when not all of them are known: so many wrong rows speak of a wrong column
 */
export function wrongLines(file: string, findings: Findings): ReadonlyMap<number, string> {
  const { problems, count } = findings;
  if (count > problems.length) refuseProblems(file, findings);
  const lines = new Map<number, string>();
  for (const { row, column, ...problem } of problems) {
    const sentence = `${column === "" ? "" : `${column}: `}${sentenceOf(problem)}`;
    const before = lines.get(row);
    lines.set(row, before === undefined ? sentence : `${before}; ${sentence}`);
  }
  return lines;
}

const sentenceOf = ({ value, message }: Pick<Problem, "value" | "message">) =>
  value === "" || message.startsWith(value) ? message : `${value}: ${message}`;

/** What a row is told apart by: its id, else its natural key. */
const identityOf = ({ id }: Wanted, key: string | undefined): string | undefined =>
  id === undefined ? key : `#${id}`;

const totals = /^((sub|grand)?[ -]?totals?|sum|(gesamt|zwischen)?summe|gesamt)\s*:?$/i;

/** Whether a row sums up those above it, which nobody wants to have on the platform. */
const isTotal = ({ nameField }: Noun, { id, fields }: Wanted): boolean =>
  id === undefined && totals.test(String(fields[nameField] ?? ""));

function tellTotal({ noun, columns }: Reading, row: SheetRow, tell: (problem: Problem) => void): void {
  const column = columns.find(({ field }) => field.name === noun.nameField);
  const message = "looks like a line of totals; if it is a name, give the id too";
  tell({ row: row.line, column: column?.header ?? "", value: row.cells[column?.index ?? 0] ?? "", message });
}

/** A row that says of nothing what it is for: as a new one it would hold for everything. */
function tellAimless(
  noun: Noun,
  row: SheetRow,
  { id, fields }: Wanted,
  tell: (problem: Problem) => void,
): void {
  const aims = id === undefined ? missingAims(noun, fields) : undefined;
  if (aims === undefined) return;
  const message = `would hold for all calls: give one of ${aims.join(", ")}`;
  tell({ row: row.line, column: "", value: "", message });
}

/** The empty cells that keep a row from being told apart; a wrong one has been told of already. */
function tellMissing(
  { noun, columns }: Reading,
  row: SheetRow,
  { fields }: Wanted,
  tell: (problem: Problem) => void,
): void {
  for (const { name, required } of noun.fields) {
    if (!required || fields[name] !== undefined) continue;
    const column = columns.find(({ field }) => field.name === name);
    if (column !== undefined && trimSpaces(row.cells[column.index] ?? "") !== "") continue;
    tell({ row: row.line, column: column?.header ?? name, value: "", message: "is required" });
  }
}

/** Reads the rows once more: two different keys may have the same hash. */
async function tellDuplicates(
  sheet: Sheet,
  reading: Reading,
  pairs: readonly Pair[],
  tell: (problem: Problem) => void,
): Promise<void> {
  const lines = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  const keyOf = keyReader(reading.noun, reading.zone);
  const keys = new Map<number, string>();
  for await (const batch of sheet.batches()) {
    for (const row of batch) {
      if (!lines.has(row.line)) continue;
      const wanted = readCells(reading, row, () => undefined);
      keys.set(row.line, identityOf(wanted, keyOf(wanted.fields)) ?? "");
    }
  }
  for (const { first, second } of pairs) {
    const key = keys.get(second) ?? "";
    if (keys.get(first) !== key) continue;
    const message = `is the same ${reading.noun.name} as line ${first}`;
    tell({ row: second, column: "", value: shownKey(key), message });
  }
}
