import type { OperationId } from "../contract/operations.ts";
import type { Clock } from "../core/clock.ts";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import type { EncodedBody } from "./bodies.ts";
import { createBreaker } from "./breaker.ts";
import type { Call, CallOptions } from "./call.ts";
import { type Content, readContent } from "./content.ts";
import { createCredentials } from "./credentials.ts";
import { makeId } from "./ids.ts";
import type { Priority } from "./limiter/grants.ts";
import { memoryRates, type RateStore } from "./limiter/store.ts";
import { createLimiter, type Limiter } from "./limiter.ts";
import { createMask } from "./masks.ts";
import { createPipeline } from "./pipeline.ts";
import { lostAnswer } from "./problems.ts";
import type { ProxyEnvironment } from "./proxy.ts";
import type { Templates } from "./templates.ts";
import { type Answer, createTransport, type Timeouts } from "./transport.ts";
import type { Authorities } from "./trust.ts";
import type { WireEntry } from "./wirelog.ts";

export interface DispatchOptions {
  /** http or https, with a path prefix if need be. */
  baseUrl: string;
  token?: string | undefined;
  userAgent: string;
  clock: Clock;
  /** From 0 up to but not including 1. */
  random?: (() => number) | undefined;
  timeouts?: { readonly [phase in keyof Timeouts]?: number | undefined } | undefined;
  /** Tries of one call, the first included. */
  attemptsMax?: number | undefined;
  /** The longest `Retry-After` that is waited for; bulk work waits for a rate limit much longer by default. */
  retryWaitMsMax?: number | undefined;
  /** Foreground by default: it goes before bulk work under the same rate limit. */
  priority?: Priority | undefined;
  /** Where the rate limit is shared with other processes; by default it is this client's own. */
  rates?: RateStore | undefined;
  /** Requests a second at the most, whatever the platform's limit. */
  perSecondMax?: number | undefined;
  /** Hears of each longer wait for the platform's rate limit: when it ends at the latest, epoch milliseconds. */
  onWait?: ((untilMs: number) => void) | undefined;
  responseBytesMax?: number | undefined;
  /** Hears of every try. */
  onExchange?: ((entry: WireEntry) => void) | undefined;
  /** What to do about a refused token, in words. */
  refusedHint?: string | undefined;
  /** Fetches a new token after a 401. */
  renew?: (() => Promise<string>) | undefined;
  /** The proxy variables. */
  environment?: ProxyEnvironment | undefined;
  ca?: Authorities | undefined;
}

/** What is to be sent: everything of a call that isn't the same for all calls. */
export interface Parcel extends EncodedBody {
  operation: OperationId | undefined;
  method: string;
  /** Encoded, query included. */
  path: string;
  authorized: boolean;
  repeatable: boolean;
}

/** A whole answer with its body read, whatever its status. */
export interface Delivery {
  call: Call;
  answer: Answer;
  content: Content;
}

export interface Dispatch {
  /** Sends through the pipeline; throws when no whole answer comes. */
  send(parcel: Parcel, options: CallOptions): Promise<Delivery>;
  /** Whether there is a token or a way to one. */
  hasSession(): boolean;
  /** See `Limiter`. */
  forecast: Limiter["forecast"];
  close(): void;
}

const rateWaitsMsMax: Readonly<Record<Priority, number>> = {
  foreground: limits.retryWaitMsMax,
  bulk: limits.rateWaitMsMax,
};

/** Puts the parts together: one transport, one breaker, one limiter and one token for all calls of a client. */
export function createDispatch(options: DispatchOptions, templates: Templates): Dispatch {
  const { clock, timeouts = {}, priority = "foreground", random = Math.random } = options;
  const retryWaitMsMax = options.retryWaitMsMax ?? limits.retryWaitMsMax;
  const rateWaitMsMax = options.retryWaitMsMax ?? rateWaitsMsMax[priority];
  const base = readBaseUrl(options.baseUrl);
  const showPath = createMask(templates);
  const responseBytesMax = options.responseBytesMax ?? limits.responseBytesMax;
  const credentials = createCredentials(options.token, options.renew);
  const transport = createTransport({
    timeouts: {
      connectMs: timeouts.connectMs ?? limits.connectTimeoutMs,
      firstByteMs: timeouts.firstByteMs ?? limits.firstByteTimeoutMs,
      stallMs: timeouts.stallMs ?? limits.stallTimeoutMs,
      totalMs: timeouts.totalMs ?? limits.totalTimeoutMs,
    },
    responseBytesMax,
    environment: options.environment ?? {},
    ca: options.ca,
  });
  const limiter = createLimiter({
    store: options.rates ?? memoryRates(),
    clock,
    priority,
    random,
    perSecondMax: options.perSecondMax,
    waitMsMax: rateWaitMsMax,
    onWait: options.onWait,
  });
  const deliver = createPipeline({
    transport,
    limiter,
    credentials,
    clock,
    breaker: createBreaker({
      failuresMax: limits.breakerFailuresMax,
      pauseMs: limits.breakerPauseMs,
      nowMs: clock.nowMs,
    }),
    random,
    attemptsMax: options.attemptsMax ?? limits.attemptsMax,
    retryWaitMsMax,
    rateWaitMsMax,
    onExchange: options.onExchange,
  });
  return {
    async send({ method, path, headers, body, ...rest }, callOptions) {
      const requestId = makeId();
      const common = {
        accept: "application/json",
        "user-agent": options.userAgent,
        "x-request-id": requestId,
      };
      const message = { method, url: base + path, headers: { ...common, ...headers }, body };
      const call: Call = {
        ...rest,
        message,
        requestId,
        shownUrl: base + showPath(path),
        refusedHint: options.refusedHint,
      };
      const outcome = await deliver(call, callOptions);
      if (outcome.kind === "breakdown") throw lostAnswer(call, outcome, responseBytesMax);
      return { call, answer: outcome, content: readContent(outcome.headers, outcome.body) };
    },
    hasSession: () => credentials.canRenew || credentials.token() !== undefined,
    forecast: limiter.forecast,
    close() {
      limiter.close();
      transport.close();
    },
  };
}

function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (isPlain && url.search === "" && url.hash === "") return url.href.replace(/\/+$/, "");
  throw new SipnavError(
    "validation",
    "The base URL can't be used: it must be a plain http or https address.",
    {
      details: [{ field: "baseUrl", message: "must hold no user, query or fragment" }],
    },
  );
}
