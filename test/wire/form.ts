import type { Outgoing } from "./http.ts";

const boundary = "----wire5f0c1d7a";

/** A deck with two good rows, one whose prefix is no number and one whose rate is none. */
export const deckText = "Prefix,Rate\n1212,0.005\n1213,0.006\nbad,0.1\n1214,xx\n";

/** A multipart upload of a deck, built by hand. */
export function deckForm(owner: string, id: string, { text = deckText, local = "1" } = {}): Outgoing {
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="deck.csv"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n`;
  return {
    body: Buffer.from(`${file}${field(owner, id)}${field("local", local)}--${boundary}--\r\n`),
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
  };
}
