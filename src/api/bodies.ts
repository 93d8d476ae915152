import type { FileUpload, Route } from "../contract/operations.ts";
import { wireText } from "./query.ts";
import type { Message } from "./transport.ts";

/** A body ready to be sent any number of times, and the header that goes with it. */
export type EncodedBody = Pick<Message, "body" | "headers">;

/**
 * A call's body as its route wants it: JSON, or a multipart form whose `file` is a `FileUpload`.
 * Form values go as in a query; the multipart header is added where the boundary is drawn.
 */
export function encodeBody(route: Route, body: unknown): EncodedBody {
  if (body === undefined || route.body === "none") return { body: undefined, headers: {} };
  if (route.body === "json") {
    return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(body as Record<string, unknown>)) {
    if (isFile(value)) form.append(name, new Blob([value.content]), value.filename);
    else if (value !== undefined) form.append(name, wireText(name, value));
  }
  return { body: form, headers: {} };
}

function isFile(value: unknown): value is FileUpload {
  return typeof value === "object" && value !== null && "filename" in value && "content" in value;
}
