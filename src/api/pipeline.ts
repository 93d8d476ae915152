import { setMaxListeners } from "node:events";
import type { Clock } from "../core/clock.ts";
import { type Breakdown, kindOfCode } from "./breakdowns.ts";
import type { Breaker, Pass } from "./breaker.ts";
import type { Call, CallOptions } from "./call.ts";
import type { Credentials } from "./credentials.ts";
import type { Permit } from "./limiter/permits.ts";
import type { Limiter } from "./limiter.ts";
import { interruptionOf } from "./problems.ts";
import { readRedirection } from "./redirects.ts";
import { decideRetry, type Failure, readRetryAfter } from "./retry.ts";
import type { Answer, Transport } from "./transport.ts";
import { pickHeaders, type WireEntry } from "./wirelog.ts";

export interface PipelineOptions {
  transport: Transport;
  breaker: Breaker;
  limiter: Limiter;
  credentials: Credentials;
  clock: Clock;
  random: () => number;
  attemptsMax: number;
  retryWaitMsMax: number;
  /** The same of a 429, which the whole rate limit waits for. */
  rateWaitMsMax: number;
  onExchange: ((entry: WireEntry) => void) | undefined;
}

/**
 * Sends a call until it succeeds or must not be sent again, and hands back what the last try brought.
 * A 401 means that nothing was done, so any call is sent once more after a renewed session.
 * Throws `interrupted` (without `outcomeUnknown` the call may be made again), `breaker_open`, `rate_limited`, `config`, or what the renewal failed with.
 */
export type Deliver = (call: Call, options: CallOptions) => Promise<Answer | Breakdown>;

/** The way of every call: rate limit, breaker, redirects, renewal, retries, and an entry in the wire log for each try. */
export function createPipeline(options: PipelineOptions): Deliver {
  const { breaker, credentials, clock, limiter } = options;
  return async (call, { signal, finishSent = false }) => {
    const cutOff = finishSent ? undefined : signal;
    // Many calls at once are no leak.
    if (signal) setMaxListeners(0, signal);
    const mayRenew = call.authorized && credentials.canRenew;
    if (mayRenew && credentials.token() === undefined) await credentials.renew(undefined);
    let renewals = 0;
    for (let attempt = 1; ; attempt++) {
      if (signal?.aborted) throw interruptionOf(call, false);
      // Without a token the platform counts the caller's address instead.
      const permit = call.authorized ? await waitFor(limiter.enter(signal), call, signal) : undefined;
      const token = credentials.token();
      const outcome = await attemptOnce(options, withToken(call, token), attempt, cutOff, permit);
      if (cutOff?.aborted && outcome.kind === "breakdown") throw interruptionOf(call, outcome.reached);
      if (outcome.kind === "answer" && outcome.status < 400) return outcome;
      if (mayRenew && renewals === 0 && isTokenRefused(outcome)) {
        renewals = 1;
        await credentials.renew(token);
        continue;
      }
      const decision = decideRetry({
        attempt: attempt - renewals,
        attemptsMax: options.attemptsMax,
        method: call.message.method,
        repeatable: call.repeatable,
        failure: failureOf(outcome),
        retryAfterMs: retryAfterOf(outcome, clock.nowMs()),
        waitMsMax: isLimited(outcome) ? options.rateWaitMsMax : options.retryWaitMsMax,
        random: options.random(),
      });
      // Once the breaker is open, the failure itself says more than the breaker would.
      if (!decision.retry || breaker.isOpen()) return outcome;
      if (isLimited(outcome)) limiter.announce(clock.nowMs() + decision.waitMs);
      await waitFor(clock.sleep(decision.waitMs, signal), call, signal);
    }
  };
}

async function attemptOnce(
  options: PipelineOptions,
  call: Call,
  attempt: number,
  signal: AbortSignal | undefined,
  permit: Permit | undefined,
): Promise<Answer | Breakdown> {
  let pass: Pass | undefined;
  try {
    pass = options.breaker.enter();
    const outcome = await follow(options, call, attempt, signal, permit);
    if (outcome.kind === "answer") outcome.status < 500 ? pass.succeed() : pass.fail();
    else if (signal?.aborted || !isNetworkFailure(outcome.code)) pass.abandon();
    else pass.fail();
    return outcome;
  } catch (thrown) {
    pass?.abandon();
    permit?.settle(undefined);
    throw thrown;
  }
}

async function follow(
  { transport, clock, onExchange }: PipelineOptions,
  call: Call,
  attempt: number,
  signal: AbortSignal | undefined,
  permit: Permit | undefined,
): Promise<Answer | Breakdown> {
  let message = call.message;
  const home = new URL(message.url).origin;
  for (let hops = 0; ; hops++) {
    const timeMs = clock.nowMs();
    const outcome = await transport.send(message, signal);
    // Where a redirect leads, another limit may hold.
    if (hops === 0) permit?.settle(outcome);
    const isAnswer = outcome.kind === "answer";
    onExchange?.({
      timeMs,
      requestId: call.requestId,
      operation: call.operation,
      method: message.method,
      // The path of a redirect is the platform's own and may hold anything.
      url: hops === 0 ? call.shownUrl : new URL(message.url).origin,
      attempt,
      durationMs: clock.nowMs() - timeMs,
      outcome: isAnswer ? outcome.status : outcome.code,
      bytes: isAnswer ? outcome.body.length : 0,
      headers: isAnswer ? pickHeaders(outcome.headers) : {},
    });
    const { origin } = new URL(message.url);
    const whole = origin === home ? outcome : { ...outcome, stranger: origin };
    if (!isAnswer) return whole;
    const redirection = readRedirection(message, outcome, hops);
    if (redirection.kind === "none") return whole;
    if (redirection.kind === "breakdown") return redirection;
    message = redirection.message;
  }
}

function withToken(call: Call, token: string | undefined): Call {
  if (!call.authorized || token === undefined) return call;
  const headers = { ...call.message.headers, authorization: `Bearer ${token}` };
  return { ...call, message: { ...call.message, headers } };
}

function isNetworkFailure(code: string): boolean {
  const kind = kindOfCode(code);
  return kind !== "protocol" && kind !== "validation";
}

function failureOf(outcome: Answer | Breakdown): Failure {
  return outcome.kind === "answer" ? { status: outcome.status } : { code: outcome.code };
}

function retryAfterOf(outcome: Answer | Breakdown, nowMs: number): number | undefined {
  return outcome.kind === "answer" ? readRetryAfter(outcome.headers["retry-after"], nowMs) : undefined;
}

/** Another origin got no token, and says nothing of ours. */
function isTokenRefused(outcome: Answer | Breakdown): boolean {
  return outcome.kind === "answer" && outcome.status === 401 && outcome.stranger === undefined;
}

function isLimited(outcome: Answer | Breakdown): boolean {
  return outcome.kind === "answer" && outcome.status === 429;
}

async function waitFor<T>(wait: Promise<T>, call: Call, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await wait;
  } catch (thrown) {
    throw signal?.aborted ? interruptionOf(call, false) : thrown;
  }
}
