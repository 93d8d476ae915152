import { flag, id, integer, text, time } from "./kinds.ts";
import type { Noun } from "./noun.ts";

/** A vendor's trunk: where calls go out. */
export const carrier: Noun = {
  name: "carrier",
  plural: "carriers",
  idField: "carrier_id",
  nameField: "carrier_name",
  naturalKey: ["carrier_name"],
  fields: [
    { name: "carrier_id", label: "ID", kind: id, priority: 1 },
    { name: "carrier_name", label: "Carrier", kind: text, priority: 1, writable: true, required: true },
    { name: "enabled", label: "Enabled", kind: flag, priority: 2, writable: true },
    { name: "group_id", label: "Group", kind: id, priority: 3, writable: true },
    { name: "customer_id", label: "Company ID", kind: id, priority: 5, writable: true, refersTo: "company" },
    { name: "customer_name", label: "Company", kind: text, priority: 3, personal: true },
    { name: "currency", label: "Currency", kind: text, priority: 6, writable: true },
    { name: "host", label: "Host", kind: text, priority: 2, writable: true },
    { name: "port", label: "Port", kind: integer(0, 65_535), priority: 4, writable: true },
    { name: "tech_prefix", label: "Prefix", kind: text, priority: 6, writable: true },
    { name: "channels_limit", label: "Channels", kind: integer(), priority: 4, writable: true },
    { name: "cps_limit", label: "CPS", kind: integer(), priority: 4, writable: true },
    { name: "priority", label: "Priority", kind: integer(), priority: 5, writable: true },
    { name: "platform_id", label: "Platform", kind: id },
    { name: "note", label: "Note", kind: text, writable: true },
    { name: "created_at", label: "Created", kind: time },
    { name: "updated_at", label: "Updated", kind: time },
  ],
  synonyms: {
    carrier_id: ["carrier number", "vendor id"],
    carrier_name: ["name", "vendor", "vendor name", "supplier"],
    enabled: ["active", "status"],
    customer_id: ["customer", "customer number", "client id"],
    currency: ["ccy"],
    host: ["ip", "ip address", "address", "gateway"],
    port: ["sip port"],
    tech_prefix: ["technical prefix"],
    channels_limit: ["channel limit", "max channels", "capacity"],
    cps_limit: ["max cps", "calls per second"],
    priority: ["weight", "rank"],
    note: ["notes", "comment", "comments", "remark", "remarks"],
  },
};
