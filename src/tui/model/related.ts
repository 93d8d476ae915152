import type { Command, Parameter } from "../../commands/define.ts";
import { flagOf } from "../../commands/execute.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Reference } from "../../domain/noun.ts";
import { actionsOn, nounByName, subjectValues, thingOf } from "./actions.ts";
import type { Target } from "./sheet.ts";
import { type Entry, entryOfCommand } from "./tree.ts";

/**
 * What belongs to a row, as reads that need nothing more: what is found by the id of its thing, what may be filtered by
 * it, and the things that its own fields refer to. A row that is no thing itself, as a call, leads to all of theirs.
 */
export function relatedTo(registry: readonly Command[], target: Target): Entry[] {
  const reads = registry.filter(
    ({ effect, path }) => effect === "read" && path.at(-1) !== "export" && path.at(-1) !== "show",
  );
  const thing = thingOf(target);
  const others = referencesOf(target).flatMap(({ noun, id }) => [
    ...onThing(registry, noun, id),
    ...(thing ? [] : filteredBy(reads, noun, id)),
  ]);
  return thing
    ? [...onThing(reads, thing.noun, thing.id), ...filteredBy(reads, thing.noun, thing.id), ...others]
    : others;
}

/** Whether a row leads to anything. */
export const hasRelated = (target: Target): boolean =>
  thingOf(target) !== undefined || referencesOf(target).length > 0;

/** The things that a row's fields refer to; the figures of a group of calls say by `by` what their id is of. */
function referencesOf({ fields, row }: Target): { readonly noun: Reference; readonly id: string }[] {
  const group = nounByName(textOf(row.by));
  const named = group ? [{ name: "id", refersTo: group.name }] : fields;
  return named.flatMap(({ name, refersTo }) => {
    const id = row[name];
    // The platform's 0 stands for all of them.
    return refersTo && typeof id === "string" && id !== "0" && id !== "" ? [{ noun: refersTo, id }] : [];
  });
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
