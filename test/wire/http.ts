import { type IncomingHttpHeaders, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What goes out: a string or buffer as it is, anything else as JSON. */
export interface Outgoing {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Send = (method: string, path: string, outgoing?: Outgoing) => Promise<Answer>;

/** One request over a plain socket; rejects when the connection dies before the whole answer came. */
export function send(url: string, method: string, { body, headers = {} }: Outgoing = {}): Promise<Answer> {
  const payload = body === undefined || Buffer.isBuffer(body) ? body : asText(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, timeout: 15_000 }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer to ${method} ${url}`)));
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}

/** A sender for one user: JSON both ways, the token in its header. Headers of a call win; an empty one is left out. */
export function sender(origin: string, token?: string): Send {
  return (method, path, { body, headers } = {}) => {
    const all: Record<string, string> = { Accept: "application/json", "Content-Type": "application/json" };
    if (token !== undefined) all.Authorization = `Bearer ${token}`;
    const kept = Object.entries({ ...all, ...headers }).filter(([, value]) => value !== "");
    return send(new URL(path, origin).href, method, { body, headers: Object.fromEntries(kept) });
  };
}

/** The value at a path such as `data.data.0.account_id` of an answer's JSON; undefined when it is not there. */
export function at({ text }: Pick<Answer, "text">, path: string): unknown {
  return path
    .split(".")
    .filter((key) => key !== "")
    .reduce<unknown>(
      (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
      JSON.parse(text),
    );
}

/** Rows of a list, whichever of the four shapes it came in. */
export function rows(answer: Pick<Answer, "text">): Record<string, unknown>[] {
  for (const path of ["data.data", "data", ""]) {
    const found = at(answer, path);
    if (Array.isArray(found)) return found;
  }
  throw new Error(`no list in ${answer.text.slice(0, 200)}`);
}

function asText(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
