/** Which keys have come, and the line of each; some 24 bytes a key at the most. */
export interface KeySet {
  /** Adds a key. Answers the line of one with the same 64-bit hash; that it is the same key is almost, not quite, certain. */
  add(key: string, line: number): number | undefined;
}

const slotsMin = 1024;

/**
 * A set of keys that keeps their hashes alone, in typed arrays: a million texts would not fit into the memory that a
 * million rows may take. Open addressing, never more than half full.
 */
export function createKeySet(): KeySet {
  let table = createTable(slotsMin);
  let count = 0;
  const hash: [number, number] = [0, 0];
  return {
    add(key, line) {
      hashInto(hash, key);
      const before = put(table, hash[0], hash[1], line);
      if (before !== undefined) return before;
      count += 1;
      if (count * 2 > table.lines.length) table = grow(table);
      return undefined;
    },
  };
}

interface Table {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** 0 is a free slot: lines count from 1. */
  readonly lines: Uint32Array;
}

const createTable = (slots: number): Table => ({
  high: new Uint32Array(slots),
  low: new Uint32Array(slots),
  lines: new Uint32Array(slots),
});

/** The line of the slot with this hash, or undefined when it was free and is now taken. */
function put(
  { high, low, lines }: Table,
  highHash: number,
  lowHash: number,
  line: number,
): number | undefined {
  const mask = lines.length - 1;
  for (let slot = lowHash & mask; ; slot = (slot + 1) & mask) {
    const before = lines[slot];
    if (before === 0) {
      high[slot] = highHash;
      low[slot] = lowHash;
      lines[slot] = line;
      return undefined;
    }
    if (high[slot] === highHash && low[slot] === lowHash) return before;
  }
}

function grow({ high, low, lines }: Table): Table {
  const larger = createTable(lines.length * 2);
  for (let slot = 0; slot < lines.length; slot++) {
    if (lines[slot] !== 0) put(larger, high[slot] ?? 0, low[slot] ?? 0, lines[slot] ?? 0);
  }
  return larger;
}

/** Two 32-bit hashes that mix each other (cyrb53 by bryc, public domain), as unsigned numbers. */
function hashInto(hash: [number, number], key: string): void {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  hash[0] = a >>> 0;
  hash[1] = b >>> 0;
}
