import type { OtpRelease } from '../../otp/otp-release';
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

/** The first release that speaks TLS 1.3 where nothing is said. */
export const FIRST_WITH_1_3 = 29;

/** What distribution speaks where nothing is said: TLS 1.2 up to OTP 28, and both from 29 on (`inet_tls_dist.erl`, `ssl_config.erl`). */
export function defaultVersions({ major }: OtpRelease): readonly string[] {
  return major < FIRST_WITH_1_3 ? ['tlsv1.2'] : ['tlsv1.3', 'tlsv1.2'];
}
