import type { ClientRequest, IncomingHttpHeaders } from "node:http";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import got, { type Method, type Response } from "got";
import { type Breakdown, ownCodes } from "./breakdowns.ts";
import { createConnections } from "./connections.ts";
import type { ProxyEnvironment } from "./proxy.ts";
import type { Authorities } from "./trust.ts";

/** How long each phase of one try may last. */
export interface Timeouts {
  /** Until the connection stands: name, proxy, TCP and TLS together. */
  connectMs: number;
  /** From the request's last byte to the answer's first. */
  firstByteMs: number;
  /** Silence within a body. */
  stallMs: number;
  /** The whole try. */
  totalMs: number;
}

export interface TransportOptions {
  timeouts: Timeouts;
  /** Largest body that is read, decompressed. */
  responseBytesMax: number;
  environment: ProxyEnvironment;
  ca: Authorities | undefined;
}

/** One request as it goes out. */
export interface Message {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | FormData | undefined;
}

/** A whole answer, whatever its status. */
export interface Answer {
  kind: "answer";
  status: number;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
  /** Another origin that a redirect led to, and that this is the answer of. */
  stranger?: string;
}

export interface Transport {
  /**
   * Sends once, without retry or redirect. An abort is a breakdown like any other; rejects only for
   * an unusable proxy (`config`).
   */
  send(message: Message, signal: AbortSignal | undefined): Promise<Answer | Breakdown>;
  close(): void;
}

/** The only place that knows got: one request, one whole answer in memory or the reason why not. */
export function createTransport(options: TransportOptions): Transport {
  const { timeouts } = options;
  const connections = createConnections(options.environment, options.ca);
  const client = got.extend({
    retry: { limit: 0 },
    throwHttpErrors: false,
    followRedirect: false,
    // Node's own, as by default; but got would load TLS for it before a plain request, too.
    https: {
      checkServerIdentity: (host: string, certificate: PeerCertificate) =>
        checkServerIdentity(host, certificate),
    },
    timeout: { response: timeouts.firstByteMs, request: timeouts.totalMs },
  });
  return {
    async send(message, signal) {
      const { agent, proxy } = connections.wayTo(new URL(message.url));
      const { method, headers } = message;
      // got's streams wait for someone to write when a method that may have a body has none.
      const body = message.body ?? (method === "GET" || method === "HEAD" ? undefined : "");
      const stream = client.stream(message.url, {
        method: method as Method,
        headers,
        agent,
        ...(body === undefined ? {} : { body }),
      });
      return new Promise((resolve) => receive(stream, { ...options, proxy }, signal, resolve));
    },
    close: connections.close,
  };
}

function receive(
  stream: ReturnType<typeof got.stream>,
  { timeouts, responseBytesMax, proxy }: TransportOptions & Pick<Breakdown, "proxy">,
  signal: AbortSignal | undefined,
  resolve: (outcome: Answer | Breakdown) => void,
): void {
  let reached = false;
  const abort = () => fail(ownCodes.aborted);
  // The first outcome stands: a reset after the whole body changes nothing.
  const settle = (outcome: Answer | Breakdown) => {
    signal?.removeEventListener("abort", abort);
    resolve(outcome);
  };
  const fail = (code: string) => {
    settle({ kind: "breakdown", code, reached, ...(!reached && proxy && { proxy }) });
    stream.destroy();
  };
  if (signal) {
    // Given to got, the signal would keep a listener of every call.
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
  }
  stream.on("error", (error) => fail(codeOf(error)));
  stream.once("request", (request: ClientRequest) => {
    // What the whole try may take is counted by got from the connection on.
    const connectMs = Math.min(timeouts.connectMs, timeouts.totalMs);
    const timer = setTimeout(fail, connectMs, ownCodes.connectTimeout);
    stream.once("close", () => clearTimeout(timer));
    request.once("proxyConnect", (answer: { statusCode?: number }) => {
      const code = proxyCode(answer.statusCode ?? 200);
      if (code !== undefined) fail(code);
    });
    whenConnected(request, () => {
      reached = true;
      clearTimeout(timer);
    });
    request.once("response", () => request.setTimeout(timeouts.stallMs, () => fail(ownCodes.stallTimeout)));
  });
  stream.once("response", (response: Response) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    stream.on("data", (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes > responseBytesMax) fail(ownCodes.tooLarge);
      else chunks.push(chunk);
    });
    stream.once("end", () => {
      const { statusCode: status, headers } = response;
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      settle({ kind: "answer", status, headers, body });
    });
  });
}

/** What a proxy's answer to the wish for a tunnel means; undefined when it stands. */
function proxyCode(status: number): string | undefined {
  if (status === 407) return ownCodes.proxyLogin;
  if (status >= 400 && status < 500) return ownCodes.proxyForbids;
  return status === 200 ? undefined : ownCodes.proxyRefused;
}

function whenConnected(request: ClientRequest, ready: () => void): void {
  request.once("socket", (socket) => {
    if (request.reusedSocket) ready();
    else if ("encrypted" in socket) socket.once("secureConnect", ready);
    else if (socket.connecting) socket.once("connect", ready);
    else ready();
  });
}

function codeOf(error: Error & { code?: string; event?: string }): string {
  if (error.name !== "TimeoutError") return error.code ?? "UNKNOWN";
  return error.event === "response" ? ownCodes.firstByteTimeout : ownCodes.totalTimeout;
}
