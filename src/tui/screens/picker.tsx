import { Box } from "ink";
import { picksOf } from "../model/picker.ts";
import { pickerRows } from "../model/pickerstep.ts";
import { type PickerScreen, registryOf, type State } from "../model/state.ts";
import { inputText } from "../model/typing.ts";
import { Row } from "./row.tsx";

/** What is typed, and below it what can be picked. */
export function PickerBody({
  screen,
  state,
  columns,
}: {
  screen: PickerScreen;
  state: State;
  columns: number;
}) {
  const { items, status } = picksOf(state, screen, registryOf(state));
  const { window, typed } = screen;
  const input = inputText(typed, { hidden: false, isOpen: true, columns: columns - 4 });
  const none = status === "" ? "Nothing found." : status;
  return (
    <Box flexDirection="column">
      <Row text={`> ${input}${items.length > 0 ? `  ${status}` : ""}`} columns={columns} tone="head" />
      {items.length === 0 && <Row text={`  ${none}`} columns={columns} tone="faint" />}
      {items.slice(window.top, window.top + pickerRows(state)).map(({ value, label }, place) => {
        const isChosen = window.top + place === window.cursor;
        const text = `${isChosen ? ">" : " "} ${label}`;
        return <Row key={value} text={text} columns={columns} tone={isChosen ? "chosen" : "plain"} />;
      })}
    </Box>
  );
}
