import { once } from "node:events";
import { readFileSync } from "node:fs";
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { type Client, type ClientOptions, createClient } from "../../src/api/client.ts";
import { SipnavError } from "../../src/core/errors.ts";

const data = new URL("../data/", import.meta.url);
export const certificate = readFileSync(new URL("server-cert.pem", data), "utf8");
/** The same as what a client trusts. */
export const authority = { pem: certificate, source: "server-cert.pem" };
const key = readFileSync(new URL("server-key.pem", data), "utf8");

/** A name that no name server is asked for, since a part of it is too long: whatever the network, it is unknown. */
export const unknownHost = `${"x".repeat(64)}.invalid`;

/** A request as a server saw it. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface Listening {
  url: string;
  port: number;
  seen: Seen[];
}

type Handler = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

/** A real server for one test; the handler also gets the number of the request, from 0. */
export async function serve(handler: Handler, options: { tls?: boolean } = {}): Promise<Listening> {
  const seen: Seen[] = [];
  const listener: RequestListener = (request, response) => {
    const turn = seen.length;
    const entry: Seen = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: "",
    };
    seen.push(entry);
    request.setEncoding("latin1").on("data", (chunk: string) => {
      entry.body += chunk;
    });
    request.on("end", () => handler(request, response, turn));
  };
  const server = options.tls
    ? https.createServer({ key, cert: certificate }, listener)
    : http.createServer(listener);
  const port = await listen(server);
  return { url: `${options.tls ? "https" : "http"}://localhost:${port}`, port, seen };
}

/** A server of bare bytes, for answers that no HTTP library would send. */
export async function serveBytes(onRequest: (socket: Socket, turn: number) => void): Promise<Listening> {
  const seen: Seen[] = [];
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      const [line = ""] = chunk.toString("latin1").split("\r\n");
      const [method = "", url = ""] = line.split(" ");
      seen.push({ method, url, headers: {}, body: "" });
      onRequest(socket, seen.length - 1);
    });
  });
  const port = await listen(server);
  return { url: `http://localhost:${port}`, port, seen };
}

/** Listens on a free loopback port until the test ends. */
export async function listen(server: net.Server): Promise<number> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  };
  server.on("connection", track);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Answers with JSON in the platform's envelope. */
export function answer(response: ServerResponse, body: unknown, status = 200, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** A clock that moves only when someone sleeps, and remembers how long. */
export function createTestClock(startMs = Date.UTC(2026, 0, 2, 3, 4, 5)) {
  const clock = {
    timeMs: startMs,
    waits: [] as number[],
    nowMs: () => clock.timeMs,
    async sleep(waitMs: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      clock.waits.push(waitMs);
      clock.timeMs += waitMs;
    },
  };
  return clock;
}

/** A client with a token and a clock that never really waits. */
export function connect(url: string, options: Partial<ClientOptions> = {}): Client {
  const client = createClient({
    baseUrl: url,
    token: "secret-token",
    userAgent: "sipnav-test",
    clock: createTestClock(),
    random: () => 0.5,
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

/** What a promise rejects with; fails when it's anything but the one error class. */
export async function errorOf(promise: Promise<unknown>): Promise<SipnavError> {
  const thrown = await promise.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (thrown instanceof SipnavError) return thrown;
  throw thrown;
}
