import { fileError } from "../core/filefaults.ts";
import { file, integer, text } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";
import { makeFolders } from "../host/files.ts";
import { newProfileOf } from "../services/profiles.ts";
import { baseUrl } from "../services/settings/kinds.ts";
import { readLayers } from "../services/settings/layers.ts";
import type { Context } from "./context.ts";
import { defineCommand, type Parameters } from "./define.ts";

const statusFields: readonly Field[] = [
  { name: "table", label: "Table", kind: text, priority: 1 },
  { name: "rows", label: "Rows", kind: integer(), priority: 1 },
];

const where = {
  url: { kind: baseUrl, summary: "A running sandbox; without it the one that profile sandbox uses" },
} as const satisfies Parameters;

/** A control call of a sandbox: of a running one by its address, or of the one within this program. */
async function control(context: Context, method: "GET" | "POST", path: string, url: string | undefined) {
  const layers = await readLayers(context.host, { profile: "sandbox" });
  const profile = { ...newProfileOf(layers), ...(url !== undefined && { baseUrl: url, sandbox: false }) };
  const client = await context.connect(profile);
  const { json } = await client.request({ method, path }, { signal: context.host.signal });
  return json as { readonly counts: Readonly<Record<string, number>> };
}

/** `sandbox …` */
export const sandboxCommands = [
  defineCommand({
    path: ["sandbox", "start"],
    summary: "Serve the embedded platform on loopback until stopped",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {
      port: { kind: integer(0, 65_535), summary: "Port to listen on; 0 takes a free one", default: 0 },
      seed: { kind: integer(), summary: "Number that all made-up data follows from (7)" },
      accounts: { kind: integer(), summary: "Accounts (500)" },
      carriers: { kind: integer(), summary: "Carriers (60)" },
      companies: { kind: integer(1), summary: "Companies (40)" },
      cdrs: { kind: integer(), summary: "Call detail records of the last 30 days (100000)" },
      rateLimit: { kind: text, summary: "Requests allowed a user, as 600/min" },
      faults: { kind: text, summary: "Faults to make, as http429:0.02,lost:0.01,slow:200ms@0.05" },
      state: { kind: file, summary: "Folder that keeps what is created and changed" },
      tokenTtl: { kind: integer(1), summary: "Seconds that a token lives (28800)" },
    },
    examples: ["sipnav sandbox start --port 8080 --cdrs 1000000 --state ./sandbox"],
    async run({ host, face }, { rateLimit, faults, state, tokenTtl, ...sizes }) {
      const { startSandbox } = await import("../sandbox/server.ts");
      if (state !== undefined) makeGiven(state);
      const sandbox = await startSandbox({
        ...sizes,
        tokenTtlS: tokenTtl,
        now: () => host.clock.nowMs(),
        rateLimit,
        faults,
        // A folder remembers the sizes it was made with; those that are not given are taken from it.
        stateDir: state,
      });
      await face.emit({
        url: sandbox.url,
        username: sandbox.username,
        password: sandbox.password,
        token: sandbox.token,
        otp_username: sandbox.otpUsername,
        otp_code: sandbox.otpCode,
      });
      await aborted(host.signal);
      await sandbox.close();
      return undefined;
    },
    view: (ready) => (ready === undefined ? [] : [{ kind: "document", data: ready }]),
  }),
  defineCommand({
    path: ["sandbox", "status"],
    summary: "Count what a sandbox holds",
    group: "tools",
    effect: "read",
    session: false,
    parameters: where,
    fields: statusFields,
    examples: ["sipnav sandbox status", "sipnav sandbox status --url http://127.0.0.1:8080"],
    async run(context, { url }): Promise<readonly Row[]> {
      const { counts } = await control(context, "GET", "/__sandbox/state", url);
      return Object.entries(counts).map(([table, rows]) => ({ table, rows }));
    },
    view: (rows) => [{ kind: "table", fields: statusFields, rows, idField: "table" }],
  }),
  defineCommand({
    path: ["sandbox", "reset"],
    summary: "Put a sandbox back to what its seed makes: everything created or changed is gone",
    group: "tools",
    // Not the platform's data: it is asked about all the same.
    effect: "read",
    session: false,
    parameters: where,
    examples: ["sipnav sandbox reset", "sipnav sandbox reset --url http://127.0.0.1:8080 --yes"],
    async run(context, { url }) {
      const { ask, options } = context.face;
      const which = url ?? "of profile sandbox";
      if (!options.yes)
        await ask.confirm(`Forget everything created or changed in the sandbox ${which}?`, "--yes");
      await control(context, "POST", "/__sandbox/reset", url);
      return { sandbox: which, state: "reset" };
    },
    view: (row) => [{ kind: "note", text: `The sandbox ${row.sandbox} is what its seed makes again.`, row }],
  }),
];

function makeGiven(folder: string): void {
  try {
    makeFolders(folder);
  } catch (cause) {
    throw fileError("usage", "make the folder", folder, cause);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
