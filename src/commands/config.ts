import { SipnavError } from "../core/errors.ts";
import { textField } from "../domain/columns.ts";
import { present, text } from "../domain/kinds.ts";
import type { Row } from "../domain/noun.ts";
import { changeSettings, readSetting, withSetting } from "../services/settings/edit.ts";
import { find, type Layers } from "../services/settings/layers.ts";
import { settingNames, settingOf } from "../services/settings/table.ts";
import { defineCommand } from "./define.ts";

const valueFields = [textField("value", "Value", 1)];
const listFields = [textField("key", "Setting", 1), ...valueFields];
const pathFields = [textField("name", "What", 1), textField("path", "Path", 1)];
const explainFields = [
  ...listFields,
  textField("source", "From", 1),
  textField("environment", "Variable", 3),
  textField("summary", "What it is", 2),
];
const keyParameter = {
  kind: text,
  summary: "The setting, such as zone or profiles.lab.zone",
  suggestions: settingNames,
  positional: true,
  required: true,
} as const;

const get = defineCommand({
  path: ["config", "get"],
  summary: "Print a setting's value in effect",
  group: "tools",
  effect: "read",
  session: false,
  parameters: { key: keyParameter },
  fields: valueFields,
  examples: ["sipnav config get baseUrl"],
  run: async (context, { key }) => ({ key, value: readSetting(await context.settings(), key) }),
  view: (row) => [{ kind: "record", fields: valueFields, row, idField: "value", bare: true }],
});

const choicesOfSettings = Object.fromEntries(
  settingNames.map((name) => [name, settingOf(name)?.kind.choices ?? []]),
);

const set = defineCommand({
  path: ["config", "set"],
  summary: "Change a setting; a profile's setting is changed in the profile in use",
  group: "tools",
  effect: "read",
  session: false,
  parameters: {
    key: keyParameter,
    value: {
      kind: text,
      summary: "The value",
      positional: true,
      suggestions: { parameter: "key", words: choicesOfSettings },
    },
    unset: { kind: present, summary: "Take the setting out instead" },
  },
  examples: [
    "sipnav config set output json",
    "sipnav config set readOnly yes --profile live",
    "sipnav config set endpoints.listCarriers /api/v2/carriers",
    "sipnav config set zone --unset",
  ],
  async run(context, { key, value, unset }) {
    if ((value === undefined) !== (unset === true)) {
      throw new SipnavError("usage", "Either a value or --unset is needed.");
    }
    const { profile } = await context.settings();
    await changeSettings(context.host, (content) => withSetting(content, key, value, profile));
    return { key, value: value ?? null };
  },
  view: (row) => [{ kind: "note", text: `${row.key} is ${row.value === null ? "taken out" : "set"}.`, row }],
});

const list = defineCommand({
  path: ["config", "list"],
  summary: "List what the settings file says",
  group: "tools",
  effect: "read",
  session: false,
  parameters: {},
  fields: listFields,
  examples: ["sipnav config list"],
  async run(context) {
    const { version: _, profiles, ...own } = (await context.settings()).user;
    const rows = Object.entries(profiles).map(([name, values]) => flatten(`profiles.${name}.`, values));
    return [...flatten("", own), ...rows.flat()];
  },
  view: (rows) => [{ kind: "table", fields: listFields, rows, idField: "key" }],
});

/** Values by their keys, as `config set` takes them. */
function flatten(prefix: string, values: object): Row[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === "object" && !Array.isArray(value)
      ? flatten(`${prefix}${name}.`, value)
      : [{ key: `${prefix}${name}`, value }],
  );
}

const explain = defineCommand({
  path: ["config", "explain"],
  summary: "Show each setting's value in effect and where it comes from",
  group: "tools",
  effect: "read",
  session: false,
  parameters: {
    key: { kind: text, summary: "Only this setting", positional: true, suggestions: settingNames },
  },
  fields: explainFields,
  examples: ["sipnav config explain", "sipnav config explain zone"],
  async run(context, { key }) {
    const layers = await context.settings();
    if (key !== undefined) readSetting(layers, key);
    const wanted = settingNames.filter((name) => key === undefined || key.split(".")[0] === name);
    return wanted.map((name) => explanation(layers, name));
  },
  view: (rows) => [{ kind: "table", fields: explainFields, rows, idField: "key" }],
});

function explanation({ stack }: Layers, key: (typeof settingNames)[number]): Row {
  const found = find(stack, key);
  const { summary, environment = null } = settingOf(key) ?? { summary: "" };
  return {
    key,
    value: (found?.value ?? null) as Row[string],
    source: found?.source ?? "not set",
    environment,
    summary,
  };
}

const path = defineCommand({
  path: ["config", "path"],
  summary: "Print where settings and state are kept",
  group: "tools",
  effect: "read",
  session: false,
  parameters: {},
  fields: pathFields,
  examples: ["sipnav config path"],
  async run({ host }): Promise<Row[]> {
    const project = await host.project();
    return [
      { name: "settings", path: host.settings.path },
      ...(project === undefined ? [] : [{ name: "project", path: project.path }]),
      { name: "state", path: host.folders.state },
      { name: "cache", path: host.folders.cache },
    ];
  },
  view: (rows) => [{ kind: "table", fields: pathFields, rows, idField: "path" }],
});

/** `config …` */
export const configCommands = [get, set, list, explain, path];
