/** The forms a result can be printed in; `xlsx` only to a file. */
export const formats = ["table", "tsv", "csv", "json", "ndjson", "yaml", "ids", "xlsx"] as const;
export type Format = (typeof formats)[number];
