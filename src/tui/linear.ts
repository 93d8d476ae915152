import type { Command } from "../commands/define.ts";
import type { RawValues } from "../commands/execute.ts";
import { asSipnavError } from "../core/errors.ts";
import type { Host } from "../host/host.ts";
import type { Lines } from "./lines.ts";
import { actionsOn, subjectValues, thingOf } from "./model/actions.ts";
import { waysIn } from "./model/arrive.ts";
import { failureBlocks } from "./model/failure.ts";
import {
  checkForm,
  currentField,
  editField,
  type Form,
  hintOf,
  openForm,
  rawOf,
  wordOf,
} from "./model/form.ts";
import { layOut, type Sheet, targetAt, viewSheet } from "./model/sheet.ts";
import { entriesOf } from "./model/tree.ts";
import { start } from "./model/window.ts";
import type { MenuOptions } from "./options.ts";
import { openTalk, type Talk } from "./talk.ts";

/** The menu as numbered questions, line by line: nothing moves, nothing is drawn. Answers the exit code. */
export async function runLinear(host: Host, options: MenuOptions): Promise<number> {
  const talk = openTalk(host, options);
  try {
    await offerLogin(talk);
    for (;;) {
      const command = await chooseCommand(talk);
      if (command === undefined) return 0;
      await runOn(talk, command, undefined);
    }
  } catch (thrown) {
    const error = asSipnavError(thrown);
    if (error.kind !== "interrupted" && error.kind !== "terminated") throw thrown;
    return error.exitCode;
  }
}

/** Whoever has no session is offered the ways to one first. */
async function offerLogin(talk: Talk): Promise<void> {
  const { begin, lines, registry } = talk;
  const session = await begin();
  if (!session?.isNeeded || !session.canLogIn) return;
  const ways = entriesOf(waysIn(registry), 0);
  const way = ways[(await chooseEntry(lines, "You are not logged in.", ways, "menu")) ?? -1];
  if (way) await runOn(talk, way.commands[0], undefined);
}

/** Goes down the menu to one command; undefined to quit. */
async function chooseCommand({ lines, registry }: Talk): Promise<Command | undefined> {
  const entries = entriesOf(registry, 0);
  for (;;) {
    const entry = entries[(await chooseEntry(lines, "Menu", entries, "quit")) ?? -1];
    if (entry === undefined) return undefined;
    if (entry.word === undefined) return entry.commands[0];
    const inner = entriesOf(entry.commands, 1);
    const chosen = inner[(await chooseEntry(lines, entry.word, inner, "back")) ?? -1];
    if (chosen) return chosen.commands[0];
  }
}

const chooseEntry = (lines: Lines, title: string, entries: ReturnType<typeof entriesOf>, zero: string) =>
  lines.choose(
    title,
    entries.map(({ label, summary }) => `${label}: ${summary}`),
    zero,
  );

/** Asks for a command's parameters, runs it, says its result, and goes on with a row of it if one is wished. */
async function runOn(talk: Talk, command: Command, subjectId: string | undefined): Promise<void> {
  const { lines } = talk;
  const raw = await talk.asking((own) => fillIn(own, command, subjectId));
  if (raw === undefined) return lines.say("Nothing was done.");
  await lines.say("Working…");
  const { shown, outcome } = await talk.run(command, raw);
  const blocks = "error" in outcome ? failureBlocks(outcome.error, shown) : outcome.blocks;
  const sheet = layOut([...shown, ...blocks], lines.columns - 6);
  await saySheet(lines, sheet);
  await goOn(talk, sheet);
}

/** Every line; rows that can be gone on with have a number. */
async function saySheet(lines: Lines, sheet: Sheet): Promise<void> {
  const { header, lines: texts } = viewSheet(sheet, start, sheet.count);
  const digits = String(sheet.count).length;
  if (header !== "") await lines.say(" ".repeat(digits + 2) + header);
  for (const [index, text] of texts.entries()) {
    const number = `${String(index + 1).padStart(digits)}. `;
    await lines.say(targetAt(sheet, index)?.isRow ? number + text : text);
  }
}

/** Offers what can be done with a row or record of the result. */
async function goOn(talk: Talk, sheet: Sheet): Promise<void> {
  const { registry, lines } = talk;
  const things = Array.from({ length: sheet.count }, (_, line) => targetAt(sheet, line));
  for (;;) {
    const first = things.find((target) => target && thingOf(target));
    if (!first) return;
    const answer = first.isRow ? await lines.ask("Number of a row, or Enter for the menu") : "1";
    const target = first.isRow ? things[Number(answer) - 1] : first;
    const thing = target && thingOf(target);
    if (!thing) return;
    const actions = actionsOn(registry, thing.noun);
    const labels = actions.map(({ path, summary }) => `${path.join(" ")}: ${summary}`);
    const action = actions[(await lines.choose(`${thing.noun} ${thing.id}`, labels, "back")) ?? -1];
    if (action) return runOn(talk, action, thing.id);
    if (!first.isRow) return;
  }
}

/** Asks for each parameter, until what is answered can be one. */
async function fillIn(lines: Lines, command: Command, subjectId: string | undefined): Promise<RawValues> {
  const known = subjectValues(command, subjectId);
  let form: Form = { ...openForm(command, known), cursor: 0 };
  if (form.fields.some(({ name }) => !(name in known))) {
    await lines.say(`${command.path.join(" ")}: ${command.summary}. Ctrl-C leads back.`);
  }
  for (let field = currentField(form); field; field = currentField(form)) {
    const { parameter } = field;
    if (field.name in known) {
      form = { ...form, cursor: form.cursor + 1 };
      continue;
    }
    const question = `${wordOf(field)}: ${parameter.summary} (${parameter.required ? "required, " : ""}${hintOf(field)})`;
    const answer = parameter.kind.secret ? await lines.askHidden(question) : await lines.ask(question);
    const filled = editField(form, answer);
    const problem = checkForm(filled).form.fields[form.cursor]?.problem;
    if (problem === undefined) form = { ...filled, cursor: form.cursor + 1 };
    else await lines.say(`${wordOf(field)}: ${problem}.`);
  }
  return rawOf(form);
}
