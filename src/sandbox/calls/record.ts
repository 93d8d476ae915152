import type { Schemas } from "../../contract/operations.ts";
import { utc } from "../../core/time.ts";
import { jurisdictionOf } from "../../telecom/jurisdiction.ts";
import { createStream } from "../random.ts";
import type { Attempts } from "./attempt.ts";
import { bill } from "./terms.ts";

const firstId = 700_000_001;

/** Builds whole call records by index. */
export function createRecorder(seed: number, attempts: Attempts): (index: number) => Schemas["Cdr"] {
  const idBits = createStream(seed, "calls.id");
  return (index) => {
    const startMs = attempts.timeline.startMs(index);
    const account = attempts.account(index);
    const carrier = attempts.carrier(index);
    const sipCode = attempts.sipCode(index);
    const durationSec = attempts.durationSec(index);
    const pddMs = attempts.pddMs(index);
    const caller = attempts.caller(index);
    const called = attempts.called(index);
    const lrn = attempts.lrn(index);
    // E.164 numbers: a plus keeps ten foreign digits from being read as North American.
    const jurisdiction = jurisdictionOf(`+${caller}`, `+${lrn ?? called.number}`);
    const sold = bill(account.terms, jurisdiction, called.cost, durationSec);
    const bought = bill(carrier.terms, jurisdiction, called.cost, durationSec);
    return {
      cdr_id: firstId + index,
      call_id: `${idBits(index)}-${index}@${carrier.host}`,
      start_time: utc.toWire(startMs),
      answer_time: sipCode === 200 ? utc.toWire(attempts.setUpMs(index)) : null,
      end_time: utc.toWire(attempts.endMs(index)),
      src_number: caller,
      dst_number: called.number,
      lrn_number: lrn,
      account_id: account.fields.account_id,
      account_name: account.fields.account_name,
      carrier_id: carrier.fields.carrier_id,
      carrier_name: carrier.fields.carrier_name,
      customer_id: account.fields.customer_id,
      platform_id: account.fields.platform_id,
      duration: durationSec,
      pdd_ms: pddMs,
      sip_code: sipCode,
      release_side: attempts.releaseSide(index),
      jurisdiction,
      account_rate: sold.rate,
      account_increment: sold.increment,
      account_billed_seconds: sold.billedSec,
      account_cost: sold.cost,
      carrier_rate: bought.rate,
      carrier_increment: bought.increment,
      carrier_billed_seconds: bought.billedSec,
      carrier_cost: bought.cost,
    };
  };
}
