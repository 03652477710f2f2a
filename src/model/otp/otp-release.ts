import { checkCall } from '../api/check-call';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** The first numbers of the releases that this library supports, the oldest first. */
const SUPPORTED = [24, 25, 26, 27, 28, 29] as const;
export type SupportedMajor = (typeof SUPPORTED)[number];
export const [OLDEST] = SUPPORTED;
const NEWEST = SUPPORTED[SUPPORTED.length - 1];

/**
 * The OTP release that the nodes run. It decides which TLS options are legal on which side, and how some flags are spelled.
 *
 * Name the oldest release of the cluster: everything that is rendered for it works on the later ones too, as far as this library's
 * option table says so.
 */
export class OtpRelease {
  /** Any OTP 24. */
  public static readonly OTP_24 = new OtpRelease(24, 0);
  /** Any OTP 25. */
  public static readonly OTP_25 = new OtpRelease(25, 0);
  /** Any OTP 26. */
  public static readonly OTP_26 = new OtpRelease(26, 0);
  /** Any OTP 27. For 27.2 and later, `OtpRelease.of('27.2')` unlocks what came with it. */
  public static readonly OTP_27 = new OtpRelease(27, 0);
  /** Any OTP 28. */
  public static readonly OTP_28 = new OtpRelease(28, 0);
  /** Any OTP 29. */
  public static readonly OTP_29 = new OtpRelease(29, 0);

  /**
   * A release by its number, as `erl` prints it: `"27"`, `"27.2"`, `"27.3.4.1"`. Only the first two numbers matter here.
   *
   * Refused: anything else, and releases outside 24 to 29 (`otp-release-unknown`).
   */
  public static of(version: string): OtpRelease {
    checkCall('OtpRelease.of', version);
    const match = /^(\d{2})(?:\.(\d{1,3})(?:\.\d{1,3}){0,4})?$/.exec(version);
    const major = Number(match?.[1]);
    if (match === null || !SUPPORTED.some((one) => one === major)) {
      refuse(OTP_RELEASE_UNKNOWN, { subject: 'OTP release', got: version });
    }
    return new OtpRelease(major, Number(match[2] ?? 0));
  }

  /** First number of the release: 27 for OTP 27.3. */
  public readonly major: number;
  /** Second number of the release: 3 for OTP 27.3; 0 where only the major release is known. */
  public readonly minor: number;

  private constructor(major: number, minor: number) {
    this.major = major;
    this.minor = minor;
  }

  /** `"27"` or `"27.2"`. */
  public toString(): string {
    return this.minor === 0 ? `${this.major}` : `${this.major}.${this.minor}`;
  }
}

export const OTP_RELEASE_UNKNOWN = rule({
  code: 'otp-release-unknown',
  severity: 'error',
  problem: 'is no OTP release that this library knows',
  expected: `${OLDEST} to ${NEWEST}, such as "27" or "27.2"`,
  remedy: 'name the oldest release of the cluster',
  source: '`SUPPORTED` in src/model/otp/otp-release.ts: the releases of which the rules are held to real nodes',
});

/** Every supported major release, the oldest first. */
export const OTP_RELEASES: readonly OtpRelease[] = SUPPORTED.map((major) => OtpRelease.of(String(major)));
