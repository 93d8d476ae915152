import type { OperationId } from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";
import { createStream, fractionOf } from "./random.ts";

/**
 * What can go wrong with a call. http429, http500, http503: refused before anything was done; html: a proxy's page
 * with status 200 instead; reset: the connection ends before anything was done; lost: everything was done, then the
 * connection ends; cut: it ends midway in the answer; stall: the answer stops midway; slow: it comes late.
 */
export const faultKinds = [
  "http429",
  "http500",
  "http503",
  "html",
  "reset",
  "lost",
  "cut",
  "stall",
  "slow",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** One fault that happens to a call; only `slow` has a delay. */
export interface Fault {
  readonly kind: FaultKind;
  readonly delayMs: number;
}

/** A fault that is bound to happen: to the next so many calls, or to those of one operation. */
export interface NextFault {
  readonly operation?: OperationId;
  readonly kind: FaultKind;
  readonly times?: number;
  readonly delayMs?: number;
}

/** Decides for every call which fault, if any, happens to it. */
export interface Faults {
  /** Replaces the faults by chance; an empty text clears them and what `next` has left. */
  set(spec: string): void;
  next(fault: NextFault): void;
  draw(operation: OperationId): Fault | undefined;
  facts(): { faults: string; pending: readonly NextFault[]; injected: Readonly<Record<string, number>> };
}

interface Chance extends Fault {
  readonly probability: number;
}

const slowDelayMs = 200;
const grammar = `a list of kind:probability with kinds ${faultKinds.join(", ")}; slow is slow:200ms@0.05`;

/**
 * Reads a fault list such as `http429:0.05,lost:0.01,slow:200ms@0.05`.
 * @throws usage naming the part that can't be read
 */
export function parseFaults(spec: string): readonly Chance[] {
  const chances = spec.trim() === "" ? [] : spec.split(",").map((part) => parseChance(part.trim()));
  const sum = chances.reduce((total, chance) => total + chance.probability, 0);
  if (sum > 1 + 1e-9) throw badFaults(spec, "the probabilities add up to more than 1");
  return chances;
}

function parseChance(part: string): Chance {
  const match = /^([a-z0-9]+):(?:(\d{1,6})ms@)?(\d*\.?\d+)$/.exec(part);
  const kind = faultKinds.find((name) => name === match?.[1]);
  const probability = Number(match?.[3]);
  if (match === null || kind === undefined) throw badFaults(part, "it is not a fault");
  if ((match[2] === undefined) === (kind === "slow"))
    throw badFaults(part, "slow, and only slow, takes a delay");
  if (!(probability <= 1)) throw badFaults(part, "a probability lies between 0 and 1");
  return { kind, probability, delayMs: Number(match[2] ?? 0) };
}

function badFaults(part: string, reason: string): SipnavError {
  return new SipnavError("usage", `Can't use the fault "${part}": ${reason}.`, {
    hint: `Faults are ${grammar}.`,
  });
}

/** The faults of one server: the same seed, list and order of calls give the same faults. */
export function createFaults(spec: string, seed: number): Faults {
  const stream = createStream(seed, "faults");
  let drawn = 0;
  let faults = spec;
  let chances = parseFaults(spec);
  let pending: NextFault[] = [];
  const injected: Record<string, number> = {};

  const pick = (operation: OperationId): Fault | undefined => {
    const bound = pending.find((entry) => (entry.operation ?? operation) === operation);
    if (bound !== undefined) {
      const left = { ...bound, times: (bound.times ?? 1) - 1 };
      pending = pending.map((entry) => (entry === bound ? left : entry)).filter((entry) => entry.times !== 0);
      return { kind: bound.kind, delayMs: bound.delayMs ?? slowDelayMs };
    }
    let point = fractionOf(stream(drawn++));
    return chances.find((chance) => {
      point -= chance.probability;
      return point < 0;
    });
  };
  return {
    set(text) {
      chances = parseFaults(text);
      faults = text;
      if (chances.length === 0) pending = [];
    },
    next(fault) {
      pending.push(fault);
    },
    draw(operation) {
      const fault = pick(operation);
      if (fault !== undefined) injected[fault.kind] = (injected[fault.kind] ?? 0) + 1;
      return fault;
    },
    facts: () => ({ faults, pending: [...pending], injected: { ...injected } }),
  };
}
