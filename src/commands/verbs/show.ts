import { id } from "../../domain/kinds.ts";
import type { Noun, Row } from "../../domain/noun.ts";
import type { NounCalls } from "../../services/calls.ts";
import { showObject } from "../../services/objects.ts";
import type { Block } from "../../view/blocks.ts";
import { type Command, defineCommand } from "../define.ts";

/** "an account" */
export const aOf = ({ name }: Noun): string => (/^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`);

/** The first positional of a command on one object. */
export const idParameter = (noun: Noun) =>
  ({
    kind: id,
    summary: `The ${noun.name}'s id`,
    positional: true,
    required: true,
    refersTo: noun.name,
  }) as const;

/** An object as a block. */
export const recordOf = (noun: Noun, row: Row): readonly Block[] => [
  { kind: "record", fields: noun.fields, row, idField: noun.idField },
];

/** `<noun> show <id>` */
export function showCommand(calls: NounCalls): Command {
  const { noun } = calls;
  return defineCommand({
    path: [noun.plural, "show"],
    summary: `Show ${aOf(noun)}`,
    group: "platform",
    effect: "read",
    session: true,
    parameters: { id: idParameter(noun) },
    fields: noun.fields,
    examples: [
      `sipnav ${noun.plural} show ${noun.exampleId}`,
      `sipnav ${noun.plural} show ${noun.exampleId} --json`,
    ],
    run: async (context, values) =>
      showObject(calls, await context.client(), await context.zone(), values.id, {
        signal: context.host.signal,
      }),
    view: (row) => recordOf(noun, row),
  });
}
