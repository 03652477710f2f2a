import {
  alarmHours,
  caLifetime,
  LONGEST_HOURS,
  NODE_VALIDITY_HOURS,
  renewedLifetime,
  ROOT_CA_VALIDITY_HOURS,
} from '../../../src/model/pki/lifetime';

test('renewal is due when a third of the lifetime is left', () => {
  expect(renewedLifetime('x', NODE_VALIDITY_HOURS)).toEqual({ validityHours: 8760, earlyRenewalHours: 2920 });
  expect(renewedLifetime('x', 1)).toEqual({ validityHours: 1, earlyRenewalHours: 0 });
});

test('renewal can be due at expiry', () => {
  expect(renewedLifetime('x', 24, 0)).toEqual({ validityHours: 24, earlyRenewalHours: 0 });
});

test('a CA is never renewed early', () => {
  expect(caLifetime('x', ROOT_CA_VALIDITY_HOURS)).toEqual({ validityHours: 87600, earlyRenewalHours: 0 });
});

test.each([0, -1, 1.5, NaN, Infinity])('%d hours are refused', (hours) => {
  expect(() => renewedLifetime('x', hours)).toThrow('hours-not-positive: validityHours of the x');
  expect(() => caLifetime('x', hours)).toThrow('hours-not-positive: validityHours of the x');
});

test.each([LONGEST_HOURS + 1, 2 ** 53, 2 ** 60, Number.MAX_VALUE])(
  '%d hours are more than Terraform counts',
  (hours) => {
    expect(() => renewedLifetime('x', hours)).toThrow('hours-too-many: validityHours of the x');
    expect(() => renewedLifetime('x', LONGEST_HOURS, hours)).toThrow('hours-too-many: earlyRenewalHours of the x');
    expect(() => caLifetime('x', hours)).toThrow('hours-too-many: validityHours of the x');
    expect(() => alarmHours('x', hours)).toThrow('hours-too-many: x');
  },
);

test('the longest time fits a signed integer of 64 bits in nanoseconds, and one more hour does not', () => {
  const nanoseconds = (hours: number): bigint => BigInt(hours) * 3_600_000_000_000n;
  expect(nanoseconds(LONGEST_HOURS) < 2n ** 63n).toBe(true);
  expect(nanoseconds(LONGEST_HOURS + 1) < 2n ** 63n).toBe(false);
  expect(caLifetime('x', LONGEST_HOURS).validityHours).toBe(LONGEST_HOURS);
});

test.each([24, 25])('renewing %d hours before the end of 24 is refused', (early) => {
  expect(() => renewedLifetime('x', 24, early)).toThrow('renewal-not-within-validity: earlyRenewalHours of the x');
});
