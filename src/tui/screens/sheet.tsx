import { Box } from "ink";
import { pad, truncate } from "../../core/text.ts";
import { paneLines, paneOf } from "../model/pane.ts";
import { hasRecords, type SheetScreen, sheetArea } from "../model/result.ts";
import { hasRows, idAt, viewSheet } from "../model/sheet.ts";
import type { State } from "../model/state.ts";
import { statusOf } from "../model/status.ts";
import { Row } from "./row.tsx";

/** A result: only the rows in view are formatted. The record at the cursor stands beside it where that is wanted. */
export function SheetBody(props: { screen: SheetScreen; columns: number; state: State }) {
  const { screen, columns, state } = props;
  const { sheet, window, failed } = screen;
  const pane = paneOf(state, hasRecords(screen));
  const area = sheetArea(screen, state);
  const { header, lines } = viewSheet(sheet, window, area.rows);
  const record = pane ? paneLines(sheet, window.cursor, pane) : [];
  const isBeside = pane?.side === "right";
  const width = isBeside ? area.columns + 2 : columns;
  const hasCursor = hasRows(sheet);
  const list = lines.map((line, index) => {
    const isChosen = hasCursor && window.top + index === window.cursor;
    const tone = isChosen ? "chosen" : failed && window.top + index === 0 ? "problem" : "plain";
    const id = screen.marks.size > 0 ? idAt(sheet, window.top + index) : undefined;
    const margin = `${isChosen ? ">" : " "}${id !== undefined && screen.marks.has(id) ? "*" : " "}`;
    // The place on the screen is the row's identity: scrolling changes texts, not rows.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    return <Row key={index} text={margin + line} columns={width} tone={tone} />;
  });
  const besideList = (
    <Box>
      <Box flexDirection="column" width={width}>
        {list}
      </Box>
      <Box flexDirection="column">
        {Array.from({ length: area.rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place on the screen is the row's identity
          <Row key={index} text={`| ${record[index] ?? ""}`} columns={columns - width} />
        ))}
      </Box>
    </Box>
  );
  return (
    <Box flexDirection="column">
      <Row text={`  ${statusOf(screen, state)}`} columns={columns} tone="faint" />
      <Row
        text={`${pad(truncate(`  ${header}`, width), width)}${isBeside ? "|" : ""}`.trimEnd()}
        columns={columns}
        tone="head"
      />
      {isBeside ? besideList : list}
      {pane?.side === "below" && <PaneBelow lines={record} gap={area.rows - list.length} columns={columns} />}
    </Box>
  );
}

/** The record below a list; `gap` are rows that the list leaves free. */
function PaneBelow({ lines, gap, columns }: { lines: readonly string[]; gap: number; columns: number }) {
  const rows = [
    ...Array.from({ length: Math.max(0, gap) }, () => ""),
    "-".repeat(columns),
    ...lines.map((line) => `  ${line}`),
  ];
  return (
    <Box flexDirection="column">
      {rows.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place on the screen is the row's identity
        <Row key={index} text={line} columns={columns} />
      ))}
    </Box>
  );
}
