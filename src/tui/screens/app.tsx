import { Box } from "ink";
import { maskText } from "../model/cells.ts";
import { headerText, headerTone } from "../model/header.ts";
import { alertsOf, homeOf } from "../model/home.ts";
import { idleActions } from "../model/idle.ts";
import { hintsOf } from "../model/keys.ts";
import { stopHint, toldRunning } from "../model/running.ts";
import { bodyRows, briefColumns, frameColumns, homeColumns, isTiny, sizeMin } from "../model/size.ts";
import { currentScreen, registryOf, type Screen, type State } from "../model/state.ts";
import { ChooserBody } from "./chooser.tsx";
import { FormBody } from "./form.tsx";
import { HomeBody } from "./home.tsx";
import { MenuBody } from "./menu.tsx";
import { OptionsBody } from "./options.tsx";
import { PaletteBody } from "./palette.tsx";
import { PickerBody } from "./picker.tsx";
import { QuestionBox } from "./question.tsx";
import { Row } from "./row.tsx";
import { RunningBody } from "./running.tsx";
import { SheetBody } from "./sheet.tsx";

/** The whole screen. */
export function App({ state }: { state: State }) {
  const { size, question, notice, alarm, cells } = state;
  const hush = cells.mask ? maskText : (text: string) => text;
  const hushed = question && { ...question, text: hush(question.text), lines: question.lines.map(hush) };
  const columns = frameColumns(size);
  if (isTiny(size)) return <Card columns={columns} />;
  const told = toldRunning(state);
  return (
    <Box flexDirection="column" width={columns} height={size.rows}>
      <Row text={hush(headerText(state, columns))} columns={columns} tone={headerTone(state)} />
      <Box flexDirection="column" flexGrow={1} flexBasis={0} overflowY="hidden">
        {/* Rows that have no room are cut off at the end, never squeezed. */}
        <Box flexDirection="column" flexShrink={0}>
          {told ? (
            <RunningBody running={told} state={state} columns={columns} />
          ) : (
            <Body screen={currentScreen(state)} state={state} columns={columns} />
          )}
        </Box>
      </Box>
      {hushed && <QuestionBox question={hushed} columns={columns} rows={bodyRows(size)} />}
      {notice === "" && alarm !== "" ? (
        <Row text={`! ${hush(alarm)}  (Esc: seen)`} columns={columns} tone="problem" />
      ) : (
        <Row text={` ${hush(notice || homeAside(state, columns))}`} columns={columns} tone="head" />
      )}
      <Row text={` ${footerText(state)}`} columns={columns} tone="faint" />
    </Box>
  );
}

function Body({ screen, state, columns }: { screen: Screen; state: State; columns: number }) {
  const rows = bodyRows(state.size);
  switch (screen.kind) {
    case "menu": {
      const menu = { screen, bindings: state.bindings, columns, rows };
      const home = homeOf(state, homeColumns(columns) ?? columns);
      return home ? <HomeBody {...menu} home={home} /> : <MenuBody {...menu} />;
    }
    case "form":
      return <FormBody screen={screen} columns={columns} rows={rows} />;
    case "sheet":
      return <SheetBody screen={screen} columns={columns} state={state} />;
    case "palette":
      return <PaletteBody screen={screen} columns={columns} state={state} />;
    case "picker":
      return <PickerBody screen={screen} state={state} columns={columns} />;
    case "options":
      return <OptionsBody screen={screen} columns={columns} rows={rows} />;
    case "chooser":
    case "columns":
      return <ChooserBody screen={screen} columns={columns} rows={rows} />;
  }
}

/** What has no room on home: the summary of the entry at the cursor, or on a narrow terminal the alerts. */
function homeAside(state: State, columns: number): string {
  const room = homeColumns(columns);
  const screen = currentScreen(state);
  const home = homeOf(state, room ?? columns);
  if (screen.kind !== "menu" || !home) return "";
  if (room === undefined) return alertsOf(home);
  if (columns - room > briefColumns) return "";
  return home.sections.length > 0 ? (screen.entries[screen.window.cursor]?.summary ?? "") : "";
}

function footerText(state: State): string {
  const { question, running } = state;
  if (question?.kind === "confirm") return `${question.yesChord} yes   Enter cancel`;
  if (question?.kind === "proof") return "Enter yes, once it is typed   Esc cancel";
  if (question) return "Enter answer   Esc cancel";
  if (running) return stopHint(state);
  const screen = currentScreen(state);
  if (screen.kind === "sheet" && screen.isFiltering) return "Enter keep   Esc show all";
  if (screen.kind !== "sheet") return hintsOf(state.bindings, screen.kind).join("   ");
  const idle = idleActions(screen, registryOf(state));
  return hintsOf(state.bindings, "sheet", screen.next?.label, (action) => idle.has(action)).join("   ");
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
