import { utc } from "../../core/time.ts";
import type { Draws } from "../random.ts";

const dayMs = 86_400_000;

/** When a row was made, up to five years before the anchor, and last changed, in the wire's form. */
export function stamps(draws: Draws, anchorMs: number) {
  const createdMs = anchorMs - Math.floor((30 + draws.fraction() * 1_800) * dayMs);
  const updatedMs = createdMs + Math.floor(draws.fraction() * (anchorMs - createdMs));
  return { created_at: utc.toWire(createdMs), updated_at: utc.toWire(updatedMs) };
}
