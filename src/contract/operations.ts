import { routes } from "./routes.ts";
import type { components, operations } from "./schema.ts";

/** One of the contract's calls, by its operationId. */
export type OperationId = keyof typeof routes & keyof operations;

export type Schemas = components["schemas"];

type Parameters<K extends OperationId> = operations[K]["parameters"];
type Content<K extends OperationId> = operations[K] extends { requestBody: { content: infer C } } ? C : never;
type Answered<K extends OperationId> = operations[K]["responses"][200]["content"]["application/json"];

/** What a call takes in its query string; arrays are sent as `name[]=`. */
export type Query<K extends OperationId> = Parameters<K> extends { query?: infer Q } ? NonNullable<Q> : never;

/** What a call takes in its path; every value is percent-encoded. */
export type PathValues<K extends OperationId> = Parameters<K> extends { path: infer P } ? P : never;

/** What a call takes as its JSON body; multipart calls take a `FileUpload` besides. */
export type Body<K extends OperationId> = BodyOf<Content<K>>;

// Distributes over its parameter, so that a call without a body has none.
type BodyOf<C> = C extends { "application/json": infer B }
  ? B
  : C extends { "multipart/form-data": infer B }
    ? Omit<B, "file"> & { file: FileUpload }
    : never;

/** A file to send in a multipart body. */
export interface FileUpload {
  filename: string;
  content: Uint8Array;
}

/** A call's answer as the platform sends it: the envelope. */
export type Answer<K extends OperationId> = Answered<K>;

/** What stands in the envelope's `data`. */
export type Data<K extends OperationId> = Answered<K> extends { data?: infer D } ? D : undefined;

/** Everything a call can be given; parts that the call does not have are absent. */
export type Input<K extends OperationId> = ([PathValues<K>] extends [never]
  ? { path?: never }
  : { path: PathValues<K> }) &
  ([Query<K>] extends [never]
    ? { query?: never }
    : Record<never, never> extends Query<K>
      ? { query?: Query<K> }
      : { query: Query<K> }) &
  ([Body<K>] extends [never] ? { body?: never } : { body: Body<K> });

/** The calls that answer a list. */
export type ListOperationId = {
  [K in OperationId]: (typeof routes)[K] extends { paging: string } ? K : never;
}[OperationId];

/** One row of a list call. */
export type Row<K extends ListOperationId> =
  NonNullable<Data<K>> extends readonly (infer R)[]
    ? R
    : NonNullable<Data<K>> extends { data?: readonly (infer R)[] }
      ? R
      : never;

/** How a call is made: the runtime half of the contract. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  /** Path template with `{name}` places. */
  readonly path: string;
  readonly query: readonly string[];
  readonly body: "none" | "json" | "multipart";
  /** Whether the call needs a token. */
  readonly session: boolean;
  /** Whether it may be sent again after a lost answer. */
  readonly repeatable: boolean;
  readonly paging?: "page" | "token" | "none";
  /** The field that identifies a row of the list. */
  readonly rowId?: string;
}

/** The route of a call. */
export function routeOf(id: OperationId): Route {
  return routes[id];
}

/** Every call of the contract, in the order of the document. */
export const operationIds = Object.keys(routes) as OperationId[];
