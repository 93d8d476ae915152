import { Box } from "ink";
import type { ChooserScreen } from "../model/state.ts";
import { Row } from "./row.tsx";

/** The columns to choose from, one a row. */
export function ChooserBody(props: { screen: ChooserScreen; columns: number; rows: number }) {
  const { screen, columns, rows } = props;
  const { fields, window } = screen;
  return (
    <Box flexDirection="column" marginTop={1}>
      {fields.slice(window.top, window.top + rows).map(({ name, label }, place) => {
        const isChosen = window.top + place === window.cursor;
        const tone = isChosen ? "chosen" : "plain";
        return <Row key={name} text={`${isChosen ? ">" : " "} ${label}`} columns={columns} tone={tone} />;
      })}
    </Box>
  );
}
