import { file, integer, text } from "../domain/kinds.ts";
import { defineCommand } from "./define.ts";

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
];

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
