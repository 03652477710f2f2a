import { OtpRelease } from '../../../src/model/otp/otp-release';

test.each([
  ['24', 24, 0, '24'],
  ['27.2', 27, 2, '27.2'],
  ['27.3.4.1', 27, 3, '27.3'],
])('%s', (version, major, minor, text) => {
  const release = OtpRelease.of(version);
  expect([release.major, release.minor, release.toString()]).toEqual([major, minor, text]);
});

test.each(['', '23', '30', '27.', 'OTP 27', '27.2-rc1', '27.1234', '2 7'])('%j is refused', (version) => {
  expect(() => OtpRelease.of(version)).toThrow('otp-release-unknown: ');
});
