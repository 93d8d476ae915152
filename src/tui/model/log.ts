import { text, time } from "../../domain/kinds.ts";
import type { Block } from "../../view/blocks.ts";
import type { State } from "./state.ts";

const fields = [
  { name: "at", label: "At", kind: time, priority: 1 },
  { name: "what", label: "What was said", kind: text, priority: 1 },
];

/** All that was said in this session, the latest first. */
export function logOf({ log }: Pick<State, "log">): Block[] {
  const rows = log.map(({ atMs, text: what }) => ({ at: new Date(atMs).toISOString(), what }));
  return [{ kind: "table", fields, rows: rows.toReversed(), idField: "at" }];
}
