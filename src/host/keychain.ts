import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import type { SecretStore } from "./secrets.ts";

/** What is used of keytar. */
type Call = "getPassword" | "setPassword" | "deletePassword";

const service = "sipnav";

/**
 * Asks the library one thing in a process of its own. Within this process a keychain that never answers would keep
 * it from ending: node waits for the threads of native libraries.
 */
const program = `
  let text = "";
  process.stdin.on("data", (part) => (text += part)).on("end", async () => {
    const answer = (content) => process.stdout.write(JSON.stringify(content), () => process.exit());
    try {
      const { library, call, values } = JSON.parse(text);
      answer({ value: await require(library)[call](...values) });
    } catch (error) {
      answer({ problem: String(error.message) });
    }
  });
`;

/**
 * The operating system's keychain. Throws `keychain` for whatever goes wrong: a library or a service that is
 * missing, a crash, no answer in time, as from a keychain that is locked.
 * @param library the path of a module with keytar's functions
 */
export function keychainSecrets(library?: string): SecretStore {
  return {
    name: "keychain",
    get: async (key) => ((await ask(library, "getPassword", [service, key])) as string | null) ?? undefined,
    set: async (key, secret) => void (await ask(library, "setPassword", [service, key, secret])),
    delete: async (key) => void (await ask(library, "deletePassword", [service, key])),
  };
}

function ask(library: string | undefined, call: Call, values: string[]) {
  const timeoutMs = limits.keychainTimeoutMs;
  const limit = { timeout: timeoutMs, killSignal: "SIGKILL" } as const;
  return new Promise<unknown>((resolve, reject) => {
    const path = library ?? pathOfKeytar();
    const child = execFile(process.execPath, ["-e", program], limit, (error, stdout) => {
      if (error?.killed)
        return reject(failed(`it did not answer within ${timeoutMs / 1000} s; it may be locked`));
      if (error) return reject(failed(`its library ended with ${error.signal ?? `exit code ${error.code}`}`));
      const { value, problem } = readAnswer(stdout);
      if (problem === undefined) resolve(value);
      else reject(failed(problem));
    });
    // A child that ended early has said why, or has crashed.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(JSON.stringify({ library: path, call, values }));
  });
}

function pathOfKeytar(): string {
  try {
    return createRequire(import.meta.url).resolve("keytar");
  } catch {
    throw failed("its library is not installed");
  }
}

function readAnswer(text: string): { value?: unknown; problem?: string } {
  try {
    return JSON.parse(text) as { value?: unknown; problem?: string };
  } catch {
    return { problem: "its answer cannot be read" };
  }
}

function failed(reason: string): SipnavError {
  const [sentence = ""] = reason.split("\n");
  return new SipnavError(
    "keychain",
    `The system's keychain cannot be used: ${sentence.replace(/\.$/, "")}.`,
    {
      hint: "Unlock it, or keep the session in a file: sipnav login --store file",
    },
  );
}
