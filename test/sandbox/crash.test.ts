import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { Agent, request } from "node:http";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { bundleProgram } from "../bundle.ts";
import { freshFolder } from "./folder.ts";

const root = join(import.meta.dirname, "../..");

/** A program that serves a sandbox on a folder and says where. */
function buildServer(folder: string): string {
  const server = JSON.stringify(join(root, "src/sandbox/server.ts"));
  const program = `import { startSandbox } from ${server};
    const stateDir = process.argv[2];
    const { url, token } = await startSandbox({ stateDir, accounts: 20, carriers: 5, companies: 4, cdrs: 100 });
    console.log(JSON.stringify({ url, token }));`;
  return bundleProgram(program, root, join(folder, "server.mjs"));
}

async function startProcess(program: string, stateDir: string) {
  const child = spawn(process.execPath, [program, stateDir], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { url, token } = JSON.parse(line);
  return { child, url, token };
}

/** Creates accounts, 16 at a time, until the server is gone; answers the ids that were acknowledged. */
async function createUntilGone(
  server: { child: ChildProcess; url: string; token: string },
  killAfter: number,
) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const acknowledged = new Map<string, string>();
  const createOne = (account_name: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = {
        Accept: "application/json",
        Authorization: `Bearer ${server.token}`,
        "Content-Type": "application/json",
      };
      const outgoing = request(
        `${server.url}/api/accounts`,
        { method: "POST", agent, headers },
        (incoming) => {
          let text = "";
          incoming.on("data", (chunk) => (text += chunk));
          incoming.on("error", () => resolve());
          incoming.on("end", () => {
            if (incoming.statusCode !== 200) return reject(new Error(text));
            const { data } = JSON.parse(text);
            acknowledged.set(account_name, String(data.account_id));
            if (acknowledged.size === killAfter) server.child.kill("SIGKILL");
            resolve();
          });
        },
      );
      outgoing.on("error", () => resolve());
      outgoing.end(JSON.stringify({ account_name, customer_id: 2001 }));
    });
  const names = Array.from({ length: 1000 }, (_, n) => `crash ${n}`);
  await Promise.all(names.map(createOne));
  agent.destroy();
  return acknowledged;
}

test("killed in the middle of a thousand creates, the server has every acknowledged one afterwards", async () => {
  const stateDir = freshFolder();
  const program = buildServer(dirname(stateDir));
  mkdirSync(stateDir);
  const server = await startProcess(program, stateDir);
  const exited = once(server.child, "exit");
  const acknowledged = await createUntilGone(server, 400);
  await exited;
  expect(acknowledged.size).toBeGreaterThanOrEqual(400);
  expect(acknowledged.size).toBeLessThan(1000);

  const again = await startSandbox({ stateDir });
  onTestFinished(() => again.close());
  const headers = { Accept: "application/json", Authorization: `Bearer ${server.token}` };
  const answer = await fetch(`${again.url}/api/accounts?per_page=1000`, { headers });
  const { data } = (await answer.json()) as {
    data: { data: { account_id: number; account_name: string }[] };
  };
  const stored = new Map(data.data.map((row) => [row.account_name, String(row.account_id)]));
  for (const [name, id] of acknowledged) expect(stored.get(name), name).toBe(id);
}, 60_000);
