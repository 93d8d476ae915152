/** The one text that all processes under one rate limit share. */
export interface RateStore {
  /**
   * Replaces the text by what `change` makes of it, with nobody else in between; undefined stands for none yet.
   * `change` may be called again when another process came first. Rejects only with what `change` throws.
   */
  update(change: (text: string | undefined) => string): Promise<void>;
}

/** A store for one client, for when no process shares its limit. */
export function memoryRates(): RateStore {
  let text: string | undefined;
  return {
    async update(change) {
      text = change(text);
    },
  };
}
