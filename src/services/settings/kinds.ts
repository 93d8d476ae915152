import { resolveTemplates } from "../../api/templates.ts";
import { type OperationId, operationIds } from "../../contract/operations.ts";
import { SipnavError } from "../../core/errors.ts";
import { type Kind, text } from "../../domain/kinds.ts";

/** A platform's address. Tokens travel over https only; loopback, where the embedded platform listens, aside. */
export const baseUrl: Kind<string> = {
  ...text,
  name: "url",
  hint: "url",
  parse(input) {
    const url = URL.canParse(input) ? new URL(input) : undefined;
    const isLoopback = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
    const isBare = url !== undefined && `${url.username}${url.password}${url.search}${url.hash}` === "";
    if (isBare && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback))) {
      return { value: input.replace(/\/+$/, "") };
    }
    return {
      problem: "https://host[:port] is expected, without a password in it; http is for loopback only",
    };
  },
};

/** An IANA time zone. */
export const zoneName: Kind<string> = {
  ...text,
  name: "zone",
  hint: "zone",
  parse(input) {
    try {
      new Intl.DateTimeFormat("en", { timeZone: input });
      return { value: input };
    } catch {
      return { problem: "there is no such zone; UTC or America/New_York is expected" };
    }
  },
};

/** What only a shell understands, and what would reach the program as it stands. */
const shellSigns = /["'|<>$;&`\\]/;

/** A program and its arguments, started without a shell: words, or a JSON array when one of them has a space. */
export const argv: Kind<readonly string[]> = {
  ...text,
  name: "command",
  hint: "command",
  parse(input) {
    const isJson = input.trim().startsWith("[");
    const words = isJson ? parseJson(input) : shellSigns.test(input) ? [] : input.trim().split(/\s+/);
    const isArgv = Array.isArray(words) && words.every((word) => typeof word === "string" && word !== "");
    return isArgv && words.length > 0
      ? { value: words }
      : {
          problem:
            'a program and its arguments are expected, such as ["pass", "show", "sip"]; no shell reads them',
        };
  },
  toWire: (value) => [...value],
};

/** Paths in place of the contract's, by operationId. */
export const endpoints: Kind<Readonly<Partial<Record<OperationId, string>>>> = {
  ...text,
  name: "endpoints",
  hint: "json",
  parse(input) {
    const paths = parseJson(input);
    if (typeof paths !== "object" || paths === null || Array.isArray(paths)) {
      return { problem: "operationIds with their paths are expected" };
    }
    const stranger = Object.keys(paths).find((name) => !(operationIds as string[]).includes(name));
    if (stranger !== undefined) return { problem: `there is no such call: ${stranger}` };
    try {
      resolveTemplates(paths);
      return { value: paths };
    } catch (error) {
      if (error instanceof SipnavError) return { problem: error.message.replace(/\.$/, "") };
      throw error;
    }
  },
  toWire: (value) => ({ ...value }),
};

function parseJson(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return undefined;
  }
}
