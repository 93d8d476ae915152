import { textField } from "../../domain/columns.ts";
import { integer } from "../../domain/kinds.ts";
import type { Field, Noun, Row } from "../../domain/noun.ts";
import type { Inspection } from "../../services/bulk/inspect.ts";
import type { Block } from "../../view/blocks.ts";

/** What a sheet is. */
export const sheetFields: readonly Field[] = [
  textField("file", "File", 1),
  textField("format", "Format", 2),
  textField("sheet", "Sheet", 1),
  textField("sheets", "Its sheets", 2),
  { name: "header_line", label: "Header line", kind: integer(), priority: 1 },
  { name: "rows", label: "Rows", kind: integer(), priority: 1 },
  { name: "problems", label: "Problems", kind: integer(), priority: 1 },
  textField("delimiter", "Delimiter", 3),
  textField("encoding", "Encoding", 3),
];

/** A sheet's columns, and after them the fields that none of them gives. */
export const columnFields: readonly Field[] = [
  textField("column", "Column", 1),
  textField("field", "Field", 1),
  textField("label", "Meaning", 4),
  textField("samples", "Samples", 2),
  textField("note", "Note", 3),
];

/** What is wrong with rows. */
export const problemFields: readonly Field[] = [
  { name: "line", label: "Line", kind: integer(), priority: 1 },
  textField("column", "Column", 1),
  textField("value", "Value", 1),
  textField("reason", "Reason", 1),
];

/** A sheet as blocks: what it is, its columns with their fields, and the rows that are wrong. */
export function viewInspection(inspection: Inspection, noun: Noun): readonly Block[] {
  const { sheet, columns, missing, problems = [], problemsTotal, rows } = inspection;
  const row: Row = {
    file: sheet.file,
    format: sheet.format,
    sheet: sheet.sheetName ?? null,
    sheets: sheet.sheetNames ?? null,
    header_line: sheet.headerLine,
    rows: rows ?? null,
    problems: problemsTotal,
    delimiter: sheet.delimiter ?? null,
    encoding: sheet.encoding ?? null,
  };
  const shown = columns.map(
    ({ header, field, samples, note }): Row => ({
      column: header,
      field: field?.name ?? null,
      label: field?.label ?? null,
      samples: samples.join(", ") || null,
      note: note || null,
    }),
  );
  const lacking = missing.map(
    ({ name, label }): Row => ({
      column: null,
      field: name,
      label,
      samples: null,
      note: `no column: every ${noun.name} needs it`,
    }),
  );
  const wrong = problems.map(
    ({ row: line, column: header, value, message }): Row => ({
      line,
      column: header || null,
      value: value || null,
      reason: message,
    }),
  );
  return [
    { kind: "record", fields: sheetFields, row },
    { kind: "table", fields: columnFields, rows: [...shown, ...lacking], idField: "column" },
    { kind: "table", fields: problemFields, rows: wrong, idField: "line" },
  ];
}
