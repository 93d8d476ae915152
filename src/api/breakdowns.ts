import type { ErrorFacts, ErrorKind } from "../core/errors.ts";
import { SipnavError } from "../core/errors.ts";

/** Why there is no whole answer. */
export interface Breakdown {
  kind: "breakdown";
  /** The system's, TLS's or parser's code; or one of `ownCodes`. */
  code: string;
  /** Whether the platform may have acted: a connection stood when it broke. */
  reached: boolean;
  /** The proxy that the way led through, when it broke before the platform was reached. */
  proxy?: string | undefined;
  /** Another origin that a redirect led to. */
  stranger?: string;
}

/** Breakdowns that the client finds itself; the rest carry the system's code. */
export const ownCodes = {
  connectTimeout: "CONNECT_TIMEOUT",
  firstByteTimeout: "FIRST_BYTE_TIMEOUT",
  stallTimeout: "STALL_TIMEOUT",
  totalTimeout: "TOTAL_TIMEOUT",
  tooLarge: "RESPONSE_TOO_LARGE",
  /** A proxy that can't reach the platform now, by its own word. */
  proxyRefused: "PROXY_REFUSED",
  proxyForbids: "PROXY_FORBIDS",
  proxyLogin: "PROXY_LOGIN",
  /** Called off by the caller, who gets another error than this. */
  aborted: "ABORTED",
  redirectedWrite: "REDIRECTED_WRITE",
  redirectLoop: "REDIRECT_LOOP",
  redirectUnsafe: "REDIRECT_UNSAFE",
} as const;

type BreakdownKind = Extract<ErrorKind, "dns" | "tls" | "timeout" | "network" | "protocol" | "validation">;

const timeoutPhases: Record<string, string> = {
  [ownCodes.connectTimeout]: "No connection to the platform came about in time.",
  [ownCodes.firstByteTimeout]: "The platform took the request but did not begin to answer in time.",
  [ownCodes.stallTimeout]: "The platform's answer stopped midway.",
  [ownCodes.totalTimeout]: "The platform's answer did not arrive in time.",
  ETIMEDOUT: "No connection to the platform came about in time.",
};

const hints: Record<BreakdownKind, string> = {
  dns: "Check the profile's base URL and the network's name server.",
  tls: "Check the base URL; for a private certificate authority name its file: SIPNAV_CA_FILE=/path/ca.pem, or sipnav config set caFile.",
  timeout:
    "Try again, ask for less at once, or allow more time: --timeout, --connect-timeout, --first-byte-timeout.",
  network: "Check the base URL, the network and the proxy variables.",
  protocol: "Check that the profile's base URL is the platform's API.",
  validation: "A header's value, such as the token's, holds characters that can't be sent.",
};

const proxyHint =
  "Check the proxy variables (HTTPS_PROXY, ALL_PROXY); NO_PROXY lists hosts that need no proxy.";

const proxyHints: Record<string, string> = {
  [ownCodes.proxyLogin]:
    "Put the right ones into the proxy variable: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
  [ownCodes.proxyForbids]:
    "Ask whoever runs the proxy to let the platform's host through, or list it in NO_PROXY.",
};

/** What a certificate or a handshake can be refused for, and what mends that. */
const distrusts: Record<string, { readonly sentence: string; readonly hint: string }> = {
  CERT_HAS_EXPIRED: {
    sentence: "The platform's certificate has expired",
    hint: "Check this computer's clock (sipnav doctor); if that is right, the platform has to renew its certificate.",
  },
  CERT_NOT_YET_VALID: {
    sentence: "The platform's certificate is not valid yet",
    hint: "Check this computer's clock: sipnav doctor",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    sentence: "The platform's certificate is for another host name",
    hint: "Check the host in the base URL; if it is right, something in between answers for the platform.",
  },
  EPROTO: {
    sentence: "What answered does not speak TLS that can be used",
    hint: "Check the scheme and the port of the base URL.",
  },
};

/** The kind of error that a broken exchange's code stands for; an unknown code is a broken connection. */
export function kindOfCode(code: string): BreakdownKind {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EAI_FAIL") return "dns";
  if (code in timeoutPhases) return "timeout";
  if (/CERT|^EPROTO$|^ERR_SSL|^ERR_TLS|^UNABLE_TO_|SELF_SIGNED|HOSTNAME_MISMATCH/.test(code)) return "tls";
  // The cut-off of a compressed body (Z_BUF_ERROR) is a broken connection; other zlib errors are garbage.
  if (/^RESPONSE_|^REDIRECT|^HPE_|^Z_(?!BUF_ERROR)|^ERR_BROTLI/.test(code)) return "protocol";
  if (/^ERR_INVALID_|^ERR_UNESCAPED_|^ERR_HTTP_INVALID/.test(code)) return "validation";
  return "network";
}

/**
 * The error of an exchange that brought no whole answer, in a sentence for people. `facts` are what is
 * known of the call; the code and a hint are added. The library's own error is left out: it holds headers.
 */
export function breakdownError(
  { code, proxy, stranger }: Pick<Breakdown, "code" | "proxy" | "stranger">,
  responseBytesMax: number,
  facts: ErrorFacts,
): SipnavError {
  const kind = kindOfCode(code);
  const told = proxy === undefined ? undefined : proxySentence(kind, code, proxy);
  const sentence = told ?? sentenceFor(kind, code, responseBytesMax);
  const isThere = stranger !== undefined && !code.startsWith("REDIRECT");
  const hint = told === undefined ? (distrusts[code]?.hint ?? hints[kind]) : (proxyHints[code] ?? proxyHint);
  return new SipnavError(
    kind,
    isThere ? sentence.replace(/\.$/, `, after a redirect to ${stranger}.`) : sentence,
    {
      hint: stranger === undefined ? hint : strangerHint(stranger),
      ...facts,
      code,
    },
  );
}

/** What a redirect to another origin may mean. */
export const strangerHint = (origin: string): string =>
  `If ${origin}, to which the platform redirects, is its new address, make it the profile's base URL; else something in between answers for it.`;

/** What went wrong at the proxy or on the way to it; undefined for what only the platform can have to do with. */
function proxySentence(kind: BreakdownKind, code: string, proxy: string): string | undefined {
  if (code === ownCodes.proxyLogin) return `The proxy ${proxy} asks for another user name and password.`;
  if (code === ownCodes.proxyForbids) return `The proxy ${proxy} does not let the platform's host through.`;
  if (code === ownCodes.proxyRefused) return `The proxy ${proxy} could not connect to the platform.`;
  if (code === "ECONNREFUSED") return `Nothing listens at the address of the proxy ${proxy} (ECONNREFUSED).`;
  if (kind === "dns") return `The host name of the proxy ${proxy} can't be resolved (${code}).`;
  if (kind === "timeout") return `No connection through the proxy ${proxy} came about in time.`;
  return kind === "network" ? `The connection through the proxy ${proxy} broke (${code}).` : undefined;
}

function sentenceFor(kind: BreakdownKind, code: string, responseBytesMax: number): string {
  switch (code) {
    case ownCodes.tooLarge:
      return `The platform's answer is larger than the limit of ${responseBytesMax} bytes.`;
    case ownCodes.redirectedWrite:
      return "The platform redirected a request that changes something; it was not followed.";
    case ownCodes.redirectLoop:
      return "The platform redirects in circles.";
    case ownCodes.redirectUnsafe:
      return "The platform redirects to an address that is not safe to follow.";
    case "ECONNREFUSED":
      return "Nothing listens at the platform's address (ECONNREFUSED).";
    default:
      return kindSentence(kind, code);
  }
}

function kindSentence(kind: BreakdownKind, code: string): string {
  switch (kind) {
    case "dns":
      return `The platform's host name can't be resolved (${code}).`;
    case "tls":
      return `${distrusts[code]?.sentence ?? "The platform's certificate or encryption can't be trusted"} (${code}).`;
    case "timeout":
      return timeoutPhases[code] ?? "The platform did not answer in time.";
    case "protocol":
      return `What answered does not speak proper HTTP (${code}).`;
    case "validation":
      return `The request can't be sent as it is (${code}).`;
    case "network":
      return `The connection to the platform broke (${code}).`;
  }
}
