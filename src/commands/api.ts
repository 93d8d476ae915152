import type { Preview } from "../api/preview.ts";
import { operationIds, routeOf } from "../contract/operations.ts";
import { choice, file, present, text } from "../domain/kinds.ts";
import { readGiven } from "../host/inputs.ts";
import { draftRaw, listRaw, sendRaw } from "../services/raw.ts";
import type { Block } from "../view/blocks.ts";
import { defineCommand } from "./define.ts";
import { guard } from "./guard.ts";
import { requestBlock } from "./verbs/request.ts";
import { dryRun } from "./verbs/write.ts";

type ApiResult =
  | { readonly kind: "draft"; readonly request: Preview }
  | { readonly kind: "rows"; readonly data: unknown }
  | { readonly kind: "body"; readonly head: string; readonly body: string };

/** `api` */
export const apiCommands = [
  defineCommand({
    path: ["api"],
    summary: "Make any call of the platform's API with the profile's session",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {
      method: {
        kind: choice("GET", "POST", "PUT", "PATCH"),
        summary: "Method",
        positional: true,
        required: true,
      },
      path: {
        kind: text,
        summary: "Path, as /api/accounts",
        positional: true,
        required: true,
        suggestions: [...new Set(operationIds.map((id) => routeOf(id).path))],
      },
      field: { kind: text, repeats: true, summary: "name=value, in the query of a GET, else in a JSON body" },
      input: { kind: file, summary: "A body from a file; - is standard input" },
      include: { kind: present, summary: "Print status and headers before the body" },
      paginate: {
        kind: present,
        summary: "Follow every page of a list and print all its rows",
        excludes: ["include"],
      },
      dryRun,
    },
    examples: ["sipnav api GET /api/accounts --field per_page=10", "sipnav api GET /api/carriers --paginate"],
    async run(context, { method, path, field, input, include, paginate, dryRun }): Promise<ApiResult> {
      const body = input === undefined ? undefined : await readGiven(context.host, input);
      const draft = draftRaw({ method, path, fields: field, body });
      if (dryRun) return { kind: "draft", request: { ...draft, body: contentOf(draft.body) } };
      await guard(context, method === "GET" ? "read" : "write", { words: `${method} ${path}` });
      const client = await context.client();
      const { signal } = context.host;
      if (paginate) return { kind: "rows", data: await listRaw(client, draft, signal) };
      const reply = await sendRaw(client, draft, signal);
      const head = Object.entries(reply.headers).map(([name, value]) => `${name}: ${value}\n`);
      const result: ApiResult = {
        kind: "body",
        head: include ? `HTTP ${reply.status}\n${head.join("")}\n` : "",
        body: new TextDecoder().decode(reply.body),
      };
      if (reply.problem === undefined) return result;
      await context.face.emit(result);
      throw reply.problem;
    },
    view: (result): readonly Block[] => {
      if (result.kind === "draft") return [requestBlock(result.request)];
      if (result.kind === "rows") return [{ kind: "document", data: result.data as never }];
      const end = result.body === "" || result.body.endsWith("\n") ? "" : "\n";
      return [{ kind: "raw", text: result.head + result.body + end }];
    },
  }),
];

/** A body as data; what is no JSON, as it is. */
function contentOf(body: string | undefined): unknown {
  try {
    return body === undefined ? null : JSON.parse(body);
  } catch {
    return body;
  }
}
