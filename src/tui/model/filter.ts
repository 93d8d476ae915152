import { visible } from "../../core/text.ts";
import type { Field, Row } from "../../domain/noun.ts";
import { cellText } from "../../view/text.ts";

/** A part of a filter: all of them must hold. */
export interface Term {
  /** Whether it must not hold instead. */
  readonly isNot: boolean;
  /** The field that is looked at; undefined for any that is shown. */
  readonly field: Field | undefined;
  /** What the value contains, in small letters. */
  readonly text: string;
}

/**
 * The terms of a filter, between spaces. `text` is in a visible field, `field:value` in the one whose name or label
 * begins so, `!term` must not be; case is ignored. A colon after no field's name is text.
 */
export const parseTerms = (shown: readonly Field[], filter: string): readonly Term[] =>
  filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.replace(/^!/, "") !== "")
    .map((word) => {
      const isNot = word.startsWith("!");
      const term = isNot ? word.slice(1) : word;
      const [, name = "", value = ""] = /^([^:]+):(.*)$/.exec(term) ?? [];
      const field = name === "" ? undefined : findField(shown, name);
      return { isNot, field, text: field ? value : term };
    });

/** A test of rows by every term. @param shown the fields that a term without one looks at */
export function testOf(terms: readonly Term[], shown: readonly Field[]): (row: Row) => boolean {
  const tests = terms.map(({ isNot, field, text }) => {
    const seen = visible(text);
    const has = field
      ? (row: Row) => cellText(row[field.name]).toLowerCase().includes(text)
      : (row: Row) => searchText(shown, row).includes(seen);
    return isNot ? (row: Row) => !has(row) : has;
  });
  return (row) => tests.every((test) => test(row));
}

/** By its name, its label, or the beginning of either, in that order. */
function findField(fields: readonly Field[], word: string): Field | undefined {
  const words = ({ name, label }: Field) => [name, label.toLowerCase().replaceAll(" ", "")];
  return (
    fields.find((field) => words(field).includes(word)) ??
    fields.find((field) => words(field).some((known) => known.startsWith(word)))
  );
}

/** A row's visible text is made once: with many rows, each key would cost too much otherwise. */
let searchTexts = { of: "", texts: new WeakMap<Row, string>() };

function searchText(fields: readonly Field[], row: Row): string {
  const of = fields.map(({ name }) => name).join();
  if (of !== searchTexts.of) searchTexts = { of, texts: new WeakMap() };
  const known = searchTexts.texts.get(row);
  if (known !== undefined) return known;
  const text = fields
    .map(({ name }) => cellText(row[name]))
    .join("\n")
    .toLowerCase();
  searchTexts.texts.set(row, text);
  return text;
}

/** What the platform can be asked of a filter, and what is left of it. */
export interface Conditions {
  /** As `--where` takes them. */
  readonly where: readonly string[];
  /** Terms that no condition says. */
  readonly rest: readonly Term[];
}

/**
 * A filter as conditions of a list command.
 * @param textField the field that a term without one is looked for in; undefined to leave those terms
 */
export function conditionsOf(terms: readonly Term[], textField: string | undefined): Conditions {
  const where: string[] = [];
  const rest: Term[] = [];
  for (const term of terms) {
    const name = term.field?.name ?? textField;
    const isWord = term.field?.kind.order === "flag" && /^(yes|no)$/.test(term.text);
    if (name === undefined || (term.isNot && !isWord)) rest.push(term);
    else if (isWord) where.push(`${name} ${term.isNot ? "ne" : "eq"} ${term.text}`);
    else where.push(`${name} contains ${quoted(term.text)}`);
  }
  return { where, rest };
}

/** A value of a condition; one that begins with a quote must stand in quotes. */
const quoted = (text: string) => (/^["']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A term as it is typed. */
export const printTerm = ({ isNot, field, text }: Term): string =>
  `${isNot ? "!" : ""}${field ? `${field.name}:` : ""}${text}`;
