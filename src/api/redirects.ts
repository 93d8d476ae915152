import { limits } from "../core/limits.ts";
import { type Breakdown, ownCodes } from "./breakdowns.ts";
import type { Answer, Message } from "./transport.ts";

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
// What another origin may know of a caller: nothing that identifies or admits it.
const strangerHeaders = new Set(["accept", "user-agent"]);

/** Where an answer leads: nowhere, to the next message, or to the reason why it isn't followed. */
export type Redirection = { kind: "none" } | { kind: "next"; message: Message } | Breakdown;

/**
 * What a redirect means. Only GET and HEAD are followed, at most `redirectsMax` times, never from https to
 * http; another origin (scheme, host or port) gets neither token nor any header of the caller's.
 * A redirected write is refused: after 302 and 303 it may have been done, after the others it was not
 * (RFC 9110, section 15.4).
 */
export function readRedirection(message: Message, answer: Answer, hops: number): Redirection {
  const { location } = answer.headers;
  if (!redirectStatuses.has(answer.status) || location === undefined) return { kind: "none" };
  const from = new URL(message.url);
  if (message.method !== "GET" && message.method !== "HEAD") {
    const mayBeDone = answer.status === 302 || answer.status === 303;
    return { ...refusal(ownCodes.redirectedWrite, mayBeDone), ...strangerIn(location, from) };
  }
  if (hops >= limits.redirectsMax) return refusal(ownCodes.redirectLoop, true);
  if (!URL.canParse(location, from.href)) return refusal(ownCodes.redirectUnsafe, true);
  const to = new URL(location, from);
  const isDowngrade = from.protocol === "https:" && to.protocol === "http:";
  if (!/^https?:$/.test(to.protocol) || isDowngrade) return refusal(ownCodes.redirectUnsafe, true);
  const isStranger = to.origin !== from.origin;
  to.username = "";
  to.password = "";
  const headers = Object.entries(message.headers).filter(
    ([name]) => !isStranger || strangerHeaders.has(name.toLowerCase()),
  );
  return { kind: "next", message: { ...message, url: to.href, headers: Object.fromEntries(headers) } };
}

/** The other origin that a location names. */
function strangerIn(location: string, from: URL): { stranger?: string } {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : from;
  return to.origin === from.origin || !/^https?:$/.test(to.protocol) ? {} : { stranger: to.origin };
}

function refusal(code: string, reached: boolean): Breakdown {
  return { kind: "breakdown", code, reached };
}
