import { type Handlers, ok } from "../handler.ts";
import { findObject, listObjects, mayUse, type ObjectKind, withCompany, writeObject } from "../objects.ts";
import { paginate } from "../paginator.ts";
import { invalid } from "../refusal.ts";
import { bit, integer, required, textMax } from "../rules.ts";
import { knownCompany } from "./accounts.ts";

type Area = "listCarriers" | "createCarrier" | "getCarrier" | "updateCarrier" | "listCarrierAccounts";

const carrierKind: ObjectKind<"carriers"> = {
  table: "carriers",
  model: "Carrier",
  defaults: {
    enabled: 1,
    group_id: null,
    customer_id: null,
    currency: "USD",
    host: null,
    port: null,
    tech_prefix: null,
    channels_limit: null,
    cps_limit: null,
    priority: null,
    note: null,
  },
  rules: (_body, world) => ({
    carrier_name: [required, textMax(255)],
    // 2 was seen on the wire, and means yes.
    enabled: [(value) => (String(value) === "2" ? undefined : bit(value))],
    group_id: [integer(0)],
    customer_id: [knownCompany(world)],
    currency: [textMax(3)],
    host: [textMax(255)],
    port: [integer(1, 65_535)],
    tech_prefix: [textMax(16)],
    channels_limit: [integer(0)],
    cps_limit: [integer(0)],
    priority: [integer(0)],
    note: [textMax(1000)],
  }),
  refuse: invalid,
};

/** Vendors' trunks. */
export const carrierHandlers: Pick<Handlers, Area> = {
  // The platform was seen to ignore `page` and `per_page` here: everything comes, as one page.
  listCarriers(call, world) {
    const rows = listObjects("carriers", call, world);
    if (rows.length === 0) return ok([]) as unknown as ReturnType<Handlers["listCarriers"]>;
    const page = paginate(rows, "/api/carriers", 1, rows.length);
    return ok({ ...page, data: rows.map((row) => withCompany(row, world)) });
  },
  createCarrier: (call, world) => ok(withCompany(writeObject(carrierKind, call, world), world)),
  getCarrier: (call, world) => ok(withCompany(findObject(carrierKind, call, world), world)),
  updateCarrier(call, world) {
    const before = findObject(carrierKind, call, world);
    return ok(withCompany(writeObject(carrierKind, call, world, before), world));
  },
  listCarrierAccounts(call, world) {
    const carrier = findObject(carrierKind, call, world);
    return ok(world.store.rows("accounts").filter((account) => mayUse(account, carrier)));
  },
};
