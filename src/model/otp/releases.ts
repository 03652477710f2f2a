import { behaves, type Fact } from './behaviour';
import { OTP_RELEASES, type OtpRelease } from './otp-release';

/** The releases that a judgement has to be right for: the one that is known, or else every supported one. */
export class Releases {
  /** For files whose release is not known: they have to do for every release. */
  public static readonly EVERY = new Releases(OTP_RELEASES, 'every OTP');

  public static only(otp: OtpRelease): Releases {
    return new Releases([otp], `OTP ${otp.toString()}`);
  }

  /** That release and all later ones, where the oldest one among the nodes is known. */
  public static from(oldest: OtpRelease): Releases {
    const all = OTP_RELEASES.filter(({ major }) => major >= oldest.major);
    return new Releases(all, `OTP ${oldest.toString()} and later`);
  }

  private constructor(
    public readonly all: readonly OtpRelease[],
    /** `OTP 27`, or `every OTP`. */
    public readonly text: string,
  ) {}

  /** Whether each of them behaves so. */
  public every(fact: Fact): boolean {
    return this.all.every((otp) => behaves(otp, fact));
  }

  /** Whether one of them behaves so. */
  public some(fact: Fact): boolean {
    return this.all.some((otp) => behaves(otp, fact));
  }

  /** Whether nodes are known to run another major release than this one, which is given as `erlang:system_info(otp_release)` gives it. */
  public excludes(major: string): boolean {
    return this !== Releases.EVERY && this.all.every((otp) => String(otp.major) !== major);
  }

  /** Whether some of them behave so and some do not. */
  public differIn(fact: Fact): boolean {
    return this.some(fact) && !this.every(fact);
  }
}
