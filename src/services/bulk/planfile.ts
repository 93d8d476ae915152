import { SipnavError } from "../../core/errors.ts";
import { hashFile, readLines, writeLines } from "../../host/lines.ts";
import type { Job } from "./job.ts";
import type { PlanRow } from "./plan.ts";

/** What of a job a plan has that was not applied yet. */
export type Plan = Omit<Job, "id">;

/** Writes a plan as one JSON document with one row a line, so that it can be read without holding it. @throws config */
export async function writePlanFile(path: string, plan: Plan, rowsPath: string): Promise<void> {
  const file = await writeLines(path);
  try {
    await file.write(`{"plan":${JSON.stringify(plan)},"rows":[`);
    let before: string | undefined;
    for await (const line of readLines(rowsPath)) {
      if (before !== undefined) await file.write(`${before},`);
      before = line;
    }
    if (before !== undefined) await file.write(before);
    await file.write("]}");
  } catch (thrown) {
    await file.abandon();
    throw thrown;
  }
  await file.close();
}

/** The plan of a plan file, without its rows. @throws validation when it is none, usage when it cannot be read */
export async function readPlanFile(path: string): Promise<Plan> {
  for await (const line of readLines(path)) {
    const head = /^\{"plan":(\{.*\}),"rows":\[$/.exec(line)?.[1];
    if (head !== undefined) return JSON.parse(head) as Plan;
    break;
  }
  // A file that is not there has no lines either.
  await hashFile(path);
  throw new SipnavError("validation", `${path} is no plan of sipnav's.`, {
    hint: "Write one: sipnav accounts import FILE --plan-out plan.json; it can't be laid out another way.",
  });
}

/** The rows of a plan file. @throws validation naming the line that is damaged, or when its end is missing */
export async function* readPlanRows(path: string): AsyncGenerator<PlanRow> {
  let number = 0;
  for await (const line of readLines(path)) {
    number += 1;
    if (number === 1) continue;
    if (line === "]}") return;
    try {
      yield JSON.parse(line.replace(/,$/, "")) as PlanRow;
    } catch (cause) {
      throw new SipnavError("validation", `${path}, line ${number} is no row of a plan.`, { cause });
    }
  }
  throw new SipnavError("validation", `${path} is not whole.`);
}
