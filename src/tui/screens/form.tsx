import { Box } from "ink";
import { pad, width } from "../../core/text.ts";
import { choicesOf, currentField, type FormField, hintOf, wordOf } from "../model/form.ts";
import type { FormScreen } from "../model/state.ts";
import { inputText } from "../model/typing.ts";
import { Row, type Tone } from "./row.tsx";

const valueColumns = 24;

/** A command's parameters, one a row, and "Run" below them. */
export function FormBody({ screen, columns, rows }: { screen: FormScreen; columns: number; rows: number }) {
  const { form, window, command } = screen;
  const labelColumns = Math.max(3, ...form.fields.map((field) => width(wordOf(field)) + 1));
  const field = currentField(form);
  const runRow = form.fields.length;
  const places = [...form.fields.keys(), runRow].slice(window.top, window.top + rows);
  return (
    <Box flexDirection="column">
      {field?.problem === undefined ? (
        <Row text={`  ${field ? field.parameter.summary : command.summary}`} columns={columns} tone="faint" />
      ) : (
        <Row text={`! ${field.problem}`} columns={columns} tone="problem" />
      )}
      {places.map((place) => {
        const shown = form.fields[place];
        const isChosen = place === form.cursor;
        const text = shown ? fieldText(shown, isChosen, labelColumns) : "[ Run ]";
        return (
          <Row
            key={place}
            text={`${isChosen ? ">" : " "} ${text}`}
            columns={columns}
            tone={toneOf(shown, isChosen)}
          />
        );
      })}
    </Box>
  );
}

const toneOf = (field: FormField | undefined, isChosen: boolean): Tone =>
  isChosen ? "chosen" : field?.problem === undefined ? "plain" : "problem";

function fieldText(field: FormField, isChosen: boolean, labelColumns: number): string {
  const { parameter, text, problem } = field;
  const choices = choicesOf(field);
  const label = pad(`${wordOf(field)}${parameter.required ? "*" : ""}`, labelColumns);
  const value =
    choices && isChosen
      ? `< ${text} >`
      : inputText(text, {
          hidden: parameter.kind.secret === true,
          isOpen: isChosen,
          columns: valueColumns,
        });
  return `${label}  ${pad(value, valueColumns)}  ${problem === undefined ? hintOf(field) : `! ${problem}`}`;
}
