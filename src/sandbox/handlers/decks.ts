import { presentDeck, startJob, statusOf, takeUpload } from "../decks.ts";
import { type Call, type Handlers, ok, type World } from "../handler.ts";
import { issueLink } from "../links.ts";
import { textOf } from "../query.ts";
import { absent } from "../refusal.ts";
import { bit, integer, required, validate } from "../rules.ts";
import type { Tables } from "../store.ts";

type Area =
  | "listAccountDecks"
  | "uploadAccountDeck"
  | "processAccountDeck"
  | "listCarrierDecks"
  | "uploadCarrierDeck"
  | "processCarrierDeck"
  | "getCarrierDeckStatus"
  | "downloadCarrierDeck"
  | "getCarrierDeckFailures";

type Asked = Pick<Call<"listAccountDecks">, "query" | "platformId">;

function listDecks(owner: "account_id" | "carrier_id", call: Asked, world: World): Tables["decks"][] {
  validate(call.query, { local: [bit], enabled: [bit], [owner]: [integer(0)] });
  const wanted = (["local", "enabled", owner] as const)
    .map((field) => [field, textOf(call.query, field)] as const)
    .filter(([, value]) => value !== undefined);
  return world.store
    .rows("decks")
    .filter((deck) => deck[owner] !== undefined)
    .map((deck) => presentDeck(deck, world))
    .filter((deck) => call.platformId === undefined || String(deck.platform_id) === call.platformId)
    .filter((deck) => wanted.every(([field, value]) => String(Number(deck[field])) === value));
}

/** Rate decks: lists, files handed in, their processing, and links to what came of it. */
export const deckHandlers: Pick<Handlers, Area> = {
  listAccountDecks: (call, world) => ok(listDecks("account_id", call, world)),
  uploadAccountDeck: (call, world) => ok(takeUpload("account_id", call, world)),
  processAccountDeck: (call, world) => ok(startJob("account_id", call, world)),
  listCarrierDecks: (call, world) => ok(listDecks("carrier_id", call, world)),
  uploadCarrierDeck: (call, world) => ok(takeUpload("carrier_id", call, world)),
  processCarrierDeck: (call, world) => ok(startJob("carrier_id", call, world)),

  // Answers for accounts' files too: file names are unique over both.
  getCarrierDeckStatus(call, world) {
    validate(call.query, { filename: [required] });
    const filename = textOf(call.query, "filename") ?? "";
    const job = world.store.get("jobs", filename);
    if (job === undefined) throw absent("RateDeckJob", filename);
    return ok(statusOf(job, world.nowMs()));
  },

  downloadCarrierDeck(call, world) {
    const deck = world.store.get("decks", call.path.id);
    if (deck === undefined) throw absent("RateDeck", call.path.id);
    return ok(issueLink("deck", call.path.id, world));
  },

  getCarrierDeckFailures(call, world) {
    validate(call.query, { crd_id: [required] });
    const id = textOf(call.query, "crd_id") ?? "";
    if (!world.store.rows("jobs").some((job) => String(job.crd_id) === id)) throw absent("RateDeckJob", id);
    return ok(issueLink("failures", id, world));
  },
};
