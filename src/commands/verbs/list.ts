import { limits } from "../../core/limits.ts";
import { condition, integer, present, sorting } from "../../domain/kinds.ts";
import type { Noun, Row } from "../../domain/noun.ts";
import type { NounCalls } from "../../services/calls.ts";
import { type ListSource, listRows, type Rows, type Selection } from "../../services/rows.ts";
import type { Block } from "../../view/blocks.ts";
import type { Context } from "../context.ts";
import { type Command, defineCommand, type Parameter, type Parameters, type Values } from "../define.ts";

/** What every list can be given. */
export const listParameters = {
  where: {
    kind: condition,
    repeats: true,
    summary: "Only rows of which this holds, as 'field eq value'; help output has all operators",
  },
  sort: { kind: sorting, summary: "Order, as field:desc,other" },
  limit: { kind: integer(1), summary: "Rows at the most", default: 100 },
  all: { kind: present, summary: "Every row, whatever the number", excludes: ["limit"] },
} as const satisfies Parameters;

type ListValues = Values<typeof listParameters>;

/** Parameters that the platform filters a list by, with the names that its query has for them. */
export type Filters = Readonly<Record<string, Parameter<string> & { readonly query: string }>>;

/** The platform's query for the filters that were given. */
export const queryOf = (
  filters: Filters,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(filters).flatMap(([name, { query }]) =>
      values[name] === undefined ? [] : [[query, values[name]]],
    ),
  );

/** A shape of rows with an id. */
export type Shape = Pick<Noun, "fields" | "idField">;

/** Which rows are wanted, from a list's values. @throws validation for a wrong field, operator or value */
export async function selectionOf(
  context: Context,
  { fields }: Shape,
  { where, sort, limit, all }: ListValues,
): Promise<Selection> {
  const { parseSort, parseWhere } = await import("../../domain/query.ts");
  const zone = await context.zone();
  const tests = where.map((condition) => parseWhere(fields, condition, zone));
  return {
    matches: tests.length === 0 ? undefined : (row: Row) => tests.every((test) => test(row)),
    compare: sort === undefined ? undefined : parseSort(fields, sort),
    rowsMax: all ? Number.POSITIVE_INFINITY : limit,
  };
}

/** Where a command's lists come from. */
export const listSource = async (context: Context): Promise<ListSource> => ({
  client: await context.client(),
  zone: await context.zone(),
  signal: context.host.signal,
  onNotice: context.face.notice,
});

/** Runs one of the platform's list calls for a command. What is missing of a whole list is more than a notice. */
export async function runList(
  context: Context,
  operation: NounCalls["list"],
  input: { path?: object; query?: object },
  shape: Shape,
  values: ListValues,
): Promise<Rows> {
  const selection = await selectionOf(context, shape, values);
  const { face } = context;
  const source: ListSource = {
    ...(await listSource(context)),
    onNotice(text, rowsMissing) {
      if (rowsMissing && values.all && face.noteMissing) face.noteMissing(text);
      else face.notice(text);
    },
  };
  const result = await listRows(source, operation, input, shape, selection);
  if (result.cut) face.notice(`Cut at ${values.limit} (--limit); --all shows every row.`);
  return result;
}

/** A list's rows as a table. @param isCut whether there are more than these */
export const tableOf = (
  { fields, idField }: Shape,
  rows: readonly Row[],
  isCut = false,
): readonly Block[] => [{ kind: "table", fields, rows, idField, ...(isCut && { isCut }) }];

/** The page size that asks for no more requests than needed; both sizes are ones the platform is known to take. */
export const perPage = (values: ListValues): number =>
  values.all || values.where.length > 0 || values.sort !== undefined || values.limit > limits.rowsPerPage
    ? limits.rowsPerPageMax
    : limits.rowsPerPage;

/** `<noun> list` */
export function listCommand(calls: NounCalls, filters: Filters): Command {
  const { noun } = calls;
  return defineCommand({
    path: [noun.plural, "list"],
    summary: `List ${noun.plural}`,
    group: "platform",
    effect: "read",
    session: true,
    parameters: { ...filters, ...listParameters },
    fields: noun.fields,
    examples: [
      `sipnav ${noun.plural} list --limit 20`,
      `sipnav ${noun.plural} list --where 'enabled eq no' --sort ${noun.nameField}`,
      `sipnav ${noun.plural} list --all --json`,
    ],
    run(context, values) {
      const query = { per_page: perPage(values), ...queryOf(filters, values) };
      return runList(context, calls.list, { query }, noun, values);
    },
    view: ({ rows, cut }) => tableOf(noun, rows, cut),
  });
}
