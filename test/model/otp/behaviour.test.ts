import { behaves, BEHAVIOUR, type Fact, firstMajorWith } from '../../../src/model/otp/behaviour';
import { valueIn } from '../../../src/model/otp/by-release';
import { OTP_RELEASES, OtpRelease } from '../../../src/model/otp/otp-release';
import { Releases } from '../../../src/model/otp/releases';

/** In which of 24, 25, 26, 27, 28 and 29 each fact holds. A release without a second number is the first one of its kind. */
const EXPECTED: Readonly<Record<Fact, string>> = {
  speaksTls13ByDefault: '29',
  clientVerifiesByDefault: '26 27 28 29',
  flatFormHasVersions: '26 27 28 29',
  kernelParametersReplaceEpmdFlags: '28 29',
  commonNameStandsForHost: '24 25',
  serverNameReplacesHost: '26 27 28 29',
  comparesAddressAsDnsName: '24 25 26',
  comparesAddressAsAddress: '27 28 29',
  takesConstraintsWithDot: '27 28 29',
  takesAnyCaPurpose: '27 28 29',
  knowsCertificatePolicies: '27 28 29',
  rejectsSha1Signatures: '27 28 29',
  resumesNoSessionByDefault: '27 28 29',
  takesBrainpoolKeys: '27 28 29',
  takesShortPssKeys: '26 27 28 29',
  rejectsLongCommonName: '28 29',
  ignoresUnrelatedNonRoots: '24 25',
  ignoresUnrelatedCertificates: '29',
};

const FACTS = Object.entries(EXPECTED) as [Fact, string][];

test.each(FACTS)('%s holds in %s', (fact, releases) => {
  expect(OTP_RELEASES.filter((otp) => behaves(otp, fact)).join(' ')).toBe(releases);
});

test.each<[Fact, string, boolean]>([
  ['kernelParametersReplaceEpmdFlags', '27.1', false],
  ['kernelParametersReplaceEpmdFlags', '27.2', true],
  ['comparesAddressAsDnsName', '26.1', true],
  ['comparesAddressAsDnsName', '26.2', true],
  ['comparesAddressAsDnsName', '26.3', false],
  ['comparesAddressAsAddress', '26.1', false],
  ['comparesAddressAsAddress', '26.2', true],
  ['rejectsLongCommonName', '28.3', true],
  ['rejectsLongCommonName', '28.4', false],
  ['rejectsLongCommonName', '28.10', false],
  ['rejectsLongCommonName', '29.0', true],
  ['rejectsLongCommonName', '29.1', false],
])('%s in %s: %s', (fact, release, holds) => {
  expect(behaves(OtpRelease.of(release), fact)).toBe(holds);
});

test('each fact tells supported releases apart: a row that no longer does is to be removed', () => {
  const facts = Object.keys(BEHAVIOUR) as Fact[];
  expect(facts.filter((fact) => !Releases.EVERY.differIn(fact))).toEqual([]);
});

test('an unknown release is satisfied by whatever satisfies every one', () => {
  const fact = 'clientVerifiesByDefault';
  expect([Releases.EVERY.every(fact), Releases.EVERY.some(fact)]).toEqual([false, true]);
});

test.each([
  [OtpRelease.OTP_25, false],
  [OtpRelease.OTP_26, true],
])('a known release, %s, has to be satisfied alone', (otp, holds) => {
  const releases = Releases.only(otp);
  const fact = 'clientVerifiesByDefault';
  expect([releases.every(fact), releases.some(fact), releases.differIn(fact)]).toEqual([holds, holds, false]);
});

test('nodes of a known release run no other one; nodes of an unknown one may run any', () => {
  const releases = [Releases.only(OtpRelease.of('27.2')), Releases.EVERY];
  expect(releases.map((one) => [one.excludes('27'), one.excludes('26')])).toEqual([
    [false, true],
    [false, false],
  ]);
});

test('messages name the releases that have to be satisfied', () => {
  expect(Releases.only(OtpRelease.of('27.2')).text).toBe('OTP 27.2');
  expect(Releases.EVERY.text).toBe('every OTP');
});

test('a program that asks Erlang gets the first number of a fact', () => {
  expect(firstMajorWith('speaksTls13ByDefault')).toBe(29);
});

test.each<Fact>(['comparesAddressAsAddress', 'comparesAddressAsDnsName', 'rejectsLongCommonName'])(
  'a program cannot ask Erlang about %s, which depends on more than the first number',
  (fact) => {
    expect(() => firstMajorWith(fact)).toThrow(`${fact} does not hold from one major release on`);
  },
);

test.each([
  ['24', 'a'],
  ['25', 'a'],
  ['26', 'b'],
  ['28', 'b'],
  ['29', 'c'],
])('a value by release, in %s', (release, value) => {
  expect(valueIn({ 24: 'a', 26: 'b', 29: 'c' }, OtpRelease.of(release))).toBe(value);
});
