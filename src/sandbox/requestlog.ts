import { type OperationId, operationIds, routeOf } from "../contract/operations.ts";
import { limits } from "../core/limits.ts";

/** What was asked of the platform; never a token, a body or a code. */
export interface RequestEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** As it came; of a call without a session only the template, since its values are secrets. */
  readonly path: string;
  /** As it came; values of names that the contract doesn't have are masked. */
  readonly query: string;
  /** `open` until it is answered; `reset` and `lost` when the connection was ended instead. */
  status: number | "open" | "reset" | "lost";
  readonly user_agent: string;
  readonly request_id: string;
  readonly operation: OperationId | null;
  /** The fault that was put in. */
  fault?: string;
  /** Why the server failed by itself. */
  error?: string;
}

/** The latest requests in the order of their arrival; the oldest are dropped. */
export interface RequestLog {
  add(entry: RequestEntry): void;
  entries(): RequestEntry[];
  total(): number;
  clear(): void;
}

const masked = "***";
const charactersMax = 2_000;

/** An empty log. */
export function createRequestLog(): RequestLog {
  let entries: RequestEntry[] = [];
  let total = 0;
  const { sandboxRequestsMax } = limits;
  return {
    add(entry) {
      total++;
      entries.push(entry);
      // Dropped by halves: shifting a long array at every request would cost more than the request.
      if (entries.length >= 2 * sandboxRequestsMax) entries = entries.slice(-sandboxRequestsMax);
    },
    entries: () => entries.slice(-sandboxRequestsMax),
    total: () => total,
    clear() {
      entries = [];
      total = 0;
    },
  };
}

/** Templates of the calls without a session that carry a value in their path, by what stands before the value. */
const secretPaths = new Map(
  operationIds
    .map(routeOf)
    .filter(({ session, path }) => !session && path.includes("{"))
    .map(({ path }) => [path.slice(0, path.indexOf("{")), path]),
);

/** The template of a path that may hold a secret, whether it leads to a call or misses it. */
function secretTemplateOf(path: string): string | undefined {
  for (const [prefix, template] of secretPaths) if (path.startsWith(prefix)) return template;
  return undefined;
}

/** The path and query of a request as they may be shown. */
export function shownTarget(url: URL, operation: OperationId | null): { path: string; query: string } {
  const route = operation === null ? undefined : routeOf(operation);
  const path = secretTemplateOf(url.pathname) ?? url.pathname;
  const known = new Set(route?.query.map((name) => name.replace("[]", "")));
  const query = url.search
    .slice(1)
    .split("&")
    .map((pair) => {
      const [name = "", value] = pair.split("=", 2);
      if (value === undefined || known.has(name.replace(/(\[|%5B).*$/i, ""))) return pair;
      return `${name}=${masked}`;
    })
    .join("&");
  return { path: path.slice(0, charactersMax), query: query.slice(0, charactersMax) };
}
