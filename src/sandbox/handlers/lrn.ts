import { placeOfNpa } from "../../telecom/npa.ts";
import { type Handlers, ok } from "../handler.ts";
import { routingNumberOf } from "../portability.ts";
import { createStream } from "../random.ts";
import { digits, validate } from "../rules.ts";

/** Number portability: an unported number returns itself. */
export const lrnHandlers: Pick<Handlers, "lookupLrn"> = {
  lookupLrn(call, world) {
    const { number } = call.path;
    validate({ number }, { number: [digits(10, 11)] });
    const lrn = routingNumberOf(world.seed, number);
    const exchange = lrn.slice(-10, -4);
    const draw = createStream(world.seed, `exchange.${exchange}`);
    return ok({
      number,
      lrn,
      ocn: String(1000 + (draw(0) % 9000)),
      lata: String(120 + (draw(1) % 840)),
      state: placeOfNpa(exchange.slice(0, 3))?.code ?? null,
      // Not in the contract: the platform sends more than is known of it.
      spid: String(draw(2) % 10_000).padStart(4, "0"),
      switch_type: lrn === number ? "wireline" : "wireless",
    });
  },
};
