import type { Term } from '../../terms/term';
import type { Lessening, SslOption } from '../ssl-option';
import { isWritten } from '../value-rules';
import { both, ERROR, IGNORED, NODES, OK, on, only, option, VERSIONS } from './row';

const VERSION_NAMES = ['tlsv1.3', 'tlsv1.2', 'tlsv1.1', 'tlsv1'];

/** OTP rejects one gap alone: 1.3 with others, and without 1.2 (`erlang/otp:lib/ssl/src/ssl.erl`). */
function areVersions(value: Term): boolean {
  if (value.kind !== 'list' || value.elements.length === 0) return false;
  const names = new Set(value.elements.map((one) => (one.kind === 'atom' ? one.name : '')));
  if (![...names].every((name) => VERSION_NAMES.includes(name))) return false;
  return !names.has('tlsv1.3') || names.size === 1 || names.has('tlsv1.2');
}

/** Suites of TLS 1.2 in which the client, and mostly the server too, shows no certificate, whatever else is given (run on OTP 25, 27 and 29). */
const ANONYMOUS: Lessening = {
  holds: isWritten(/anon|psk|srp|\bA(EC)?DH-/i),
  admits: 'anyone',
  effect: 'it has suites without certificates, which a node that dials may choose',
  belowTls13: true,
};

/** `ecdsa_sha1`, or `{sha,ecdsa}` (run on OTP 25, 27 and 29). */
const SHA_1: Lessening = {
  holds: isWritten(/_sha1\b|_md5\b|\{(sha|md5),/),
  admits: 'others',
  effect: 'certificates that are signed with SHA-1 are accepted',
  where: 'rejectsSha1Signatures',
};

/** Defaults of OTP 25, 27 and 29 (`ssl:cipher_suites/2`, `ssl:groups/1`), with which real nodes connect where a peer names one of them alone. */
const TLS_1_3_SUITES = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256', 'TLS_CHACHA20_POLY1305_SHA256'];
const DEFAULT_GROUPS = ['x25519', 'x448', 'secp256r1', 'secp384r1'];

/** What a handshake is made of. */
export const ALGORITHMS: readonly SslOption[] = [
  option('versions', 'atoms', both({ writtenFrom: 'versions' }), {
    takes: {
      expected: `a list of ${VERSION_NAMES.join(', ')}, and with tlsv1.3 and others also tlsv1.2`,
      takes: areVersions,
    },
    // Before, every flat configuration speaks TLS 1.2 alone (`dist_defaults/1`).
    flat: { as: 'atoms', since: 'flatFormHasVersions', otherwise: "['tlsv1.2']" },
    inPlan: 'judged',
  }),
  option('ciphers', 'strings', both(), {
    negotiated: 'cipher suite',
    inEveryDefault: TLS_1_3_SUITES,
    flat: { as: 'string' },
    verifiesLess: [ANONYMOUS],
  }),
  option('honor_cipher_order', 'boolean', only('server', {}, ERROR), { inPlan: 'one side' }),
  option('supported_groups', 'atoms', both({ withTls12Only: ERROR, source: VERSIONS }), {
    negotiated: 'group',
    inEveryDefault: DEFAULT_GROUPS,
  }),
  // A client that may speak TLS 1.3 offers its `supported_groups` to a server of TLS 1.2 too.
  option('eccs', 'atoms', [
    on('server', { withTls13Only: IGNORED, source: NODES }),
    on('client', { verdicts: IGNORED, withTls12Only: OK, source: NODES }),
  ]),
  // Names of TLS 1.3: up to OTP 25, a peer of TLS 1.2 is refused over them; alone, 1.2 takes `{sha256,ecdsa}`, which is not offered.
  option(
    'signature_algs',
    'atoms',
    both({ verdicts: { 24: 'error', 27: 'ok' }, withTls13Only: OK, withTls12Only: ERROR, source: NODES }),
    { negotiated: 'signature algorithm', verifiesLess: [SHA_1] },
  ),
  option(
    'signature_algs_cert',
    'atoms',
    both({ verdicts: { 24: 'error', 27: 'ok' }, withTls13Only: OK, source: NODES }),
    { verifiesLess: [SHA_1] },
  ),
  // `ssl_config.erl` of OTP 28 has no version dependency for it yet.
  option(
    'dhfile',
    'path',
    only('server', { withTls13Only: { 24: 'ok', 29: 'error' }, source: `${VERSIONS}; read for 28` }),
    { file: 'parameters', flat: { as: 'string', side: 'server' } },
  ),
];
