import type { Block } from "../../view/blocks.ts";
import { type Answered, answerTo } from "./answers.ts";
import { ageText, arrange, type Panel, type SheetScreen } from "./result.ts";
import { mapScreens, type State } from "./state.ts";

/** The state with every screen that is made of panels laid out from what is known of them by now. */
export const fillPanels = (state: State): State =>
  mapScreens(state, (screen) =>
    screen.kind === "sheet" && screen.panels.length > 0
      ? arrange(screen, state, { blocks: panelBlocks(state, screen.panels) })
      : screen,
  );

/** Panels below each other: a heading with the age, then the rows, or why there are none. */
export function panelBlocks(state: Answered, panels: readonly Panel[]): readonly Block[] {
  return panels.flatMap(({ title, query }): Block[] => {
    const answer = answerTo(state, query);
    if (!answer) return [{ kind: "note", text: `${title}: loading…` }];
    const { blocks = [], error, notices } = answer;
    const age = answer.blocks ? `  ${ageText(state.nowMs - answer.loadedAtMs)}` : "";
    const hint = error?.facts.hint === undefined ? "" : ` ${error.facts.hint}`;
    const trouble = error ? `: ${error.message}${hint}` : "";
    return [
      { kind: "note", text: `${title}${age}${trouble}` },
      ...blocks,
      ...notices.map((text) => ({ kind: "note", text }) as const),
    ];
  });
}

/** How old the parts of a screen are, as it would read at a time. */
export const panelAges = ({ answers }: Answered, { panels }: SheetScreen, nowMs: number): string =>
  panels.map(({ query }) => ageText(nowMs - (answerTo({ answers }, query)?.loadedAtMs ?? nowMs))).join(" ");
