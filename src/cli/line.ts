import { type Context, createContext } from "../commands/context.ts";
import type { Command, Effect, Parameters } from "../commands/define.ts";
import { effectOf, execute, parseValues, problemsOf, type RawValues, refuse } from "../commands/execute.ts";
import { SipnavError } from "../core/errors.ts";
import { progressText } from "../core/progress.ts";
import type { Host } from "../host/host.ts";
import type { Block } from "../view/blocks.ts";
import { askMissing, createAsk } from "./ask.ts";
import { openConsole } from "./console.ts";
import { deriveHost } from "./derive.ts";
import type { Line, LineRunner } from "./faces.ts";
import { openNotices } from "./notices.ts";
import { faceOptionsOf, type LineOptions, lineOptions, wantsJsonErrors } from "./options.ts";
import { checkOutput, printBlocks, printFields } from "./output.ts";
import { readCommandLine } from "./program.ts";
import { fillFromScope, withoutIds } from "./scope.ts";
import { withLineTools } from "./tools.ts";

/** Reads one line's words and runs the command, or prints the help that was asked for. */
export const runWords: LineRunner = async (words, line) => {
  const { host, registry, scope } = line;
  let options: RawValues = {};
  const commands = withLineTools(registry, (context, shell, all) =>
    openConsole(context, shell, all, { ...line, options, around: words }, runWords),
  );
  const { version, terminal } = host;
  const choice = readCommandLine(commands, words, { version, columns: terminal.output.columns });
  if ("text" in choice) return terminal.output.write(choice.text);
  const profile = scope.get("profile");
  options = merge(line.options, profile === undefined ? {} : { profile }, choice.options);
  const said = choice.options.profile;
  const isOther = said !== undefined && said !== (profile ?? line.options.profile);
  // What is in use is of the profile in use: on another platform the ids mean something else.
  const raw = fillFromScope(choice.command, choice.raw, isOther ? withoutIds(scope) : scope);
  await checkGiven(choice.command, raw, options, line);
  return runCommand(
    choice.command,
    raw,
    parseValues(lineOptions, options),
    line,
    wantsJsonErrors(words, line.around),
  );
};

/**
 * Finds all that is wrong with a line before anything is done or asked. What is missing counts where nobody can be
 * asked for it.
 * @throws validation
 */
async function checkGiven(
  { parameters, fields }: Command,
  raw: RawValues,
  options: RawValues,
  { host }: Line,
): Promise<void> {
  const problems = [
    ...(await problemsOf(parameters, raw, fields)),
    ...(await problemsOf(shared(parameters), options, fields)),
  ];
  if (problems.length === 0) return;
  const isWrong = problems.some(({ isMissing }) => !isMissing);
  const mayMiss = options.fields === "help" || createAsk(host, !options.noInput).possible;
  if (isWrong || !mayMiss) refuse(problems);
}

/** The options of every command that this one does not declare itself. */
const shared = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(lineOptions).filter(([name]) => !(name in parameters)));

/** Values in which the later ones go before the earlier ones, and before what cannot stand beside them. */
function merge(...all: readonly RawValues[]): RawValues {
  return all.reduce((merged, values) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    const kept = Object.entries(merged).filter(([name]) => !given.some(([later]) => quarrel(name, later)));
    return Object.fromEntries([...kept, ...given]);
  }, {});
}

const quarrel = (a: string, b: string) => excludedBy(a).includes(b) || excludedBy(b).includes(a);
const excludedBy = (name: string): readonly string[] => (lineOptions as Parameters)[name]?.excludes ?? [];

async function runCommand(
  command: Command,
  raw: RawValues,
  options: LineOptions,
  line: Line,
  jsonErrors: boolean,
): Promise<void> {
  const effect = effectOf(command, raw);
  const host = hostFor(effect, options, line.host);
  const { errors } = host.terminal;
  const { SIPNAV_ACCESSIBLE, TERM } = host.environment;
  const live = errors.isTerminal && !SIPNAV_ACCESSIBLE && TERM !== "dumb";
  const notices = openNotices(errors, { quiet: options.quiet ?? false, live }, host.clock);
  const ask = createAsk(host, !options.noInput);
  const bodies: Block[] = [];
  const missing: string[] = [];
  let isAnswered = false;
  let menu: Line["menu"];
  const print = async (result: readonly Block[]) => {
    // Where the platform was not asked there are no answers of its own: the result stands in their place.
    const blocks = isAnswered ? bodies.splice(0) : result;
    await notices.drained();
    await printBlocks(blocks, await withDefaultOutput(options, blocks, context), host);
  };
  const context = createContext(host, {
    ask,
    notice: notices.say,
    noteMissing: (text) => void missing.push(text),
    progress: (progress) => notices.progress(progress === undefined ? "" : progressText(progress)),
    emit: (result) => print(command.view(result)),
    announce(text) {
      // Whoever wants errors as JSON reads standard error by machine.
      if (line.announced.has(text) || jsonErrors) return;
      line.announced.add(text);
      notices.say(text);
    },
    get goesOn() {
      return line.isShell || menuOf(options, line) !== undefined;
    },
    thenMenu() {
      menu = menuOf(options, line);
    },
    onBody: options.raw
      ? (body) => {
          isAnswered = true;
          bodies.push(rawBlock(body));
        }
      : undefined,
    options: faceOptionsOf(options),
  });
  try {
    await checkOutput(options);
    if (options.fields === "help") return await printFields(command, options, host);
    const complete = await askMissing(command, raw, ask, notices.say);
    await print(await execute(command, complete, context));
    if (missing.length > 0) throw missingError(missing);
  } catch (thrown) {
    // Nobody reads on, and nothing was to be changed: there is nothing left to fail at.
    if (effect === "read" && host.terminal.output.gone.aborted) return;
    await context.settings().then(
      ({ profile }) => line.noteProfile(profile),
      () => undefined,
    );
    throw endingOf(host.signal, thrown);
  } finally {
    await context.close();
    await notices.drained();
  }
  await menu?.();
}

/** The end of a list that was printed and is not the whole one that was asked for. */
const missingError = (reasons: readonly string[]) =>
  new SipnavError("truncated", ["Rows are missing.", ...reasons].join(" "));

/** The menu that follows a login: whoever asks for data, or not to be asked, wants none. */
function menuOf({ json, output, out, raw, noInput, quiet }: LineOptions, line: Line): Line["menu"] {
  return json || output || out || raw || noInput || quiet ? undefined : line.menu;
}

/** An answer as it came, on lines of its own. */
function rawBlock(body: Uint8Array): Block {
  const text = new TextDecoder().decode(body);
  return { kind: "raw", text: text.endsWith("\n") ? text : `${text}\n` };
}

/** An interruption that came of another end, such as SIGTERM, is that end. */
function endingOf({ reason }: AbortSignal, thrown: unknown): unknown {
  const wasInterrupted = thrown instanceof SipnavError && thrown.kind === "interrupted";
  if (!wasInterrupted || !(reason instanceof SipnavError) || reason.kind === thrown.kind) return thrown;
  return new SipnavError(reason.kind, reason.message, thrown.facts);
}

/** A command that only reads is ended when its reader went away. */
function hostFor(effect: Effect, { accessible }: LineOptions, host: Host): Host {
  const { signal, terminal, environment } = host;
  return deriveHost(host, {
    ...(effect === "read" && { signal: AbortSignal.any([signal, terminal.output.gone]) }),
    ...(accessible && { environment: { ...environment, SIPNAV_ACCESSIBLE: "1" } }),
  });
}

/** What the settings say about the form of results is asked only when there is a result that has one. */
async function withDefaultOutput(
  options: LineOptions,
  blocks: readonly Block[],
  context: Context,
): Promise<LineOptions> {
  const isSaid = options.output !== undefined || options.json || options.out !== undefined;
  if (isSaid || !blocks.some((block) => "rows" in block || "row" in block)) return options;
  const { output } = await context.profile().catch(() => ({ output: undefined }));
  // A workbook is for files only.
  return output === "xlsx" ? options : { ...options, output };
}
