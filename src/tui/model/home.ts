import { pad, visible } from "../../core/text.ts";
import { text } from "../../domain/kinds.ts";
import type { Row } from "../../domain/noun.ts";
import { type Answer, answerTo, dueAtMs, type Query } from "./answers.ts";
import { type Cells, cellOf } from "./cells.ts";
import { balanceQuery, hourBefore, jobsQuery, lastHour, rowsOf, spenders } from "./homequeries.ts";
import { align, bar, clockText, codeBars, failuresOf } from "./hometext.ts";
import { quickHints } from "./keys.ts";
import { ageText } from "./result.ts";
import { currentScreen, registryOf, type State } from "./state.ts";

/** A line of home. */
export interface HomeLine {
  readonly text: string;
  readonly tone: "plain" | "head" | "problem" | "faint";
}

/** A part of home: its first line is its heading. */
export type HomeSection = readonly [HomeLine, ...HomeLine[]];

/** What home says beside or above the menu. */
export interface Home {
  /** How things are, on one line. */
  readonly status: HomeLine;
  /** Nothing as long as nothing came. */
  readonly sections: readonly HomeSection[];
}

const plain = (line: string): HomeLine => ({ text: line, tone: "plain" });
const head = (line: string): HomeLine => ({ text: line, tone: "head" });
const faint = (line: string): HomeLine => ({ text: line, tone: "faint" });
const problem = (line: string): HomeLine => ({ text: line, tone: "problem" });

const hourMs = 3_600_000;
/** A balance that ends within this time is worth an alert. */
const runwayAlertMs = 24 * hourMs;
/** Lists on home are beginnings. */
const routesMax = 12;
const jobsMax = 5;
/** Fewer attempts prove nothing about a carrier. */
const attemptsMin = 20;

/** Whether the menu that is shown is the first one, which is home. */
export const isHome = (state: State): boolean =>
  state.screens.length === 1 && currentScreen(state).kind === "menu";

/** What home says for a width; undefined where the commands that it needs are not there, or nothing is known yet. */
export function homeOf(state: State, columns: number): Home | undefined {
  const registry = registryOf(state);
  const query = lastHour(registry);
  if (!query || state.profile === undefined || !isHome(state)) return undefined;
  const answer = answerTo(state, query);
  if (!answer?.blocks) return { status: silence(query, answer, state.cells), sections: [] };
  const rows = rowsOf(answer);
  const carriers = rows.filter(({ by }) => by === "carrier");
  const balances = balancesOf(state, registry, rows);
  const changes = changesOf(state, registry, carriers);
  const jobs = rowsOf(answerOf(state, jobsQuery(registry))).filter(
    ({ profile }) => profile === state.profile,
  );
  const alerts = [
    ...balances
      .filter(isShort)
      .map((balance) => problem(`! ${balance.name}: empty ${endText(balance, state)}`)),
    ...carriers.flatMap((carrier) => dropAlert(carrier, changes, state.cells)),
    ...jobs
      .slice(0, jobsMax)
      .filter(({ state: how }) => how !== "done")
      .map(jobAlert),
  ];
  return {
    status: statusOf(answer, carriers, state.nowMs),
    sections: [
      alerts.length > 0 ? [head("Alerts"), ...alerts] : [faint("No alerts.")],
      balanceSection(balances, state, columns),
      routeSection(carriers, changes, state.cells, columns),
      jobSection(jobs),
      [faint(quickHints(state.bindings).join("   "))],
    ],
  };
}

/** How old home's figures are; undefined where none are shown. */
export function homeAge(state: State, nowMs: number): string | undefined {
  const answer = isHome(state) ? answerOf(state, lastHour(registryOf(state))) : undefined;
  return answer?.blocks && ageText(nowMs - answer.loadedAtMs);
}

const answerOf = (state: State, query: Query | undefined) => query && answerTo(state, query);

/** Why there is nothing to show. */
function silence(query: Query, answer: Answer | undefined, cells: Cells): HomeLine {
  const error = answer?.error;
  if (!answer || !error) return faint("Looking at the last hour's calls…");
  if (error.kind === "session" || error.kind === "unauthenticated")
    return head(`${error.message} Choose login.`);
  const dueMs = dueAtMs(query, answer);
  const again = Number.isFinite(dueMs) ? `, again at ${clockText(dueMs, cells)}` : "";
  return problem(`No figures${again}: ${error.message}`);
}

/** `Last hour: 149 calls, ASR 35.6 %, 3.1 min each  12s`, and what is wrong with it. */
function statusOf(answer: Answer, carriers: readonly Row[], nowMs: number): HomeLine {
  const sum = (name: string) => carriers.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  const [attempts, answered, minutes] = [sum("attempts"), sum("answered"), sum("minutes")];
  const share = attempts === 0 ? "n/a" : `${((100 * answered) / attempts).toFixed(1)} %`;
  const length = answered === 0 ? "n/a" : `${(minutes / answered).toFixed(1)} min`;
  const sampled = Number(carriers[0]?.sampled_pct ?? 100);
  const of = sampled < 100 ? ` (of ${sampled} % of it)` : "";
  const said = `Last hour${of}: ${attempts.toLocaleString("en")} calls, ASR ${share}, ACD ${length}`;
  const age = ageText(nowMs - answer.loadedAtMs);
  if (!answer.error) return head(`${said}  ${age}`);
  return problem(`${said}  ${age}  could not be refreshed: ${answer.error.message}`);
}

/** A company with what it has left, and how long that lasts at the last hour's pace. */
interface Balance {
  readonly name: string;
  readonly left: string;
  readonly perHour: number;
  /** Infinite as long as the balance is not known. */
  readonly runwayMs: number;
}

const isShort = ({ runwayMs }: Balance) => runwayMs < runwayAlertMs;

/** The balances of those that spend most, the one that ends first in front. */
function balancesOf(
  state: State,
  registry: ReturnType<typeof registryOf>,
  rows: readonly Row[],
): readonly Balance[] {
  const balances = spenders(rows).map((company): Balance => {
    const answer = answerOf(state, balanceQuery(registry, String(company.id)));
    const [row] = rowsOf(answer);
    const perHour = Number(company.revenue_per_hour);
    const funds = Number(row?.balanceamount) + Number(row?.credit_limit ?? 0);
    const left = row
      ? visible(`${row.balanceamount} ${row.currency ?? ""}`.trim())
      : (answer?.error?.kind ?? "…");
    // What is no number says nothing of an end.
    const runwayMs = Number.isFinite(funds)
      ? Math.max(0, (funds / perHour) * hourMs)
      : Number.POSITIVE_INFINITY;
    return { name: nameOf(company, state.cells), left, perHour, runwayMs };
  });
  return balances.toSorted((a, b) => a.runwayMs - b.runwayMs);
}

/** When a balance ends: `now`, `at 17:40Z`, `in 3 d`, `in >1 y`. */
function endText({ runwayMs }: Balance, { nowMs, cells }: State): string {
  if (runwayMs === Number.POSITIVE_INFINITY) return "";
  if (runwayMs === 0) return "now";
  if (runwayMs < runwayAlertMs) return `at ${clockText(nowMs + runwayMs, cells)}`;
  const days = Math.floor(runwayMs / (24 * hourMs));
  return days > 365 ? "in >1 y" : `in ${days} d`;
}

function balanceSection(balances: readonly Balance[], state: State, columns: number): HomeSection {
  const rows = balances.map((balance) => {
    const { name, left, perHour } = balance;
    return { name, cells: [left, perHour.toFixed(2), endText(balance, state)] };
  });
  const title = { name: "Who spends most", cells: ["Balance", "an hour", "Empty"] };
  const [heading = "", ...lines] = align([title, ...rows], columns);
  return [
    head(heading),
    ...lines.map((line, at) => (balances[at]?.runwayMs === 0 ? problem(line) : plain(line))),
  ];
}

/** By how many points the answer ratio of each carrier with enough calls has moved, and whether for sure. */
type Changes = ReadonlyMap<
  string,
  { readonly points: number; readonly before: number; readonly hasFallen: boolean }
>;

function changesOf(state: State, registry: ReturnType<typeof registryOf>, carriers: readonly Row[]): Changes {
  const before = new Map(rowsOf(answerOf(state, hourBefore(registry))).map((row) => [row.id, row]));
  return new Map(
    carriers.flatMap((now) => {
      const then = before.get(now.id ?? null);
      if (!then || now.asr_pct === null || then.asr_pct === null) return [];
      if (Math.min(Number(now.attempts), Number(then.attempts)) < attemptsMin) return [];
      // The intervals of certainty are apart: it is no chance.
      const hasFallen = Number(now.asr_high_pct) < Number(then.asr_low_pct);
      const asr = Number(then.asr_pct);
      return [[String(now.id), { points: Number(now.asr_pct) - asr, before: asr, hasFallen }]];
    }),
  );
}

function dropAlert(carrier: Row, changes: Changes, cells: Cells): HomeLine[] {
  const change = changes.get(String(carrier.id));
  if (!change?.hasFallen) return [];
  const asr = `ASR ${Math.round(Number(carrier.asr_pct))} %, ${Math.round(change.before)} % the hour before`;
  return [problem(`! ${nameOf(carrier, cells)}: ${asr}`)];
}

/** Route health: the worst first, as the command orders them. */
function routeSection(
  carriers: readonly Row[],
  changes: Changes,
  cells: Cells,
  columns: number,
): HomeSection {
  const isWide = columns >= 90;
  const rows = carriers.slice(0, routesMax).map((row) => {
    const points = changes.get(String(row.id))?.points;
    const moved = points === undefined ? "" : `${points > 0 ? "+" : ""}${Math.round(points)}`;
    const asr = Number(row.asr_pct ?? 0);
    const figures = [
      String(row.attempts),
      `${Math.round(asr)} %`,
      moved,
      row.acd_min === null ? "n/a" : Number(row.acd_min ?? 0).toFixed(1),
    ];
    const codes = isWide ? codeBars(String(row.codes), 5) : failuresOf(String(row.codes), 1);
    return { name: nameOf(row, cells), cells: [...figures, codes], bar: bar(asr / 100, 5) };
  });
  const title = { name: "Routes, worst first", cells: ["Calls", "ASR", "±", "ACD", "SIP codes"], bar: "" };
  const [heading = "", ...lines] = align(
    [title, ...rows].map(({ name, cells: texts, bar: asrBar }) => ({
      name,
      cells: isWide ? [...texts.slice(0, 2), pad(asrBar, 5), ...texts.slice(2)] : texts,
    })),
    columns,
    isWide ? 5 : 4,
  );
  return [head(heading), ...lines.map(plain)];
}

function jobSection(jobs: readonly Row[]): HomeSection {
  if (jobs.length === 0) return [faint("No jobs yet.")];
  const lines = jobs
    .slice(0, jobsMax)
    .map((job) => `${job.state}  ${job.kind} of ${job.noun}  ${job.file ?? ""}  ${job.job}`);
  return [head("Jobs, the newest first"), ...lines.map(plain)];
}

const jobAlert = ({ job, state: how }: Row): HomeLine =>
  problem(how === "unfinished" ? `! Unfinished: jobs resume ${job}` : `! Rows left out: jobs rejects ${job}`);

const nameOf = (row: Row, cells: Cells): string =>
  cellOf({ name: "name", kind: text, personal: true }, row.name, cells) || `${row.by} ${row.id ?? "unknown"}`;

/** The first alert, and how many more there are, for where there is no room for sections; empty without any. */
export function alertsOf({ sections: [alerts] }: Home): string {
  const [, first, ...others] = alerts ?? [];
  if (first === undefined) return "";
  return first.text + (others.length > 0 ? `  and ${others.length} more` : "");
}

/** As many lines of every section as there is room for, the first ones of each first; a line between them if possible. */
export function fitSections(sections: readonly HomeSection[], rows: number): readonly HomeLine[] {
  const counts = sections.map(() => 0);
  let left = rows;
  for (let depth = 0; left > 0 && sections.some(({ length }) => length > depth); depth++) {
    for (const [at, section] of sections.entries()) {
      if (section.length <= depth || left === 0) continue;
      counts[at] = depth + 1;
      left -= 1;
    }
  }
  const isLoose = left >= sections.length - 1;
  return sections.flatMap((section, at) => {
    const lines = section.slice(0, counts[at]);
    return isLoose && at > 0 ? [plain(""), ...lines] : lines;
  });
}
