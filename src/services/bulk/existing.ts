import type { Client } from "../../api/client.ts";
import { SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import type { Zone } from "../../core/time.ts";
import type { Json } from "../../domain/kinds.ts";
import { type Noun, type Row, readRow } from "../../domain/noun.ts";
import type { NounCalls } from "../calls.ts";
import type { WireFields } from "../objects.ts";
import { keyReader } from "./keys.ts";

/** What the platform holds of one noun, as far as an import has to know. */
export interface Existing {
  /** Whether the list was whole: only then is what it lacks certainly absent. */
  readonly whole: boolean;
  /** The fields that can be compared, in our form; undefined for an unknown id. */
  valuesOf(id: string): Row | undefined;
  /** The ids of the objects with this natural key. */
  idsOf(key: string): readonly string[];
}

/** How objects are fetched; the same for a whole run. */
export interface Source {
  readonly calls: NounCalls;
  readonly client: Client;
  readonly zone: Zone;
}

/** Fetches every object, page by page. Each is kept as one text of some hundred bytes. */
async function fetchExisting(source: Source, signal: AbortSignal): Promise<Existing> {
  const { calls, client, zone } = source;
  const { noun } = calls;
  const fields = comparable(noun);
  const keyOf = keyReader(noun, zone);
  const values = new Map<string, string>();
  const ids = new Map<string, string | readonly string[]>();
  let whole = true;
  const rows = client.rows(calls.list, { query: { per_page: limits.rowsPerPageMax } } as never, {
    signal,
    onNotice: (notice) => {
      const isWhole =
        notice.kind === "page_repeated" && (notice.total ?? notice.rowsSeen) === notice.rowsSeen;
      whole &&= isWhole || notice.kind === "rows_repeated";
    },
  });
  for await (const raw of rows) {
    const row = readRow(noun, raw, zone);
    const id = String(row[noun.idField]);
    values.set(id, JSON.stringify(fields.map((name) => row[name] ?? null)));
    // Nothing can enable a disabled restriction again: it is no match for one that is to block.
    if (row.enabled === false && calls.disable !== undefined) continue;
    const key = keyOf(raw as WireFields);
    if (key === undefined) continue;
    const same = ids.get(key);
    ids.set(key, same === undefined ? id : [same, id].flat());
  }
  return {
    whole,
    valuesOf(id) {
      const text = values.get(id);
      if (text === undefined) return undefined;
      const list = JSON.parse(text) as Json[];
      return Object.fromEntries(fields.map((name, index) => [name, list[index] ?? null]));
    },
    idsOf: (key) => [ids.get(key) ?? []].flat(),
  };
}

/**
 * Everything the platform holds, without a gap: a list that moved while it was read is read again.
 * @throws conflict when none was whole
 */
export async function fetchWhole(source: Source, signal: AbortSignal): Promise<Existing> {
  for (let tries = 1; tries <= limits.listTriesMax; tries++) {
    const existing = await fetchExisting(source, signal);
    if (existing.whole) return existing;
  }
  const { plural } = source.calls.noun;
  throw new SipnavError(
    "conflict",
    `The platform's list of ${plural} moved or had gaps each time it was read.`,
    {
      hint: "Try again when nobody else is writing.",
      retryable: true,
    },
  );
}

const comparable = ({ fields }: Noun): readonly string[] =>
  fields.filter(({ name, writable }) => writable || name === "enabled").map(({ name }) => name);
