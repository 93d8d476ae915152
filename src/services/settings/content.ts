import { SipnavError } from "../../core/errors.ts";
import { locateJson } from "../../core/jsontext.ts";
import { isRecord } from "../../core/record.ts";
import { nearest } from "../../core/text.ts";
import { profileName } from "../../domain/kinds.ts";
import { type Place, type SettingValues, settingNames, settingOf } from "./table.ts";

/** What stands in the user's settings file. */
export interface UserSettings extends SettingValues {
  readonly version: typeof versionNow;
  readonly profiles: Readonly<Record<string, SettingValues>>;
}

/** Something wrong in a file, by the names on the way to it. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

const versionNow = 1;

/** Each makes the next version of what an earlier release wrote: the first one wrote no version. */
const migrations: readonly ((content: object) => object)[] = [(content) => ({ ...content, version: 1 })];

/**
 * The user's settings as they stand in their file; one of an earlier version is read as if it were of today.
 * @throws config naming the file and the line of everything that is wrong; the file is left as it is
 */
export function readUserSettings(text: string | undefined, path: string): UserSettings {
  const raw = text === undefined ? { version: versionNow } : migrate(parseObject(text, path), path);
  const { content, problems } = checkUserSettings(raw);
  if (problems.length > 0) throw problemsIn(path, text ?? "", problems);
  return content;
}

/** The settings that a project's file brings. @throws config naming file and line */
export function readProjectSettings(text: string, path: string): SettingValues {
  const problems: Problem[] = [];
  const values = checkValues(parseObject(text, path), "project", [], problems);
  if (problems.length > 0) throw problemsIn(path, text, problems);
  return values;
}

/** Checks the content of a settings file, every value by its kind. */
export function checkUserSettings(raw: object): { content: UserSettings; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const { version: _, profiles = {}, ...others } = raw as Record<string, unknown>;
  const checked: Record<string, SettingValues> = {};
  for (const [name, values] of Object.entries(asObject(profiles, ["profiles"], problems))) {
    const path = ["profiles", name];
    const parsed = profileName.parse(name);
    if ("problem" in parsed) problems.push({ path, message: parsed.problem });
    else checked[name] = checkValues(asObject(values, path, problems), "profile", path, problems);
  }
  const own = checkValues(others, "user", [], problems);
  return { content: { ...own, version: versionNow, profiles: checked }, problems };
}

function checkValues(raw: object, place: Place, path: readonly string[], problems: Problem[]): SettingValues {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    const setting = settingOf(name);
    const refuse = (message: string) => problems.push({ path: [...path, name], message });
    if (setting === undefined) refuse(unknownSetting(name));
    else if (!setting.places.includes(place)) refuse(misplaced(place, setting.places));
    else {
      const parsed = setting.kind.parse(typeof value === "string" ? value : JSON.stringify(value));
      if ("problem" in parsed) refuse(parsed.problem);
      else values[name] = parsed.value;
    }
  }
  return values;
}

/** "there is no such setting", with the nearest one that is. */
export function unknownSetting(name: string): string {
  const known = nearest(name, settingNames);
  return `there is no such setting${known === undefined ? "" : `; did you mean ${known}?`}`;
}

function misplaced(place: Place, places: readonly Place[]): string {
  if (place === "project") return "a project may choose only the profile and the output";
  return place === "user" && !places.includes("user")
    ? "it belongs in a profile"
    : "it belongs outside of profiles";
}

function asObject(value: unknown, path: readonly string[], problems: Problem[]): object {
  if (isRecord(value)) return value;
  problems.push({ path, message: "settings in { } are expected" });
  return {};
}

function migrate(content: object, path: string): object {
  const version = "version" in content ? content.version : 0;
  if (typeof version === "number" && version > versionNow) {
    throw new SipnavError("config", `${path} was written by a newer sipnav (settings version ${version}).`, {
      hint: "Update sipnav, or use another folder: SIPNAV_HOME=/some/folder.",
    });
  }
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0) {
    throw new SipnavError("config", `${path} is not a settings file of sipnav: its version is no number.`, {
      hint: "Mend it, or move it away.",
    });
  }
  return migrations.slice(version).reduce((older, step) => step(older), content);
}

function parseObject(text: string, path: string): object {
  const { problemLine } = locateJson(text);
  const content: unknown = problemLine === undefined ? JSON.parse(text) : undefined;
  if (isRecord(content)) return content;
  const where = problemLine === undefined ? "is not a settings file" : `line ${problemLine} is not JSON`;
  throw new SipnavError("config", `${path}${problemLine === undefined ? " " : ", "}${where}.`, {
    hint: "Mend it, or move it away.",
    details: [{ file: path, row: problemLine ?? 1, message: "a JSON object is expected" }],
  });
}

function problemsIn(file: string, text: string, problems: readonly Problem[]): SipnavError {
  const { lineOf } = locateJson(text);
  const details = problems.map(({ path, message }) => ({
    file,
    row: lineOf(path),
    field: path.join("."),
    message,
  }));
  const [first] = details;
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : "";
  const message = `${file}, line ${first?.row}: ${first?.field}: ${first?.message}${more}.`;
  return new SipnavError("config", message, { details, hint: "Mend the file; it was left as it is." });
}
