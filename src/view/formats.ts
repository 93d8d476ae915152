import { type Format, formats } from "../domain/formats.ts";

/** The forms that are text; a workbook is none. */
export type TextFormat = Exclude<Format, "xlsx">;
export const textFormats = formats.filter((format): format is TextFormat => format !== "xlsx");
