import type { Preview } from "../../api/preview.ts";
import type { Json } from "../../domain/kinds.ts";
import type { Block } from "../../view/blocks.ts";

/** A request as a block: as HTTP has it for people, as data for programs. */
export function requestBlock({ method, path, query, body }: Preview): Block {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one ?? "")]),
  );
  const search = pairs.length === 0 ? "" : `${path.includes("?") ? "&" : "?"}${new URLSearchParams(pairs)}`;
  const content = body === null ? [] : [typeof body === "string" ? body : JSON.stringify(body, null, 2)];
  return {
    kind: "document",
    data: { method, path, query, body } as Json,
    text: [`${method} ${path}${search}`, ...content].join("\n"),
  };
}
