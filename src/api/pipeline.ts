import { kindOfCode } from "./breakdowns.ts";
import type { Breaker } from "./breaker.ts";
import type { Call } from "./call.ts";
import type { Credentials } from "./credentials.ts";
import { interruptionOf } from "./problems.ts";
import { readRedirection } from "./redirects.ts";
import { decideRetry, type Failure, readRetryAfter } from "./retry.ts";
import type { Answer, Breakdown, Transport } from "./transport.ts";
import { pickHeaders, type WireEntry } from "./wirelog.ts";

/** Time and waiting, handed in; `sleep` rejects when the signal aborts. */
export interface Clock {
  nowMs(): number;
  sleep(waitMs: number, signal?: AbortSignal): Promise<void>;
}

export interface PipelineOptions {
  transport: Transport;
  breaker: Breaker;
  credentials: Credentials;
  clock: Clock;
  random: () => number;
  attemptsMax: number;
  retryWaitMsMax: number;
  onExchange: ((entry: WireEntry) => void) | undefined;
}

/**
 * Sends a call until it succeeds or must not be sent again, and hands back what the last try brought.
 * A 401 means that nothing was done, so any call is sent once more after a renewed session.
 * Throws `interrupted`, `breaker_open`, `config`, or what the renewal failed with.
 */
export type Deliver = (call: Call, signal: AbortSignal | undefined) => Promise<Answer | Breakdown>;

/** The way of every call: breaker, redirects, renewal, retries, and an entry in the wire log for each try. */
export function createPipeline(options: PipelineOptions): Deliver {
  const { breaker, credentials, clock } = options;
  return async (call, signal) => {
    const mayRenew = call.authorized && credentials.canRenew;
    if (mayRenew && credentials.token() === undefined) await credentials.renew(undefined);
    let renewals = 0;
    for (let attempt = 1; ; attempt++) {
      if (signal?.aborted) throw interruptionOf(call, false);
      const token = credentials.token();
      const outcome = await attemptOnce(options, withToken(call, token), attempt, signal);
      if (signal?.aborted && outcome.kind === "breakdown") throw interruptionOf(call, outcome.reached);
      if (outcome.kind === "answer" && outcome.status < 400) return outcome;
      if (mayRenew && renewals === 0 && outcome.kind === "answer" && outcome.status === 401) {
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
        waitMsMax: options.retryWaitMsMax,
        random: options.random(),
      });
      // Once the breaker is open, the failure itself says more than the breaker would.
      if (!decision.retry || breaker.isOpen()) return outcome;
      await pause(clock, decision.waitMs, call, signal);
    }
  };
}

async function attemptOnce(
  options: PipelineOptions,
  call: Call,
  attempt: number,
  signal: AbortSignal | undefined,
): Promise<Answer | Breakdown> {
  const pass = options.breaker.enter();
  try {
    const outcome = await follow(options, call, attempt, signal);
    if (outcome.kind === "answer") outcome.status < 500 ? pass.succeed() : pass.fail();
    else if (signal?.aborted || !isNetworkFailure(outcome.code)) pass.abandon();
    else pass.fail();
    return outcome;
  } catch (thrown) {
    pass.abandon();
    throw thrown;
  }
}

async function follow(
  { transport, clock, onExchange }: PipelineOptions,
  call: Call,
  attempt: number,
  signal: AbortSignal | undefined,
): Promise<Answer | Breakdown> {
  let message = call.message;
  for (let hops = 0; ; hops++) {
    const timeMs = clock.nowMs();
    const outcome = await transport.send(message, signal);
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
    if (!isAnswer) return outcome;
    const redirection = readRedirection(message, outcome, hops);
    if (redirection.kind === "none") return outcome;
    if (redirection.kind === "breakdown") return redirection;
    message = redirection.message;
  }
}

function withToken(call: Call, token: string | undefined): Call {
  if (!call.authorized || token === undefined) return call;
  const headers = { authorization: `Bearer ${token}`, ...call.message.headers };
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

async function pause(
  clock: Clock,
  waitMs: number,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await clock.sleep(waitMs, signal);
  } catch (thrown) {
    throw signal?.aborted ? interruptionOf(call, false) : thrown;
  }
}
