import { type Handlers, ok } from "../handler.ts";
import { findObject, listObjects, type ObjectKind, pageOf, writeObject } from "../objects.ts";
import { invalidAsAbsent } from "../refusal.ts";
import { bit, email, money, oneOf, required, textMax } from "../rules.ts";

type Area =
  | "listCompanies"
  | "createCompany"
  | "getCompany"
  | "updateCompany"
  | "getCompanyBalance"
  | "listCompanyNames";

const companyKind: ObjectKind<"companies"> = {
  table: "companies",
  model: "Customer",
  defaults: {
    enabled: 1,
    email: null,
    phone: null,
    address: null,
    city: null,
    state: null,
    country: null,
    zip: null,
    currency: "USD",
    credit_limit: "0.00",
    payment_type: "prepaid",
    note: null,
  },
  rules: () => ({
    customer_name: [required, textMax(255)],
    enabled: [bit],
    email: [email],
    phone: [textMax(32)],
    address: [textMax(255)],
    city: [textMax(100)],
    state: [textMax(100)],
    country: [textMax(100)],
    zip: [textMax(20)],
    currency: [textMax(3)],
    credit_limit: [money],
    payment_type: [oneOf(["prepaid", "postpaid"])],
    note: [textMax(1000)],
  }),
  refuse: invalidAsAbsent,
};

/** The parties that own accounts and carriers. */
export const companyHandlers: Pick<Handlers, Area> = {
  listCompanies: (call, world) => ok(pageOf(listObjects("companies", call, world), call, "/api/companies")),
  createCompany(call, world) {
    const company = writeObject(companyKind, call, world);
    world.store.put("balances", {
      customer_id: company.customer_id ?? 0,
      balanceamount: "0.00",
      currency: company.currency ?? "USD",
      credit_limit: company.credit_limit ?? "0.00",
    });
    return ok(company);
  },
  getCompany: (call, world) => ok(findObject(companyKind, call, world)),
  updateCompany: (call, world) =>
    ok(writeObject(companyKind, call, world, findObject(companyKind, call, world))),
  getCompanyBalance(call, world) {
    const company = findObject(companyKind, call, world);
    const balance = world.store.get("balances", company.customer_id);
    return ok({
      balanceamount: balance?.balanceamount ?? "0.00",
      currency: company.currency ?? "USD",
      credit_limit: company.credit_limit ?? "0.00",
    });
  },
  listCompanyNames(call, world) {
    const rows = listObjects("companies", call, world);
    return ok(rows.map(({ customer_id = 0, customer_name = "" }) => ({ customer_id, customer_name })));
  },
};
