import type { CellValue } from "exceljs";
import type { Fault } from "./sheet.ts";

/** Excel keeps 15 digits of a number. */
const digitsMax = 15;
const wholeMax = 10 ** digitsMax - 1;
const dayMs = 86_400_000;
/** Times without a date are days since this moment, less than one. */
const firstDayMs = Date.UTC(1899, 11, 30);

/** A cell with something wrong, and its text as far as there is one. */
export interface FaultyCell {
  readonly text: string;
  readonly fault: Omit<Fault, "column">;
}

/**
 * A cell of exceljs as text: a number as its shortest decimals, a date as ISO 8601 without offset (a sheet has no
 * zone), formatted text without its format, a number whose format is zeros with as many digits. A formula is one that has no stored result.
 */
export function readCell(value: CellValue | undefined, format?: string): string | FaultyCell {
  if (typeof value === "string") return value.includes("_x") ? unescapeText(value) : value;
  if (typeof value === "number") {
    const text = readNumber(value);
    return isDigitFormat(format) && typeof text === "string" ? padDigits(text, format) : text;
  }
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return String(value);
  if (value instanceof Date) return readDate(value);
  if ("richText" in value) return unescapeText(value.richText.map(({ text }) => text ?? "").join(""));
  if ("error" in value) return broken(`it holds ${value.error}`);
  return "formula" in value ? noResult : broken("it cannot be read");
}

const broken = (message: string): FaultyCell => ({ text: "", fault: { kind: "excel_error", message } });

const noResult: FaultyCell = {
  text: "",
  fault: {
    kind: "no_result",
    message: "the formula was never calculated; open the file in Excel and save it",
  },
};

function readNumber(value: number): string | FaultyCell {
  if (Number.isInteger(value) && Math.abs(value) <= wholeMax) return String(value);
  if (Number.isNaN(value)) {
    return broken("it has no number: if it is a formula, open the file in Excel and save it");
  }
  const text = plainDecimal(String(value));
  if (text.replace(/^-?0*\.?0*|\./g, "").length <= digitsMax) return text;
  const message = `${text} has more digits than Excel keeps`;
  const shown = Number.isInteger(value) ? text : plainDecimal(String(Number(value.toPrecision(digitsMax))));
  return { text: shown, fault: { kind: "digits_lost", message } };
}

/** `1.5e-7` and `1e+21` written out. */
function plainDecimal(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent] = /^(-?)(\d+)\.?(\d*)e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(shift, "0")}`;
}

function readDate(date: Date): string | FaultyCell {
  const epochMs = date.getTime();
  if (Number.isNaN(epochMs)) return broken("it holds no date that exists");
  const iso = date.toISOString();
  const end = iso.endsWith(".000Z") ? -5 : -1;
  if (epochMs >= firstDayMs && epochMs < firstDayMs + dayMs) return iso.slice(11, end);
  return epochMs % dayMs === 0 ? iso.slice(0, -14) : iso.slice(0, end);
}

/** `_x000D_` stands for a character that XML does not hold (ECMA-376 part 1, 22.9.2.19). */
function unescapeText(text: string): string {
  return text.replace(/_x([\dA-F]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** `00000`: a code such as Boston's 02109, which Excel keeps as a number. */
export const isDigitFormat = (format: string | undefined): format is string => /^00+$/.test(format ?? "");

const padDigits = (text: string, format: string) =>
  /^\d+$/.test(text) ? text.padStart(format.length, "0") : text;

/**
 * Whether a number format shows dates or times; elapsed time as `[h]:mm` is a number. A format with places for
 * digits is one of numbers, whatever unit follows: exceljs has taken away what tells letters from codes there.
 */
export function isDateFormat(format: string | undefined): boolean {
  if (format === undefined || /\[[hms]+\]/i.test(format)) return false;
  const codes = format.replace(/"[^"]*"|\[[^\]]*\]|[_*]./g, "").replace(/s[.,]0+/gi, "s");
  return !/[0#?]|general/i.test(codes) && /[ymdhs]/i.test(codes);
}
