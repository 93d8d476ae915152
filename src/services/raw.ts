import type { Client, RawReply } from "../api/client.ts";
import { type ListOperationId, operationIds, routeOf } from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";

/** A call as a person writes it. */
export interface RawCall {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  /** `name=value` pairs: the query of a GET, else the fields of a JSON body. */
  readonly fields: readonly string[];
  /** A body as it is, instead of fields. */
  readonly body: string | undefined;
}

/** What would be sent. */
export interface RawDraft {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly body: string | undefined;
}

/**
 * The request that a call amounts to.
 * @throws usage for a path that is no path, a field without `=`, fields beside a body, or a body on a GET
 */
export function draftRaw({ method, path, fields, body }: RawCall): RawDraft {
  if (!path.startsWith("/"))
    throw new SipnavError("usage", `${path} is no path: it starts with /, as /api/accounts.`);
  const pairs = fields.map((field) => {
    const at = field.indexOf("=");
    if (at > 0) return [field.slice(0, at), field.slice(at + 1)] as const;
    throw new SipnavError("usage", `${field} is no field: name=value is expected.`);
  });
  if (method === "GET") {
    if (body !== undefined)
      throw new SipnavError("usage", "A GET has no body: --input goes with another method.");
    const query: Record<string, string | string[]> = {};
    for (const [name, value] of pairs)
      query[name] = name.endsWith("[]") ? [...(query[name] ?? []), value] : value;
    return { method, path, query, body };
  }
  if (pairs.length > 0 && body !== undefined)
    throw new SipnavError("usage", "Give --field or --input, not both.");
  return {
    method,
    path,
    query: {},
    body: pairs.length > 0 ? JSON.stringify(Object.fromEntries(pairs)) : body,
  };
}

/** Sends it; a refusal is an answer too. */
export const sendRaw = (client: Client, draft: RawDraft, signal: AbortSignal): Promise<RawReply> =>
  client.request({ ...draft, acceptFailure: true }, { signal });

/**
 * Every row of the list call that a draft stands for, over all its pages.
 * @throws usage when it is none of the contract's list calls
 */
export async function listRaw(
  client: Client,
  { method, path, query }: RawDraft,
  signal: AbortSignal,
): Promise<object[]> {
  const [bare, given = ""] = path.split("?");
  const operation = operationIds.find((id): id is ListOperationId => {
    const route = routeOf(id);
    return route.method === method && route.path === bare && route.paging !== undefined;
  });
  if (operation === undefined)
    throw new SipnavError("usage", `${method} ${path} is no list that can be paged through.`);
  const input = { query: { ...Object.fromEntries(new URLSearchParams(given)), ...query } };
  const rows: object[] = [];
  for await (const row of client.rows(operation, input as never, { signal })) rows.push(row);
  return rows;
}
