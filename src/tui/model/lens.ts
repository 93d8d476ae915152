import type { Size } from "../terminal/differ.ts";
import type { Cells } from "./cells.ts";
import type { Kept } from "./kept.ts";

/** What every screen is seen through: laid out anew when it changes. */
export interface Lens {
  readonly size: Size;
  readonly cells: Cells;
  /** What is remembered of how it is liked. */
  readonly kept: Pick<Kept, "pane">;
}
