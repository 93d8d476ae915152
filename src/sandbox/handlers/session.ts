import { randomBytes } from "node:crypto";
import { utc } from "../../core/time.ts";
import { type Handlers, ok, type World } from "../handler.ts";
import { invalid, Refusal } from "../refusal.ts";
import { existing, required, text, textMax, validate } from "../rules.ts";
import type { Mail, User } from "../store.ts";

type Area = "login" | "verifyOtp" | "logout" | "emailPasswordReset" | "resetPassword";

function issueToken(user: User, world: World): string {
  return world.vault.issue(user.username, world.nowMs(), world.tokenLifeS);
}

/** The user that an encrypted id was made for; it is bound to its purpose and expires. */
function openUser(purpose: string, sealed: string, world: World): User {
  const user = world.store.get("users", world.vault.unseal(purpose, sealed, world.nowMs()));
  if (user === undefined) throw new Refusal(422, { success: false, message: "The payload is invalid." });
  return user;
}

/** The latest mail to a user whose temporary password was not used yet. */
function openMail(username: string, world: World): Mail | undefined {
  return world.store.rows("mails").findLast((mail) => mail.username === username && mail.used_at === null);
}

/** Login, one-time code, logout and the forgotten password. */
export const sessionHandlers: Pick<Handlers, Area> = {
  login(call, world) {
    const { body } = call;
    const known = existing((id) => world.store.get("platforms", id) !== undefined);
    validate(body, { username: [required, text], password: [required, text], platform_id: [known] });
    const user = world.store.get("users", String(body.username));
    if (user === undefined || user.password !== body.password) {
      throw new Refusal(401, { success: false, message: "Invalid username or password." });
    }
    if (user.otp_code !== null) {
      const encrypted_user = world.vault.seal("otp", user.username, world.nowMs());
      return ok({ encrypted_user, two_factor: 1 }, "A verification code has been sent.");
    }
    const platforms = world.store.rows("platforms").map(({ platform_id = 0, platform_name = "" }) => ({
      platform_id,
      platform_name,
    }));
    return ok({ token: issueToken(user, world), username: user.username, platforms });
  },

  verifyOtp(call, world) {
    const user = openUser("otp", call.path.encrypted_user, world);
    validate(call.body, { two_factor_code: [required, text] });
    // Compared as texts: 012345 and 12345 are two codes.
    if (user.otp_code !== call.body.two_factor_code) {
      throw invalid({ two_factor_code: ["The two factor code is invalid."] });
    }
    return { ...ok({ username: user.username }), token: issueToken(user, world) };
  },

  logout(call, world) {
    world.store.put("revoked", { token_id: call.tokenId });
    return { success: true, message: "Successfully logged out" };
  },

  // Answers the same for a name that nobody has, and so tells no stranger who is a user.
  emailPasswordReset(call, world) {
    const user = world.store.get("users", call.path.username);
    if (user !== undefined) {
      world.store.put("mails", {
        mail_id: world.store.nextId("mails"),
        username: user.username,
        t_password: randomBytes(6).toString("hex"),
        encrypted_user: world.vault.seal("reset", user.username, world.nowMs()),
        sent_at: utc.toWire(world.nowMs()),
        used_at: null,
      });
    }
    return { success: true, message: "If the user exists, a mail has been sent." };
  },

  resetPassword(call, world) {
    const { body } = call;
    const user = openUser("reset", call.path.encrypted_user, world);
    validate(body, {
      t_password: [required, text],
      password: [required, textMax(255)],
      c_password: [required, text],
    });
    const mail = openMail(user.username, world);
    if (mail === undefined || body.t_password !== mail.t_password) {
      throw invalid({ t_password: ["The t password is invalid."] });
    }
    if (String(body.password).length < 8) {
      throw invalid({ password: ["The password field must be at least 8 characters."] });
    }
    if (body.c_password !== body.password) {
      throw invalid({ c_password: ["The c password field must match password."] });
    }
    world.store.put("mails", { ...mail, used_at: utc.toWire(world.nowMs()) });
    world.store.put("users", { ...user, password: String(body.password) });
    return { success: true, message: "Your password has been reset." };
  },
};
