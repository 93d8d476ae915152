import type { Answer, OperationId, PathValues } from "../contract/operations.ts";
import type { CallHistory } from "./calls.ts";
import type { PhpQuery } from "./query.ts";
import type { Store } from "./store.ts";
import type { Vault } from "./vault.ts";

/** What the handlers work on. */
export interface World {
  readonly store: Store;
  readonly calls: CallHistory;
  readonly vault: Vault;
  readonly seed: number;
  readonly tokenLifeS: number;
  nowMs(): number;
  /** Where this server answers. */
  readonly url: string;
}

/** A file that came in a multipart body. */
export interface UploadedFile {
  readonly name: string;
  readonly content: string;
}

/** One request, with everything that was checked before: route, token and platform. */
export interface Call<K extends OperationId> {
  readonly path: { readonly [N in keyof PathValues<K>]: string };
  readonly query: PhpQuery;
  /** The JSON object or the form's fields; empty when there was neither. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly file: UploadedFile | undefined;
  /** Who asks; empty in calls without a session. */
  readonly username: string;
  readonly tokenId: string;
  /** The platform that the query named. */
  readonly platformId: string | undefined;
}

/** Answers one operation, or throws a `Refusal`. What it puts into the store is durable before it is sent. */
export type Handler<K extends OperationId> = (call: Call<K>, world: World) => Answer<K>;

/** One handler an operation. */
export type Handlers = { readonly [K in OperationId]: Handler<K> };

/** The envelope of a success. */
export function ok<D>(data: D, message = ""): { success: boolean; message: string; data: D } {
  return { success: true, message, data };
}
