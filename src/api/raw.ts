import type { IncomingHttpHeaders } from "node:http";
import { operationIds, routeOf } from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";
import type { Delivery, Parcel } from "./dispatch.ts";
import { openEnvelope } from "./envelope.ts";
import { problemOf } from "./problems.ts";
import { encodeQuery, type QueryValues } from "./query.ts";
import { patternOf, type Templates } from "./templates.ts";

/** A call outside the contract; `path` may carry a query of its own. */
export interface RawRequest {
  method: string;
  path: string;
  query?: QueryValues;
  /** JSON. */
  body?: string | undefined;
  /** Hand back a refusal instead of throwing it. */
  acceptFailure?: boolean;
}

export interface RawReply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
  /** The body as JSON; undefined when it is none. */
  json: unknown;
  requestId: string;
  /** What is wrong with it, of a refusal that is handed back. */
  problem: SipnavError | undefined;
}

/**
 * A raw request ready to be sent. When the contract knows the call, its route says whether it carries the token
 * and may be sent again; else the method does. Throws `validation` for an unusable method or path.
 */
export function parcelOf(raw: RawRequest, templates: Templates): Parcel {
  const { method, path } = readTarget(raw);
  const plain = path.split("?", 1)[0] ?? "";
  const operation = operationIds.find(
    (id) => routeOf(id).method === method && patternOf(templates[id]).test(plain),
  );
  const route = operation && routeOf(operation);
  return {
    operation,
    method,
    path,
    authorized: route?.session ?? true,
    repeatable: route?.repeatable ?? ["GET", "HEAD", "PUT"].includes(method),
    headers: raw.body === undefined ? {} : { "content-type": "application/json" },
    body: raw.body,
  };
}

/** What came of it; throws the problem of a refusal unless `acceptFailure`. */
export function rawReplyOf(
  { call, answer, content }: Delivery,
  acceptFailure: boolean,
  nowMs: number,
): RawReply {
  const { status, headers, body, stranger } = answer;
  const json = content.kind === "json" ? content.value : undefined;
  // A page or broken JSON comes from something in between, whatever its status says.
  const isStrange = content.kind === "page" || content.kind === "unreadable";
  const isRefused = status < 200 || status > 299 || isStrange || !openEnvelope(json).success;
  const problem = isRefused ? problemOf(call, { status, headers, content, stranger }, nowMs) : undefined;
  if (problem !== undefined && !acceptFailure) throw problem;
  return { status, headers, body, json, requestId: call.requestId, problem };
}

function readTarget({ method, path, query = {} }: RawRequest): { method: string; path: string } {
  // The host is only there to have the path resolved: dots, spaces, a fragment.
  const url = path.startsWith("/") ? new URL(`http://localhost${path}`) : undefined;
  if (url === undefined || !/^[A-Za-z]+$/.test(method)) {
    throw new SipnavError(
      "validation",
      'A call takes a method such as GET, and a path that begins with "/".',
    );
  }
  const search = [url.search.slice(1), encodeQuery(query).slice(1)].filter((part) => part !== "").join("&");
  return { method: method.toUpperCase(), path: url.pathname + (search === "" ? "" : `?${search}`) };
}
