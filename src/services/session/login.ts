import type { Client, Reply } from "../../api/client.ts";
import { SipnavError } from "../../core/errors.ts";

/** What a person logs in with. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Where one-time codes come from. */
export interface OneTimeCodes {
  /** Called only when the platform asks for a code. */
  next(): Promise<string>;
  /** Codes that may be tried; a wrong one is never sent again by itself. */
  readonly triesMax: number;
  /** Hears that a code was refused and another one is asked for. */
  onRefusal(): void;
}

/** For where nobody can give a code; `hint` says where somebody can. */
export const withoutCodes = (hint: string): OneTimeCodes => ({
  async next() {
    throw new SipnavError("otp", "The platform asks for a one-time code, which only a person can give.", {
      hint,
    });
  },
  triesMax: 1,
  onRefusal: () => undefined,
});

export interface LoginOptions {
  readonly platformId: string | undefined;
  readonly codes: OneTimeCodes;
  readonly signal: AbortSignal;
}

/**
 * Logs in, answering a one-time code challenge if the platform asks for one.
 * @throws unauthenticated when the platform refuses; otp when it asks for a code that nobody gives; protocol when
 *   it answers neither token nor challenge
 */
export async function logIn(
  client: Client,
  { username, password }: Credentials,
  { platformId, codes, signal }: LoginOptions,
): Promise<{ token: string; username: string }> {
  const body = { username, password, ...(platformId !== undefined && { platform_id: platformId }) };
  const reply = await client.call("login", { body }, { signal });
  const challenge = reply.data?.encrypted_user;
  const opened =
    tokenOf(reply.raw) === undefined && challenge ? await verify(client, challenge, codes, signal) : reply;
  const token = tokenOf(opened.raw);
  if (token !== undefined) return { token, username: opened.data?.username ?? username };
  throw new SipnavError("protocol", "The platform answered the login without a token.", {
    requestId: opened.requestId,
  });
}

async function verify(
  client: Client,
  challenge: string,
  codes: OneTimeCodes,
  signal: AbortSignal,
): Promise<Reply<"verifyOtp">> {
  for (let tries = 1; ; tries++) {
    // A text, since leading zeros count.
    const code = (await codes.next()).trim();
    const input = { path: { encrypted_user: challenge }, body: { two_factor_code: code } };
    try {
      return await client.call("verifyOtp", input, { signal });
    } catch (error) {
      const isRefusal = error instanceof SipnavError && error.kind === "unauthenticated";
      if (!isRefusal || tries >= codes.triesMax) throw error;
      codes.onRefusal();
    }
  }
}

/** The token stands in `data.token` or in `token` (observed). */
function tokenOf(raw: unknown): string | undefined {
  const envelope = raw as { token?: unknown; data?: { token?: unknown } | null } | null;
  const token = envelope?.data?.token ?? envelope?.token;
  return typeof token === "string" && token !== "" ? token : undefined;
}
