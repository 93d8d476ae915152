import http from "node:http";
import net from "node:net";
import { describe, expect, test } from "vitest";
import { proxyFor } from "../../src/api/proxy.ts";
import { answer, authority, connect, errorOf, listen, serve, unknownHost } from "./server.ts";

const account = { path: { id: 7 } };
const good = { success: true, data: { account_id: 7 } };

describe("certificates", () => {
  test("an unknown one is refused, tried once, and nothing is in doubt", async () => {
    const server = await serve((_, response) => answer(response, good), { tls: true });
    const body = { account_name: "A", customer_id: 3 };
    const error = await errorOf(connect(server.url).call("createAccount", { body }));
    expect(error).toMatchObject({
      kind: "tls",
      exitCode: 11,
      facts: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    });
    expect(error.facts.outcomeUnknown).toBeUndefined();
    expect(error.facts.hint).toMatch(/certificate authority/);
    expect(server.seen).toHaveLength(0);
  });

  test("one's own authority makes it pass", async () => {
    const server = await serve((_, response) => answer(response, good), { tls: true });
    const reply = await connect(server.url, { ca: authority }).call("getAccount", account);
    expect(reply.data).toEqual({ account_id: 7 });
  });

  test("a kept connection is not connected again", async () => {
    const server = await serve((_, response, turn) => setTimeout(() => answer(response, good), turn * 1000), {
      tls: true,
    });
    const client = connect(server.url, { ca: authority, timeouts: { connectMs: 800 }, attemptsMax: 1 });
    await client.call("getAccount", account);
    expect((await client.call("getAccount", account)).status).toBe(200);
  });

  test("https spoken to an http port is an error of encryption", async () => {
    const server = await serve((_, response) => answer(response, good));
    const error = await errorOf(connect(server.url.replace("http:", "https:")).call("getAccount", account));
    expect(error.kind).toBe("tls");
    expect(error.message).toBe("What answered does not speak TLS that can be used (EPROTO).");
    expect(error.facts.hint).toMatch(/port of the base URL/);
  });

  test("a file that holds no certificate is a matter of configuration", () => {
    expect(() => connect("https://localhost", { ca: { pem: "nothing", source: "ca.pem" } })).toThrowError(
      expect.objectContaining({ kind: "config" }),
    );
  });
});

/** A proxy that forwards everything to one port, whatever the host, and remembers what it was asked for. */
async function serveProxy(port: number, connectStatus = 200) {
  const asked: string[] = [];
  const proxy = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers["proxy-authorization"] ?? ""}`.trim());
    const { pathname, search } = new URL(request.url ?? "");
    const onward = http.request({ port, path: pathname + search, headers: request.headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 0, reply.headers);
      reply.pipe(response);
    });
    request.pipe(onward);
  });
  proxy.on("connect", (request, socket) => {
    asked.push(`CONNECT ${request.url} ${request.headers["proxy-authorization"] ?? ""}`.trim());
    if (connectStatus !== 200) {
      socket.end(`HTTP/1.1 ${connectStatus} No\r\n\r\n`);
      return;
    }
    const onward = net.connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  return { url: `http://user:word@localhost:${await listen(proxy)}`, asked };
}

describe("proxies", () => {
  test("an http platform is reached through HTTP_PROXY", async () => {
    const server = await serve((_, response) => answer(response, good));
    const proxy = await serveProxy(server.port);
    const client = connect("http://platform.test", { environment: { HTTP_PROXY: proxy.url } });
    expect((await client.call("getAccount", account)).data).toEqual({ account_id: 7 });
    expect(proxy.asked).toEqual(["GET http://platform.test/api/accounts/7?external=1 Basic dXNlcjp3b3Jk"]);
    expect(server.seen[0]?.headers.authorization).toBe("Bearer secret-token");
  });

  test("an https platform is reached through a tunnel that sees no token", async () => {
    const server = await serve((_, response) => answer(response, good), { tls: true });
    const proxy = await serveProxy(server.port);
    const client = connect("https://platform.test", {
      environment: { https_proxy: proxy.url },
      ca: authority,
    });
    await client.call("getAccount", account);
    await client.call("getAccount", account);
    expect(proxy.asked).toEqual(["CONNECT platform.test:443 Basic dXNlcjp3b3Jk"]);
    expect(server.seen).toHaveLength(2);
  });

  test("a tunnel does not excuse a bad certificate", async () => {
    const server = await serve((_, response) => answer(response, good), { tls: true });
    const proxy = await serveProxy(server.port);
    const client = connect("https://platform.test", { environment: { HTTPS_PROXY: proxy.url } });
    expect((await errorOf(client.call("getAccount", account))).kind).toBe("tls");
    expect(server.seen).toHaveLength(0);
  });

  test("a proxy that refuses is told from a platform that does, and shown without its password", async () => {
    const proxy = await serveProxy(1, 403);
    const client = connect("https://platform.test", {
      environment: { ALL_PROXY: proxy.url },
      attemptsMax: 1,
    });
    const error = await errorOf(
      client.call("createAccount", { body: { account_name: "A", customer_id: 3 } }),
    );
    expect(error).toMatchObject({ kind: "network", facts: { code: "PROXY_FORBIDS" } });
    expect(error.facts.outcomeUnknown).toBeUndefined();
    expect(error.message + JSON.stringify(error.facts)).not.toContain(":word");
  });

  test.each([
    [407, 1, "asks for another user name and password"],
    [403, 1, "does not let the platform's host through"],
    [503, 5, "could not connect to the platform"],
  ])("a tunnel answered with %i is asked for %i times", async (status, times, words) => {
    const proxy = await serveProxy(1, status);
    const client = connect("https://platform.test", { environment: { HTTPS_PROXY: proxy.url } });
    const error = await errorOf(client.call("getAccount", account));
    expect(error).toMatchObject({
      kind: "network",
      message: `The proxy ${new URL(proxy.url).host} ${words}.`,
    });
    expect(proxy.asked).toHaveLength(times);
  });

  test("a proxy that is not there is not taken for the platform", async () => {
    const deaf = await listen(net.createServer(() => undefined));
    for (const [proxy, words, timeouts] of [
      [
        "http://user:word@127.0.0.1:1",
        "Nothing listens at the address of the proxy 127.0.0.1:1 (ECONNREFUSED).",
        {},
      ],
      [
        `http://${unknownHost}:3128`,
        `The host name of the proxy ${unknownHost}:3128 can't be resolved (`,
        {},
      ],
      [
        `http://127.0.0.1:${deaf}`,
        `No connection through the proxy 127.0.0.1:${deaf} came about in time.`,
        { totalMs: 100 },
      ],
    ] as const) {
      const environment = { HTTPS_PROXY: proxy };
      const client = connect("https://platform.test", { environment, timeouts, attemptsMax: 1 });
      const error = await errorOf(client.call("getAccount", account));
      expect(error.message).toContain(words);
      expect(error.facts.hint).toContain("HTTPS_PROXY");
    }
  });

  test("a tunnel leads to an address by its own certificate", async () => {
    const server = await serve((_, response) => answer(response, good), { tls: true });
    const proxy = await serveProxy(server.port);
    const options = { environment: { HTTPS_PROXY: proxy.url }, ca: authority, attemptsMax: 1 };
    const error = await errorOf(connect("https://192.0.2.1", options).call("getAccount", account));
    expect(error.message).toBe(
      "The platform's certificate is for another host name (ERR_TLS_CERT_ALTNAME_INVALID).",
    );
    expect(error.facts.hint).toMatch(/host in the base URL/);
    expect(server.seen).toHaveLength(0);
  });

  test("NO_PROXY goes around it", async () => {
    const proxy = await serveProxy(1);
    const environment = { HTTP_PROXY: proxy.url, NO_PROXY: unknownHost };
    const client = connect(`http://${unknownHost}`, { environment, attemptsMax: 1 });
    expect((await errorOf(client.call("getAccount", account))).kind).toBe("dns");
    expect(proxy.asked).toEqual([]);
  });

  test("a variable that is no URL is a matter of configuration", async () => {
    for (const value of ["socks5://localhost:1", "http://[", "http://"]) {
      const client = connect("http://platform.test", { environment: { http_proxy: value } });
      expect((await errorOf(client.call("getAccount", account))).kind).toBe("config");
    }
  });
});

describe("proxyFor", () => {
  const proxy = "http://proxy:3128";
  test.each([
    ["https://api.example.com", { https_proxy: proxy }, true],
    ["https://api.example.com", { HTTPS_PROXY: "proxy:3128" }, true],
    ["https://api.example.com", { HTTP_PROXY: proxy }, false],
    ["https://api.example.com", { all_proxy: proxy }, true],
    ["https://api.example.com", { https_proxy: proxy, no_proxy: "example.com" }, false],
    ["https://api.example.com", { https_proxy: proxy, NO_PROXY: "a.test, .example.com" }, false],
    ["https://api.example.com", { https_proxy: proxy, no_proxy: "*.EXAMPLE.com" }, false],
    ["https://api.example.com", { https_proxy: proxy, no_proxy: "ample.com" }, true],
    ["https://api.example.com", { https_proxy: proxy, no_proxy: "example.com:443" }, false],
    ["https://api.example.com", { https_proxy: proxy, no_proxy: "example.com:8443" }, true],
    ["https://api.example.com", { https_proxy: proxy, no_proxy: "*" }, false],
    ["https://api.example.com", { https_proxy: proxy, no_proxy: " , " }, true],
    ["http://localhost:8080", { http_proxy: proxy }, false],
    ["http://127.9.9.9", { http_proxy: proxy }, false],
    ["http://[::1]:8080", { http_proxy: proxy }, false],
    ["http://128.0.0.1", { http_proxy: proxy }, true],
    ["http://host", {}, false],
  ])("%s with %j", (url, environment, isProxied) => {
    expect(proxyFor(new URL(url), environment)?.href).toBe(isProxied ? `${proxy}/` : undefined);
  });
});
