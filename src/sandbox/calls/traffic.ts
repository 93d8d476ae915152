import type { Schemas } from "../../contract/operations.ts";
import { geographicNpas } from "../../telecom/npa.ts";
import { createDraws, createLottery, createStream, type Lottery, type Stream } from "../random.ts";
import { isDialer } from "../seed/names.ts";
import { accountTerms, carrierTerms, type Terms } from "./terms.ts";

/** How an account calls. */
export interface AccountTraffic {
  /** What its records say of it, as its row writes it. */
  fields: Required<Pick<Schemas["Cdr"], "account_id" | "account_name" | "customer_id" | "platform_id">>;
  id: string;
  platformId: string;
  weight: number;
  /** Sends automatic calls. */
  dialer: boolean;
  /** Factor on the carriers' answer ratios. */
  quality: number;
  /** Median seconds of an answered call. */
  medianSec: number;
  internationalShare: number;
  homeNpa: string;
  /** Digits of its numbers, by their position. */
  callerDigits: Stream;
  /** How many numbers it calls from. */
  callers: number;
  dipsLrn: boolean;
  terms: Terms;
}

/** How a carrier completes calls. */
export interface CarrierTraffic {
  fields: Required<Pick<Schemas["Cdr"], "carrier_id" | "carrier_name">>;
  host: string;
  id: string;
  platformId: string;
  weight: number;
  answerRatio: number;
  /** Draws a position in `failureCodes`. */
  failure: Lottery;
  /** Median milliseconds to the first ringing. */
  pddMs: number;
  /** In trouble since some hours before the anchor. */
  failing: boolean;
  terms: Terms;
}

/** SIP codes of calls that were not answered, and how common each is at a sound carrier. */
export const failureCodes = [486, 480, 487, 404, 503, 603, 484, 408, 500] as const;
const failureWeights = [22, 20, 18, 14, 7, 6, 3, 6, 2] as const;

/** What a carrier in trouble answers: mostly 503. */
export const troubledFailure = createLottery([2, 4, 5, 4, 70, 2, 1, 7, 5]);
export const troubledAnswerRatio = 0.07;

function isOn(flag: Schemas["Flag"] | undefined): boolean {
  return flag !== false && String(flag) !== "0";
}

function accountTraffic(seed: number, row: Schemas["Account"]): AccountTraffic {
  const { account_id = "", account_name = "", customer_id = "", platform_id = "" } = row;
  const id = String(account_id);
  const draws = createDraws(seed, "traffic.account", id);
  const dialer = isDialer(account_name);
  const acdSec = 60 + draws.fraction() * 300;
  return {
    fields: { account_id, account_name, customer_id, platform_id },
    id,
    platformId: String(platform_id),
    weight: (0.004 + draws.fraction()) ** -0.9 * (dialer ? 1.6 : 1),
    dialer,
    quality: (0.8 + draws.fraction() * 0.4) * (dialer ? 0.6 : 1),
    medianSec: acdSec / 1.772,
    internationalShare: draws.chance(0.25) ? 0.2 + draws.fraction() * 0.2 : draws.fraction() * 0.02,
    homeNpa: draws.member(geographicNpas),
    callerDigits: createStream(seed, `calls.caller.digits.${id}`),
    callers: dialer ? 2_000 : draws.member([20, 100, 400]),
    dipsLrn: isOn(row.lrn_dip),
    terms: accountTerms(seed, id),
  };
}

function carrierTraffic(
  seed: number,
  row: Schemas["Carrier"],
  trouble: "none" | "always" | "lately",
): CarrierTraffic {
  const { carrier_id = "", carrier_name = "", host } = row;
  const id = String(carrier_id);
  const draws = createDraws(seed, "traffic.carrier", id);
  const always = trouble === "always";
  const weight = (0.004 + draws.fraction()) ** -0.6;
  return {
    fields: { carrier_id, carrier_name },
    host: host ?? "sip.example",
    id,
    platformId: String(row.platform_id),
    weight: trouble === "none" ? weight : 2,
    answerRatio: always ? troubledAnswerRatio : 0.22 + draws.fraction() * 0.48,
    failure: always
      ? troubledFailure
      : createLottery(failureWeights.map((each) => each * (0.4 + draws.fraction() * 1.2))),
    pddMs: 900 + draws.fraction() ** 2 * 4_200,
    failing: trouble === "lately",
    terms: carrierTerms(seed, id),
  };
}

/** The accounts that call, by rows that are switched on. */
export function accountsTraffic(seed: number, rows: readonly Schemas["Account"][]): AccountTraffic[] {
  return rows.filter((row) => isOn(row.enabled)).map((row) => accountTraffic(seed, row));
}

/** The carriers that take calls; of four or more, one or two are bad, and one has been bad for hours. */
export function carriersTraffic(seed: number, rows: readonly Schemas["Carrier"][]): CarrierTraffic[] {
  const active = rows.filter((row) => isOn(row.enabled));
  const at = (share: number) => (active.length < 4 ? -1 : Math.floor(active.length * share));
  return active.map((row, n) => {
    const trouble =
      n === at(0.25) || (n === at(0.8) && active.length > 12) ? "always" : n === at(0.5) ? "lately" : "none";
    return carrierTraffic(seed, row, trouble);
  });
}
