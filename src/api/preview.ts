import { type Input, type OperationId, routeOf } from "../contract/operations.ts";
import { completeQuery, nameOfPair, type QueryValues } from "./query.ts";
import { fillTemplate, resolveTemplates, type Templates } from "./templates.ts";

/** A call of the contract as it goes over the wire. */
export interface Preview {
  readonly method: string;
  readonly path: string;
  readonly query: QueryValues;
  /** Null where there is none. */
  readonly body: unknown;
}

/** What a client is told of its platform that shows in a request. */
export interface PreviewOptions {
  readonly platformId?: string | undefined;
  readonly endpoints?: Parameters<typeof resolveTemplates>[0] | undefined;
}

/** A call as a client with these options would send it. @throws validation as the client does */
export function previewCall<K extends OperationId>(
  id: K,
  input: Input<K>,
  { platformId, endpoints = {} }: PreviewOptions,
): Preview {
  return fillCall(id, input, platformId, resolveTemplates(endpoints));
}

/** A call with its route's path and query filled. */
export function fillCall<K extends OperationId>(
  id: K,
  input: Input<K>,
  platformId: string | undefined,
  templates: Templates,
): Preview {
  const route = routeOf(id);
  const query = Object.entries(completeQuery(route, input.query ?? {}, platformId));
  return {
    method: route.method,
    path: fillTemplate(templates[id], input.path ?? {}),
    query: Object.fromEntries(
      query.flatMap(([name, value]) => (value === undefined ? [] : [[nameOfPair(name, value), value]])),
    ),
    body: input.body ?? null,
  };
}
