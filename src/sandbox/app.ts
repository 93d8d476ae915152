import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { type OperationId, operationIds, type Route, routeOf } from "../contract/operations.ts";
import { readBody } from "./body.ts";
import type { Fault, Faults } from "./faults.ts";
import type { Call, Handler, World } from "./handler.ts";
import { handlers } from "./handlers.ts";
import { type PhpQuery, parseQuery, textOf } from "./query.ts";
import type { RateLimit } from "./ratelimit.ts";
import { Refusal } from "./refusal.ts";
import { type RequestEntry, type RequestLog, shownTarget } from "./requestlog.ts";
import { hangUp, htmlReply, jsonReply, type Reply, refusalReply, transmit } from "./transmit.ts";
import type { Bearer } from "./vault.ts";

/** Handlers write to node's own response, so that faults can reach the socket. */
export type Env = { Bindings: HttpBindings };
type AppContext = Context<Env>;

/** What stands between a request and its handler. */
export interface Gate {
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly limit: RateLimit;
}

/** The platform's calls as routes, one an operation of the contract. */
export function createApp(gate: Gate): Hono<Env> {
  const app = new Hono<Env>();
  const pathOf = (id: OperationId) => routeOf(id).path.replaceAll(/\{(\w+)\}/g, ":$1");
  for (const id of operationIds) {
    app.on(routeOf(id).method, pathOf(id), (context) => serve(gate, context, id));
  }
  for (const path of new Set(operationIds.map(pathOf))) {
    const methods = operationIds.filter((id) => pathOf(id) === path).map((id) => routeOf(id).method);
    app.all(path, (context) => refuseOutside(gate, context, 405, methods));
  }
  app.get("/login", ({ env }) => {
    transmit(env.outgoing, htmlReply(200, "Login"));
    return RESPONSE_ALREADY_SENT;
  });
  app.notFound((context) => refuseOutside(gate, context, 404, []));
  return app;
}

/** One call of an operation, and what is known of it before it is handled. */
interface Exchange {
  readonly context: AppContext;
  readonly id: OperationId;
  readonly entry: RequestEntry;
  readonly bearer: Bearer | undefined;
  readonly json: boolean;
}

/** One call of an operation, with the fault that falls on it. */
async function serve(gate: Gate, context: AppContext, id: OperationId): Promise<Response> {
  const { outgoing } = context.env;
  const entry = openEntry(gate, context, id);
  const exchange = { context, id, entry, bearer: bearerOf(gate.world, context), json: wantsJson(context) };
  const { headers, refused } = throttle(gate, exchange);
  const fault = refused === undefined ? gate.faults.draw(id) : undefined;
  if (fault !== undefined) entry.fault = fault.kind;
  const untouched = refused ?? faultReply(fault, exchange.json);
  const reply = fault?.kind === "reset" ? undefined : (untouched ?? (await handle(gate, exchange, fault)));
  if (reply === undefined || fault?.kind === "lost") {
    entry.status = fault?.kind === "lost" ? "lost" : "reset";
    hangUp(outgoing);
    return RESPONSE_ALREADY_SENT;
  }
  entry.status = reply.status;
  const delivery = fault?.kind === "cut" || fault?.kind === "stall" ? fault.kind : "whole";
  const facts = { "X-Request-Id": entry.request_id, ...headers };
  transmit(outgoing, { ...reply, headers: { ...facts, ...reply.headers } }, delivery);
  return RESPONSE_ALREADY_SENT;
}

/** The answer of the operation's handler, once token and platform are in order. */
async function handle(
  { world }: Gate,
  { context, id, entry, bearer, json }: Exchange,
  fault: Fault | undefined,
): Promise<Reply> {
  try {
    if (routeOf(id).session && bearer === undefined) {
      if (json) throw new Refusal(401, { message: "Unauthenticated." });
      return htmlReply(302, "Redirecting to /login", { Location: "/login" });
    }
    const body = await readBody(context.env.incoming);
    // It has the request by now: who gives up waiting does not keep it from being done.
    if (fault?.kind === "slow") await sleep(fault.delayMs);
    const query = parseQuery(new URL(context.req.url).search);
    const call: Call<OperationId> = {
      path: context.req.param(),
      query,
      body: body.fields,
      file: body.file,
      username: bearer?.username ?? "",
      tokenId: bearer?.tokenId ?? "",
      platformId: checkPlatform(world, routeOf(id), query, body.fields),
    };
    // Each handler takes its own operation's call; the table joins them by the id.
    const answer = (handlers[id] as Handler<OperationId>)(call as never, world);
    await world.store.commit();
    return jsonReply(200, answer);
  } catch (error) {
    if (error instanceof Refusal) return refusalReply(error, json);
    entry.error = (error as Error).message;
    return refusalReply(new Refusal(500, { message: "Server Error" }), json);
  }
}

/** The platform that the query names (CDR search calls it `p_id`); 403 for one that the user may not see. */
function checkPlatform(
  world: World,
  route: Route,
  query: PhpQuery,
  body: Call<"login">["body"],
): string | undefined {
  const named = textOf(query, route.query.includes("p_id") ? "p_id" : "platform_id");
  const all = [named ?? [], query.platform_filter ?? [], body.platform_id ?? []].flat().map(String);
  if (all.some((id) => world.store.get("platforms", id) === undefined)) {
    throw new Refusal(403, { message: "You do not have access to this platform." });
  }
  return named;
}

/** Counts the request against the limit of its user, or of the address it comes from. */
function throttle(
  gate: Gate,
  { context, bearer, json }: Exchange,
): { headers: Readonly<Record<string, string>>; refused?: Reply } {
  const caller = bearer?.username ?? context.env.incoming.socket.remoteAddress ?? "";
  try {
    return { headers: gate.limit(caller, gate.world.nowMs()) };
  } catch (error) {
    if (error instanceof Refusal) return { headers: {}, refused: refusalReply(error, json) };
    throw error;
  }
}

/** An answer to what is no operation: 404, or 405 with the methods that there are. */
function refuseOutside(gate: Gate, context: AppContext, status: 404 | 405, methods: readonly string[]) {
  const entry = openEntry(gate, context, null);
  entry.status = status;
  const { pathname } = new URL(context.req.url);
  const { method } = context.req;
  const message =
    status === 404
      ? `The route ${pathname.slice(1)} could not be found.`
      : `The ${method} method is not supported for route ${pathname.slice(1)}. Supported methods: ${methods.join(", ")}.`;
  const allow: Record<string, string> = status === 405 ? { Allow: methods.join(", ") } : {};
  const headers = { "X-Request-Id": entry.request_id, ...allow };
  transmit(
    context.env.outgoing,
    refusalReply(new Refusal(status, { message }, { headers }), wantsJson(context)),
  );
  return RESPONSE_ALREADY_SENT;
}

function faultReply(fault: Fault | undefined, json: boolean): Reply | undefined {
  switch (fault?.kind) {
    case "http429":
      return refusalReply(
        new Refusal(429, { message: "Too Many Attempts." }, { headers: { "Retry-After": "1" } }),
        json,
      );
    case "http500":
      return refusalReply(new Refusal(500, { message: "Server Error" }), json);
    case "http503":
      return refusalReply(new Refusal(503, { message: "Service Unavailable" }), json);
    case "html":
      return htmlReply(200, "Please wait while your request is being verified");
    default:
      return undefined;
  }
}

/** Laravel's `wantsJson`; without it and without a token, callers are sent to the login page. */
function wantsJson(context: AppContext): boolean {
  return (context.req.header("accept") ?? "").includes("json");
}

function bearerOf(world: World, context: AppContext): Bearer | undefined {
  const token = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  const bearer = token === undefined ? undefined : world.vault.verify(token, world.nowMs());
  return world.store.get("revoked", bearer?.tokenId) === undefined ? bearer : undefined;
}

function openEntry(gate: Gate, context: AppContext, operation: OperationId | null): RequestEntry {
  const given = context.req.header("x-request-id") ?? "";
  const entry: RequestEntry = {
    time: new Date(gate.world.nowMs()).toISOString(),
    method: context.req.method,
    ...shownTarget(new URL(context.req.url), operation),
    status: "open",
    user_agent: context.req.header("user-agent") ?? "",
    request_id: /^[\x21-\x7e]{1,128}$/.test(given) ? given : crypto.randomUUID(),
    operation,
  };
  gate.log.add(entry);
  return entry;
}
