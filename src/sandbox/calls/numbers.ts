import { tollFreeNpas } from "../../telecom/nanp.ts";
import { geographicNpas } from "../../telecom/npa.ts";
import { routingNumberOf } from "../portability.ts";
import { createStream, fractionOf, memberOf } from "../random.ts";
import { destinations, type Route } from "../seed/destinations.ts";
import { exchangeAt, exchangeCount } from "../seed/exchange.ts";
import type { AccountTraffic } from "./traffic.ts";

/** Overlays that are newer than the table of area codes, so that their jurisdiction is indeterminate. */
const newerNpas = "329 350 353 368 436 557 624 679 729 771 826 943".split(" ");

/** Where a call goes; E.164 digits without plus. */
export interface Called {
  number: string;
  /** What a minute abroad costs to buy; zero inside North America. */
  cost: number;
  international: boolean;
}

/** The numbers of a call by its index. */
export interface Numbers {
  caller(index: number, account: AccountTraffic): string;
  called(index: number, account: AccountTraffic): Called;
  /** The number to route by, the same that a lookup answers; null abroad and when the account doesn't dip. */
  lrn(account: AccountTraffic, called: Called): string | null;
}

function subscriber(npa: string, bits: number): string {
  const line = 10_000 + (Math.floor(bits / exchangeCount) % 10_000);
  return `1${npa}${exchangeAt(bits % exchangeCount)}${String(line).slice(1)}`;
}

/** A foreign number: some digits after its code are fixed by the route, the rest is drawn. */
function foreign(code: string, route: Route, bits: number): string {
  const head = code + memberOf(route.beginnings, bits);
  const rest = String(bits).padStart(10, "0");
  return head + rest.slice(rest.length - (route.digits - head.length));
}

/** The numbers of all calls. */
export function createNumbers(seed: number): Numbers {
  const callerKind = createStream(seed, "calls.caller.kind");
  const callerSlot = createStream(seed, "calls.caller.slot");
  const calledKind = createStream(seed, "calls.called.kind");
  const calledArea = createStream(seed, "calls.called.area");
  const calledDigits = createStream(seed, "calls.called.digits");

  /** One of an account's own numbers: two thirds of them at home. */
  const own = (account: AccountTraffic, slot: number) => {
    const bits = account.callerDigits(slot);
    return subscriber(slot % 3 === 0 ? memberOf(geographicNpas, bits) : account.homeNpa, bits);
  };

  return {
    caller(index, account) {
      const kind = fractionOf(callerKind(index));
      const bits = callerSlot(index);
      if (kind < 0.015) return "anonymous";
      if (kind < 0.03) return subscriber(memberOf(tollFreeNpas, bits), bits);
      if (kind < 0.04) return subscriber(memberOf(newerNpas, bits), bits);
      return own(account, Math.floor(fractionOf(bits) ** 2 * account.callers));
    },
    called(index, account) {
      const kind = fractionOf(calledKind(index));
      const bits = calledDigits(index);
      if (kind < account.internationalShare) {
        const destination =
          destinations[Math.floor(fractionOf(calledArea(index)) ** 2 * destinations.length)];
        const route = destination?.routes[(bits >>> 16) % 5 < 2 ? 0 : 1];
        if (destination && route) {
          return { number: foreign(destination.code, route, bits), cost: route.cost, international: true };
        }
      }
      const npa =
        kind > 0.99
          ? memberOf(tollFreeNpas, bits)
          : kind > 0.75
            ? account.homeNpa
            : memberOf(geographicNpas, calledArea(index));
      return { number: subscriber(npa, bits), cost: 0, international: false };
    },
    lrn(account, called) {
      return called.international || !account.dipsLrn ? null : routingNumberOf(seed, called.number);
    },
  };
}
