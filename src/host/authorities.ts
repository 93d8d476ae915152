import { readFileSync } from "node:fs";
import { SipnavError } from "../core/errors.ts";
import { fileError } from "../core/filefaults.ts";
import type { Environment } from "./folders.ts";

/**
 * The text of a file of certificates. With it come those that Node was told of by its own variable: it forgets them
 * once it is given others.
 * @throws config
 */
export function readAuthorities(path: string, { NODE_EXTRA_CA_CERTS: extra }: Environment): string {
  const own = read(path);
  if (!extra || extra === path) return own;
  try {
    return `${own}\n${read(extra)}`;
  } catch {
    // Node itself has said so by now.
    return own;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { message, facts } = fileError("config", "read the certificates", path, cause);
    throw new SipnavError("config", message, {
      ...facts,
      hint: "It is named by the setting caFile, by SIPNAV_CA_FILE or by SSL_CERT_FILE: sipnav config explain caFile",
    });
  }
}
