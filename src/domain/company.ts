import { choice, flag, id, money, text, time } from "./kinds.ts";
import type { Noun } from "./noun.ts";

/** A party that owns accounts and carriers; the platform calls it customer. */
export const company: Noun = {
  name: "company",
  plural: "companies",
  idField: "customer_id",
  nameField: "customer_name",
  naturalKey: ["customer_name"],
  fields: [
    { name: "customer_id", label: "ID", kind: id, priority: 1 },
    { name: "customer_name", label: "Company", kind: text, priority: 1, writable: true, required: true },
    { name: "enabled", label: "Enabled", kind: flag, priority: 2, writable: true },
    {
      name: "payment_type",
      label: "Payment",
      kind: choice("prepaid", "postpaid"),
      priority: 3,
      writable: true,
    },
    { name: "currency", label: "Currency", kind: text, priority: 4, writable: true },
    { name: "credit_limit", label: "Credit limit", kind: money, priority: 3, writable: true },
    { name: "email", label: "Email", kind: text, priority: 4, writable: true },
    // Text, not a number to dial: people write extensions and words here.
    { name: "phone", label: "Phone", kind: text, priority: 5, writable: true },
    { name: "address", label: "Address", kind: text, writable: true },
    { name: "city", label: "City", kind: text, priority: 5, writable: true },
    { name: "state", label: "State", kind: text, priority: 6, writable: true },
    { name: "country", label: "Country", kind: text, priority: 6, writable: true },
    { name: "zip", label: "Zip", kind: text, writable: true },
    { name: "platform_id", label: "Platform", kind: id },
    { name: "note", label: "Note", kind: text, writable: true },
    { name: "created_at", label: "Created", kind: time },
    { name: "updated_at", label: "Updated", kind: time },
  ],
  synonyms: {
    customer_id: ["company id", "company number", "client id"],
    customer_name: ["name", "company name", "customer", "client", "client name"],
    enabled: ["active", "status"],
    payment_type: ["payment terms", "billing type"],
    currency: ["ccy"],
    credit_limit: ["credit"],
    email: ["mail", "email address"],
    phone: ["telephone", "phone number", "tel"],
    address: ["street", "street address"],
    city: ["town"],
    state: ["province", "region"],
    zip: ["zip code", "postal code", "postcode"],
    note: ["notes", "comment", "comments", "remark", "remarks"],
  },
};
