import { type OperationId, operationIds, routeOf } from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";

const place = /\{(\w+)\}/g;

/** The path template of every call. */
export type Templates = Readonly<Record<OperationId, string>>;

/**
 * The contract's path templates with a profile's overrides. An override is a path with the same `{name}`
 * places; throws `validation` on one that can't serve.
 */
export function resolveTemplates(overrides: Readonly<Partial<Record<OperationId, string>>>): Templates {
  const templates = Object.fromEntries(operationIds.map((id) => [id, routeOf(id).path])) as Record<
    OperationId,
    string
  >;
  for (const id of Object.keys(overrides) as OperationId[]) {
    const path = overrides[id] ?? "";
    if (templates[id] === undefined) throw unusable(id, "there is no such call");
    if (!/^\/[^/?#\s][^?#\s]*$/.test(path)) throw unusable(id, 'it must be a path that begins with one "/"');
    if (placesOf(path) !== placesOf(templates[id])) {
      throw unusable(id, `it must hold the places of ${templates[id]}`);
    }
    templates[id] = path;
  }
  return templates;
}

/**
 * A template with its places filled, each value one encoded segment. Throws `validation` on a value that
 * would not stay a segment: "", "." and "..", which no encoding keeps a URL parser from resolving.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(place, (_, name: string) => {
    const value = String(values[name] ?? "");
    if (/^\.{0,2}$/.test(value)) {
      throw new SipnavError("validation", `"${value}" can't stand for ${name} in the path of a call.`, {
        details: [{ field: name, message: 'must not be empty, "." or ".."' }],
      });
    }
    return encode(name, value);
  });
}

/** The text encoded for a URL; throws `validation` when half a surrogate pair stands in it. */
export function encode(name: string, text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new SipnavError("validation", `The value of ${name} is not well-formed text.`, {
      details: [{ field: name, message: "holds half a character" }],
    });
  }
}

/** What a template matches: a whole path, each place one segment, in a group of the place's name. */
export function patternOf(template: string): RegExp {
  const source = template
    .split(place)
    .map((part, index) =>
      index % 2 === 1 ? `(?<${part}>[^/]+)` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    );
  return new RegExp(`^${source.join("")}$`);
}

function placesOf(template: string): string {
  return [...template.matchAll(place)]
    .map(([, name]) => name)
    .sort()
    .join();
}

function unusable(id: string, why: string): SipnavError {
  return new SipnavError("validation", `The endpoint set for ${id} can't be used: ${why}.`, {
    details: [{ field: `endpoints.${id}`, message: why }],
  });
}
