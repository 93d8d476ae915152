import { basename, dirname, extname, join } from "node:path";
import type { Command } from "../../commands/define.ts";
import type { RawValues } from "../../commands/execute.ts";
import { rejectFileFields } from "../../commands/jobs.ts";
import { columnFields, problemFields, sheetFields } from "../../commands/verbs/inspect.ts";
import { summaryFields } from "../../commands/verbs/outcome.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Field, Row } from "../../domain/noun.ts";
import type { Block, RecordBlock, TableBlock } from "../../view/blocks.ts";

/** What a result leads to, one key away. */
export type Next = { readonly label: string } & (
  | { readonly kind: "run"; readonly command: Command; readonly raw: RawValues }
  | {
      readonly kind: "form";
      readonly path: readonly string[];
      readonly known: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "show";
      readonly title: string;
      readonly blocks: readonly Block[];
      readonly part: Part;
      readonly next: Next;
    }
);

/** Which of a result's blocks a screen shows: those with these fields; undefined for all. */
export interface Part {
  readonly fields: readonly (readonly Field[])[];
}

/** A sheet's facts and columns: what is wrong with its rows stands on a screen of its own. */
const columnsPart: Part = { fields: [sheetFields, columnFields] };
const problemsPart: Part = { fields: [problemFields] };

/** The blocks of a part, and all that is no data. */
export const blocksOf = (blocks: readonly Block[], part: Part | undefined): readonly Block[] =>
  part === undefined
    ? blocks
    : blocks.filter((block) => !("fields" in block) || part.fields.includes(block.fields));

/** Whether a command imports sheets; its wizard needs no more than to be told so. */
export const isImport = ({ path, parameters }: Command): boolean =>
  path.at(-1) === "import" && "inspect" in parameters;

/** The values that a form of a command is run with at first: an import begins with a look at its sheet. */
export const firstValues = (command: Command, raw: RawValues): RawValues =>
  isImport(command) && raw.template === undefined && raw.planOut === undefined
    ? { ...raw, inspect: true }
    : raw;

const importsLater: ReadonlySet<string> = new Set(["inspect", "dryRun", "map", "skipWrong"]);
const nothing: ReadonlySet<string> = new Set();

/** Parameters that the screens which follow a command's form ask for. */
export const askedLater = (command: Command): ReadonlySet<string> =>
  isImport(command) ? importsLater : nothing;

/** What the result of a run is called and which part of it is shown, where it is a step on the way to an import. */
export function stepOf(command: Command, raw: RawValues): { readonly title?: string; readonly part?: Part } {
  if (!isImport(command)) return {};
  if (raw.inspect) return { title: "columns", part: columnsPart };
  return { title: raw.dryRun ? "plan" : "import" };
}

/** What is next on a screen that shows a part already. */
export const nextOnPart = (next: Next | undefined, part: Part | undefined): Next | undefined =>
  next?.kind === "show" && next.part === part ? next.next : next;

/**
 * What a result leads to: an inspection to its problems and the plan, a plan to its being applied, a job that is not
 * done to its being gone on with or to the file of its rejects, and that to their import.
 */
export function nextOf(command: Command, raw: RawValues, blocks: readonly Block[]): Next | undefined {
  if (isImport(command) && raw.inspect) return nextOfInspection(command, raw, blocks);
  if (isImport(command) && raw.dryRun) return nextOfPlan(command, raw, blocks);
  const written = recordOf(blocks, rejectFileFields);
  if (written) {
    const known = { file: textOf(written.file) };
    return { kind: "form", label: "import them again", path: [textOf(written.of), "import"], known };
  }
  return nextOfJob(raw, blocks);
}

function nextOfInspection(command: Command, raw: RawValues, blocks: readonly Block[]): Next | undefined {
  const sheet = recordOf(blocks, sheetFields);
  // Its rows were not looked at: the columns must be right first.
  if (sheet === undefined || sheet.rows === null) return undefined;
  const { inspect, ...rest } = raw;
  const plan = { ...rest, dryRun: true } as const;
  if (sheet.problems === 0) return { kind: "run", label: "plan", command, raw: plan };
  const skip = { ...plan, skipWrong: true } as const;
  const next: Next = { kind: "run", label: "leave them out and plan", command, raw: skip };
  const shown = blocksOf(blocks, problemsPart);
  const label = sheet.problems === 1 ? "1 problem" : `${textOf(sheet.problems)} problems`;
  return { kind: "show", label, title: "problems", blocks: shown, part: problemsPart, next };
}

function nextOfPlan(command: Command, raw: RawValues, blocks: readonly Block[]): Next | undefined {
  const plan = recordOf(blocks, summaryFields);
  if (plan === undefined || !(Number(plan.left) > 0)) return undefined;
  const { dryRun, ...rest } = raw;
  const canary = rest.canary ?? (Number(plan.left) > 1 ? "1" : undefined);
  return { kind: "run", label: "apply", command, raw: { ...rest, ...(canary && { canary }) } };
}

function nextOfJob(raw: RawValues, blocks: readonly Block[]): Next | undefined {
  const report = recordOf(blocks, summaryFields);
  const job = textOf(report?.job);
  if (report === undefined || job === "") return undefined;
  if (report.ok === undefined || Number(report.left) + Number(report.unknown) > 0) {
    return { kind: "form", label: "go on", path: ["jobs", "resume"], known: { job } };
  }
  if (Number(report.failed) + Number(report.refused) === 0) return undefined;
  const known = { job, file: rejectsPath(textOf(raw.file as string | undefined) || textOf(report.file)) };
  return { kind: "form", label: "save what was not done", path: ["jobs", "rejects"], known };
}

/** `lists/new.csv` → `lists/new.rejects.csv`; rejects of rejects stay beside the first list. */
function rejectsPath(path: string): string {
  const ending = extname(path);
  const name = basename(path, ending);
  const [, first = name, count = "1"] = /^(.*)\.rejects(?:-(\d+))?$/.exec(name) ?? [];
  const again = first === name ? "" : `-${Number(count) + 1}`;
  return join(dirname(path), `${first}.rejects${again}${ending === ".xlsx" ? ending : ".csv"}`);
}

const recordOf = (blocks: readonly Block[], fields: readonly Field[]): Row | undefined =>
  blocks.find((block): block is RecordBlock => block.kind === "record" && block.fields === fields)?.row;

/** The rows of the table with these fields. */
export const rowsOf = (blocks: readonly Block[], fields: readonly Field[]): readonly Row[] =>
  blocks.find((block): block is TableBlock => block.kind === "table" && block.fields === fields)?.rows ?? [];
