import type { Option } from '../erlang/option-file-reader';
import type { PublicKeyFacts } from '../pki/public-key-reader';
import { namesIn } from './tls-settings';

/** Options of which two nodes that name them need something in common. */
export const ALGORITHM_LISTS: readonly (readonly [option: string, what: string])[] = [
  ['ciphers', 'cipher suite'],
  ['supported_groups', 'group'],
  ['signature_algs', 'signature algorithm'],
];

/** What a side offers of one list. */
export interface AlgorithmOffer {
  readonly versions: readonly string[];
  readonly names: readonly string[];
}

/** Undefined where the list is not given, or the versions are not known. `versions`: where they are not given either. */
export function offerIn(
  option: string,
  options: readonly Option[] | undefined,
  versions?: readonly string[],
): AlgorithmOffer | undefined {
  const given = namesIn('versions', options) ?? versions;
  const names = namesIn(option, options);
  return given === undefined || names === undefined ? undefined : { versions: given, names };
}

/** The version that two nodes speak: the best that both have. OTP names them so that the better one comes later. */
export function agreedVersion(client: readonly string[], server: readonly string[]): string | undefined {
  return server
    .filter((version) => client.includes(version))
    .sort()
    .at(-1);
}

/** Whether two nodes find one that both name. Who names none for the version that they speak has those of the release. */
export function haveOneInCommon(client: AlgorithmOffer, server: AlgorithmOffer): boolean {
  const version = agreedVersion(client.versions, server.versions);
  if (version === undefined) return true;
  const [dialled, accepted] = [client, server].map(({ names }) => names.filter((name) => isOf(version, name)));
  const isEither = (names: readonly string[] = []): boolean => names.length === 0;
  return isEither(dialled) || isEither(accepted) || (accepted?.some((name) => dialled?.includes(name)) ?? true);
}

/** A cipher suite is for one version (RFC 8446, appendix B.4): those of TLS 1.2 and before say `WITH`, or have OpenSSL's short names. */
function isOf(version: string, name: string): boolean {
  if (!/^[A-Z]/.test(name)) return true;
  return (version === 'tlsv1.3') === (name.startsWith('TLS_') && !name.includes('_WITH_'));
}

/** Whether the lists that are given leave something by which a key can sign. Where they say it in another way than by names, they may. */
export function leaveRoomFor(
  { kind, curve = '' }: PublicKeyFacts,
  options: readonly Option[],
  versions: readonly string[] | undefined,
): boolean {
  const isOneOf = (pattern: RegExp | undefined, names: readonly string[] | undefined): boolean =>
    pattern === undefined || names === undefined || names.length === 0 || names.some((name) => pattern.test(name));
  // In TLS 1.3 a scheme is for one curve, and suites are for keys of each kind.
  const isOnly13 = versions?.every((version) => version === 'tlsv1.3') === true;
  const scheme = (isOnly13 ? CURVES[curve] : undefined) ?? SCHEMES[kind];
  const suites = versions?.includes('tlsv1.3') === false ? namesIn('ciphers', options) : undefined;
  return isOneOf(scheme, namesIn('signature_algs', options)) && isOneOf(SUITES[kind], suites);
}

/** The names of signature schemes (RFC 8446, section 4.2.3) for each kind of key, and for curves. */
const SCHEMES: Readonly<Record<string, RegExp | undefined>> = {
  EC: /^ecdsa_/,
  RSA: /^rsa_(pss_rsae|pkcs1)_/,
  'RSASSA-PSS': /^rsa_pss_pss_/,
};
const CURVES: Readonly<Record<string, RegExp | undefined>> = {
  'P-256': /^ecdsa_secp256r1_/,
  'P-384': /^ecdsa_secp384r1_/,
  'P-521': /^ecdsa_secp521r1_/,
};

/** Cipher suites of TLS 1.2 for each kind of key. One without a signature has no name for it. */
const SUITES: Readonly<Record<string, RegExp | undefined>> = {
  EC: /ECDSA/,
  RSA: /^(?!.*ECDSA)/,
  'RSASSA-PSS': /^(?!.*ECDSA)/,
};
