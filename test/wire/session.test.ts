import { describe, expect, test } from "vitest";
import { at, rows, sender } from "./http.ts";
import { start, startForFile } from "./platform.ts";

const platform = await startForFile();
const stranger = sender(platform.ready.url);

const login = (username: string, password: string) =>
  stranger("POST", "/api/login", { body: { username, password } });

async function tokenOf(username: string, password: string): Promise<string> {
  const answer = await login(username, password);
  return String(at(answer, "data.token") ?? at(answer, "token"));
}

describe("login", () => {
  test("gives a token and the username in the envelope", async () => {
    const { username, password } = platform.ready;
    const answer = await login(username, password);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    expect(at(answer, "success")).toBe(true);
    expect(at(answer, "message")).toBeTypeOf("string");
    expect(at(answer, "data.username")).toBe(username);
    const mine = sender(platform.ready.url, await tokenOf(username, password));
    expect((await mine("GET", "/api/accounts?external=1&per_page=1")).status).toBe(200);
  });

  test("accepts a platform_id", async () => {
    const { username, password } = platform.ready;
    const answer = await stranger("POST", "/api/login", { body: { username, password, platform_id: 1 } });
    expect(at(answer, "success")).toBe(true);
  });

  test("refuses a wrong password without a token", async () => {
    const answer = await login(platform.ready.username, "wrong");
    expect(at(answer, "success")).not.toBe(true);
    expect(at(answer, "data.token") ?? at(answer, "token")).toBeUndefined();
    expect(at(answer, "message")).toMatch(/\w/);
  });

  test("names the missing fields", async () => {
    const answer = await stranger("POST", "/api/login", { body: {} });
    expect(answer.status).toBe(422);
    for (const field of ["username", "password"]) {
      expect(at(answer, `errors.${field}`)).toEqual([expect.any(String)]);
    }
  });

  test.each(["null", "[]", "{", "7", ""])("survives the body %j", async (body) => {
    const answer = await stranger("POST", "/api/login", { body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test("logout ends its token and no other", async () => {
    const { url, username, password } = platform.ready;
    const mine = sender(url, await tokenOf(username, password));
    expect(at(await mine("POST", "/api/logout"), "success")).toBe(true);
    const after = await mine("GET", "/api/accounts");
    expect(after.status).toBe(401);
    expect(at(after, "message")).toBe("Unauthenticated.");
    expect((await platform.api("GET", "/api/accounts")).status).toBe(200);
  });
});

describe("one-time codes", () => {
  async function challenge(): Promise<string> {
    const answer = await login(platform.ready.otp_username, platform.ready.password);
    expect(at(answer, "data.token") ?? at(answer, "token")).toBeUndefined();
    return String(at(answer, "data.encrypted_user"));
  }
  const verify = (user: string, two_factor_code: unknown) =>
    stranger("POST", `/api/verify/${encodeURIComponent(user)}`, { body: { two_factor_code } });

  test("the code is text with a leading zero, and gives a token that works", async () => {
    const { otp_code, url } = platform.ready;
    expect(otp_code).toMatch(/^0\d+$/);
    const answer = await verify(await challenge(), otp_code);
    const token = String(at(answer, "data.token") ?? at(answer, "token"));
    expect((await sender(url, token)("GET", "/api/accounts?per_page=1")).status).toBe(200);
  });

  test("a wrong code, the code as a number and no code are refused", async () => {
    const user = await challenge();
    const { otp_code } = platform.ready;
    const wrong = otp_code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    for (const code of [wrong, Number(otp_code), undefined]) {
      const answer = await verify(user, code);
      expect(answer.status).toBe(422);
      expect(at(answer, "errors.two_factor_code")).toEqual([expect.any(String)]);
      expect(at(answer, "data.token") ?? at(answer, "token")).toBeUndefined();
    }
  });

  test("the encrypted user must be percent-encoded in the path", async () => {
    const user = await challenge();
    expect(encodeURIComponent(user)).not.toBe(user);
    expect(user).toContain("/");
    const raw = await stranger("POST", `/api/verify/${user}`, {
      body: { two_factor_code: platform.ready.otp_code },
    });
    expect(raw.status).toBe(404);
    expect((await verify(user, platform.ready.otp_code)).status).toBe(200);
  });

  test("an encrypted user that was changed is refused", async () => {
    const user = await challenge();
    const changed = `${user[0] === "A" ? "B" : "A"}${user.slice(1)}`;
    expect((await verify(changed, platform.ready.otp_code)).status).toBeGreaterThanOrEqual(400);
    expect((await verify("nonsense", platform.ready.otp_code)).status).toBeLessThan(500);
  });
});

describe("tokens", () => {
  test("no token and a wrong one answer 401 Unauthenticated.", async () => {
    for (const send of [stranger, sender(platform.ready.url, "nonsense")]) {
      const answer = await send("GET", "/api/accounts");
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.text)).toEqual({ message: "Unauthenticated." });
    }
  });

  test("--token-ttl makes a token expire, and a new login mends it", async () => {
    const brief = await start("--token-ttl", "5");
    try {
      const { username, password, url } = brief.ready;
      const again = await sender(url)("POST", "/api/login", { body: { username, password } });
      const mine = sender(url, String(at(again, "data.token") ?? at(again, "token")));
      expect((await mine("GET", "/api/accounts?per_page=1")).status).toBe(200);
      await expect
        .poll(async () => (await mine("GET", "/api/accounts?per_page=1")).status, { timeout: 30_000 })
        .toBe(401);
      const third = await sender(url)("POST", "/api/login", { body: { username, password } });
      expect(at(third, "success")).toBe(true);
    } finally {
      await brief.stop();
    }
  });
});

describe("a forgotten password", () => {
  const fresh = "Sw0rdfish-22";

  test("is replaced by the mailed one, checked field by field", async () => {
    const { username, password } = platform.ready;
    expect((await stranger("GET", `/api/password/email/${username}`)).status).toBe(200);
    const mail = rows(await stranger("GET", "/__sandbox/tables/mails")).at(-1);
    const reset = (body: unknown) =>
      stranger("POST", `/api/password/reset/${encodeURIComponent(String(mail?.encrypted_user))}`, { body });
    const t_password = mail?.t_password;
    const different = await reset({ t_password, password: fresh, c_password: "other" });
    expect(different.status).toBe(422);
    const wrong = await reset({ t_password: "wrong", password: fresh, c_password: fresh });
    expect(at(wrong, "success")).not.toBe(true);
    expect(at(await login(username, password), "success")).toBe(true);

    const done = await reset({ t_password, password: fresh, c_password: fresh });
    expect(at(done, "success")).toBe(true);
    expect(at(await login(username, fresh), "success")).toBe(true);
    expect(at(await login(username, password), "success")).not.toBe(true);
  });
});
