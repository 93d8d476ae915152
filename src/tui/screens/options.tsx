import { Box } from "ink";
import type { OptionsScreen } from "../model/state.ts";
import { Row } from "./row.tsx";

/** Ways to read a sheet, one a row. */
export function OptionsBody(props: { screen: OptionsScreen; columns: number; rows: number }) {
  const { screen, columns, rows } = props;
  const { options, window } = screen;
  return (
    <Box flexDirection="column" marginTop={1}>
      {options.slice(window.top, window.top + rows).map(({ label }, place) => {
        const isChosen = window.top + place === window.cursor;
        const tone = isChosen ? "chosen" : "plain";
        return <Row key={label} text={`${isChosen ? ">" : " "} ${label}`} columns={columns} tone={tone} />;
      })}
    </Box>
  );
}
