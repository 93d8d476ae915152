import { Box } from "ink";
import { pad, truncate, width } from "../../core/text.ts";
import { placesOf } from "../model/palette.ts";
import { paletteRows } from "../model/palettestep.ts";
import type { PaletteScreen, State } from "../model/state.ts";
import { inputText } from "../model/typing.ts";
import { Row } from "./row.tsx";

const labelColumnsMax = 44;

/** What is typed, and where it can lead, one place a row. */
export function PaletteBody(props: { screen: PaletteScreen; columns: number; state: State }) {
  const { screen, columns, state } = props;
  const { text, window } = screen;
  const places = placesOf(state, text);
  const shown = places.slice(window.top, window.top + paletteRows(state));
  const labelColumns = Math.min(labelColumnsMax, Math.max(0, ...places.map(({ label }) => width(label))));
  const input = inputText(text, { hidden: false, isOpen: true, columns: columns - 4 });
  return (
    <Box flexDirection="column">
      <Row text={`: ${input}`} columns={columns} tone="head" />
      <Row text={places.length === 0 ? "  Nothing has that name." : ""} columns={columns} tone="faint" />
      {shown.map(({ label, detail }, row) => {
        const isChosen = window.top + row === window.cursor;
        const line = `${isChosen ? ">" : " "} ${pad(truncate(label, labelColumns), labelColumns)}  ${detail}`;
        // The place on the screen is the row's identity: typing changes texts, not rows.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        return <Row key={row} text={line} columns={columns} tone={isChosen ? "chosen" : "plain"} />;
      })}
    </Box>
  );
}
