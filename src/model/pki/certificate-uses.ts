/**
 * Key usages and extended key usages (RFC 5280, sections 4.2.1.3 and 4.2.1.12), with their names in Terraform's `allowed_uses`. There is
 * one list for each role of a certificate in a cluster.
 */

/** The uses of a CA. `crl_signing` is one of them, because OTP rejects a revocation list if its issuer may not sign one. */
export const ROOT_CA_USES: readonly string[] = Object.freeze(['cert_signing', 'crl_signing']);

/**
 * The uses of a node, which is client and server: OTP rejects a client whose extended key usage lacks `client_auth`, and a server whose
 * extended key usage lacks `server_auth`. Every ECDHE handshake needs `digital_signature`; OTP 27 and later require it.
 */
export const NODE_USES: readonly string[] = Object.freeze(['digital_signature', 'server_auth', 'client_auth']);

/** The uses of a tool, which is a client only. Without `server_auth`, its certificate cannot pose as a node. */
export const TOOL_USES: readonly string[] = Object.freeze(['digital_signature', 'client_auth']);
