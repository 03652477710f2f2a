import type { Releases } from '../../otp/releases';
import type { VersionSet } from './ssl-option';

/** The TLS versions that a node speaks. They are always written into the options, so that a patch release of OTP cannot change them. */
export class TlsVersions {
  /** TLS 1.3 and nothing else: the default. Every OTP release from 24 on speaks it. */
  public static readonly TLS_1_3 = new TlsVersions('1.3 only', ['tlsv1.3']);
  /** TLS 1.3, and 1.2 with peers that know no better, such as nodes still configured by hand. */
  public static readonly TLS_1_3_AND_1_2 = new TlsVersions('1.3 and 1.2', ['tlsv1.3', 'tlsv1.2']);
  /**
   * TLS 1.2 and nothing else. Unsafe, since TLS 1.2 lets a peer renegotiate (distribution partitions: erlang/otp issue 3986) and
   * protects less of the handshake. It is all that a flat `-ssl_dist_opt` configuration can have up to OTP 25.
   */
  public static readonly UNSAFE_TLS_1_2_ONLY = new TlsVersions('1.2 only', ['tlsv1.2']);

  /** OTP's names of the versions, best first: `tlsv1.3`, `tlsv1.2`. */
  public readonly names: string[];

  private constructor(
    private readonly set: VersionSet,
    names: string[],
  ) {
    this.names = names;
  }

  /** @internal */
  public get _set(): VersionSet {
    return this.set;
  }
}

/** The versions of distribution where none are given. Absent if they differ by the release. */
export function defaultVersions(releases: Releases): readonly string[] | undefined {
  if (releases.differIn('speaksTls13ByDefault')) return undefined;
  return releases.every('speaksTls13ByDefault') ? ['tlsv1.3', 'tlsv1.2'] : ['tlsv1.2'];
}

/** The sets that the verdicts of the option table tell apart, of which these versions are one; all of them if the versions are not known. */
export function versionSets(versions: readonly string[] | undefined): readonly VersionSet[] {
  if (versions === undefined) return ['1.3 only', '1.3 and 1.2', '1.2 only'];
  if (!versions.includes('tlsv1.3')) return ['1.2 only'];
  return [versions.includes('tlsv1.2') ? '1.3 and 1.2' : '1.3 only'];
}
