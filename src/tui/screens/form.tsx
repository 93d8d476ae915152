import { Box } from "ink";
import { pad, width } from "../../core/text.ts";
import { choicesOf, currentField, type FormField, hintOf, wordOf } from "../model/form.ts";
import type { FormScreen } from "../model/state.ts";
import { inputText } from "../model/typing.ts";
import { Row, type Tone } from "./row.tsx";

/** Columns of a value, where there is room beside its hint, which takes up to so many. */
const valueColumns = { least: 24, most: 60 };
const hintColumns = 32;

/** How wide the parts of a row are; `room` is for a value that leaves no hint beside it. */
interface Columns {
  readonly label: number;
  readonly value: number;
  readonly room: number;
}

/** How wide values are: the label, margins and the hint leave so much, and a narrow screen shows no hints. */
function columnsFor(columns: number, label: number): Columns {
  const room = Math.max(8, columns - label - 5);
  const value = Math.max(Math.min(room, valueColumns.least), Math.min(valueColumns.most, room - hintColumns));
  return { label, value, room };
}

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
        const text = shown
          ? fieldText(shown, isChosen ? (form.behind ?? 0) : undefined, columnsFor(columns, labelColumns))
          : "[ Run ]";
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

/** @param behind how much of the text stands behind the caret; undefined where there is none */
function fieldText(field: FormField, behind: number | undefined, columns: Columns): string {
  const isChosen = behind !== undefined;
  const { parameter, text, problem } = field;
  const choices = choicesOf(field);
  const label = pad(`${wordOf(field)}${parameter.required ? "*" : ""}`, columns.label);
  // A text is read before its hint; what is wrong with it is read before either.
  const room = problem === undefined ? columns.room : columns.value;
  const value =
    choices && isChosen
      ? `< ${text} >`
      : inputText(text, {
          hidden: parameter.kind.secret === true,
          isOpen: isChosen,
          columns: room,
          behind: behind ?? 0,
        });
  if (width(value) > columns.value) return `${label}  ${value}`;
  return `${label}  ${pad(value, columns.value)}  ${problem === undefined ? hintOf(field) + aidOf(field) : `! ${problem}`}`;
}

/** How the field is filled in with less typing. */
function aidOf(field: FormField): string {
  const { refersTo, kind } = field.parameter;
  if (kind.name === "file") return ", Tab completes";
  return refersTo && refersTo !== "job" && choicesOf(field) === undefined ? ", → finds" : "";
}
