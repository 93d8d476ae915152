import type { Command } from "../../commands/define.ts";
import type { RawValues } from "../../commands/execute.ts";
import { columnFields, sheetFields } from "../../commands/verbs/inspect.ts";
import { textOf } from "../../domain/kinds.ts";
import { type Field, importable, type Row } from "../../domain/noun.ts";
import type { Block } from "../../view/blocks.ts";
import { nounByPlural } from "./actions.ts";
import { rowsOf } from "./next.ts";
import type { Target } from "./sheet.ts";

/** One way to read a sheet: what it is called, and the values that it is inspected with. */
export interface Option {
  readonly label: string;
  readonly raw: RawValues;
  /** Whether it is read so now. */
  readonly isNow?: boolean;
}

/** The ways that a line of an inspection can be read instead; undefined where it is none. */
export function optionsAt(
  command: Command,
  raw: RawValues,
  blocks: readonly Block[],
  { fields, row }: Target,
): { readonly title: string; readonly options: readonly Option[] } | undefined {
  if (fields === sheetFields) return { title: "Sheet", options: sheetOptions(raw, row) };
  if (fields !== columnFields) return undefined;
  const columns = rowsOf(blocks, columnFields);
  const column = textOf(row.column);
  if (column === "") {
    return {
      title: `Column for ${textOf(row.field)}`,
      options: columnOptions(raw, columns, textOf(row.field)),
    };
  }
  const noun = nounByPlural(command.path[0]);
  if (noun === undefined) return undefined;
  return { title: `Field for ${column}`, options: fieldOptions(raw, columns, row, importable(noun)) };
}

const sheetOptions = ({ headerRow, ...raw }: RawValues, { sheets, sheet: now }: Row): readonly Option[] =>
  Array.isArray(sheets)
    ? sheets.map((sheet: string) => ({ label: sheet, raw: { ...raw, sheet }, isNow: sheet === now }))
    : [];

/** The fields that a column can give, and none. */
function fieldOptions(
  raw: RawValues,
  columns: readonly Row[],
  { column, field }: Row,
  fields: readonly Field[],
): readonly Option[] {
  const old = textOf(field);
  const none = { label: "(not used)", raw: withMap(raw, old === "" ? {} : { [old]: "" }) };
  const options = fields.map(({ name, label, kind, required }) => {
    const now = columns.find((row) => row.field === name);
    const from = textOf(now?.column);
    const facts = [name, kind.hint, ...(required ? ["required"] : []), ...(from ? [`now ${from}`] : [])];
    const change = { ...(old !== "" && old !== name && { [old]: "" }), [name]: textOf(column) };
    return { label: `${label}  (${facts.join(", ")})`, raw: withMap(raw, change), isNow: name === old };
  });
  return [none, ...options];
}

/** The columns that can give a field. */
const columnOptions = (raw: RawValues, columns: readonly Row[], field: string): readonly Option[] =>
  columns.flatMap(({ column, field: old, samples }) => {
    const name = textOf(column);
    if (name === "") return [];
    const change = { ...(old !== null && { [textOf(old)]: "" }), [field]: name };
    const facts = [textOf(samples), ...(old === null ? [] : [`now ${textOf(old)}`])].filter(Boolean);
    return [{ label: `${name}  (${facts.join("; ")})`, raw: withMap(raw, change) }];
  });

/** The values with fields mapped otherwise; what was said of other fields stays. */
function withMap(raw: RawValues, change: Readonly<Record<string, string>>): RawValues {
  const said = [raw.map ?? []].flat().filter((pair) => pair !== true);
  const kept = said.filter((pair) => !Object.hasOwn(change, pair.split("=")[0] ?? ""));
  return { ...raw, map: [...kept, ...Object.entries(change).map(([name, column]) => `${name}=${column}`)] };
}
