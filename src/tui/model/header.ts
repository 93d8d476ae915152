import { limits } from "../../core/limits.ts";
import { pad, truncate, width } from "../../core/text.ts";
import { cellsText } from "./cells.ts";
import type { State } from "./state.ts";

/** How the header looks: by platform, and whether writes are on. */
export type HeaderTone = "bar" | "sandbox" | "protected" | "readOnly" | "armed";

/** The header's tone; its text says the same. */
export function headerTone({ platform, armed }: State): HeaderTone {
  if (armed) return "armed";
  const tones = {
    sandbox: "sandbox",
    production: "bar",
    protected: "protected",
    "read-only": "readOnly",
  } as const;
  return platform ? tones[platform.kind] : "bar";
}

/** A header narrower than this says only half of the badge. */
const narrowColumns = 60;
/** One narrower than this says of the zone what it is, not where. */
const wideColumns = 100;

/** Where one is, on which profile, and whether writes are on. */
export function headerText(state: State, columns: number): string {
  const { screens, cells } = state;
  const badge = badgeOf(state, columns < narrowColumns);
  const profile = truncate(state.profile ?? "", Math.max(8, Math.floor(columns / 2) - width(badge)));
  const shown = cellsText(cells, columns < wideColumns);
  const right = [shown, profile, badge].filter((part) => part !== "").join("  ");
  const room = columns - width(right) - 1;
  const way = (from: number) => {
    const titles = screens.slice(from).map(({ title }) => title);
    return ` sipnav  ${[...(from > 0 ? ["…"] : []), ...titles].join(" > ")}`;
  };
  // The beginning of a long way is left out: the end says where one is.
  const from = screens.findIndex((_, index) => width(way(index)) < room);
  return `${pad(truncate(way(from < 0 ? screens.length - 1 : from), room - 1), room)}${right} `;
}

/** `production  writes off`, `protected  WRITES ON 9m`, `read-only`; the more important half where room is scarce. */
function badgeOf({ platform, profile, armed, nowMs }: State, isNarrow: boolean): string {
  if (!platform) return "";
  if (isNarrow && !armed) return platform.kind === profile ? "" : platform.kind;
  const writes = armed ? `WRITES ON ${minutesLeft(armed.untilMs, nowMs)}` : "writes off";
  const kind = platform.kind === profile ? [] : [platform.kind];
  return [...(isNarrow ? [] : kind), ...(platform.kind === "read-only" ? [] : [writes])].join("  ");
}

/** `10m`: the rest of a time in minutes that have begun. */
export const minutesLeft = (untilMs: number, nowMs: number): string =>
  `${Math.min(limits.armedMs / 60_000, Math.max(0, Math.ceil((untilMs - nowMs) / 60_000)))}m`;

/** The state without an arming whose time is over. */
export function expireArming(state: State, nowMs: number): State {
  return state.armed && nowMs >= state.armed.untilMs ? { ...state, armed: undefined, nowMs } : state;
}
