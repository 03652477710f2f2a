/**
 * Key usages and extended key usages, by the names that Terraform's `allowed_uses` has for those of RFC 5280, section 4.2.1.3 and
 * 4.2.1.12. One list for each role a certificate plays in a cluster.
 */

/** Signs node certificates. `crl_signing` too: OTP refuses a revocation list whose issuer may not sign one. */
export const ROOT_CA_USES: readonly string[] = Object.freeze(['cert_signing', 'crl_signing']);

/**
 * A node dials and is dialled, so it needs both purposes: OTP refuses a dialling peer whose extended key usage lacks `client_auth`
 * and a dialled one that lacks `server_auth`. `digital_signature` is what every ECDHE handshake does; OTP 27 and later insist on it.
 */
export const NODE_USES: readonly string[] = Object.freeze(['digital_signature', 'server_auth', 'client_auth']);

/** A tool only dials. With `client_auth` alone, its certificate cannot pose as a node to anybody who dials. */
export const TOOL_USES: readonly string[] = Object.freeze(['digital_signature', 'client_auth']);
