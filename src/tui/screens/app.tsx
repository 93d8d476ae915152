import { Box } from "ink";
import { pad, truncate, width } from "../../core/text.ts";
import { cellsText, maskText } from "../model/cells.ts";
import { hintsOf } from "../model/keys.ts";
import { sheetScreen } from "../model/result.ts";
import { bodyRows, frameColumns, isTiny, sizeMin } from "../model/size.ts";
import { currentScreen, type Screen, type State } from "../model/state.ts";
import { ChooserBody } from "./chooser.tsx";
import { FormBody } from "./form.tsx";
import { MenuBody } from "./menu.tsx";
import { QuestionBox } from "./question.tsx";
import { Row } from "./row.tsx";
import { SheetBody } from "./sheet.tsx";

/** The whole screen. */
export function App({ state }: { state: State }) {
  const { size, question, notice, running, cells } = state;
  const hush = cells.mask ? maskText : (text: string) => text;
  const columns = frameColumns(size);
  if (isTiny(size)) return <Card columns={columns} />;
  const screen =
    running && !running.refreshes ? sheetScreen(running.title, running.blocks, state) : currentScreen(state);
  return (
    <Box flexDirection="column" width={columns} height={size.rows}>
      <Row text={hush(headerText(state, columns))} columns={columns} tone="bar" />
      <Box flexDirection="column" flexGrow={1} overflowY="hidden">
        <Body screen={screen} state={state} columns={columns} />
      </Box>
      {question && <QuestionBox question={{ ...question, text: hush(question.text) }} columns={columns} />}
      <Row text={` ${hush(notice)}`} columns={columns} tone="head" />
      <Row text={` ${footerText(state)}`} columns={columns} tone="faint" />
    </Box>
  );
}

function Body({ screen, state, columns }: { screen: Screen; state: State; columns: number }) {
  const rows = bodyRows(state.size);
  switch (screen.kind) {
    case "menu":
      return <MenuBody screen={screen} bindings={state.bindings} columns={columns} rows={rows} />;
    case "form":
      return <FormBody screen={screen} columns={columns} rows={rows} />;
    case "sheet":
      return <SheetBody screen={screen} columns={columns} state={state} />;
    case "chooser":
    case "columns":
      return <ChooserBody screen={screen} columns={columns} rows={rows} />;
  }
}

/** Where one is, and on which profile. */
function headerText({ screens, profile, cells }: State, columns: number): string {
  const right = [cellsText(cells), profile, ""]
    .filter((text, index) => text || index > 1)
    .join("  ")
    .trimStart();
  const room = columns - width(right);
  const way = (from: number) => {
    const titles = screens.slice(from).map(({ title }) => title);
    return ` sipnav  ${[...(from > 0 ? ["…"] : []), ...titles].join(" > ")} `;
  };
  // The beginning of a long way is left out: the end says where one is.
  const from = screens.findIndex((_, index) => width(way(index)) <= room);
  return pad(truncate(way(from < 0 ? screens.length - 1 : from), room), room) + right;
}

function footerText(state: State): string {
  const { question, running } = state;
  if (question?.kind === "confirm") return `${question.yesChord} yes   Enter cancel`;
  if (question) return "Enter answer   Esc cancel";
  if (running) return running.cancelling ? "Cancelling…" : "Working… Ctrl-C cancels";
  const screen = currentScreen(state);
  if (screen.kind === "sheet" && screen.isFiltering) return "Enter keep   Esc show all";
  return hintsOf(state.bindings, screen.kind).join("   ");
}

function Card({ columns }: { columns: number }) {
  return (
    <Box flexDirection="column">
      <Row text="sipnav" columns={columns} tone="head" />
      <Row text={`needs ${sizeMin.columns}×${sizeMin.rows} cells`} columns={columns} />
      <Row text="q quits" columns={columns} />
    </Box>
  );
}
