import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { operationIds } from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";
import type { Env, Gate } from "./app.ts";
import { readBody } from "./body.ts";
import { faultKinds, type NextFault } from "./faults.ts";
import { numberOf, type PhpQuery, parseQuery } from "./query.ts";
import { Refusal } from "./refusal.ts";
import { existing, integer, oneOf, required, validate } from "./rules.ts";
import { type TableName, tableNames } from "./store.ts";
import { jsonReply, refusalReply, transmit } from "./transmit.ts";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
const cdrsShownDefault = 1_000;

/** What can be asked of the sandbox itself; without a token, so only for programs on this machine. */
export function createControl(gate: Gate): Hono<Env> {
  const control = new Hono<Env>();
  const { world, faults, log } = gate;

  control.use((context, next) => guard(context, next));
  control.get("/state", (context) => answer(context, () => stateOf(gate)));
  control.get("/tables/:name", (context) =>
    answer(context, () =>
      tableOf(gate, context.req.param("name"), parseQuery(new URL(context.req.url).search)),
    ),
  );
  control.post("/faults", (context) =>
    answer(context, async () => {
      const { fields } = await readBody(context.env.incoming);
      // A slip must not pass for "no faults": a test would then prove nothing.
      if (fields.faults === undefined && fields.next === undefined) throw unclear();
      if (fields.faults !== undefined && typeof fields.faults !== "string") throw unclear();
      const next = fields.next === undefined ? undefined : readNext(fields.next);
      if (fields.faults !== undefined) faults.set(fields.faults);
      if (next !== undefined) faults.next(next);
      return faults.facts();
    }),
  );
  control.post("/reset", (context) =>
    answer(context, async () => {
      await world.store.reset();
      faults.set("");
      log.clear();
      return stateOf(gate);
    }),
  );
  return control;
}

/**
 * Refuses what a web page could have sent: a browser always says `Origin` on such writes, and a name that was
 * pointed at this machine stands in `Host`.
 */
async function guard(context: Context<Env>, next: () => Promise<void>): Promise<Response | undefined> {
  const host = (context.req.header("host") ?? "").replace(/:\d+$/, "");
  if (!loopback.has(host) || context.req.header("origin") !== undefined) {
    transmit(context.env.outgoing, jsonReply(403, { message: "Only for programs on this machine." }));
    return RESPONSE_ALREADY_SENT;
  }
  await next();
  return undefined;
}

async function answer(context: Context<Env>, work: () => unknown): Promise<Response> {
  try {
    transmit(context.env.outgoing, jsonReply(200, await work()));
  } catch (error) {
    transmit(context.env.outgoing, refusalReply(refusalOf(error), true));
  }
  return RESPONSE_ALREADY_SENT;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof SipnavError ? 422 : 500;
  return new Refusal(status, { message: (error as Error).message });
}

function stateOf({ world, faults, log }: Gate) {
  const counts = Object.fromEntries(shownTables.map((name) => [name, world.store.count(name)]));
  return {
    seed: world.seed,
    counts: { ...counts, cdrs: world.calls.countAt(world.nowMs()) },
    ...faults.facts(),
    requests_total: log.total(),
    requests: log.entries(),
  };
}

/** Users are left out, for their passwords; mails are not, since tests have to read them. */
const shownTables = tableNames.filter((name) => name !== "users");

function tableOf({ world }: Gate, name: string, query: PhpQuery): unknown[] {
  validate({ ...query }, { limit: [integer(0)], offset: [integer(0)] });
  const offset = numberOf(query, "offset", 0);
  if (name === "cdrs") {
    const end = Math.min(
      offset + numberOf(query, "limit", cdrsShownDefault),
      world.calls.countAt(world.nowMs()),
    );
    return Array.from({ length: Math.max(0, end - offset) }, (_, n) => world.calls.record(offset + n));
  }
  const table: TableName | undefined = shownTables.find((shown) => shown === name);
  if (table === undefined) throw new Refusal(404, { message: `There is no table ${name}.` });
  const rows: unknown[] = world.store.rows(table);
  return rows.slice(offset, offset + numberOf(query, "limit", rows.length));
}

const unclear = () =>
  new Refusal(422, { message: 'Send JSON, as {"faults": "http500:0.1"} or {"next": {"kind": "lost"}}.' });

function readNext(value: unknown): NextFault {
  const fields = Object(value) as Record<string, unknown>;
  validate(fields, {
    kind: [required, oneOf(faultKinds)],
    operation: [existing((id) => operationIds.some((known) => known === id))],
    times: [integer(1)],
    delayMs: [integer(0)],
  });
  return fields as unknown as NextFault;
}
