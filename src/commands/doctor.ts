import { SipnavError } from "../core/errors.ts";
import { text } from "../domain/kinds.ts";
import type { Field } from "../domain/noun.ts";
import { defineCommand } from "./define.ts";

const fields: readonly Field[] = [
  { name: "state", label: "State", kind: text, priority: 1 },
  { name: "check", label: "Check", kind: text, priority: 1 },
  { name: "detail", label: "Detail", kind: text, priority: 1 },
];

/** `doctor` */
export const doctorCommands = [
  defineCommand({
    path: ["doctor"],
    summary: "Check settings, keychain, network, certificate, clock and session",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {},
    fields,
    examples: ["sipnav doctor", "sipnav doctor --json"],
    async run(context) {
      const { host } = context;
      const { examine, hostChecks, networkChecks, sessionCheck, storeCheck } = await import(
        "../services/doctor.ts"
      );
      const first = await examine(hostChecks(host));
      const profile = await context.profile().catch(() => undefined);
      // The embedded platform is within this process: there is no way to it that could be broken.
      const way =
        profile === undefined || profile.sandbox
          ? []
          : networkChecks(host, profile, () => context.connect(profile));
      const store = storeCheck(host, async () => context.seeker(await context.profile()));
      const then = await examine([store, ...way, sessionCheck(host, context.client)]);
      const findings = [...first, ...then];
      const failed = findings.filter(({ state }) => state === "failed");
      if (failed.length === 0) return findings;
      await context.face.emit(findings);
      const names = failed.map(({ check }) => check).join(", ");
      throw new SipnavError("check", `${failed.length} of ${findings.length} checks failed: ${names}.`);
    },
    view: (findings) => [
      { kind: "table", fields, rows: findings.map((finding) => ({ ...finding })), idField: "check" },
    ],
  }),
];
