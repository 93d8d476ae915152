import { createHash } from "node:crypto";
import type { Schemas } from "../contract/operations.ts";
import { utc } from "../core/time.ts";
import { rateFields, readDeck, splitCsv } from "./deckfile.ts";
import type { Call, World } from "./handler.ts";
import { invalid } from "./refusal.ts";
import { bit, existing, list, required, text, validate } from "./rules.ts";
import type { DeckJob, Tables, Upload } from "./store.ts";

/** Whose decks they are. */
export type OwnerField = "account_id" | "carrier_id";
type Deck = Tables["decks"];

const queuedMs = 100;
const workMsMin = 200;
const workMsMax = 3_000;

/** When a job is done, in epoch milliseconds: longer files take longer, none takes more than some seconds. */
function doneMs(job: DeckJob): number {
  return job.started_ms + queuedMs + Math.min(workMsMax, workMsMin + job.rows_total / 50);
}

/** How far a job is; it follows from the time alone, so nothing has to run in the background. */
export function statusOf(job: DeckJob, nowMs: number): Schemas["DeckStatus"] {
  const workedMs = Math.max(0, nowMs - job.started_ms - queuedMs);
  const part = Math.min(1, workedMs / (doneMs(job) - job.started_ms - queuedMs));
  const failed = job.rows_failed === job.rows_total;
  return {
    filename: job.filename,
    crd_id: job.crd_id,
    status: part === 0 ? "queued" : part < 1 ? "processing" : failed ? "failed" : "done",
    rows_total: job.rows_total,
    rows_done: Math.floor(part * job.rows_total),
    rows_failed: Math.floor(part * job.rows_failed),
  };
}

/** The latest job that was applied to a deck by now. */
export function appliedJob(deck: Deck, world: World): DeckJob | undefined {
  return world.store
    .rows("jobs")
    .filter((job) => String(job.crd_id) === String(deck.crd_id) && doneMs(job) <= world.nowMs())
    .sort((a, b) => a.started_ms - b.started_ms)
    .at(-1);
}

/** A deck as it is now: what was processed meanwhile shows. */
export function presentDeck(deck: Deck, world: World): Deck {
  const job = appliedJob(deck, world);
  if (job === undefined) return deck;
  return {
    ...deck,
    enabled: 1,
    filename: job.filename,
    rows_count: job.rows_total - job.rows_failed,
    updated_at: utc.toWire(doneMs(job)),
  };
}

/** The rule that an account or carrier of that id exists. */
function knownOwner(owner: OwnerField, world: World) {
  const table = owner === "account_id" ? "accounts" : "carriers";
  return existing((id) => world.store.get(table, id) !== undefined);
}

/** Takes a file in for the owner's deck of that kind; a deck is made when there is none. */
export function takeUpload(
  owner: OwnerField,
  call: Call<"uploadAccountDeck">,
  world: World,
): Schemas["DeckUpload"] {
  const { body, file } = call;
  validate(
    { ...body, file: file?.name },
    { file: [required], [owner]: [required, knownOwner(owner, world)], local: [required, bit] },
  );
  const content = file?.content.replace(/^\ufeff/, "") ?? "";
  const headers = splitCsv(content.slice(0, content.indexOf("\n") + 1) || content)[0];
  if (headers === undefined || !/\.(csv|txt)$/i.test(file?.name ?? "") || content.startsWith("PK")) {
    throw invalid({ file: ["The file field must be a file of type: csv, txt."] });
  }
  const ownerId = String(body[owner]);
  const local = Number(body.local);
  const deck = deckFor(owner, ownerId, local, call, world);
  const filename = `${owner.slice(0, 1)}${ownerId}_${world.nowMs()}_${createHash("sha256").update(content).digest("hex").slice(0, 8)}.csv`;
  const upload: Upload = {
    filename,
    crd_id: deck.crd_id ?? 0,
    [owner]: ownerId,
    local,
    platform_id: Number(deck.platform_id),
    content,
  };
  world.store.put("uploads", upload);
  return { filename, crd_id: upload.crd_id, headers };
}

function deckFor(
  owner: OwnerField,
  ownerId: string,
  local: number,
  call: Pick<Call<"uploadAccountDeck">, "platformId">,
  world: World,
): Deck {
  const existingDeck = world.store
    .rows("decks")
    .find((deck) => String(deck[owner]) === ownerId && Number(deck.local) === local);
  if (existingDeck !== undefined) return existingDeck;
  const now = utc.toWire(world.nowMs());
  const deck: Deck = {
    crd_id: world.store.nextId("decks"),
    [owner]: Number(ownerId),
    deck_name: `${owner === "account_id" ? "Account" : "Carrier"} ${ownerId} ${local === 1 ? "US" : "A-Z"}`,
    local,
    enabled: 0,
    currency: "USD",
    filename: null,
    rows_count: 0,
    effective_at: now,
    platform_id: Number(call.platformId ?? 1),
    updated_at: now,
  };
  world.store.put("decks", deck);
  return deck;
}

/** Starts applying an uploaded file. */
export function startJob(
  owner: OwnerField,
  call: Pick<Call<"processAccountDeck">, "body">,
  world: World,
): Schemas["DeckStatus"] {
  const { body } = call;
  const upload = world.store.get("uploads", String(body.filename));
  const headers = splitCsv(upload?.content ?? "")[0] ?? [];
  const header = existing((name) => headers.includes(name));
  const fieldsmap = (body.fieldsmap ?? {}) as Record<string, string>;
  const needsRate = !rateFields.some((field) => field in Object(fieldsmap));
  validate(body, {
    filename: [required, text, existing((name) => name === upload?.filename)],
    crd_id: [required, existing((id) => id === String(upload?.crd_id))],
    [owner]: [required, existing((id) => id === upload?.[owner])],
    fieldsmap: [required, (value) => (typeof value === "object" ? undefined : list(value))],
    "fieldsmap.prefix": [required],
    ...(needsRate ? { "fieldsmap.rate": [required] } : {}),
    ...Object.fromEntries(
      Object.keys(Object(fieldsmap)).map((field) => [`fieldsmap.${field}`, [text, header]]),
    ),
  });
  const deck = readDeck(upload?.content ?? "", fieldsmap);
  const job: DeckJob = {
    filename: String(body.filename),
    crd_id: upload?.crd_id ?? 0,
    fieldsmap,
    started_ms: world.nowMs(),
    rows_total: deck.rows.length + deck.failures.length,
    rows_failed: deck.failures.length,
  };
  world.store.put("jobs", job);
  return statusOf(job, world.nowMs());
}
