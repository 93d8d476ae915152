import type { Context } from "../commands/context.ts";
import { type Command, defineCommand } from "../commands/define.ts";
import { execute, type RawValues } from "../commands/execute.ts";
import type { Face } from "../commands/face.ts";
import { asSipnavError, type ErrorKind } from "../core/errors.ts";
import { createMeter } from "../core/progress.ts";
import { text } from "../domain/kinds.ts";
import type { Row } from "../domain/noun.ts";
import { subjectValues, type Thing } from "./model/actions.ts";

/** How a command ended on one thing. */
type Ending = "done" | "failed" | "unknown" | "not sent";

interface Outcome {
  readonly thing: Thing;
  readonly ending: Ending;
  /** What was changed, or why not. */
  readonly detail: string;
}

const outcomeFields = [
  { name: "id", label: "ID", kind: { ...text, align: "right" as const }, priority: 1 },
  { name: "name", label: "Name", kind: text, priority: 2, personal: true },
  { name: "outcome", label: "Outcome", kind: text, priority: 1 },
  { name: "detail", label: "Detail", kind: text, priority: 1 },
];

/** These would say the same of every other row. */
const general: ReadonlySet<ErrorKind> = new Set([
  ...(["usage", "config", "profile", "keychain", "session", "unauthenticated", "otp"] as const),
  ...(["readonly", "rate_limited", "dns", "tls", "network", "breaker_open"] as const),
  ...(["interrupted", "terminated", "bug"] as const),
]);

/**
 * A command on each of several things, one by one: what will be done is shown and its count typed first. The first
 * one is a trial: when it fails, nothing more is sent.
 * @param changes what is to be done to each, a line a thing
 */
export function onEach(
  command: Command,
  things: readonly Thing[],
  raw: RawValues,
  changes: readonly string[],
): Command {
  const count = things.length;
  const { path, group, session } = command;
  return defineCommand({
    path,
    summary: `${command.summary}: ${count} marked`,
    group,
    effect: "write",
    session,
    parameters: {},
    examples: [],
    async run(context) {
      await context.face.review?.(`${command.summary}: ${count} marked?`, changes, String(count));
      const outcomes = await runEach(context, command, things, raw);
      context.face.notice(summaryOf(outcomes));
      return outcomes;
    },
    view: (outcomes) => [{ kind: "table", fields: outcomeFields, rows: outcomes.map(rowOf), idField: "id" }],
  });
}

async function runEach(context: Context, command: Command, things: readonly Thing[], raw: RawValues) {
  const { face, host } = context;
  const outcomes: Outcome[] = [];
  const meter = createMeter((progress) => face.progress?.(progress), host.clock);
  for (const thing of things) {
    if (host.signal.aborted) break;
    const values = { ...raw, ...subjectValues(command, thing.id) };
    const outcome = await runOne(context, command, thing, values);
    outcomes.push(outcome);
    meter(outcomes.length, things.length, () => endingsOf(outcomes));
    const isTrial = outcomes.length === 1 && outcome.ending !== "done";
    if (isTrial || outcome.isGeneral) break;
  }
  const rest = things.slice(outcomes.length);
  return [...outcomes, ...rest.map((thing): Outcome => ({ thing, ending: "not sent", detail: "" }))];
}

async function runOne(
  context: Context,
  command: Command,
  thing: Thing,
  raw: RawValues,
): Promise<Outcome & { readonly isGeneral: boolean }> {
  const said: string[] = [];
  const { name } = await context.profile();
  // All of them were asked about at once, and that the profile is the right one too.
  const face: Face = {
    ...context.face,
    options: { ...context.face.options, yes: true, confirm: name },
    notice: (sentence) => void said.push(sentence),
    review: async (_, lines) => void said.push(...lines),
    noteInverse: () => undefined,
    progress: () => undefined,
    emit: async () => undefined,
  };
  // By prototype: the client and the session stay those of the one context.
  const own = Object.create(context, { face: { value: face } }) as Context;
  try {
    await execute(command, raw, own);
    return { thing, ending: "done", detail: said.join(", "), isGeneral: false };
  } catch (thrown) {
    const { message, kind, facts } = asSipnavError(thrown);
    const ending = facts.outcomeUnknown ? "unknown" : kind === "interrupted" ? "not sent" : "failed";
    return { thing, ending, detail: message, isGeneral: general.has(kind) };
  }
}

const endings: readonly Ending[] = ["done", "failed", "unknown", "not sent"];

const endingsOf = (outcomes: readonly Outcome[]) =>
  endings
    .map((ending) => [ending, outcomes.filter((outcome) => outcome.ending === ending).length] as const)
    .filter(([, count]) => count > 0);

/** `11 done, 1 failed` */
const summaryOf = (outcomes: readonly Outcome[]) =>
  `${endingsOf(outcomes)
    .map(([ending, count]) => `${count} ${ending}`)
    .join(", ")}.`;

const rowOf = ({ thing, ending, detail }: Outcome): Row => ({
  id: thing.id,
  name: thing.name,
  outcome: ending,
  detail,
});
