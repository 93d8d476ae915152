import { choice, flag, id, integer, type Kind, phone, text, time } from "./kinds.ts";
import type { Noun } from "./noun.ts";

const matches = ["default", "starts", "exact"] as const;

/** How the caller's number is compared; the wire says 0, 1 and 2 (observed). */
const callerMatch: Kind<(typeof matches)[number]> = {
  ...choice(...matches),
  fromWire: (value) => (value === undefined ? null : (matches[Number(value)] ?? String(value))),
  toWire: (word) => matches.indexOf(word),
};

/**
 * A number that may not be called, or may not call, over some routes. Account or carrier 0 means all. Its note says
 * nothing about what it blocks, and is no part of its natural key.
 */
export const restriction: Noun = {
  name: "restriction",
  plural: "restrictions",
  exampleId: "5001",
  idField: "restriction_id",
  nameField: "dst_number",
  naturalKey: [
    "dst_number",
    "src_number",
    "src_match_type",
    "account_id",
    "carrier_id",
    "priority",
    "restriction_start",
    "restriction_end",
  ],
  fields: [
    { name: "restriction_id", label: "ID", kind: id, priority: 1 },
    { name: "priority", label: "Priority", kind: integer(1), priority: 3, writable: true, required: true },
    { name: "dst_number", label: "Called", kind: phone, priority: 1, writable: true },
    { name: "src_number", label: "Caller", kind: phone, priority: 2, writable: true },
    {
      name: "src_match_type",
      label: "Caller match",
      kind: callerMatch,
      priority: 5,
      writable: true,
      fallback: "default",
    },
    {
      name: "account_id",
      label: "Account",
      kind: id,
      priority: 2,
      writable: true,
      refersTo: "account",
      fallback: "0",
    },
    {
      name: "carrier_id",
      label: "Carrier",
      kind: id,
      priority: 2,
      writable: true,
      refersTo: "carrier",
      fallback: "0",
    },
    { name: "restriction_start", label: "From", kind: time, priority: 4, writable: true },
    { name: "restriction_end", label: "Until", kind: time, priority: 4, writable: true },
    { name: "enabled", label: "Enabled", kind: flag, priority: 2 },
    { name: "note", label: "Note", kind: text, priority: 3, writable: true },
    { name: "platform_id", label: "Platform", kind: id },
    { name: "created_at", label: "Created", kind: time },
    { name: "updated_at", label: "Updated", kind: time },
  ],
  aims: ["dst_number", "src_number", "account_id", "carrier_id"],
  synonyms: {
    priority: ["rank"],
    dst_number: ["called number", "destination", "destination number", "number", "dnis"],
    src_number: ["caller number", "source", "source number", "calling number", "ani"],
    src_match_type: ["match", "match type"],
    restriction_start: ["start", "start date", "valid from"],
    restriction_end: ["end", "end date", "valid to", "expires"],
    note: ["notes", "comment", "comments", "remark", "remarks", "reason"],
  },
};

/** What was changed on a restriction. */
export const restrictionChange = {
  idField: "history_id",
  fields: [
    { name: "history_id", label: "ID", kind: id, priority: 1 },
    { name: "changed_at", label: "When", kind: time, priority: 1 },
    { name: "username", label: "Who", kind: text, priority: 2 },
    { name: "action", label: "What", kind: text, priority: 1 },
    { name: "restriction_id", label: "Restriction", kind: id, priority: 1, refersTo: "restriction" },
    { name: "before", label: "Before", kind: text, priority: 4 },
    { name: "after", label: "After", kind: text, priority: 3 },
  ],
} as const satisfies Pick<Noun, "idField" | "fields">;
