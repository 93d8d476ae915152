import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Hono } from "hono";
import { SipnavError } from "../core/errors.ts";
import { createApp, type Env, type Gate } from "./app.ts";
import { createCalls } from "./calls.ts";
import { createControl } from "./control.ts";
import { createFaults, type NextFault } from "./faults.ts";
import type { World } from "./handler.ts";
import { answerLink, linksPath } from "./links.ts";
import { createRateLimit } from "./ratelimit.ts";
import { createRequestLog, type RequestEntry } from "./requestlog.ts";
import { seedTables } from "./seed.ts";
import { createIdentity, type Identity, openState, type Sizes, type State } from "./state.ts";
import { type BaseTables, openStore, type Store } from "./store.ts";
import { transmit } from "./transmit.ts";
import { createVault } from "./vault.ts";

type Optional<T> = { readonly [N in keyof T]?: T[N] | undefined };

/** What a sandbox is made of; everything has a default. */
export interface SandboxOptions extends Optional<Sizes> {
  /** 0 takes a free one. */
  readonly port?: number | undefined;
  /** Such as `600/min`; without it there is no limit. */
  readonly rateLimit?: string | undefined;
  /** Faults by chance, such as `http429:0.05,lost:0.01,slow:200ms@0.05`. */
  readonly faults?: string | undefined;
  /** A folder that keeps users, tokens and every write over a restart; without it all is in memory. */
  readonly stateDir?: string | undefined;
  /** Life of a token in seconds; 8 hours by default. */
  readonly tokenTtlS?: number | undefined;
  /** The platform's clock, epoch milliseconds. */
  readonly now?: () => number;
}

/** A running platform, and the ways to get in and to make it fail. */
export interface Sandbox {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** A valid token of the user. */
  readonly token: string;
  /** A user with the same password who is asked for a one-time code. */
  readonly otpUsername: string;
  readonly otpCode: string;
  /** Replaces the faults by chance; an empty text clears all. Throws usage for a bad list. */
  setFaults(text: string): void;
  /** Makes the next call, or the next of one operation, fail. */
  failNext(fault: NextFault): void;
  /** The latest requests, control calls left out. */
  requests(): RequestEntry[];
  close(): Promise<void>;
}

const defaultSizes: Sizes = { seed: 7, accounts: 500, carriers: 60, companies: 40, cdrs: 100_000 };
const tokenLifeSDefault = 8 * 3600;

/**
 * Starts the platform on this machine's loopback address.
 * @throws usage for bad faults or a bad limit, config for a port in use or an unusable state folder, locked when
 *   another sandbox uses that folder
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { now = Date.now, stateDir, tokenTtlS = tokenLifeSDefault } = options;
  const fresh = createIdentity({ ...defaultSizes, ...given(options) }, now());
  const gateParts = {
    faults: createFaults(options.faults ?? "", fresh.sizes.seed),
    limit: createRateLimit(options.rateLimit),
    log: createRequestLog(),
  };
  const state = stateDir === undefined ? undefined : await openState(stateDir, given(options), fresh);
  const identity = state?.identity ?? fresh;
  let store: Store | undefined;
  try {
    const base = baseTables(identity);
    store = await openStore(base, state?.openJournal);
    const world = createWorld(identity, base, store, tokenTtlS, now);
    const gate: Gate = { ...gateParts, world };
    const server = await listen(routesOf(gate), options.port ?? 0);
    world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return sandboxOn(gate, server, identity, state);
  } catch (error) {
    await store?.close();
    await state?.release();
    throw error;
  }
}

function createWorld(
  identity: Identity,
  base: BaseTables,
  store: Store,
  tokenLifeS: number,
  nowMs: () => number,
) {
  const { sizes, anchorMs, credentials } = identity;
  const { accounts = [], carriers = [] } = base;
  return {
    store,
    calls: createCalls({ seed: sizes.seed, count: sizes.cdrs, anchorMs, accounts, carriers }),
    vault: createVault(credentials.secret),
    seed: sizes.seed,
    tokenLifeS,
    nowMs,
    /** Known once the server listens. */
    url: "",
  } satisfies World;
}

function sandboxOn(
  { world, faults, log }: Gate,
  server: ServerType,
  { credentials }: Identity,
  state: State | undefined,
): Sandbox {
  const { username, otpUsername, otpCode } = credentials;
  let closing: Promise<void> | undefined;
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closed;
    await world.store.close();
    await state?.release();
  };
  return {
    url: world.url,
    username,
    get password() {
      // A password reset may have changed it, in this run or an earlier one.
      return world.store.get("users", username)?.password ?? credentials.password;
    },
    token: world.vault.issue(username, world.nowMs(), world.tokenLifeS),
    otpUsername,
    otpCode,
    setFaults: (text) => faults.set(text),
    failNext: (fault) => faults.next(fault),
    requests: () => log.entries(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** The sizes among the options. */
function given(options: SandboxOptions): Partial<Sizes> {
  const names = Object.keys(defaultSizes) as (keyof Sizes)[];
  const pairs = names.map((name) => [name, options[name]] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

/** The rows of a fresh platform: what the seed makes, and who can log in. */
function baseTables({ sizes, anchorMs, credentials }: Identity): BaseTables {
  const { username, otpUsername, otpCode, password } = credentials;
  return {
    ...seedTables({ ...sizes, anchorMs }),
    users: [
      { username, password, otp_code: null },
      { username: otpUsername, password, otp_code: otpCode },
    ],
  };
}

function routesOf(gate: Gate): Hono<Env> {
  const app = createApp(gate);
  app.route("/__sandbox", createControl(gate));
  app.get(`${linksPath}:word`, (context) => {
    transmit(context.env.outgoing, answerLink(context.req.param("word"), gate.world));
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

/** Listens on loopback alone. The adapter's own Request and Response stay out of this process's globals. */
async function listen(app: Hono<Env>, port: number): Promise<ServerType> {
  const server = createAdaptorServer({
    fetch: app.fetch as Parameters<typeof createAdaptorServer>[0]["fetch"],
    overrideGlobalObjects: false,
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    throw new SipnavError("config", `The sandbox can't listen on port ${port}: ${cause.message}`, {
      hint: "Use --port 0 for a free one.",
      ...(cause.code === undefined ? {} : { code: cause.code }),
      cause,
    });
  });
  return server;
}
