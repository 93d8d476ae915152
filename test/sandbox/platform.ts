import { onTestFinished } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";

/** What came back, read as JSON where it is JSON. */
export interface Seen {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the platform sent.
  json: any;
}

interface Ask {
  json?: unknown;
  body?: NonNullable<RequestInit["body"]>;
  headers?: Record<string, string>;
  /** Another token, or none. */
  token?: string | null;
}

/** A small sandbox on a clock that moves when asked, closed after the test. */
export async function openPlatform(options: SandboxOptions = {}) {
  const clock = { nowMs: Date.parse("2026-03-10T12:00:00Z") };
  const sizes = { accounts: 30, carriers: 8, companies: 6, cdrs: 2000 };
  const sandbox = await startSandbox({ ...sizes, now: () => clock.nowMs, ...options });
  onTestFinished(() => sandbox.close());
  return { sandbox, clock, ask: asker(sandbox) };
}

/** Sends requests the way the platform's clients do. */
export function asker(sandbox: Sandbox) {
  return async (target: string, ask: Ask = {}): Promise<Seen> => {
    const [method, path] = target.includes(" ") ? target.split(" ", 2) : ["GET", target];
    const token = ask.token === undefined ? sandbox.token : ask.token;
    const body = ask.json === undefined ? ask.body : JSON.stringify(ask.json);
    const response = await fetch(sandbox.url + path, {
      method: method as string,
      redirect: "manual",
      headers: {
        Accept: "application/json",
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(ask.json === undefined ? {} : { "Content-Type": "application/json" }),
        ...ask.headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type") === "application/json";
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    };
  };
}
