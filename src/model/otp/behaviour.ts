import type { OtpRelease } from './otp-release';

/** A stretch of releases: `since` belongs to it, `until` is the first release after it. */
export interface Period {
  readonly since?: string;
  readonly until?: string;
}

/** One way in which releases of OTP behave differently. */
export interface Behaviour {
  /** Completes "in these releases …". */
  readonly fact: string;
  readonly during: readonly Period[];
  readonly source: string;
}

/** The name of a behaviour. */
export type Fact = keyof typeof BEHAVIOUR;

/**
 * How releases behave, as far as a rule or a text depends on it. A new release touches the rows that it changes, and no other file asks for its
 * number. Options of TLS have rows of their own (`erlang/options/rows/`).
 */
export const BEHAVIOUR = {
  speaksTls13ByDefault: {
    fact: 'distribution speaks TLS 1.3 beside TLS 1.2 unless versions are given; before, TLS 1.2 alone',
    during: [{ since: '29' }],
    source: '`dist_defaults/1` in `erlang/otp:lib/ssl/src/inet_tls_dist.erl`',
  },
  clientVerifiesByDefault: {
    fact: 'the dialling side verifies the other one unless it is told not to, and the server demands a certificate if it verifies',
    during: [{ since: '26' }],
    source: 'release notes of ssl 11.0; `erlang/otp:lib/ssl/src/ssl.erl`; run on OTP 24, 25, 26, 27 and 29',
  },
  flatFormHasVersions: {
    fact: '`-ssl_dist_opt` knows `versions` and `ktls`; before, a flat configuration always speaks TLS 1.2',
    during: [{ since: '26' }],
    source: '`ssl_option/2` in `erlang/otp:lib/ssl/src/inet_tls_dist.erl`',
  },
  kernelParametersReplaceEpmdFlags: {
    fact: '`kernel` parameters such as `erl_epmd_node_listen_port` replace the `erl` flags of epmd',
    during: [{ since: '27.2' }],
    source: 'release notes of kernel 10.2',
  },
  commonNameStandsForHost: {
    fact: 'the common name is compared where a certificate has no alternative name',
    during: [{ until: '26' }],
    source: 'docs/in-erlang.md, seen on OTP 25, 27 and 29; removed from later releases by CVE-2026-42790',
  },
  serverNameReplacesHost: {
    fact: '`server_name_indication` replaces the host that is compared; before, the host that is dialled wins',
    during: [{ since: '26' }],
    source:
      '`do_setup_connect` up to OTP 25 and `do_setup` later in `erlang/otp:lib/ssl/src/inet_tls_dist.erl`; run on OTP 24, 25, 26, 27 and 29',
  },
  comparesAddressAsDnsName: {
    fact: 'a host that is an address is compared with DNS names',
    during: [{ until: '26.3' }],
    source: 'release notes of ssl 11.1.2 (OTP 26.2.2): the patch is not known, so 26.2 may do either',
  },
  comparesAddressAsAddress: {
    fact: 'a host that is an address is compared with IP addresses',
    during: [{ since: '26.2' }],
    source: 'release notes of ssl 11.1.2 (OTP 26.2.2): the patch is not known, so 26.2 may do either',
  },
  takesConstraintsWithDot: {
    fact: 'a name constraint that begins with a dot stands for all names that end with it; before, for none',
    during: [{ since: '27' }],
    source:
      '`match_name/3` in `erlang/otp:lib/public_key/src/pubkey_cert.erl`; docs/in-erlang.md, seen on OTP 25, 27 and 29',
  },
  takesAnyCaPurpose: {
    fact: '`allow_any_ca_purpose` lifts the demand that CAs in a chain name TLS among their uses',
    during: [{ since: '27' }],
    source: '`is_valid_extkey_usage/2` in `erlang/otp:lib/ssl/src/ssl_certificate.erl`; run on OTP 25, 27 and 29',
  },
  knowsCertificatePolicies: {
    fact: 'critical extensions about certificate policies are understood',
    during: [{ since: '27' }],
    source:
      '`validate_extensions` in `erlang/otp:lib/public_key/src/pubkey_cert.erl`; docs/in-erlang.md, seen on OTP 25, 27 and 29',
  },
  rejectsSha1Signatures: {
    fact: 'certificates that are signed with SHA-1 are refused by default',
    during: [{ since: '27' }],
    source: 'docs/in-erlang.md, seen on OTP 25, 27 and 29',
  },
  resumesNoSessionByDefault: {
    fact: 'a server that verifies clients resumes no session of TLS 1.2 by default: resumed ones show no certificate. Of 27 and 28, patch releases alone',
    during: [{ since: '27' }],
    source: 'release notes of ssl 11.2.12.12 and 11.6.0.5; run on OTP 25.2, 27.3.4 and 29.1',
  },
  takesBrainpoolKeys: {
    fact: 'keys on brainpool curves have a signature algorithm that is offered by default',
    during: [{ since: '27' }],
    source: 'docs/in-erlang.md, seen on OTP 25, 27 and 29',
  },
  takesShortPssKeys: {
    fact: 'RSASSA-PSS keys of less than 2048 bits have a signature algorithm that is offered by default',
    during: [{ since: '26' }],
    source: 'docs/in-erlang.md, seen on OTP 25, 27 and 29',
  },
  rejectsLongCommonName: {
    fact: 'a common name of more than 64 characters cannot be decoded',
    during: [
      { since: '28', until: '28.4' },
      { since: '29', until: '29.1' },
    ],
    source: 'erlang/otp issues 10606 and 11240: fixed in 28.4 and, after it came back, in 29.0.3',
  },
  ignoresUnrelatedNonRoots: {
    fact: 'a certificate behind the first one that is not part of its chain does no harm unless it is self-issued',
    during: [{ until: '26' }],
    source: 'docs/in-erlang.md, seen on OTP 25, 27 and 29',
  },
  ignoresUnrelatedCertificates: {
    fact: 'a certificate behind the first one that is not part of its chain does no harm',
    during: [{ since: '29' }],
    source: 'docs/in-erlang.md, seen on OTP 25, 27 and 29',
  },
} satisfies Readonly<Record<string, Behaviour>>;

/** Whether a release behaves so. */
export function behaves(otp: OtpRelease, fact: Fact): boolean {
  const periods: readonly Period[] = BEHAVIOUR[fact].during;
  const place = placeOf(otp.toString());
  return periods.some(({ since, until }) => {
    const hasBegun = since === undefined || place >= placeOf(since);
    return hasBegun && (until === undefined || place < placeOf(until));
  });
}

/** The first major release that behaves so, for programs that ask Erlang itself: it tells them its major release alone. */
export function firstMajorWith(fact: Fact): number {
  const periods: readonly Period[] = BEHAVIOUR[fact].during;
  const [{ since, until } = {}] = periods;
  const major = Number(since);
  if (periods.length !== 1 || until !== undefined || !Number.isInteger(major)) {
    throw new Error(`${fact} does not hold from one major release on`);
  }
  return major;
}

/** Releases in their order: the major number before the point, the minor one behind it. */
function placeOf(release: string): number {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major + minor / 1000;
}
