import type { IncomingHttpHeaders } from "node:http";
import { type ErrorFacts, type ErrorKind, SipnavError } from "../core/errors.ts";
import { isRecord } from "../core/record.ts";
import { type Breakdown, breakdownError, strangerHint } from "./breakdowns.ts";
import type { Call } from "./call.ts";
import type { Content } from "./content.ts";
import { readDetails, readReasons } from "./reasons.ts";
import { isPassing, readRetryAfter } from "./retry.ts";

const repeatHint = "Look whether it was done before repeating it.";

const statusKinds: Record<number, ErrorKind> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  407: "network",
  408: "timeout",
  409: "conflict",
  429: "rate_limited",
};

const leads: Partial<Record<ErrorKind, string>> = {
  unauthenticated: "The session has ended or its token is not valid",
  forbidden: "The platform does not allow this",
  not_found: "The platform does not have this",
  network: "The proxy asks for a user name and password",
  timeout: "The platform gave up waiting for the request",
  conflict: "The request conflicts with what the platform holds",
  rate_limited: "The platform's rate limit is used up",
  rejected: "The platform refused the request",
};

const hints: Partial<Record<ErrorKind, string>> = {
  forbidden: "Ask the platform's administrator for the right, or use another profile.",
  network: "Put them into the proxy variable's URL.",
  protocol: "Check that the profile's base URL is the platform's API and that no proxy answers for it.",
};

/** An answer that is no success, with its body read. */
export interface Refusal {
  status: number;
  headers: IncomingHttpHeaders;
  content: Content;
  /** Another origin that a redirect led to, and that refused. */
  stranger?: string | undefined;
}

/**
 * The error that a refused or unreadable answer stands for; `nowMs` dates a `Retry-After`.
 *
 * The kind comes from the status; but a 404 with field errors is a refusal of the content, a 2xx that came
 * this far is one too (`success: false`) or, without JSON, is not the platform's answer at all.
 */
export function problemOf(call: Call, refusal: Refusal, nowMs: number): SipnavError {
  const { status, headers, content } = refusal;
  const body = content.kind === "json" ? content.value : content.kind === "text" ? content.text : undefined;
  const { text, details } = readReasons(body);
  const kind = kindOf(call, refusal);
  const waitMs = readRetryAfter(headers["retry-after"], nowMs);
  const isUnknown = !call.repeatable && (status >= 500 || status === 408 || kind === "protocol");
  const lead = leadOf(call, kind, refusal);
  const others = details.length > 1 ? ` (and ${details.length - 1} more)` : "";
  const reason = tailOf(kind, content) ?? (text === undefined ? "" : `: ${text.replace(/\.$/, "")}${others}`);
  return new SipnavError(kind, `${lead}${reason}.`, {
    ...hintFact(
      isUnknown ? repeatHint : waitMs === undefined ? hintOf(call, kind, refusal) : waitHint(waitMs, nowMs),
    ),
    ...(details.length > 0 && { details }),
    ...(isPassing({ status }) && !isUnknown && { retryable: true }),
    ...(waitMs !== undefined && { retryAfterS: Math.ceil(waitMs / 1000) }),
    ...(isUnknown && { outcomeUnknown: true }),
    http: { method: call.message.method, url: call.shownUrl, status },
    requestId: call.requestId,
  });
}

/** The error of a call that brought no whole answer. */
export function lostAnswer(call: Call, breakdown: Breakdown, responseBytesMax: number): SipnavError {
  const { code, reached } = breakdown;
  const isUnknown = reached && !call.repeatable;
  return breakdownError(breakdown, responseBytesMax, {
    ...(isUnknown && { outcomeUnknown: true, hint: repeatHint }),
    ...(isPassing({ code }) && !isUnknown && { retryable: true }),
    http: { method: call.message.method, url: call.shownUrl },
    requestId: call.requestId,
  });
}

/** The error of a call that was called off; `reached` when it was on its way. */
export function interruptionOf(call: Call, reached: boolean): SipnavError {
  const isUnknown = reached && !call.repeatable;
  return new SipnavError("interrupted", "The call was interrupted.", {
    ...(isUnknown && { outcomeUnknown: true, hint: repeatHint }),
    http: { method: call.message.method, url: call.shownUrl },
    requestId: call.requestId,
  });
}

function kindOf(call: Call, { status, content, stranger }: Refusal): ErrorKind {
  // It got no token: that says nothing of the session.
  if (stranger !== undefined && status === 401) return "protocol";
  const kind = statusKind(status, content);
  return isLogin(call) && kind === "rejected" ? "unauthenticated" : kind;
}

function isLogin({ operation }: Call): boolean {
  return operation === "login" || operation === "verifyOtp";
}

function statusKind(status: number, content: Content): ErrorKind {
  if (status >= 500) return "server";
  if (status === 404 && content.kind === "json" && hasFieldErrors(content.value)) return "rejected";
  if (status >= 400) return statusKinds[status] ?? "rejected";
  return status >= 200 && status < 300 && content.kind === "json" ? "rejected" : "protocol";
}

function hasFieldErrors(body: unknown): boolean {
  return isRecord(body) && [body.errors, body.data].some((value) => readDetails(value).length > 0);
}

function hintOf(
  { operation, refusedHint }: Call,
  kind: ErrorKind,
  { stranger, content }: Refusal,
): string | undefined {
  if (stranger !== undefined) return strangerHint(stranger);
  // The API itself never answers with a page: what it says of rights or of what there is means nothing.
  const isDenial = kind === "forbidden" || kind === "not_found" || kind === "rejected";
  if (isDenial && content.kind === "page") return hints.protocol;
  if (kind !== "unauthenticated") return hints[kind];
  if (operation === "login")
    return "Check the user name and the password. Forgotten: sipnav auth reset-password";
  return operation === "verifyOtp"
    ? "Log in again with a new code."
    : (refusedHint ?? "Log in: sipnav login");
}

function leadOf(call: Call, kind: ErrorKind, { status, headers, stranger }: Refusal): string {
  if (stranger !== undefined) return `The answer of ${stranger} (HTTP ${status}) can't be used`;
  if (kind === "server") return `The platform failed (HTTP ${status})`;
  if (kind === "protocol") return `The platform's answer (HTTP ${status}) can't be used`;
  if (kind === "unauthenticated" && isLogin(call)) return "The platform refused the login";
  const limit = headers["x-ratelimit-limit"];
  if (kind === "rate_limited" && typeof limit === "string" && /^\d+$/.test(limit)) {
    return `The platform's rate limit of ${limit} is used up`;
  }
  return leads[kind] ?? "";
}

function tailOf(kind: ErrorKind, content: Content): string | undefined {
  if (content.kind === "page") return "; it answered with a web page";
  if (kind !== "protocol") return undefined;
  if (content.kind === "text") return "; it answered with text instead of JSON";
  return content.kind === "unreadable" ? `: it ${content.why}` : "";
}

/** When to try again. */
export function waitHint(waitMs: number, nowMs: number): string {
  const time = new Date(nowMs + waitMs).toISOString().slice(0, 19).replace("T", " ");
  return `Try again in ${Math.ceil(waitMs / 1000)} s, at ${time} UTC.`;
}

function hintFact(hint: string | undefined): ErrorFacts {
  return hint === undefined ? {} : { hint };
}
