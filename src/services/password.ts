import type { Client } from "../api/client.ts";

/** Asks the platform to mail a temporary password. It answers the same for a user it does not have. */
export async function requestPassword(client: Client, username: string, signal: AbortSignal): Promise<void> {
  await client.call("emailPasswordReset", { path: { username } }, { signal });
}

/**
 * Sets a new password with the temporary one of the mail.
 * @param encryptedUser what the mail's link carries
 * @throws rejected when the platform takes one of the three not
 */
export async function resetPassword(
  client: Client,
  given: { encryptedUser: string; temporary: string; password: string },
  signal: AbortSignal,
): Promise<void> {
  const { encryptedUser, temporary, password } = given;
  const body = { t_password: temporary, password, c_password: password };
  await client.call("resetPassword", { path: { encrypted_user: encryptedUser }, body }, { signal });
}

/** What stands for the user in the mail's link: its last part, decoded; or the text itself if it is no link. */
export function userOfLink(link: string): string {
  if (!URL.canParse(link)) return link;
  return decodeURIComponent(new URL(link).pathname.split("/").at(-1) ?? "");
}
