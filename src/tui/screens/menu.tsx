import { Box } from "ink";
import { pad, width } from "../../core/text.ts";
import type { Binding } from "../model/keys.ts";
import { briefColumns } from "../model/size.ts";
import type { MenuScreen } from "../model/state.ts";
import { keyOfEntry, menuLines } from "../model/tree.ts";
import { Row } from "./row.tsx";

/** What can be chosen, each with the key that chooses it. */
export function MenuBody(props: {
  screen: MenuScreen;
  bindings: readonly Binding[];
  columns: number;
  rows: number;
  /** Whether another line stands where the free one is otherwise. */
  isUnderStatus?: boolean;
}) {
  const { screen, bindings, columns, rows, isUnderStatus = false } = props;
  const { entries, window } = screen;
  const labelColumns = Math.max(0, ...entries.map(({ label }) => width(label)));
  // A summary of a few letters says nothing: it stands above the footer then.
  const isBrief = columns < briefColumns;
  const lines = menuLines(entries).slice(window.top, window.top + rows);
  return (
    <Box flexDirection="column" marginTop={isUnderStatus ? 0 : 1}>
      {lines.map((line) => {
        if ("heading" in line) {
          return <Row key={line.heading} text={`  ${line.heading}`} columns={columns} tone="head" />;
        }
        const { index, entry } = line;
        const isChosen = index === window.cursor;
        const text = `${isChosen ? ">" : " "} ${keyOfEntry(index, bindings) ?? " "}  ${pad(entry.label, labelColumns)}${isBrief ? "" : `  ${entry.summary}`}`;
        return <Row key={index} text={text} columns={columns} tone={isChosen ? "chosen" : "plain"} />;
      })}
    </Box>
  );
}
