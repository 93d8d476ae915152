import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { connect, errorOf, serve, serveBytes } from "./server.ts";

const account = { path: { id: 7 } };
const body = { account_name: "A", customer_id: 3 };
const good = '{"success":true,"data":{"account_id":7}}';

describe("an answer that is none", () => {
  test.each([
    ["broken JSON", '{"success":true,"data":{', /is broken JSON/],
    ["text", "plain words", /is broken JSON/],
    ["a bare number", "42", /can't be used/],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), /is not valid UTF-8/],
    ["a page without a type", "\n<!DOCTYPE html>", /web page/],
  ])("%s", async (_, content, message) => {
    const server = await serve((_request, response) => response.end(content));
    const error = await errorOf(connect(server.url).call("createAccount", { body }));
    expect(error).toMatchObject({ kind: "protocol", exitCode: 12, facts: { outcomeUnknown: true } });
    expect(error.message).toMatch(message);
    expect(server.seen).toHaveLength(1);
  });

  test("what isn't HTTP", async () => {
    const server = await serveBytes((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    expect((await errorOf(connect(server.url).call("getAccount", account))).kind).toBe("protocol");
    expect(server.seen).toHaveLength(1);
  });

  test("garbage in place of compressed bytes", async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"),
    );
    expect((await errorOf(connect(server.url).call("getAccount", account))).kind).toBe("protocol");
  });

  test("100 MB are not read to the end", async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    let sent = 0;
    const server = await serve((_, response) => {
      const more = () => {
        while (sent < 100 && !response.destroyed) {
          sent += 1;
          if (!response.write(chunk)) return response.once("drain", more);
        }
        return response.end();
      };
      more();
    });
    const client = connect(server.url, { responseBytesMax: 2 * 1024 * 1024 });
    const error = await errorOf(client.call("getAccount", account));
    expect(error).toMatchObject({ kind: "protocol", facts: { code: "RESPONSE_TOO_LARGE" } });
    expect(error.message).toContain("2097152 bytes");
    expect(sent).toBeLessThan(50);
    expect(server.seen).toHaveLength(1);
  });

  test("a gzip bomb is cut off at the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
    const server = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    const before = process.memoryUsage().rss;
    const client = connect(server.url, { responseBytesMax: 1024 * 1024 });
    const error = await errorOf(client.call("getAccount", account));
    expect(error.facts.code).toBe("RESPONSE_TOO_LARGE");
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  test("an honest gzip answer is read", async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(good)),
    );
    expect((await connect(server.url).call("getAccount", account)).data).toEqual({ account_id: 7 });
  });
});
