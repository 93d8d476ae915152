import { id } from "../domain/kinds.ts";
import { moment } from "../domain/moment.ts";
import type { Parameters } from "./define.ts";

/** Which calls: when they were, and whose. */
export const callParameters = {
  from: { kind: moment, summary: "Start of the range", default: "1h" },
  to: { kind: moment, summary: "End of the range", default: "now" },
  account: { kind: id, summary: "Only this account's", refersTo: "account" },
  carrier: { kind: id, summary: "Only this carrier's", refersTo: "carrier" },
} as const satisfies Parameters;
