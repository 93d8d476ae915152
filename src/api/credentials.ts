/** The token that calls carry, and the one way to a new one. */
export interface Credentials {
  token(): string | undefined;
  canRenew: boolean;
  /**
   * Replaces a token that was refused. Calls that were refused together share one renewal, and a call whose
   * token has been replaced meanwhile causes none. Rejects with what the renewal failed with.
   */
  renew(refused: string | undefined): Promise<void>;
}

/** Credentials that start with `token`; `renew` fetches a new one, for example by a login. */
export function createCredentials(
  token: string | undefined,
  renew: (() => Promise<string>) | undefined,
): Credentials {
  let current = token;
  let renewal: Promise<string> | undefined;
  return {
    token: () => current,
    canRenew: renew !== undefined,
    async renew(refused) {
      if (renew === undefined || current !== refused) return;
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      current = await renewal;
    },
  };
}
