import { flag, id, integer, text, time } from "./kinds.ts";
import type { Noun } from "./noun.ts";

/** A rate deck: the prices of one account or carrier. */
export const deck = {
  idField: "crd_id",
  fields: [
    { name: "crd_id", label: "ID", kind: id, priority: 1 },
    { name: "deck_name", label: "Deck", kind: text, priority: 1 },
    { name: "account_id", label: "Account", kind: id, priority: 2, refersTo: "account" },
    { name: "carrier_id", label: "Carrier", kind: id, priority: 2, refersTo: "carrier" },
    { name: "local", label: "Local", kind: flag, priority: 3 },
    { name: "enabled", label: "Enabled", kind: flag, priority: 3 },
    { name: "currency", label: "Currency", kind: text, priority: 4 },
    { name: "rows_count", label: "Rows", kind: integer(), priority: 3 },
    { name: "effective_at", label: "Effective", kind: time, priority: 4 },
    { name: "filename", label: "File", kind: text, priority: 5 },
    { name: "platform_id", label: "Platform", kind: id },
    { name: "updated_at", label: "Updated", kind: time },
  ],
} as const satisfies Pick<Noun, "idField" | "fields">;
