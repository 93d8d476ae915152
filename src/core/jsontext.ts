/** Where the parts of a JSON text stand; lines count from 1. */
export interface JsonPlaces {
  /** The line at which the text stops being JSON; undefined when it is JSON throughout. */
  readonly problemLine: number | undefined;
  /** The line of a member, by the names on the way to it; of the nearest outer one when it is not there. */
  lineOf(path: readonly string[]): number;
}

const space = /[ \t\r\n]*/y;
const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

/** Reads a JSON text for its places only: `JSON.parse` says on which line something is wrong too rarely. */
export function locateJson(source: string): JsonPlaces {
  const places = new Map<string, number>();
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    for (const part of [space, pattern]) {
      part.lastIndex = at;
      const found = part.exec(source)?.[0];
      if (found === undefined) return undefined;
      at += found.length;
      if (part === pattern) return found;
    }
    return undefined;
  };

  const readValue = (path: readonly string[]): boolean => {
    if (take(/\{/y)) return readMembers(path);
    if (take(/\[/y)) return readElements(path);
    return (take(text) ?? take(scalar)) !== undefined;
  };

  const readMembers = (path: readonly string[]): boolean => {
    if (take(/\}/y)) return true;
    do {
      const name = take(text);
      if (name === undefined) return false;
      const own = [...path, JSON.parse(name) as string];
      places.set(JSON.stringify(own), at);
      if (!take(/:/y) || !readValue(own)) return false;
    } while (take(/,/y));
    return take(/\}/y) !== undefined;
  };

  const readElements = (path: readonly string[]): boolean => {
    if (take(/\]/y)) return true;
    do {
      if (!readValue(path)) return false;
    } while (take(/,/y));
    return take(/\]/y) !== undefined;
  };

  const lineAt = (offset: number) => source.slice(0, offset).split("\n").length;
  const isWhole = readValue([]) && take(/$/y) !== undefined;
  return {
    problemLine: isWhole ? undefined : lineAt(at),
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const offset = places.get(JSON.stringify(path.slice(0, length)));
        if (offset !== undefined) return lineAt(offset);
      }
      return 1;
    },
  };
}
