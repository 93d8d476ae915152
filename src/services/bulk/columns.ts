import { SipnavError } from "../../core/errors.ts";
import { nearest } from "../../core/text.ts";
import { type Field, importable, type Noun } from "../../domain/noun.ts";
import { plainWord } from "../../sheets/header.ts";

/** One column of a sheet that is used. */
export interface Column {
  readonly field: Field;
  /** Counted from 0. */
  readonly index: number;
  /** As it stands in the sheet. */
  readonly header: string;
}

/** Which column a field comes from, by their names, none for ""; what a person says and what is saved. */
export interface Mapping {
  readonly [field: string]: string;
}

/** What a sheet's header came to. */
export interface ColumnPlan {
  readonly columns: readonly Column[];
  /** What a person should know: columns that are not used. */
  readonly notices: readonly string[];
  /** Unknown fields or columns in what a person says, and a second column for one field. */
  readonly problems: readonly ColumnProblem[];
}

/** What is wrong with a column. */
export interface ColumnProblem {
  readonly column: string;
  readonly message: string;
}

/** The columns that a file of rejects has besides the original ones; an import passes them over. */
export const rejectHeaders = ["error_code", "error_message"] as const;

/** Whether a header is one of those that an import passes over. */
export const isReason = (header: string): boolean => rejectHeaders.some((known) => known === header);

/** Every word that a header of this noun may be, for those who look for the header. */
export function knownHeaders(noun: Noun): string[] {
  return importable(noun).flatMap((field) => wordsOf(noun, field).flat());
}

/** A field's words by rank: its name is surer than its label, and that than a synonym. */
const wordsOf = ({ synonyms }: Noun, { name, label }: Field): readonly (readonly string[])[] => [
  [name],
  [label],
  synonyms[name] ?? [],
];

/**
 * Finds each field's column by name, label or synonym, without regard to case, spaces and punctuation.
 * @param given goes before what would be found
 */
export function mapColumns(noun: Noun, headers: readonly string[], given: Mapping): ColumnPlan {
  const problems: ColumnProblem[] = [];
  const columns = new Map<string, Column>();
  for (const [name, header] of Object.entries(given)) {
    const column = givenColumn(noun, headers, name, header);
    if (typeof column === "string") problems.push({ column: header || name, message: column });
    else if (column !== undefined) columns.set(name, column);
  }
  const notices: string[] = [];
  const taken = new Set(Array.from(columns.values(), ({ index }) => index));
  for (const rank of [0, 1, 2]) {
    for (const [index, header] of headers.entries()) {
      const field = taken.has(index) ? undefined : fieldFor(noun, header, rank);
      if (field === undefined || given[field.name] === "") continue;
      taken.add(index);
      const isRead = field.writable || field.name === noun.idField;
      if (!isRead) continue;
      const other = columns.get(field.name);
      if (other === undefined) columns.set(field.name, { field, index, header });
      else if (other.header === header) problems.push({ column: header, message: twoOfOne });
      else if (given[field.name] === undefined) {
        const message = `${other.header} is a column for ${field.name} too; say which with --map ${field.name}=COLUMN`;
        problems.push({ column: header, message });
      }
    }
  }
  for (const [index, header] of headers.entries()) {
    if (!taken.has(index) && header !== "" && !isReason(header)) notices.push(unusedNotice(noun, header));
  }
  return { columns: [...columns.values()], notices, problems };
}

/** @throws validation with everything that is wrong with columns at once */
export function refuseColumns(problems: readonly ColumnProblem[]): void {
  if (problems.length === 0) return;
  const text = problems.map(({ column, message }) => `${column}: ${message}`).join("; ");
  throw new SipnavError("validation", text.replace(/[^?]$/, "$&."), { details: problems });
}

/** A field's column as a person says it: none at all, or a text that says why it can't be. */
function givenColumn(
  noun: Noun,
  headers: readonly string[],
  name: string,
  header: string,
): Column | string | undefined {
  const field = importable(noun).find((known) => known.name === name);
  if (field === undefined) return `there is no field ${name}${suggestion(name, importableNames(noun))}`;
  if (header === "") return undefined;
  const exact = headers.indexOf(header);
  const index = exact === -1 ? headers.findIndex((one) => plainWord(one) === plainWord(header)) : exact;
  const found = headers[index];
  if (found === undefined) return `the sheet has no such column${suggestion(header, headers)}`;
  return headers.lastIndexOf(found) === index ? { field, index, header: found } : twoOfOne;
}

const twoOfOne = "two columns have this header, and nobody can tell which is meant: rename one";

function fieldFor(noun: Noun, header: string, rank: number): Field | undefined {
  const word = plainWord(header);
  return noun.fields.find((field) => wordsOf(noun, field)[rank]?.some((known) => plainWord(known) === word));
}

const importableNames = (noun: Noun) => importable(noun).map(({ name }) => name);

function unusedNotice(noun: Noun, header: string): string {
  const near = nearest(header.replaceAll(/\W+/g, "_"), importableNames(noun));
  const hint = near === undefined ? "" : `; for ${near} say --map '${near}=${header}'`;
  return `Column ${header} is not used${hint}.`;
}

function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `; known: ${known.join(", ")}` : `; did you mean ${near}?`;
}

/** A column plan as names, to be kept. */
export const mappingOf = (columns: readonly Column[]): Mapping =>
  Object.fromEntries(columns.map(({ field, header }) => [field.name, header]));
