import type { IncomingMessage } from "node:http";
import { limits } from "../core/limits.ts";
import { isRecord } from "../core/record.ts";
import type { UploadedFile } from "./handler.ts";
import { Refusal } from "./refusal.ts";

/** What a request brought: fields, and the file of a form. */
export interface RequestBody {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly file: UploadedFile | undefined;
}

const nothing: RequestBody = { fields: {}, file: undefined };

/**
 * Reads a request's body. Like the framework it takes whatever is no JSON object for an empty one: `null`, `[]`,
 * broken text, and JSON that does not come as JSON. Throws 413 beyond the cap.
 */
export async function readBody(incoming: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A body that is given up halfway must not take the connection with it: the refusal still has to go out.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limits.sandboxBodyBytesMax) throw new Refusal(413, { message: "Payload Too Large" });
    chunks.push(chunk);
  }
  const type = incoming.headers["content-type"] ?? "";
  const bytes = Buffer.concat(chunks);
  if (type.startsWith("multipart/form-data")) return readForm(bytes, type);
  return type.includes("json") ? { fields: readObject(bytes), file: undefined } : nothing;
}

/** A JSON object; an empty one for anything else. */
export function readObject(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (isRecord(value)) return { ...value };
  } catch {
    // Broken JSON has no fields either.
  }
  return {};
}

async function readForm(bytes: Buffer, type: string): Promise<RequestBody> {
  const fields: Record<string, unknown> = {};
  let file: UploadedFile | undefined;
  try {
    const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === "string") fields[name] = value;
      else if (name === "file") file = { name: value.name, content: await value.text() };
    }
  } catch {
    return nothing;
  }
  return { fields, file };
}
