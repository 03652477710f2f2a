import { Releases } from '../../otp/releases';
import type { Option } from './option-file-reader';
import { namesIn, versionsOf } from './tls-settings';

/** The offer of one side for one negotiated list. */
export interface AlgorithmOffer {
  readonly versions: readonly string[];
  readonly names: readonly string[];
}

/** Absent if the list is not given, or the versions are not known. */
export function offerIn(
  option: string,
  options: readonly Option[] | undefined,
  releases: Releases = Releases.EVERY,
): AlgorithmOffer | undefined {
  const versions = versionsOf(options, releases);
  const names = namesIn(option, options);
  return versions === undefined || names === undefined ? undefined : { versions, names };
}

/** The version that two nodes speak: the best that both have. OTP's names sort so that the better version comes later. */
export function agreedVersion(client: readonly string[], server: readonly string[]): string | undefined {
  return server
    .filter((version) => client.includes(version))
    .sort()
    .at(-1);
}

/**
 * Whether two nodes have a name in common for the version that they speak. A node that speaks one version alone and names nothing for it offers
 * the defaults of its release; one that speaks several versions offers nothing for that version.
 */
export function haveOneInCommon(client: AlgorithmOffer, server: AlgorithmOffer): boolean {
  const version = agreedVersion(client.versions, server.versions);
  if (version === undefined) return true;
  const [dialled = [], accepted = []] = [client, server].map((offer) => namesFor(version, offer));
  const isDefault = (names: readonly string[], { versions }: AlgorithmOffer): boolean =>
    names.length === 0 && versions.length === 1;
  if (isDefault(dialled, client) || isDefault(accepted, server)) return true;
  return accepted.some((name) => dialled.includes(name));
}

/** The names of an offer that are for a version, each in one notation. */
export function namesFor(version: string, { names }: AlgorithmOffer): readonly string[] {
  return names.filter((name) => isOf(version, name)).map(inShort);
}

/** `TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384` as OpenSSL has it: `ECDHE-ECDSA-AES256-GCM-SHA384`. */
function inShort(name: string): string {
  if (!name.includes('_WITH_')) return name;
  const short = name.replace(/^TLS_/, '').replace('WITH_', '').replaceAll('_', '-');
  return short.replace(/AES-(128|256)/, 'AES$1').replace('CHACHA20-POLY1305-SHA256', 'CHACHA20-POLY1305');
}

/** A cipher suite is for one version (RFC 8446, appendix B.4): suites of TLS 1.2 and before contain `WITH`, or have OpenSSL's short names. */
function isOf(version: string, name: string): boolean {
  if (!/^[A-Z]/.test(name)) return true;
  return (version === 'tlsv1.3') === (name.startsWith('TLS_') && !name.includes('_WITH_'));
}
