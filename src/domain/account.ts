import { flag, id, integer, text, time } from "./kinds.ts";
import type { Noun } from "./noun.ts";

/** A customer's account: what calls come in on. */
export const account: Noun = {
  name: "account",
  plural: "accounts",
  idField: "account_id",
  nameField: "account_name",
  naturalKey: ["account_name", "customer_id"],
  fields: [
    { name: "account_id", label: "ID", kind: id, priority: 1 },
    { name: "account_name", label: "Account", kind: text, priority: 1, writable: true, required: true },
    {
      name: "customer_id",
      label: "Company ID",
      kind: id,
      priority: 4,
      writable: true,
      required: true,
      refersTo: "company",
    },
    { name: "customer_name", label: "Company", kind: text, priority: 2 },
    { name: "enabled", label: "Enabled", kind: flag, priority: 2, writable: true },
    { name: "currency", label: "Currency", kind: text, priority: 5, writable: true },
    { name: "ip_address", label: "IP address", kind: text, priority: 3, writable: true },
    { name: "tech_prefix", label: "Prefix", kind: text, priority: 6, writable: true },
    { name: "channels_limit", label: "Channels", kind: integer(), priority: 4, writable: true },
    { name: "cps_limit", label: "CPS", kind: integer(), priority: 4, writable: true },
    { name: "lrn_dip", label: "LRN dip", kind: flag, priority: 7, writable: true },
    { name: "platform_id", label: "Platform", kind: id },
    { name: "note", label: "Note", kind: text, writable: true },
    { name: "created_at", label: "Created", kind: time },
    { name: "updated_at", label: "Updated", kind: time },
  ],
  synonyms: {
    account_id: ["account number"],
    account_name: ["name", "customer account", "trunk"],
    customer_id: ["customer", "customer number", "client id"],
    enabled: ["active", "status"],
    currency: ["ccy"],
    ip_address: ["ip", "ips", "host", "source ip"],
    tech_prefix: ["technical prefix"],
    channels_limit: ["channel limit", "max channels", "capacity", "ports"],
    cps_limit: ["max cps", "calls per second"],
    lrn_dip: ["lrn", "dip"],
    note: ["notes", "comment", "comments", "remark", "remarks"],
  },
};
