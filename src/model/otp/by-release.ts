import { OLDEST, type OtpRelease, type SupportedMajor } from './otp-release';

/** A value for each release: the entry with the greatest key that is not above the release. The oldest supported release has to have one. */
export type ByRelease<T> = Readonly<Partial<Record<SupportedMajor, T>> & Record<typeof OLDEST, T>>;

export function valueIn<T>(values: ByRelease<T>, { major }: OtpRelease): T {
  const found = Object.entries<T | undefined>(values)
    .filter(([since, value]) => Number(since) <= major && value !== undefined)
    .at(-1)?.[1];
  return found ?? values[OLDEST];
}
