import { id, integer, money, phone, text, time } from "./kinds.ts";
import type { Noun } from "./noun.ts";

/** A call detail record: one attempt, answered or not. */
export const cdr = {
  idField: "cdr_id",
  fields: [
    { name: "cdr_id", label: "ID", kind: id, priority: 6 },
    { name: "call_id", label: "Call-ID", kind: text },
    { name: "start_time", label: "Start", kind: time, priority: 1 },
    { name: "answer_time", label: "Answer", kind: time },
    { name: "end_time", label: "End", kind: time },
    { name: "src_number", label: "Caller", kind: phone, priority: 1 },
    { name: "dst_number", label: "Called", kind: phone, priority: 1 },
    { name: "lrn_number", label: "LRN", kind: phone, priority: 6 },
    { name: "account_id", label: "Account ID", kind: id, refersTo: "account" },
    { name: "account_name", label: "Account", kind: text, priority: 3, personal: true },
    { name: "carrier_id", label: "Carrier ID", kind: id, refersTo: "carrier" },
    { name: "carrier_name", label: "Carrier", kind: text, priority: 3 },
    { name: "customer_id", label: "Company ID", kind: id, refersTo: "company" },
    { name: "platform_id", label: "Platform", kind: id },
    { name: "duration", label: "Seconds", kind: integer(), priority: 2 },
    { name: "pdd_ms", label: "PDD ms", kind: integer(), priority: 5 },
    { name: "sip_code", label: "SIP", kind: integer(), priority: 2 },
    { name: "release_side", label: "Released by", kind: text },
    { name: "jurisdiction", label: "Jurisdiction", kind: text, priority: 6 },
    { name: "account_rate", label: "Rate in", kind: money, priority: 7 },
    { name: "account_increment", label: "Increment in", kind: text },
    { name: "account_billed_seconds", label: "Billed in", kind: integer() },
    { name: "account_cost", label: "Revenue", kind: money, priority: 4 },
    { name: "carrier_rate", label: "Rate out", kind: money, priority: 7 },
    { name: "carrier_increment", label: "Increment out", kind: text },
    { name: "carrier_billed_seconds", label: "Billed out", kind: integer() },
    { name: "carrier_cost", label: "Cost", kind: money, priority: 4 },
  ],
} as const satisfies Pick<Noun, "idField" | "fields">;
