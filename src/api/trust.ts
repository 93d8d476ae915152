import { X509Certificate } from "node:crypto";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { SipnavError } from "../core/errors.ts";

/** Certificates that are trusted besides the built-in roots. */
export interface Authorities {
  /** PEM, one or more. */
  readonly pem: string;
  /** The file they come from. */
  readonly source: string;
}

/** What TLS trusts with them. @throws config when there is no certificate in them that can be read */
export function openTrust({ pem, source }: Authorities): SecureContext {
  try {
    // The context itself would pass over what it can't read.
    new X509Certificate(pem);
    return createSecureContext({ ca: [...rootCertificates, pem] });
  } catch {
    throw new SipnavError("config", `${source} holds no certificates that can be read: they must be PEM.`, {
      hint: "They begin with -----BEGIN CERTIFICATE-----. Which file is used: sipnav config explain caFile",
    });
  }
}
