import type { Command, Parameter } from "../../commands/define.ts";
import { flagOf, isRequired, nameOf, type RawValue, type RawValues } from "../../commands/execute.ts";
import { parameterName } from "../../commands/fields.ts";
import type { ErrorDetail } from "../../core/errors.ts";
import { readAssignment } from "../../domain/assignment.ts";

/** One parameter that is being filled in. */
export interface FormField {
  readonly name: string;
  readonly parameter: Parameter;
  readonly text: string;
  /** What the record on the screen has: only another text is sent, so that nobody's later change is undone. */
  readonly initial: string;
  /** What stood there when the form was opened. */
  readonly opened: string;
  /** The assignment that empties the record's field, where its kind takes no empty text. */
  readonly emptying: string | undefined;
  readonly problem: string | undefined;
}

/** A command's parameters on the way to a run; the place after the last field is "Run". */
export interface Form {
  readonly fields: readonly FormField[];
  readonly cursor: number;
  /** How much of the current field's text stands behind the place where the next character goes; none unless told. */
  readonly behind?: number;
}

/** What separates the values of a parameter that may be given several times. */
const separator = ";";

/**
 * A form with the values that are known already, and with those that are shown and can be changed. It starts at the first
 * thing needed, else at the first that is shown, else at what the command is about, else at "Run".
 * @param later parameters that are not asked for here
 */
export function openForm(
  command: Command,
  known: Readonly<Record<string, string>>,
  shown: Readonly<Record<string, string>> = {},
  later: ReadonlySet<string> = new Set(),
): Form {
  const asked = Object.entries(command.parameters).filter(([name]) => !later.has(name));
  const fields = asked.map(([name, parameter]) => {
    const opened = known[name] ?? shown[name] ?? "";
    const initial = known[name] === undefined ? opened : "";
    const emptying = emptyingOf(command, name);
    return { name, parameter, text: opened, initial, opened, emptying, problem: undefined };
  });
  return { fields, cursor: firstMissing(fields) };
}

function emptyingOf({ parameters, fields = [] }: Command, name: string): string | undefined {
  const field = fields.find((one) => parameterName(one.name) === name);
  if (!parameters.set || !field || "value" in field.kind.parse("")) return undefined;
  const pair = `${field.name}=`;
  return "problem" in readAssignment(fields, pair) ? undefined : pair;
}

/** Whether a field is to be emptied by its assignment. */
const isEmptied = ({ text, initial, emptying }: FormField) =>
  text === "" && initial !== "" && emptying !== undefined;

const firstMissing = (fields: readonly FormField[]) => {
  const raw = rawOf({ fields, cursor: 0 });
  const index = fields.findIndex(({ parameter, text }) => isRequired(parameter, raw) && text === "");
  if (index >= 0) return index;
  const shown = fields.findIndex(({ initial }) => initial !== "");
  if (shown >= 0) return shown;
  const open = fields.findIndex(({ parameter, text }) => parameter.positional && text === "");
  return open < 0 ? fields.length : open;
};

/** The field at the cursor; undefined at "Run". */
export const currentField = (form: Form): FormField | undefined => form.fields[form.cursor];

/** Whether something was filled in, or changed, since the form was opened. */
export const isTouched = ({ fields }: Form): boolean => fields.some(({ text, opened }) => text !== opened);

/** The words that a field can be set to, none chosen first; undefined for a field that is typed. */
export function choicesOf({ parameter }: FormField): readonly string[] | undefined {
  const { kind } = parameter;
  const words = kind.switch ? ["yes"] : kind.choices;
  return words && (parameter.required ? words : ["", ...words]);
}

/** The form with another text in the current field. @param behind how much of it stands behind the caret */
export function editField(form: Form, text: string, behind = 0): Form {
  const fields = form.fields.map((field, index) =>
    index === form.cursor ? { ...field, text, problem: undefined } : field,
  );
  return { ...form, fields, behind };
}

/** The form with the next or the previous choice of the current field; the same when it has none. */
export function cycleField(form: Form, step: 1 | -1): Form {
  const field = currentField(form);
  const words = field && choicesOf(field);
  if (!field || !words) return form;
  const index = words.indexOf(field.text) + step;
  return editField(form, words[(index + words.length) % words.length] ?? "");
}

/** The form at another field; the one that is left is checked. */
export function moveField(form: Form, cursor: number): Form {
  const fields = form.fields.map((field, index) => (index === form.cursor ? checkField(field) : field));
  return { fields, cursor: Math.max(0, Math.min(cursor, fields.length)) };
}

/** The form with every field checked, at the first problem; ready to run when none has one. */
export function checkForm(form: Form): { form: Form; ready: boolean } {
  const raw = rawOf(form);
  const fields = form.fields
    .map(checkField)
    .map((field) =>
      isRequired(field.parameter, raw) && field.text === "" ? { ...field, problem: "is required" } : field,
    );
  const bad = fields.findIndex(({ problem }) => problem !== undefined);
  return { form: { fields, cursor: bad < 0 ? form.cursor : bad }, ready: bad < 0 };
}

function checkField(field: FormField): FormField {
  const problems = valuesOf(field).flatMap((text) => {
    const parsed = field.parameter.kind.parse(text);
    return "problem" in parsed ? [parsed.problem] : [];
  });
  return { ...field, problem: problems[0] };
}

/** The form with what the platform or a command found wrong beside the fields; undefined when it is about none. */
export function blameFields(form: Form, details: readonly ErrorDetail[]): Form | undefined {
  const fields = form.fields.map((field) => {
    const found = details.find((detail) => namesField(detail.field, field));
    // Nobody mends a text that cannot be seen.
    const text = field.parameter.kind.secret ? "" : field.text;
    return found ? { ...field, text, problem: found.message } : field;
  });
  const first = fields.findIndex((field, index) => field !== form.fields[index]);
  return first < 0 ? undefined : { fields, cursor: first };
}

const namesField = (word: string | undefined, { name, parameter }: FormField) =>
  word !== undefined && (word === nameOf(name, parameter) || parameterName(word) === name);

function valuesOf(field: FormField): string[] {
  const { text, initial, parameter } = field;
  if (text === initial || isEmptied(field)) return [];
  if (!parameter.repeats) return [text];
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Whether a word without a value is given: who answers line by line may say no as well as nothing. */
function isOn({ text, parameter }: FormField): boolean {
  const parsed = parameter.kind.parse(text);
  return "value" in parsed && parsed.value === true;
}

/** What was filled in, as `execute` takes it; fields that are empty, or as they were, are left out. */
export function rawOf(form: Form): RawValues {
  const raw: Record<string, RawValue> = {};
  for (const field of form.fields) {
    if (field.text === field.initial) continue;
    const values = valuesOf(field);
    if (field.parameter.kind.switch) {
      if (isOn(field)) raw[field.name] = true;
    } else if (values.length > 0) raw[field.name] = field.parameter.repeats ? values : field.text;
  }
  const emptied = form.fields.flatMap((field) => (isEmptied(field) ? (field.emptying ?? []) : []));
  if (emptied.length > 0) raw.set = [raw.set ?? [], emptied].flat().filter((pair) => pair !== true);
  return raw;
}

/** What to type into a field. */
export function hintOf({ parameter }: FormField): string {
  const { kind, refersTo, repeats } = parameter;
  const what = kind.switch ? "yes or nothing" : refersTo ? `${refersTo} ${kind.hint}` : kind.hint;
  const fallback = parameter.default === undefined ? "" : `, default ${parameter.default}`;
  return `${what}${repeats ? `, several with ${separator}` : ""}${fallback}`;
}

/** The field's word on a command line. */
export const wordOf = ({ name, parameter }: FormField): string =>
  parameter.positional ? name : flagOf(name).slice(2);
