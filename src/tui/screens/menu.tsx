import { Box } from "ink";
import { pad, width } from "../../core/text.ts";
import type { Binding } from "../model/keys.ts";
import type { MenuScreen } from "../model/state.ts";
import { keyOfEntry, menuLines } from "../model/tree.ts";
import { Row } from "./row.tsx";

/** What can be chosen, each with the key that chooses it. */
export function MenuBody(props: {
  screen: MenuScreen;
  bindings: readonly Binding[];
  columns: number;
  rows: number;
}) {
  const { screen, bindings, columns, rows } = props;
  const { entries, window } = screen;
  const labelColumns = Math.max(0, ...entries.map(({ label }) => width(label)));
  const lines = menuLines(entries).slice(window.top, window.top + rows);
  return (
    <Box flexDirection="column" marginTop={1}>
      {lines.map((line) => {
        if ("heading" in line) {
          return <Row key={line.heading} text={`  ${line.heading}`} columns={columns} tone="head" />;
        }
        const { index, entry } = line;
        const isChosen = index === window.cursor;
        const text = `${isChosen ? ">" : " "} ${keyOfEntry(index, bindings) ?? " "}  ${pad(entry.label, labelColumns)}  ${entry.summary}`;
        return <Row key={index} text={text} columns={columns} tone={isChosen ? "chosen" : "plain"} />;
      })}
    </Box>
  );
}
