import { utc } from "../../core/time.ts";
import { type Call, type Handlers, ok, type World } from "../handler.ts";
import { pageOf } from "../objects.ts";
import { numberOf, type PhpQuery, textOf } from "../query.ts";
import { absent, invalid } from "../refusal.ts";
import {
  digits,
  existing,
  integer,
  oneOf,
  type Rules,
  required,
  textMax,
  validate,
  wireTime,
} from "../rules.ts";
import type { Tables } from "../store.ts";

type Area =
  | "listRestrictions"
  | "createRestriction"
  | "updateRestriction"
  | "getRestriction"
  | "disableRestriction"
  | "listRestrictionHistory";

type Restriction = Tables["restrictions"];

/** The writable fields, in the order of an answer, and what a new restriction has where none was sent. */
const fields: Readonly<Record<string, string | number | null>> = {
  priority: 1,
  carrier_id: 0,
  account_id: 0,
  dst_number: null,
  src_number: null,
  src_match_type: 0,
  restriction_start: null,
  restriction_end: null,
  note: null,
};

function fieldRules(world: World): Rules {
  const known = (table: "accounts" | "carriers") =>
    existing((id) => id === "0" || world.store.get(table, id) !== undefined);
  return {
    priority: [integer(1)],
    carrier_id: [known("carriers")],
    account_id: [known("accounts")],
    dst_number: [digits(1, 16)],
    src_number: [digits(1, 16)],
    src_match_type: [oneOf([0, 1, 2])],
    restriction_start: [wireTime],
    restriction_end: [wireTime],
    note: [textMax(100)],
  };
}

/** The fields that the query has; an empty text clears one. A body is not looked at. */
function sentFields(query: PhpQuery): Partial<Restriction> {
  const sent: Record<string, unknown> = {};
  for (const [field, fallback] of Object.entries(fields)) {
    if (query[field] === undefined) continue;
    const value = textOf(query, field) ?? fallback;
    sent[field] = typeof fallback === "number" ? Number(value) : value;
  }
  return sent;
}

function find(id: string | undefined, platformId: string | undefined, world: World): Restriction {
  const row = world.store.get("restrictions", id);
  const elsewhere = platformId !== undefined && String(row?.platform_id) !== platformId;
  if (row === undefined || elsewhere) throw absent("Restriction", id ?? "");
  return row;
}

function write(
  call: Pick<Call<"getRestriction">, "username">,
  world: World,
  action: string,
  before: Restriction | null,
  after: Restriction,
): Restriction {
  const now = utc.toWire(world.nowMs());
  const row = { ...after, updated_at: now };
  const { restriction_end: end, restriction_start: start } = row;
  // Both have the one format in which texts sort as times do.
  if (end && start && end < start) {
    throw invalid({ restriction_end: ["The restriction end field must be a date after restriction start."] });
  }
  world.store.put("restrictions", row);
  world.store.put("history", {
    history_id: world.store.nextId("history"),
    restriction_id: row.restriction_id ?? 0,
    action,
    username: call.username,
    changed_at: now,
    before,
    after: row,
  });
  return row;
}

const tokenPrefix = "after:";

/** The id after which a page begins; the token is the platform's own and says nothing to a client. */
function readPageToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const plain = Buffer.from(token, "base64url").toString();
  const id = Number(plain.slice(tokenPrefix.length));
  if (!plain.startsWith(tokenPrefix) || !Number.isSafeInteger(id)) {
    throw invalid({ page_token: ["The page token field is invalid."] });
  }
  return id;
}

function matches(row: Restriction, query: PhpQuery, platformId: string | undefined): boolean {
  const exact = (field: "carrier_id" | "account_id") =>
    [undefined, String(row[field])].includes(textOf(query, field));
  const begins = (field: "src_number" | "dst_number") =>
    (row[field] ?? "").startsWith(textOf(query, field) ?? "");
  if (platformId !== undefined && String(row.platform_id) !== platformId) return false;
  return exact("carrier_id") && exact("account_id") && begins("src_number") && begins("dst_number");
}

/** Blocked numbers and routes; every write comes in the query string. */
export const restrictionHandlers: Pick<Handlers, Area> = {
  listRestrictions(call, world) {
    const number = [digits(1, 16)];
    validate(call.query, {
      per_page: [oneOf([10, 25, 50, 100, 1000])],
      carrier_id: [integer(0)],
      account_id: [integer(0)],
      src_number: number,
      dst_number: number,
    });
    const perPage = numberOf(call.query, "per_page", 25);
    const after = readPageToken(textOf(call.query, "page_token"));
    const rows = world.store
      .rows("restrictions")
      .filter((row) => Number(row.restriction_id) > after && matches(row, call.query, call.platformId));
    const data = rows.slice(0, perPage);
    const last = data.at(-1)?.restriction_id;
    const next = rows.length > perPage ? Buffer.from(tokenPrefix + last).toString("base64url") : null;
    return ok({ data, per_page: perPage, next_page_token: next });
  },

  createRestriction(call, world) {
    const rules = fieldRules(world);
    validate(call.query, { ...rules, priority: [required, ...(rules.priority ?? [])] });
    const row: Restriction = {
      restriction_id: world.store.nextId("restrictions"),
      ...fields,
      ...sentFields(call.query),
      enabled: 1,
      platform_id: Number(call.platformId ?? 1),
      created_at: utc.toWire(world.nowMs()),
    };
    return ok(write(call, world, "created", null, row));
  },

  updateRestriction(call, world) {
    validate(call.query, { restriction_id: [required, integer(1)], ...fieldRules(world) });
    const before = find(textOf(call.query, "restriction_id"), call.platformId, world);
    return ok(write(call, world, "updated", before, { ...before, ...sentFields(call.query) }));
  },

  getRestriction: (call, world) => ok(find(call.path.id, call.platformId, world)),

  // Disabling what is disabled changes nothing and leaves no trace, so that it may be sent again.
  disableRestriction(call, world) {
    const before = find(call.path.id, call.platformId, world);
    if (Number(before.enabled) === 0) return ok(before);
    return ok(write(call, world, "disabled", before, { ...before, enabled: 0 }));
  },

  listRestrictionHistory(call, world) {
    validate(call.query, { restriction_id: [integer(1)], per_page: [integer(1, 1000)], page: [integer(1)] });
    const id = textOf(call.query, "restriction_id");
    const changes = world.store
      .rows("history")
      .filter((change) => id === undefined || String(change.restriction_id) === id)
      .filter(({ after }) => call.platformId === undefined || String(after?.platform_id) === call.platformId)
      .reverse();
    return ok(pageOf(changes, call, "/api/call-restrictions/history"));
  },
};
