import { type Handlers, ok, type World } from "../handler.ts";
import {
  findObject,
  listObjects,
  mayUse,
  type ObjectKind,
  pageOf,
  withCompany,
  writeObject,
} from "../objects.ts";
import { invalid } from "../refusal.ts";
import { bit, email, existing, integer, list, type Rules, required, textMax } from "../rules.ts";

type Area = "listAccounts" | "createAccount" | "getAccount" | "updateAccount" | "listAccountCarriers";

const accountKind: ObjectKind<"accounts"> = {
  table: "accounts",
  model: "Account",
  defaults: {
    enabled: 1,
    currency: "USD",
    ip_address: null,
    tech_prefix: null,
    channels_limit: null,
    cps_limit: null,
    lrn_dip: 0,
    note: null,
  },
  rules: (body, world) => ({
    account_name: [required, textMax(255)],
    customer_id: [required, knownCompany(world)],
    enabled: [bit],
    currency: [textMax(3)],
    ip_address: [textMax(255)],
    tech_prefix: [textMax(16)],
    channels_limit: [integer(0)],
    cps_limit: [integer(0)],
    lrn_dip: [bit],
    note: [textMax(1000)],
    contacts: [list],
    ...contactRules(body.contacts),
  }),
  refuse: invalid,
};

/** The id of a company that exists. */
export function knownCompany(world: World) {
  return existing((id) => world.store.get("companies", id) !== undefined);
}

function contactRules(contacts: unknown): Rules {
  if (!Array.isArray(contacts)) return {};
  return Object.fromEntries(contacts.map((_, index) => [`contacts.${index}.email`, [required, email]]));
}

/** Customers' accounts. */
export const accountHandlers: Pick<Handlers, Area> = {
  listAccounts(call, world) {
    const page = pageOf(listObjects("accounts", call, world), call, "/api/accounts");
    return ok({ ...page, data: page.data.map((row) => withCompany(row, world)) });
  },
  createAccount: (call, world) => ok(withCompany(writeObject(accountKind, call, world), world)),
  getAccount: (call, world) => ok(withCompany(findObject(accountKind, call, world), world)),
  updateAccount(call, world) {
    const before = findObject(accountKind, call, world);
    return ok(withCompany(writeObject(accountKind, call, world, before), world));
  },
  listAccountCarriers(call, world) {
    const account = findObject(accountKind, call, world);
    return ok(world.store.rows("carriers").filter((carrier) => mayUse(account, carrier)));
  },
};
