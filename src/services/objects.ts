import type { CallOptions, Client } from "../api/client.ts";
import type { OperationId } from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";
import { isRecord } from "../core/record.ts";
import type { Zone } from "../core/time.ts";
import { type Json, textOf } from "../domain/kinds.ts";
import { type Row, readRow } from "../domain/noun.ts";
import type { NounCalls } from "./calls.ts";

/** Fields in the platform's own names and spellings. */
export type WireFields = Readonly<Record<string, Json>>;

/** A write, ready to be looked at or sent. */
export interface Draft {
  readonly operation: OperationId;
  readonly input: {
    readonly path?: { readonly id: string };
    readonly query?: WireFields;
    readonly body?: WireFields;
  };
}

/** A field that an update changes. */
export interface Change {
  readonly field: string;
  readonly before: Json;
  readonly after: Json;
}

/** What an update would do. */
export interface UpdatePlan {
  /** The object as it is. */
  readonly before: Row;
  readonly changes: readonly Change[];
  readonly draft: Draft;
}

/**
 * One object as the platform sends it. One that does not bear the id asked for is not taken: an update would write
 * whatever came over the object.
 * @throws not_found, protocol
 */
async function fetchObject(
  { show, noun }: NounCalls,
  client: Client,
  id: string,
  options: CallOptions,
): Promise<object> {
  const { data, requestId } = await client.call(show, { path: { id } } as never, options);
  if (isRecord(data) && isSameId(textOf(data[noun.idField]), id)) return data;
  throw new SipnavError("protocol", `The platform answered without the ${noun.name} ${id}.`, { requestId });
}

/** Whether two ids are one: `007` finds 7. */
export const isSameId = (found: string, id: string): boolean =>
  found.replace(/^0+(?=.)/, "") === id.replace(/^0+(?=.)/, "");

/** One object in our form. @throws not_found, protocol */
export async function showObject(
  calls: NounCalls,
  client: Client,
  zone: Zone,
  id: string,
  options: CallOptions = {},
): Promise<Row> {
  return readRow(calls.noun, await fetchObject(calls, client, id, options), zone);
}

/** The request that creates an object. */
export function draftCreate({ create, idInQuery }: NounCalls, fields: WireFields): Draft {
  return { operation: create, input: idInQuery === undefined ? { body: fields } : { query: fields } };
}

/**
 * Fetches the object and sets the wanted fields in it. The whole object is sent, with the fields that this program
 * does not know as they came: the platform replaces what it gets.
 * @throws not_found
 */
export async function planUpdate(
  calls: NounCalls,
  client: Client,
  zone: Zone,
  id: string,
  wanted: WireFields,
  options: CallOptions = {},
): Promise<UpdatePlan> {
  const { noun, update, idInQuery } = calls;
  const current = Object.entries(await fetchObject(calls, client, id, options));
  const changed = { ...Object.fromEntries(current), ...wanted };
  const before = readRow(noun, Object.fromEntries(current), zone);
  const after = readRow(noun, changed, zone);
  const changes = Object.keys(wanted)
    .filter((field) => JSON.stringify(before[field] ?? "") !== JSON.stringify(after[field] ?? ""))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
  const fixed = new Set(noun.fields.filter(({ writable }) => !writable).map(({ name }) => name));
  const whole = Object.fromEntries(Object.entries(changed).filter(([name]) => !fixed.has(name)));
  const input =
    idInQuery === undefined ? { path: { id }, body: whole } : { query: { [idInQuery]: id, ...whole } };
  return { before, changes, draft: { operation: update, input } };
}

/**
 * Sends a drafted write once, and answers the object that the platform made of it; where the answer does not say,
 * what is known of it: what was sent.
 * @throws whatever the call throws; a lost answer says where to look
 */
export async function sendDraft(
  calls: NounCalls,
  client: Client,
  zone: Zone,
  draft: Draft,
  options: CallOptions = {},
): Promise<Row> {
  try {
    const reply = await client.call(draft.operation, draft.input as never, options);
    const data: unknown = reply.data;
    const made = isRecord(data) ? data : {};
    const row = readRow(calls.noun, made, zone);
    if (textOf(row[calls.noun.idField]) !== "") return row;
    return readRow(calls.noun, { ...knownOf(calls, draft), ...made }, zone);
  } catch (thrown) {
    if (!(thrown instanceof SipnavError) || !thrown.facts.outcomeUnknown) throw thrown;
    throw new SipnavError(thrown.kind, thrown.message, {
      ...thrown.facts,
      hint: `Look before you send it again: sipnav ${calls.noun.plural} list`,
    });
  }
}

/** What a draft tells of its object. */
function knownOf({ noun, idInQuery, disable }: NounCalls, { operation, input }: Draft): WireFields {
  const sent = input.body ?? input.query ?? {};
  const known = input.path?.id ?? (idInQuery && sent[idInQuery]);
  return {
    ...sent,
    ...(known && { [noun.idField]: known }),
    ...(operation === disable && { enabled: 0 }),
  };
}
