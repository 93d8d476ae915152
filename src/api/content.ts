import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import { parseJson } from "./json.ts";

/** What a body turned out to be; JSON that is neither object nor list counts as text. */
export type Content =
  | { kind: "json"; value: object }
  | { kind: "empty" }
  /** HTML or XML: a proxy's page, a login page, never the API's answer. */
  | { kind: "page" }
  | { kind: "text"; text: string }
  /** `why` completes "The answer …". */
  | { kind: "unreadable"; why: string };

/**
 * Reads a body by what it holds; the content type only decides what else a body that isn't JSON is.
 * JSON must be UTF-8 (RFC 8259, section 8.1); a byte order mark is skipped.
 */
export function readContent(headers: IncomingHttpHeaders, body: Uint8Array): Content {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!isUtf8(bytes)) return { kind: "unreadable", why: "is not valid UTF-8" };
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const start = /\S/.exec(text)?.[0];
  if (start === undefined) return { kind: "empty" };
  if (start === "<") return { kind: "page" };
  try {
    const value = parseJson(text, bytes);
    return typeof value === "object" && value !== null ? { kind: "json", value } : { kind: "text", text };
  } catch {
    const type = headers["content-type"] ?? "";
    if (/html|xml/i.test(type)) return { kind: "page" };
    if (/^text\//i.test(type)) return { kind: "text", text };
    return { kind: "unreadable", why: "is broken JSON" };
  }
}
