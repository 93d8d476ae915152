import type { Authorities } from "../api/trust.ts";
import { readAuthorities } from "../host/authorities.ts";
import type { Host } from "../host/host.ts";
import type { Profile } from "./profiles.ts";

/**
 * The certificates that a profile's platform is trusted by besides the built-in ones: its own, or those that the
 * environment names for all programs. Nothing is read for a platform without TLS.
 * @throws config
 */
export function authoritiesOf(
  { environment }: Pick<Host, "environment">,
  { caFile, baseUrl }: Profile,
): Authorities | undefined {
  const source = caFile ?? environment.SSL_CERT_FILE;
  if (!source || !baseUrl.startsWith("https:")) return undefined;
  return { pem: readAuthorities(source, environment), source };
}
