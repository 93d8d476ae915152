import { expect, test } from "vitest";
import { openPlatform } from "./platform.ts";

const loginOf = (username: string, password: string) => ({ json: { username, password }, token: null });

/** A token's claims, read as a client reads them. */
function claimsOf(token: string): { exp: number; iat: number; sub: string } {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

test("login answers a token whose end a client can read; logout revokes it", async () => {
  const { ask, sandbox, clock } = await openPlatform();
  const { json } = await ask("POST /api/login", loginOf(sandbox.username, sandbox.password));
  expect(json.data).toMatchObject({
    username: sandbox.username,
    platforms: [{ platform_id: 1 }, { platform_id: 2 }],
  });
  const { token } = json.data;
  const claims = claimsOf(token);
  expect(claims.exp).toBe(clock.nowMs / 1000 + 8 * 3600);

  expect((await ask("/api/companies", { token })).status).toBe(200);
  expect((await ask("POST /api/logout", { token })).json.success).toBe(true);
  expect((await ask("/api/companies", { token })).status).toBe(401);
  // Another session of the same user goes on.
  expect((await ask("/api/companies")).status).toBe(200);
});

test("a token ends by the clock, and one of another server is worth nothing", async () => {
  const { ask, clock } = await openPlatform({ tokenTtlS: 60 });
  const other = await openPlatform();
  clock.nowMs += 59_000;
  expect((await ask("/api/companies")).status).toBe(200);
  clock.nowMs += 1_000;
  expect((await ask("/api/companies")).status).toBe(401);
  expect((await ask("/api/companies", { token: other.sandbox.token })).status).toBe(401);
});

test("credentials differ from server to server", async () => {
  const [one, two] = [await openPlatform(), await openPlatform()];
  expect(one.sandbox.password).not.toBe(two.sandbox.password);
  expect(one.sandbox.token).not.toBe(two.sandbox.token);
});

test("a wrong password is 401 with success false, whether or not the user exists", async () => {
  const { ask, sandbox } = await openPlatform();
  const wrong = await ask("POST /api/login", loginOf(sandbox.username, "wrong"));
  const unknown = await ask("POST /api/login", loginOf("stranger", "wrong"));
  expect(wrong.status).toBe(401);
  expect(wrong.json).toEqual({ success: false, message: "Invalid username or password." });
  expect([unknown.status, unknown.json]).toEqual([wrong.status, wrong.json]);
});

test("a login body that is no object, or lacks fields, is 422 and never 500", async () => {
  const { ask } = await openPlatform();
  const type = { "Content-Type": "application/json" };
  for (const body of ["null", "[]", "5", '"x"', "{", "", '{"username":["a"],"password":{}}']) {
    const refused = await ask("POST /api/login", { body, headers: type, token: null });
    expect(refused.status, body).toBe(422);
    expect(Object.keys(refused.json.errors), body).toEqual(["username", "password"]);
  }
  const refused = await ask("POST /api/login", { json: {}, token: null });
  expect(refused.json.message).toBe("The username field is required. (and 1 more error)");
  expect(refused.json.errors.password).toEqual(["The password field is required."]);
});

test("a login for a platform that the user may not see is forbidden", async () => {
  const { ask, sandbox } = await openPlatform();
  const { username, password } = sandbox;
  expect(
    (await ask("POST /api/login", { json: { username, password, platform_id: 3 }, token: null })).status,
  ).toBe(403);
  expect(
    (await ask("POST /api/login", { json: { username, password, platform_id: "2" }, token: null })).status,
  ).toBe(200);
});

test("a one-time code is asked for, compared as text, and opens a session with the token on top", async () => {
  const { ask, sandbox, clock } = await openPlatform();
  const challenge = await ask("POST /api/login", loginOf(sandbox.otpUsername, sandbox.password));
  expect(challenge.status).toBe(200);
  expect(challenge.json.data).not.toHaveProperty("token");
  expect(challenge.json.data.two_factor).toBe(1);
  const sealed: string = challenge.json.data.encrypted_user;
  for (const character of ["/", "+", "="]) expect(sealed).toContain(character);

  const verify = (code: unknown, user = encodeURIComponent(sealed)) =>
    ask(`POST /api/verify/${user}`, { json: { two_factor_code: code }, token: null });
  expect(sandbox.otpCode).toMatch(/^0\d{5}$/);
  expect((await verify(String(Number(sandbox.otpCode)))).json.errors.two_factor_code).toEqual([
    "The two factor code is invalid.",
  ]);
  expect((await verify(Number(sandbox.otpCode))).status).toBe(422);
  expect((await verify(undefined)).status).toBe(422);
  expect((await verify(sandbox.otpCode, "forged")).status).toBe(422);
  // Unencoded, the slash makes it another path.
  expect((await verify(sandbox.otpCode, sealed)).status).toBe(404);

  const opened = await verify(sandbox.otpCode);
  expect(opened.json.data).toEqual({ username: sandbox.otpUsername });
  expect((await ask("/api/companies", { token: opened.json.token })).status).toBe(200);

  clock.nowMs += 10 * 60_000;
  expect((await verify(sandbox.otpCode)).status).toBe(422);
});

test("a mailed temporary password sets a new one, once", async () => {
  const { ask, sandbox } = await openPlatform();
  const { username, password: before } = sandbox;
  const known = await ask(`/api/password/email/${username}`, { token: null });
  const unknown = await ask("/api/password/email/stranger", { token: null });
  expect([known.status, known.json]).toEqual([unknown.status, unknown.json]);

  const mails = (await ask("/__sandbox/tables/mails")).json;
  expect(mails).toHaveLength(1);
  const { t_password, encrypted_user } = mails[0];
  const reset = (json: object) =>
    ask(`POST /api/password/reset/${encodeURIComponent(encrypted_user)}`, { json, token: null });
  const fresh = { t_password, password: "a new password", c_password: "a new password" };

  expect((await reset({})).json.errors).toHaveProperty("t_password");
  expect((await reset({ ...fresh, t_password: "wrong" })).json.errors).toHaveProperty("t_password");
  expect((await reset({ ...fresh, c_password: "other" })).json.errors).toHaveProperty("c_password");
  expect((await reset({ ...fresh, password: "short", c_password: "short" })).json.errors).toHaveProperty(
    "password",
  );
  expect((await reset(fresh)).json.success).toBe(true);
  expect((await reset(fresh)).status).toBe(422);

  expect((await ask("POST /api/login", loginOf(username, before))).status).toBe(401);
  expect((await ask("POST /api/login", loginOf(username, fresh.password))).status).toBe(200);
  expect(sandbox.password).toBe(fresh.password);
});

test("an encrypted user serves only the purpose that it was made for", async () => {
  const { ask, sandbox } = await openPlatform();
  await ask(`/api/password/email/${sandbox.otpUsername}`, { token: null });
  const [{ encrypted_user }] = (await ask("/__sandbox/tables/mails")).json;
  const refused = await ask(`POST /api/verify/${encodeURIComponent(encrypted_user)}`, {
    json: { two_factor_code: sandbox.otpCode },
    token: null,
  });
  expect(refused.status).toBe(422);
});
