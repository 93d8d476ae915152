import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { temporaryFolder } from "../host/desk.ts";
import { openPlatform } from "../services/platform.ts";
import { runSipnav } from "../system/program.ts";

const data = join(import.meta.dirname, "../data");
const certificate = join(data, "server-cert.pem");

/** A platform behind TLS, whose certificate no built-in authority vouches for. */
async function openSecure(sandbox: Sandbox): Promise<string> {
  const server = https.createServer(
    { key: readFileSync(join(data, "server-key.pem")), cert: readFileSync(certificate) },
    (request, response) => {
      const { method = "GET", headers } = request;
      const onward = http.request(new URL(request.url ?? "", sandbox.url), { method, headers }, (reply) => {
        response.writeHead(reply.statusCode ?? 0, reply.headers);
        reply.pipe(response);
      });
      request.pipe(onward);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

async function openTrusting(variables: Readonly<Record<string, string>> = {}) {
  const sandbox = await openPlatform();
  const home = { HOME: temporaryFolder(), LANG: "C.UTF-8" };
  const environment = {
    ...home,
    SIPNAV_TOKEN: sandbox.token,
    SIPNAV_BASE_URL: await openSecure(sandbox),
    ...variables,
  };
  return { environment, run: (...words: string[]) => runSipnav(words, { environment }) };
}

const list = ["accounts", "list", "-o", "ids"];

describe("a private certificate authority", () => {
  test("is not trusted unless its file is named, and the error says how", async () => {
    const { run } = await openTrusting();
    const { code, stderr } = await run(...list);
    expect({ code, stderr }).toEqual({ code: 11, stderr: expect.stringContaining("SIPNAV_CA_FILE=") });
    const doctor = await run("doctor", "--json");
    expect(doctor.code).toBe(14);
    const failed = JSON.parse(doctor.stdout).filter(({ state }: { state: string }) => state === "failed");
    expect(failed.map(({ check }: { check: string }) => check)).toEqual(["certificate", "answer", "session"]);
  }, 30_000);

  test.each(["SIPNAV_CA_FILE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"])(
    "is trusted when %s names its file, by doctor, too",
    async (variable) => {
      const { run } = await openTrusting({ [variable]: certificate });
      const { code, stdout, stderr } = await run(...list);
      expect({ code, stderr, rows: stdout.trim().split("\n").length }).toEqual({
        code: 0,
        stderr: "",
        rows: 3,
      });
      const doctor = await run("doctor", "--json");
      expect(doctor.code, doctor.stdout).toBe(0);
      if (variable !== "NODE_EXTRA_CA_CERTS") expect(doctor.stdout).toContain(`with ${certificate}`);
    },
    30_000,
  );

  test("can be a setting of the profile", async () => {
    const { run } = await openTrusting();
    expect((await run("config", "set", "caFile", certificate)).code).toBe(0);
    expect((await run(...list)).code).toBe(0);
    expect((await run("config", "explain", "caFile")).stdout).toContain("profile default");
  }, 30_000);

  test("does not make Node forget the one that its own variable names", async () => {
    const other = join(temporaryFolder(), "other.pem");
    writeFileSync(other, rootCertificates[0] ?? "");
    const { run } = await openTrusting({ SIPNAV_CA_FILE: other, NODE_EXTRA_CA_CERTS: certificate });
    expect((await run(...list)).code).toBe(0);
  }, 30_000);

  test.each([
    [
      "is missing",
      () => "/nonexistent/ca.pem",
      /^sipnav: Cannot read the certificates \/nonexistent\/ca.pem: there is no such file/,
    ],
    [
      "is no PEM",
      () => join(data, "server-key.pem"),
      /server-key.pem holds no certificates that can be read/,
    ],
    ["is a folder", () => data, /it is a folder/],
  ])(
    "whose file %s is told before anything is sent",
    async (_, path, words) => {
      const { run } = await openTrusting({ SIPNAV_CA_FILE: path() });
      const { code, stderr } = await run(...list);
      expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(words) });
      expect(stderr).toContain("sipnav config explain caFile");
      // Without TLS there is nothing that it would be needed for.
      expect((await run("config", "list")).code).toBe(0);
    },
    30_000,
  );
});

test("doctor looks at the proxy where one stands in the way", async () => {
  const { run } = await openTrusting({
    SIPNAV_BASE_URL: "https://platform.test",
    HTTPS_PROXY: "http://localhost:9",
  });
  const { stdout } = await run("doctor", "--json", "--timeout", "2");
  const checks = JSON.parse(stdout).map(({ check, state }: Record<string, string>) => [check, state]);
  expect(checks).toContainEqual(["proxy", "ok"]);
  expect(checks.map(([check]: string[]) => check)).not.toContain("certificate");
}, 60_000);
