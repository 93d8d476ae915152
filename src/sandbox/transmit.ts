import type { ServerResponse } from "node:http";
import type { Refusal } from "./refusal.ts";

/** A finished answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A JSON answer. */
export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(value) };
}

/** A web page, as a framework or a proxy in front of it makes one. */
export function htmlReply(
  status: number,
  title: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1></body>
</html>
`;
  return { status, headers: { ...headers, "Content-Type": "text/html; charset=UTF-8" }, body };
}

/** A refusal as JSON, or as a page for callers that did not ask for JSON. */
export function refusalReply(refusal: Refusal, wantsJson: boolean): Reply {
  const { status, body, facts } = refusal;
  if (wantsJson && !facts.page) return jsonReply(status, body, facts.headers);
  return htmlReply(status, `${status} ${escapeHtml(body.message)}`, facts.headers);
}

/** How far an answer gets: all of it, half and then the connection's end, or half and then silence. */
export type Delivery = "whole" | "cut" | "stall";

/** Sends an answer. */
export function transmit(outgoing: ServerResponse, reply: Reply, delivery: Delivery = "whole"): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(reply.status, { ...reply.headers, "Content-Length": Buffer.byteLength(reply.body) });
  if (delivery === "whole") {
    outgoing.end(reply.body);
    return;
  }
  outgoing.write(reply.body.slice(0, reply.body.length >> 1), () => {
    if (delivery === "cut") outgoing.socket?.destroy();
  });
}

/** Ends the connection without a word. */
export function hangUp(outgoing: ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
