import type { Schemas } from "../contract/operations.ts";
import type { Journal, Replay } from "./journal.ts";
import type { Balance } from "./seed.ts";

/** Someone who can log in; with a one-time code when there is one. */
export interface User {
  username: string;
  password: string;
  otp_code: string | null;
}

/** What the platform would have sent by mail. */
export interface Mail {
  mail_id: number;
  username: string;
  t_password: string;
  encrypted_user: string;
  sent_at: string;
  used_at: string | null;
}

/** A rate deck file that was handed in. */
export interface Upload {
  filename: string;
  crd_id: number | string;
  account_id?: string;
  carrier_id?: string;
  local: number;
  platform_id: number;
  content: string;
}

/** An upload that was applied to its deck; how far it is follows from the time since. */
export interface DeckJob {
  filename: string;
  crd_id: number | string;
  fieldsmap: Record<string, string>;
  started_ms: number;
  rows_total: number;
  rows_failed: number;
}

/** Every table, with the type of its rows. */
export interface Tables {
  platforms: Schemas["Platform"];
  companies: Schemas["Company"];
  balances: Balance;
  accounts: Schemas["Account"];
  carriers: Schemas["Carrier"];
  restrictions: Schemas["Restriction"];
  history: Schemas["RestrictionChange"];
  decks: Schemas["Deck"];
  uploads: Upload;
  jobs: DeckJob;
  mails: Mail;
  users: User;
  revoked: { token_id: string };
}

export type TableName = keyof Tables;

/** Each table's own id field. */
export const idFields = {
  platforms: "platform_id",
  companies: "customer_id",
  balances: "customer_id",
  accounts: "account_id",
  carriers: "carrier_id",
  restrictions: "restriction_id",
  history: "history_id",
  decks: "crd_id",
  uploads: "filename",
  jobs: "filename",
  mails: "mail_id",
  users: "username",
  revoked: "token_id",
} as const satisfies Record<TableName, string>;

/** Every table's name. */
export const tableNames = Object.keys(idFields) as TableName[];

/** The rows that the platform starts with. */
export type BaseTables = { readonly [T in TableName]?: readonly Tables[T][] };

/** The platform's tables, in memory; every change is journalled when there is a journal. */
export interface Store {
  get<T extends TableName>(table: T, id: string | number | undefined): Tables[T] | undefined;
  /** All rows, in the order of their creation. */
  rows<T extends TableName>(table: T): Tables[T][];
  count(table: TableName): number;
  /** Adds or replaces a row whole; rows are never changed in place. */
  put<T extends TableName>(table: T, row: Tables[T]): void;
  /** A number that no row of the table has had. */
  nextId(table: TableName): number;
  /** Makes every put since the last commit durable, as one line: all of them or none. */
  commit(): Promise<void>;
  /** Back to the rows of the start. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

type Row = Tables[TableName];
type Change = readonly [TableName, Row];

/** Below this many lines a journal is never worth compacting. */
const compactedLinesMin = 10_000;

/** Opens the tables on their first rows, and replays the journal, if one is to be had, over them. */
export async function openStore(
  base: BaseTables,
  open?: (replay: Replay) => Promise<Journal>,
): Promise<Store> {
  let tables = load(base);
  let changes: Change[] = [];
  const journal = await open?.(replayInto(tables));

  return {
    get: <T extends TableName>(table: T, id: string | number | undefined) =>
      tables[table].rows.get(String(id)) as Tables[T] | undefined,
    rows: <T extends TableName>(table: T) => [...tables[table].rows.values()] as Tables[T][],
    count: (table) => tables[table].rows.size,
    put(table, row) {
      place(tables[table], table, row);
      changes.push([table, row]);
    },
    nextId: (table) => tables[table].idMax + 1,
    async commit() {
      if (changes.length === 0) return;
      const line = changes;
      changes = [];
      await journal?.append(line);
    },
    async reset() {
      changes = [];
      tables = load(base);
      await journal?.clear();
    },
    async close() {
      await journal?.close();
    },
  };
}

interface Table {
  readonly rows: Map<string, Row>;
  idMax: number;
}

function load(base: BaseTables): Record<TableName, Table> {
  const tables = {} as Record<TableName, Table>;
  for (const name of tableNames) {
    const table: Table = { rows: new Map(), idMax: 0 };
    for (const row of base[name] ?? []) place(table, name, row);
    tables[name] = table;
  }
  return tables;
}

function place(table: Table, name: TableName, row: Row): void {
  const id = (row as Record<string, unknown>)[idFields[name]];
  if (id === undefined) throw new TypeError(`a row of ${name} has no ${idFields[name]}`);
  table.rows.set(String(id), row);
  if (Number(id) > table.idMax) table.idMax = Number(id);
}

function replayInto(tables: Record<TableName, Table>): Replay {
  const changed = new Map<string, Change>();
  return {
    take(line) {
      for (const change of line as Change[]) {
        const [name, row] = change;
        place(tables[name], name, row);
        changed.set(`${name}/${(row as Record<string, unknown>)[idFields[name]]}`, change);
      }
    },
    compacted: (linesCount) =>
      linesCount < compactedLinesMin || linesCount < 2 * changed.size
        ? undefined
        : Array.from(changed.values(), (change) => [change]),
  };
}
