import { Box } from "ink";
import type { ChooserScreen, ColumnsScreen } from "../model/state.ts";
import { Row } from "./row.tsx";

/** What can be chosen, one a row. */
export function ChooserBody(props: { screen: ChooserScreen | ColumnsScreen; columns: number; rows: number }) {
  const { screen, columns, rows } = props;
  const { items, window } = screen;
  return (
    <Box flexDirection="column" marginTop={1}>
      {items.slice(window.top, window.top + rows).map(({ name, label, isOn }, place) => {
        const isChosen = window.top + place === window.cursor;
        const tone = isChosen ? "chosen" : "plain";
        const box = isOn === undefined ? "" : isOn ? "[x] " : "[ ] ";
        return (
          <Row key={name} text={`${isChosen ? ">" : " "} ${box}${label}`} columns={columns} tone={tone} />
        );
      })}
    </Box>
  );
}
