/** The forms a result can be printed in; `xlsx` only to a file. */
export const formats = ["table", "tsv", "csv", "json", "ndjson", "yaml", "ids", "xlsx"] as const;
export type Format = (typeof formats)[number];

/** The forms that rows are written in one by one, however many there are. */
export const rowFormats = ["csv", "ndjson", "json", "xlsx"] as const satisfies readonly Format[];
export type RowFormat = (typeof rowFormats)[number];
