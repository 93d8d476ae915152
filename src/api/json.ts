// So many digits are more than a double is sure to hold; most answers have no such run.
const runLength = 16;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * JSON text as a value. A number that a double can't hold, such as a 20-digit id or an amount with
 * 18 decimals, comes as a string of its source text, because money and ids must stay exact.
 * Throws a SyntaxError. @param bytes the same text, when it is at hand
 */
export function parseJson(text: string, bytes: Uint8Array = Buffer.from(text)): unknown {
  if (!hasLongRun(bytes)) return JSON.parse(text);
  return JSON.parse(
    text.replace(stringOrNumber, (token) => (token.startsWith('"') || isHeld(token) ? token : `"${token}"`)),
  );
}

// Looks at every 16th character only, for a run of 16 can't hide between; a regular expression, which looks at
// all of them, would cost more than the parsing.
function hasLongRun(bytes: Uint8Array): boolean {
  for (let at = runLength - 1; at < bytes.length; at += runLength) {
    if (!isDigit(bytes, at)) continue;
    let start = at;
    let end = at + 1;
    while (isDigit(bytes, start - 1)) start -= 1;
    while (isDigit(bytes, end)) end += 1;
    if (end - start >= runLength) return true;
  }
  return false;
}

function isDigit(bytes: Uint8Array, at: number): boolean {
  const code = bytes[at] ?? 0;
  return (code >= 0x30 && code <= 0x39) || code === 0x2e;
}

function isHeld(token: string): boolean {
  const [mantissa = ""] = token.split(/[eE]/);
  return mantissa.replace(/[-.]/g, "").replace(/^0+/, "").length <= 15 || String(Number(token)) === token;
}
