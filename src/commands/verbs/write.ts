import { type Preview, previewCall } from "../../api/preview.ts";
import { SipnavError } from "../../core/errors.ts";
import { assignment, file, present, textOf } from "../../domain/kinds.ts";
import { missingAims, type Noun, type Row } from "../../domain/noun.ts";
import { readGiven } from "../../host/inputs.ts";
import type { NounCalls } from "../../services/calls.ts";
import { type Draft, draftCreate, planUpdate, sendDraft } from "../../services/objects.ts";
import type { Block } from "../../view/blocks.ts";
import type { Context } from "../context.ts";
import { type Command, defineCommand, type Parameters } from "../define.ts";
import { fieldParameters, givenFields } from "../fields.ts";
import { changeLines, givenLines, inverseOfCreate, inverseOfUpdate } from "./changes.ts";
import { requestBlock } from "./request.ts";
import { aOf, idParameter, recordOf } from "./show.ts";

/** Shows what would be sent, in place of sending it. */
export const dryRun = { kind: present, summary: "Show the request and send nothing", reads: true } as const;

const writeParameters = {
  set: { kind: assignment, repeats: true, summary: "A field by its name, as note=hello; note= empties it" },
  jsonFile: { kind: file, summary: "Fields as a JSON object from a file; - is standard input" },
  dryRun,
} as const satisfies Parameters;

/** What a write did, or would do. */
export type WriteResult = { readonly row: Row } | { readonly request: Preview };

/** A write as blocks. */
export function viewWrite(noun: Noun, result: WriteResult): readonly Block[] {
  if ("row" in result) return recordOf(noun, result.row);
  return [requestBlock(result.request)];
}

/** A draft as the request that it is with the profile in use. */
export async function previewOf(context: Context, { operation, input }: Draft): Promise<Preview> {
  return previewCall(operation, input as never, await context.profile());
}

/** `<noun> create` */
export function createCommand(calls: NounCalls, example: string): Command {
  const { noun } = calls;
  return defineCommand({
    path: [noun.plural, "create"],
    summary: `Create ${aOf(noun)}`,
    group: "platform",
    effect: "write",
    session: true,
    parameters: { ...fieldParameters(noun, ["set", "jsonFile"]), ...writeParameters },
    fields: noun.fields,
    examples: [
      `sipnav ${noun.plural} create ${example}`,
      `sipnav ${noun.plural} create --json-file new.json --dry-run`,
    ],
    async run(context, values): Promise<WriteResult> {
      const zone = await context.zone();
      const fields = await givenFields(noun, values, zone, (path) => readGiven(context.host, path));
      requireFields(noun, fields);
      const draft = draftCreate(calls, fields);
      if (values.dryRun) return { request: await previewOf(context, draft) };
      await context.face.review?.(`Create ${aOf(noun)}?`, givenLines(noun, fields, zone));
      const row = await sendDraft(calls, await context.client(), zone, draft, {
        signal: context.host.signal,
      });
      const made = textOf(row[noun.idField]);
      context.face.notice(
        made === ""
          ? `Created ${aOf(noun)}; the platform did not say its id. Look for it: sipnav ${noun.plural} list`
          : `Created ${noun.name} ${made}.`,
      );
      context.face.noteInverse?.(inverseOfCreate(calls, row));
      return { row };
    },
    view: (result) => viewWrite(noun, result),
  });
}

function requireFields(noun: Noun, fields: Readonly<Record<string, unknown>>): void {
  const missing = noun.fields.filter(({ name, required }) => required && (fields[name] ?? "") === "");
  const flags = missing.map(({ name }) => wordOf(name));
  if (flags.length > 0) {
    throw new SipnavError(
      "validation",
      `${flags.join(" and ")} ${flags.length === 1 ? "is" : "are"} missing.`,
      { details: flags.map((field) => ({ field, message: "is required" })) },
    );
  }
  const aims = missingAims(noun, fields);
  if (aims === undefined) return;
  throw new SipnavError(
    "validation",
    `Nothing says what the ${noun.name} is for: it would hold for all calls.`,
    {
      hint: `Give ${aims.map(wordOf).join(" or ")}; an id of 0 means all of them.`,
    },
  );
}

const wordOf = (field: string) => `--${field.replaceAll("_", "-")}`;

/** `<noun> update <id>` */
export function updateCommand(calls: NounCalls, example: string): Command {
  const { noun } = calls;
  return defineCommand({
    path: [noun.plural, "update"],
    summary: `Change fields of ${aOf(noun)}`,
    group: "platform",
    effect: "write",
    session: true,
    parameters: { id: idParameter(noun), ...fieldParameters(noun), ...writeParameters },
    fields: noun.fields,
    examples: [
      `sipnav ${noun.plural} update ${noun.exampleId} ${example}`,
      `sipnav ${noun.plural} update ${noun.exampleId} --set note=moved --dry-run`,
    ],
    async run(context, values): Promise<WriteResult> {
      const zone = await context.zone();
      const fields = await givenFields(noun, values, zone, (path) => readGiven(context.host, path));
      if (Object.keys(fields).length === 0) {
        throw new SipnavError("usage", "There is nothing to change: no field was given.", {
          hint: `Give a field, as: sipnav ${noun.plural} update ${values.id} ${example}`,
        });
      }
      const client = await context.client();
      const options = { signal: context.host.signal };
      const plan = await planUpdate(calls, client, zone, values.id, fields, options);
      if (plan.changes.length === 0) {
        context.face.notice("Nothing to change: nothing was sent.");
        return { row: plan.before };
      }
      const { face } = context;
      const lines = changeLines(noun, plan);
      if (values.dryRun || !face.review) for (const line of lines) face.notice(line);
      if (values.dryRun) return { request: await previewOf(context, plan.draft) };
      await face.review?.(`Change ${noun.name} ${values.id}?`, lines);
      const row = await sendDraft(calls, client, zone, plan.draft, options);
      face.noteInverse?.(inverseOfUpdate(noun, values.id, plan));
      return { row };
    },
    view: (result) => viewWrite(noun, result),
  });
}
