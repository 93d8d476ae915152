/** A repeatable source of 32-bit values by index: any index costs the same and needs no memory. */
export type Stream = (index: number) => number;

/** Chris Wellons's "lowbias32": an integer hash in which every bit in moves every bit out by half. */
function mix(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x21f0aaad);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0xd35a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** The stream of a seed and a name; other names give independent values, so that a new one moves none. */
export function createStream(seed: number, name: string): Stream {
  let key = mix(seed);
  for (let at = 0; at < name.length; at++) key = mix(key ^ name.charCodeAt(at));
  const second = mix(key ^ 0x9e3779b9);
  return (index) => mix(mix(index + key) ^ second);
}

/** A 32-bit value as a fraction, 0 ≤ x < 1. */
export function fractionOf(bits: number): number {
  return bits / 0x1_0000_0000;
}

/** The member of a list that a 32-bit value falls on; every member is as likely. The list isn't empty. */
export function memberOf<T>(list: readonly T[], bits: number): T {
  return list[Math.floor(fractionOf(bits) * list.length)] as T;
}

/** A position in a list of weights, drawn in proportion to them by a 32-bit value, in constant time. */
export type Lottery = (bits: number) => number;

/** Prepares a lottery of some 64 to 128 tickets a position; even the smallest weight holds one. */
export function createLottery(weights: readonly number[]): Lottery {
  const bitsUsed = Math.ceil(Math.log2(weights.length * 64));
  const tickets = new Uint32Array(2 ** bitsUsed);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = tickets.length - weights.length;
  let sum = 0;
  let from = 0;
  weights.forEach((weight, position) => {
    sum += weight;
    const to = position + 1 + Math.round((sum / total) * spare);
    tickets.fill(position, from, to);
    from = to;
  });
  return (bits) => tickets[bits >>> (32 - bitsUsed)] as number;
}

/** Draws in a row, for building one object. */
export interface Draws {
  /** 0 ≤ x < 1. */
  fraction(): number;
  /** A whole number, both ends included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  member<T>(list: readonly T[]): T;
}

/** Draws for one row of a named table; what is drawn for a row never moves another row. */
export function createDraws(seed: number, name: string, row: number | string): Draws {
  const stream = createStream(seed, `${name}.${row}`);
  let drawn = 0;
  const fraction = () => fractionOf(stream(drawn++));
  return {
    fraction,
    integer: (min, max) => min + Math.floor(fraction() * (max - min + 1)),
    chance: (probability) => fraction() < probability,
    member: (list) => list[Math.floor(fraction() * list.length)] as (typeof list)[number],
  };
}
