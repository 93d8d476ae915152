import type { Command } from "../../commands/define.ts";
import type { RawValues } from "../../commands/execute.ts";
import { limits } from "../../core/limits.ts";
import type { Row } from "../../domain/noun.ts";
import { type Answer, type Answered, answerTo, type Query } from "./answers.ts";
import { commandOf } from "./tree.ts";

const minuteMs = 60_000;

/** A query of a command by its words; undefined where there is no such command. */
export function queryOf(
  registry: readonly Command[],
  words: string,
  raw: RawValues,
  freshMs: number,
): Query | undefined {
  const command = commandOf(registry, words);
  return command && { command, raw, freshMs };
}

/** The rows of an answer's tables; none as long as none came. */
export const rowsOf = (answer: Answer | undefined): readonly Row[] =>
  (answer?.blocks ?? []).flatMap((block) =>
    block.kind === "table" ? block.rows : block.kind === "record" ? [block.row] : [],
  );

const sample = String(limits.homeCallsMax);

/** The last hour's calls by carrier and company; with it stands and falls what else is asked for. */
export const lastHour = (registry: readonly Command[]): Query | undefined =>
  queryOf(registry, "cdr stats", { from: "1h", by: ["carrier", "company"], sample }, 2 * minuteMs);

/** The hour before that, by carrier: what the last one is compared with. */
export const hourBefore = (registry: readonly Command[]): Query | undefined =>
  queryOf(registry, "cdr stats", { from: "2h", to: "1h", by: ["carrier"], sample }, 15 * minuteMs);

/** The imports and undos of this computer; no request. */
export const jobsQuery = (registry: readonly Command[]): Query | undefined =>
  queryOf(registry, "jobs list", {}, minuteMs);

/** What a company has left. */
export const balanceQuery = (registry: readonly Command[], id: string): Query | undefined =>
  queryOf(registry, "companies balance", { id }, 5 * minuteMs);

/** What home's own keys open, as a result of its own. */
export const quickQuery = (
  registry: readonly Command[],
  action: "routes" | "spenders" | "jobs",
): Query | undefined => {
  if (action === "jobs") return jobsQuery(registry);
  const raw = action === "routes" ? { by: ["carrier"] } : { by: ["company"], sort: "revenue:desc" };
  return queryOf(registry, "cdr stats", { from: "1h", ...raw }, 0);
};

/** The companies that spend most, by what they spent in the last hour. */
export const spenders = (rows: readonly Row[]): readonly Row[] =>
  rows
    .filter(({ by, id, revenue_per_hour: spent }) => by === "company" && id !== null && Number(spent) > 0)
    .toSorted((a, b) => Number(b.revenue_per_hour) - Number(a.revenue_per_hour))
    .slice(0, limits.homeBalancesMax);

/** All that home wants loaded. As long as the first answer is missing, nothing else is asked of the platform. */
export function homeQueries(state: Answered, registry: readonly Command[]): readonly Query[] {
  const first = lastHour(registry);
  const answer = first && answerTo(state, first);
  const rest = answer?.blocks
    ? [hourBefore(registry), ...spenders(rowsOf(answer)).map(({ id }) => balanceQuery(registry, String(id)))]
    : [];
  return [first, jobsQuery(registry), ...rest].filter((query) => query !== undefined);
}
