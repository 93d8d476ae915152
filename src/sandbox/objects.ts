import { utc } from "../core/time.ts";
import type { Call, World } from "./handler.ts";
import { type Page, paginate } from "./paginator.ts";
import { numberOf, textOf } from "./query.ts";
import { absent, type FieldErrors, type Refusal } from "./refusal.ts";
import { bit, integer, list, type Rules, validate } from "./rules.ts";
import { idFields, type Tables } from "./store.ts";

type ObjectTable = "accounts" | "carriers" | "companies";
type ObjectRow = Tables[ObjectTable];
type Values = Readonly<Record<string, unknown>>;
type Asked = Pick<Call<"listAccounts">, "query" | "platformId">;

/** What differs between accounts, carriers and companies. */
export interface ObjectKind<T extends ObjectTable> {
  readonly table: T;
  /** The class that the platform names when there is no such row. */
  readonly model: string;
  /** The optional fields and what they become when a write leaves them out; flags and numbers have 0 or 1. */
  readonly defaults: Values;
  readonly rules: (body: Values, world: World) => Rules;
  /** How a validation error is answered. */
  readonly refuse: (errors: FieldErrors) => Refusal;
}

const listRules: Rules = {
  external: [bit],
  per_page: [integer(1, 1000)],
  page: [integer(1)],
  company_id: [integer(0)],
  platform_filter: [list],
};

/** The rows of a list call, before paging. `platform_filter[]` goes before `platform_id`. */
export function listObjects<T extends ObjectTable>(table: T, call: Asked, world: World): Tables[T][] {
  validate(call.query, listRules);
  const filter = call.query.platform_filter ?? call.platformId;
  const platforms = filter === undefined ? undefined : [filter].flat();
  const company = textOf(call.query, "company_id");
  return world.store.rows(table).filter((row: ObjectRow) => {
    if (platforms !== undefined && !platforms.includes(String(row.platform_id))) return false;
    return company === undefined || String(row.customer_id) === company;
  });
}

/** One page of rows that were listed, 15 unless asked otherwise. */
export function pageOf<T>(rows: readonly T[], call: Asked, path: string): Page<T> {
  return paginate(rows, path, numberOf(call.query, "page", 1), numberOf(call.query, "per_page", 15));
}

/** The row of an id, if the platform that the query names has it. */
export function findObject<T extends ObjectTable>(
  kind: Pick<ObjectKind<T>, "table" | "model">,
  call: Pick<Call<"getAccount">, "path" | "platformId">,
  world: World,
): Tables[T] {
  const row: ObjectRow | undefined = world.store.get(kind.table, call.path.id);
  const elsewhere = call.platformId !== undefined && String(row?.platform_id) !== call.platformId;
  if (row === undefined || elsewhere) throw absent(kind.model, call.path.id);
  return row as Tables[T];
}

/**
 * Creates a row, or replaces the one that is there whole: fields that were not sent fall back to their defaults,
 * unknown ones are kept as they came. Equal names are allowed, as on the platform.
 */
export function writeObject<T extends ObjectTable>(
  kind: ObjectKind<T>,
  call: Pick<Call<"createAccount">, "query" | "platformId" | "body">,
  world: World,
  before?: ObjectRow,
): Tables[T] {
  validate(call.query, { external: [bit] });
  validate(call.body, kind.rules(call.body, world), kind.refuse);
  const idField = idFields[kind.table];
  const now = utc.toWire(world.nowMs());
  const id = before?.[idField as keyof ObjectRow] ?? world.store.nextId(kind.table);
  const row: Record<string, unknown> = {
    ...call.body,
    [idField]: id,
    platform_id: before?.platform_id ?? Number(call.platformId ?? 1),
    created_at: before?.created_at ?? now,
    updated_at: now,
  };
  for (const [field, fallback] of Object.entries(kind.defaults)) {
    const value = call.body[field] ?? fallback;
    row[field] = typeof fallback === "number" ? Number(value) : value;
  }
  world.store.put(kind.table, row as Tables[T]);
  return row as Tables[T];
}

/** The row with its company's present name. */
export function withCompany<R extends Tables["accounts" | "carriers"]>(row: R, world: World): R {
  const name = world.store.get("companies", row.customer_id)?.customer_name;
  return name === undefined ? row : { ...row, customer_name: name };
}

/** Whether an account may send calls to a carrier: on the same platform, two in three, ever the same. */
export function mayUse(account: Tables["accounts"], carrier: Tables["carriers"]): boolean {
  if (String(account.platform_id) !== String(carrier.platform_id)) return false;
  return (Number(account.account_id) + Number(carrier.carrier_id)) % 3 !== 0;
}
