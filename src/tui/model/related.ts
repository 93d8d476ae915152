import type { Command, Parameter } from "../../commands/define.ts";
import { flagOf } from "../../commands/execute.ts";
import type { Reference } from "../../domain/noun.ts";
import { actionsOn, subjectValues, type Thing } from "./actions.ts";
import { type Entry, entryOfCommand } from "./tree.ts";

/**
 * What belongs to a thing, as reads that need nothing more: what is found by its id, what may be filtered by it, and
 * the things that its own fields refer to.
 */
export function relatedTo(
  registry: readonly Command[],
  { noun, id, row }: Thing,
  fields: readonly { readonly name: string; readonly refersTo?: Reference }[],
): Entry[] {
  const reads = registry.filter(
    ({ effect, path }) => effect === "read" && path.at(-1) !== "export" && path.at(-1) !== "show",
  );
  const others = fields.flatMap(({ name, refersTo }) => {
    const value = row[name];
    // The platform's 0 stands for all of them.
    return refersTo && typeof value === "string" && value !== "0" && value !== ""
      ? onThing(registry, refersTo, value)
      : [];
  });
  return [...onThing(reads, noun, id), ...filteredBy(reads, noun, id), ...others];
}

/** `accounts carriers 7` */
const onThing = (commands: readonly Command[], noun: Reference, id: string): Entry[] =>
  actionsOn(commands, noun).flatMap((command) =>
    command.effect === "read" ? entryFor(command, subjectValues(command, id), id) : [],
  );

/** `restrictions list --account 7` */
const filteredBy = (commands: readonly Command[], noun: Reference, id: string): Entry[] =>
  commands.flatMap((command) => {
    const name = Object.keys(command.parameters).find((one) => isFilter(command.parameters[one], noun));
    return name === undefined ? [] : entryFor(command, { [name]: id }, `${flagOf(name)} ${id}`);
  });

const isFilter = (parameter: Parameter | undefined, noun: Reference) =>
  parameter?.refersTo === noun && !parameter.positional;

function entryFor(command: Command, known: Readonly<Record<string, string>>, suffix: string): Entry[] {
  const isReady = Object.entries(command.parameters).every(
    ([name, { required }]) => !required || name in known,
  );
  if (!isReady) return [];
  const entry = entryOfCommand(command);
  return [{ ...entry, label: `${entry.label} ${suffix}`, known }];
}
