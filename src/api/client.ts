import {
  type Data,
  type Input,
  type ListOperationId,
  type OperationId,
  type Row,
  routeOf,
} from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import { encodeBody } from "./bodies.ts";
import type { CallOptions } from "./call.ts";
import { createDispatch, type Delivery, type DispatchOptions } from "./dispatch.ts";
import { openEnvelope } from "./envelope.ts";
import type { Forecast } from "./limiter/grants.ts";
import { type Page, type PageOptions, readPages } from "./pages.ts";
import { fillCall } from "./preview.ts";
import { problemOf } from "./problems.ts";
import { encodeQuery, type QueryValues } from "./query.ts";
import { parcelOf, type RawReply, type RawRequest, rawReplyOf } from "./raw.ts";
import { resolveTemplates } from "./templates.ts";
import { pickHeaders, type ShownHeaders } from "./wirelog.ts";

export type { CallOptions } from "./call.ts";
export type { RawReply, RawRequest } from "./raw.ts";

export interface ClientOptions extends DispatchOptions {
  /** Goes into the query of every session call that has a place for it. */
  platformId?: string | undefined;
  /** Path templates in place of the contract's. */
  endpoints?: Readonly<Partial<Record<OperationId, string>>> | undefined;
  /** Hears of the body of every call of the contract that succeeded, as it came. */
  onBody?: ((body: Uint8Array) => void) | undefined;
}

/** A call's answer with its envelope opened; nothing of it is dropped. */
export interface Reply<K extends OperationId> {
  /** As it came: undefined for nothing or null, and no field is certain. */
  data: Data<K> | undefined;
  message: string;
  /** The whole body, parsed. */
  raw: unknown;
  status: number;
  headers: ShownHeaders;
  /** What was sent as `X-Request-Id`. */
  requestId: string;
}

/** The platform's API. Every function rejects with a `SipnavError` and nothing else. */
export interface Client {
  /** One call of the contract. */
  call<K extends OperationId>(id: K, input: Input<K>, options?: CallOptions): Promise<Reply<K>>;
  /** Any call at all, by the same way; no platform id is added. */
  request(request: RawRequest, options?: CallOptions): Promise<RawReply>;
  /** The pages of a list call; see `readPages`. */
  pages<K extends ListOperationId>(
    id: K,
    input: Input<K>,
    options?: PageOptions,
  ): AsyncGenerator<Page<Row<K>>>;
  /** The rows of a list call, over all its pages. */
  rows<K extends ListOperationId>(id: K, input: Input<K>, options?: PageOptions): AsyncGenerator<Row<K>>;
  /** How long so many calls take under the platform's rate limit, as far as that is known. */
  forecast(count: number): Promise<Forecast>;
  /** Drops the kept connections. */
  close(): void;
}

/**
 * The embedded client. Throws `validation` for a base URL or an endpoint that can't serve and `config` for
 * certificates that can't be read; connects at the first call.
 */
export function createClient(options: ClientOptions): Client {
  const { clock } = options;
  const templates = resolveTemplates(options.endpoints ?? {});
  const dispatch = createDispatch(options, templates);

  async function call<K extends OperationId>(id: K, input: Input<K>, callOptions: CallOptions = {}) {
    const route = routeOf(id);
    if (route.session && !dispatch.hasSession()) throw noSession();
    const { method, path, query } = fillCall(id, input, options.platformId, templates);
    const delivery = await dispatch.send(
      {
        operation: id,
        method,
        path: path + encodeQuery(query),
        authorized: route.session,
        repeatable: route.repeatable,
        ...encodeBody(route, input.body),
      },
      callOptions,
    );
    const reply = replyOf<K>(delivery, clock.nowMs());
    options.onBody?.(delivery.answer.body);
    return reply;
  }

  async function request(raw: RawRequest, callOptions: CallOptions = {}): Promise<RawReply> {
    const delivery = await dispatch.send(parcelOf(raw, templates), callOptions);
    return rawReplyOf(delivery, raw.acceptFailure === true, clock.nowMs());
  }

  async function* pages<K extends ListOperationId>(id: K, input: Input<K>, pageOptions: PageOptions = {}) {
    const { paging = "none", rowId = "", query: names } = routeOf(id);
    const perPage = names.includes("per_page") ? { per_page: limits.rowsPerPage } : {};
    const fetchPage = async (position: QueryValues, signal: AbortSignal) => {
      const query = { ...perPage, ...input.query, ...position };
      const reply = await call(id, { ...input, query } as Input<K>, { signal });
      return reply.data;
    };
    yield* readPages<Row<K>>({ by: paging, rowId }, fetchPage, pageOptions);
  }

  async function* rows<K extends ListOperationId>(id: K, input: Input<K>, pageOptions: PageOptions = {}) {
    for await (const page of pages(id, input, pageOptions)) yield* page.rows;
  }

  return { call, request, pages, rows, forecast: dispatch.forecast, close: dispatch.close };
}

function replyOf<K extends OperationId>({ call, answer, content }: Delivery, nowMs: number): Reply<K> {
  const { status, headers, stranger } = answer;
  const raw = content.kind === "json" ? content.value : undefined;
  const { success, data, message } = openEnvelope(raw);
  const isReadable = content.kind === "json" || content.kind === "empty";
  if (status < 200 || status > 299 || !isReadable || !success) {
    throw problemOf(call, { status, headers, content, stranger }, nowMs);
  }
  return {
    data: data as Data<K> | undefined,
    message,
    raw,
    status,
    headers: pickHeaders(headers),
    requestId: call.requestId,
  };
}

function noSession(): SipnavError {
  return new SipnavError("session", "There is no session.", { hint: "Log in: sipnav login" });
}
