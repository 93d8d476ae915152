import { Box } from "ink";
import type { SheetScreen } from "../model/result.ts";
import { hasRows, idAt, viewSheet } from "../model/sheet.ts";
import { sheetRows } from "../model/size.ts";
import type { State } from "../model/state.ts";
import { statusOf } from "../model/status.ts";
import { Row } from "./row.tsx";

/** A result: only the rows in view are formatted. */
export function SheetBody(props: { screen: SheetScreen; columns: number; state: State }) {
  const { screen, columns, state } = props;
  const { sheet, window, failed } = screen;
  const { header, lines } = viewSheet(sheet, window, sheetRows(state.size));
  const hasCursor = hasRows(sheet);
  return (
    <Box flexDirection="column">
      <Row text={`  ${statusOf(screen, state)}`} columns={columns} tone="faint" />
      <Row text={`  ${header}`} columns={columns} tone="head" />
      {lines.map((line, index) => {
        const isChosen = hasCursor && window.top + index === window.cursor;
        const tone = isChosen ? "chosen" : failed && window.top + index === 0 ? "problem" : "plain";
        const id = screen.marks.size > 0 ? idAt(sheet, window.top + index) : undefined;
        const margin = `${isChosen ? ">" : " "}${id !== undefined && screen.marks.has(id) ? "*" : " "}`;
        // The place on the screen is the row's identity: scrolling changes texts, not rows.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <Row key={index} text={margin + line} columns={columns} tone={tone} />;
      })}
    </Box>
  );
}
