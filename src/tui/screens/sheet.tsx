import { Box } from "ink";
import { hasRows, viewSheet } from "../model/sheet.ts";
import { type SheetScreen, sheetRows } from "../model/state.ts";
import type { Size } from "../terminal/differ.ts";
import { Row } from "./row.tsx";

/** A result: only the rows in view are formatted. */
export function SheetBody({ screen, columns, size }: { screen: SheetScreen; columns: number; size: Size }) {
  const { sheet, window, failed } = screen;
  const { header, lines } = viewSheet(sheet, window, sheetRows(size));
  const marks = hasRows(sheet);
  const place = sheet.count > lines.length ? `${window.cursor + 1}/${sheet.count}` : "";
  return (
    <Box flexDirection="column">
      <Row text={`  ${place}`} columns={columns} tone="faint" />
      <Row text={`  ${header}`} columns={columns} tone="head" />
      {lines.map((line, index) => {
        const isChosen = marks && window.top + index === window.cursor;
        const tone = isChosen ? "chosen" : failed && window.top + index === 0 ? "problem" : "plain";
        // The place on the screen is the row's identity: scrolling changes texts, not rows.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <Row key={index} text={`${isChosen ? ">" : " "} ${line}`} columns={columns} tone={tone} />;
      })}
    </Box>
  );
}
