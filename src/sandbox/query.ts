/** A query string as PHP reads it: a text, or a list for names that ended in brackets. */
export type PhpQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads a query string by PHP's rules: of a repeated plain name the last value stays, and only `name[]` makes a
 * list. The result has no prototype, so that no name can reach one.
 */
export function parseQuery(text: string): PhpQuery {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const bracket = name.indexOf("[");
    if (bracket < 1) {
      query[name] = value;
      continue;
    }
    const key = name.slice(0, bracket);
    const list = query[key];
    if (Array.isArray(list)) list.push(value);
    else query[key] = [value];
  }
  return query;
}

/** A plain value of the query; undefined when it is absent, empty or a list. */
export function textOf(query: PhpQuery, name: string): string | undefined {
  const value = query[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A whole number of the query that was validated before; otherwise the fallback. */
export function numberOf(query: PhpQuery, name: string, fallback: number): number {
  const value = textOf(query, name);
  return value === undefined ? fallback : Number(value);
}
