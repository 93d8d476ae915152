import { hashFile } from "../../host/lines.ts";
import { checkOutFile } from "../../host/outfile.ts";
import type { SheetOptions } from "../../sheets/sheet.ts";
import { type Carrier, carryOut, type Outcome, withNoun } from "./carry.ts";
import { findProblems, refuseProblems, wrongLines } from "./check.ts";
import { type Mapping, mappingOf } from "./columns.ts";
import { type Existing, fetchWhole } from "./existing.ts";
import { changedSheet, type Intake, openIntake, planSheet } from "./intake.ts";
import { type Place, standardInput } from "./job.ts";
import { loadMapping, saveMapping } from "./mappings.ts";
import { requestsOf, tellOutlook } from "./outlook.ts";
import type { Mode } from "./plan.ts";
import { writePlanFile } from "./planfile.ts";
import { dropSpool, type Fill, type JobFacts, spoolPlan, viewPlan } from "./prepare.ts";
import type { StartOptions } from "./start.ts";
import { listJobs } from "./store.ts";

/** What an import is asked for. */
export interface ImportOrder {
  readonly path: string;
  readonly place: Place;
  readonly mode: Mode;
  /** What a person says about columns; goes before the saved mapping. */
  readonly map: Mapping;
  readonly mapping: string | undefined;
  readonly saveMapping: string | undefined;
  readonly sheet: SheetOptions;
  /** Whether rows that are wrong are left out, as rejects; otherwise they keep the whole sheet from being sent. */
  readonly skipWrong: boolean;
  readonly dryRun: boolean;
  /** Where the plan is written to instead of being applied. */
  readonly planOut: string | undefined;
}

/**
 * Imports a sheet: everything that is wrong with it is told before anything is sent, then it is held against the
 * platform, asked about and applied.
 * @throws validation with every problem of every row; what `carryOut` throws
 */
export async function importSheet(
  carrier: Carrier,
  order: ImportOrder,
  options: StartOptions,
): Promise<Outcome> {
  const { calls, zone, signal, state, notice } = carrier;
  const { noun } = calls;
  const mappings = { state, profile: order.place.profile, noun };
  if (order.planOut !== undefined) await checkOutFile(order.planOut, false);
  const saved = order.mapping === undefined ? {} : await loadMapping(mappings, order.mapping);
  const mapping = { ...saved, ...order.map };
  const sha256 = await hashFile(order.path);
  const opened = await openIntake(order.path, { noun, zone, signal, mapping }, order.sheet, notice);
  try {
    const unused = Object.entries(mapping).filter(([, header]) => header === "");
    const found = { ...Object.fromEntries(unused), ...mappingOf(opened.reading.columns) };
    if (order.saveMapping !== undefined) await saveMapping(mappings, order.saveMapping, found);
    const intake = await checkIntake(opened, order, notice);
    if (order.dryRun && order.planOut === undefined) {
      const existing = await fetchWhole(carrier, signal);
      const plan = await viewPlan((take) => planSheet(intake, existing, order.mode, take));
      await tellOutlook(carrier, requestsOf(plan.counts), options.concurrency);
      return { plan, file: intake.sheet.file, noun };
    }
    const facts = await factsOf(carrier, order, intake, found, sha256);
    const fill =
      (existing: Existing): Fill =>
      async (take) => {
        await planSheet(intake, existing, order.mode, take);
        // Between two readings somebody may have saved it, with rows that nobody checked.
        if ((await hashFile(order.path)) !== sha256) throw changedSheet(intake.sheet);
      };
    if (order.planOut !== undefined) {
      const plan = await writePlan(carrier, order.planOut, facts, fill(await fetchWhole(carrier, signal)));
      await tellOutlook(carrier, requestsOf(plan.counts), options.concurrency);
      return { plan, file: intake.sheet.file, noun };
    }
    return await withNoun(state, order.place, noun, async () =>
      carryOut(carrier, facts, fill(await fetchWhole(carrier, signal)), options),
    );
  } finally {
    await opened.sheet.close();
  }
}

/** @throws validation for wrong rows that are not to be left out */
async function checkIntake(
  intake: Intake,
  { skipWrong }: ImportOrder,
  notice: (text: string) => void,
): Promise<Intake> {
  const { sheet, reading } = intake;
  const told = sheet.notices.length;
  const findings = await findProblems(sheet, reading);
  for (const text of sheet.notices.slice(told)) notice(text);
  if (findings.rows === 0) notice(`${sheet.file} has a header and no rows.`);
  if (skipWrong) return { ...intake, wrong: wrongLines(sheet.file, findings) };
  refuseProblems(sheet.file, findings);
  return intake;
}

async function writePlan({ state, clock }: Carrier, path: string, facts: JobFacts, fill: Fill) {
  const createdMs = clock.nowMs();
  const spool = await spoolPlan(state, createdMs, fill);
  try {
    const { counts, rows, files } = spool;
    await writePlanFile(
      path,
      { created_at: new Date(createdMs).toISOString(), ...facts, counts },
      files.plan,
    );
    return { counts, rows };
  } finally {
    await dropSpool(spool.files);
  }
}

/** What the job will remember of the sheet; says so when the very file was imported before. */
async function factsOf(
  { state, notice }: Carrier,
  { place, mode }: ImportOrder,
  { sheet: { file, format, headers, delimiter }, reading: { noun } }: Intake,
  mapping: Mapping,
  sha256: string,
): Promise<JobFacts> {
  const earlier = (await listJobs(state, notice)).filter(
    (job) => job.kind === "import" && job.noun === noun.name && job.origin === place.origin,
  );
  const same = earlier.find(({ source }) => source.sha256 === sha256);
  const renewed = earlier.find(({ source }) => source.file === file && file !== standardInput);
  if (same) notice(`This very file was imported before: job ${same.id}, ${same.created_at}.`);
  else if (renewed)
    notice(`${file} was imported before and has changed since: this is a new job beside ${renewed.id}.`);
  const source = { file, format, sha256, ...(delimiter !== undefined && { delimiter }) };
  return { kind: "import", noun: noun.name, ...place, source, headers, mapping, mode };
}
