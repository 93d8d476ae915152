import { Box } from "ink";
import { runningLines } from "../model/running.ts";
import { hasRows, layOut, viewSheet } from "../model/sheet.ts";
import { bodyRows, textColumns } from "../model/size.ts";
import type { Running, State } from "../model/state.ts";
import { start } from "../model/window.ts";
import { Row } from "./row.tsx";

const saidRowsMax = 5;

/** A command that runs: how far it is, what it said, and what it has shown so far. */
export function RunningBody(props: { running: Running; columns: number; state: State }) {
  const { running, columns, state } = props;
  const { bar, counts, said } = runningLines(state, running, columns, saidRowsMax);
  const rows = Math.max(0, bodyRows(state.size) - 5 - said.length);
  const sheet = layOut(running.blocks, textColumns(state.size), { cells: state.cells, columns: [] });
  const shown = viewSheet(sheet, start, running.blocks.length > 0 ? rows : 0);
  const head = hasRows(sheet) ? [shown.header] : [];
  const lines = [bar, counts, "", ...said, "", ...head, ...shown.lines];
  return (
    <Box flexDirection="column">
      <Row text={`  ${running.title}`} columns={columns} tone="head" />
      <Row text="" columns={columns} />
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place on the screen is the row's identity
        <Row key={index} text={`  ${line}`} columns={columns} />
      ))}
    </Box>
  );
}
