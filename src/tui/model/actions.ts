import type { Command } from "../../commands/define.ts";
import { parameterName } from "../../commands/fields.ts";
import { jobFields } from "../../commands/jobs.ts";
import { summaryFields } from "../../commands/verbs/outcome.ts";
import { account } from "../../domain/account.ts";
import { carrier } from "../../domain/carrier.ts";
import { company } from "../../domain/company.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Field, Noun, Reference, Row } from "../../domain/noun.ts";
import { restriction } from "../../domain/restriction.ts";
import type { Target } from "./sheet.ts";

/** What can be gone on with, by the fields that show it. */
const nouns: readonly {
  readonly name: Reference;
  readonly fields: readonly Field[];
  readonly idField: string;
  readonly nameField: string;
}[] = [
  account,
  carrier,
  company,
  restriction,
  ...[jobFields, summaryFields].map((fields) => ({
    name: "job" as const,
    fields,
    idField: "job",
    nameField: "file",
  })),
];

/** The noun of the platform with this plural. */
export const nounByPlural = (plural: string): Noun | undefined =>
  [account, carrier, company, restriction].find((noun) => noun.plural === plural);

/** The noun of the platform with this name. */
export const nounByName = (name: string): Noun | undefined =>
  [account, carrier, company, restriction].find((noun) => noun.name === name);

/** A thing that a row or a record shows. */
export interface Thing {
  readonly noun: Reference;
  readonly id: string;
  readonly name: string;
  readonly row: Row;
}

/** The noun that fields belong to. */
export const nounOf = (fields: readonly Field[]) => nouns.find((candidate) => candidate.fields === fields);

/** The fields of what can be gone on with, by its name. */
export const fieldsOf = (name: Reference): readonly Field[] =>
  nouns.find((candidate) => candidate.name === name)?.fields ?? [];

/** The thing that a row shows; undefined when the row is none that has an id. */
export function thingOf({ fields, row }: Target): Thing | undefined {
  const noun = nounOf(fields);
  const id = noun && row[noun.idField];
  if (!noun || (typeof id !== "string" && typeof id !== "number")) return undefined;
  return { noun: noun.name, id: String(id), name: nameIn(noun, row), row };
}

/** What a row is called: what its noun is called by, else the first other part of its key that is a text. */
function nameIn(noun: (typeof nouns)[number], row: Row): string {
  const parts = [noun.nameField, ...(nounByName(noun.name)?.naturalKey ?? [])];
  const names = parts.map((part) => row[part]).filter((value) => typeof value === "string");
  return names.find((name) => name !== "") ?? "";
}

/** The name of a command's first positional. */
const firstPositional = ({ parameters }: Command): string | undefined =>
  Object.keys(parameters).find((name) => parameters[name]?.positional);

/** What a command is given when it is run on the thing with this id. */
export function subjectValues(command: Command, id: string | undefined): Record<string, string> {
  const name = firstPositional(command);
  return name === undefined || id === undefined ? {} : { [name]: id };
}

/** What the form of a write begins with: the fields of the thing it is run on, as they are shown. */
export function shownValues(
  { effect, parameters }: Command,
  thing: Thing | undefined,
): Record<string, string> {
  if (effect !== "write" || !thing) return {};
  const values = Object.entries(thing.row).map(([name, value]) => [parameterName(name), textOf(value)]);
  return Object.fromEntries(values.filter(([name = ""]) => Object.hasOwn(parameters, name)));
}

/** The commands that can be run on one thing of a noun: those whose first positional refers to it. */
export const actionsOn = (registry: readonly Command[], noun: Reference): Command[] =>
  registry.filter((command) => command.parameters[firstPositional(command) ?? ""]?.refersTo === noun);

/** The command that shows one thing of a noun. */
export const showOf = (registry: readonly Command[], noun: Reference): Command | undefined =>
  actionsOn(registry, noun).find(({ path }) => path.at(-1) === "show");
