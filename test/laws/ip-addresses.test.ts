/** Every notation of an IP address is one address to all who read it: synth, certificates, host matching, name constraints and probing. */
import { isIP, SocketAddress } from 'node:net';

import fc from 'fast-check';

import { parseNodeName } from '../../src/model/cluster/node-name';
import { InvalidInput } from '../../src/model/findings/finding';
import { canonicalHost, readIpAddress } from '../../src/model/network/ip-address';
import { OtpRelease } from '../../src/model/otp/otp-release';
import { Releases } from '../../src/model/otp/releases';
import { subjectNames } from '../../src/model/pki/subject-names';
import { hostFindings } from '../../src/model/rules/certificates/host-names';
import { constraintFindings } from '../../src/model/rules/certificates/name-constraints';
import type { CertificateFacts } from '../../src/model/x509/certificate-reader';
import { contextTag, readDer, TAG } from '../../src/model/x509/der-reader';
import { encoded } from '../../src/model/x509/der-writer';
import { readGeneralNames } from '../../src/model/x509/name-reader';

const NEWEST = Releases.only(OtpRelease.OTP_29);

/** Octets in network order: 4 or 16, with long runs of zeros and mapped IPv4 addresses among them. */
const octets = fc.oneof(
  fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }),
  fc
    .array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 })
    .map((groups) => groups.flatMap((group) => [group >> 8, group & 0xff])),
  fc
    .array(fc.nat(255), { minLength: 4, maxLength: 4 })
    .map((ipv4) => [...Array<number>(10).fill(0), 0xff, 0xff, ...ipv4]),
);

/** How an IPv6 address is written: capital letters, leading zeros, the end in IPv4 form, and which run of zeros is left out. */
const style = fc.record({ isUpper: fc.boolean(), width: fc.nat(4), endsInIpv4: fc.boolean(), gap: fc.nat(7) });

const twoNotations = fc
  .tuple(octets, style, style)
  .map(([bytes, one, other]) => ({ bytes, one: written(bytes, one), other: written(bytes, other) }));

function written(bytes: readonly number[], { isUpper, width, endsInIpv4, gap }: StyleOf<typeof style>): string {
  if (bytes.length === 4) return bytes.join('.');
  const pairs = Array.from({ length: 8 }, (_, at) => bytes.slice(at * 2, at * 2 + 2));
  const groups = pairs.map(([high = 0, low = 0]) => (high * 256 + low).toString(16).padStart(width, '0'));
  const all = endsInIpv4 ? [...groups.slice(0, 6), bytes.slice(12).join('.')] : groups;
  const isZero = (group: string | undefined): boolean => /^0+$/.test(group ?? '');
  const end = all.findIndex((group, at) => at >= gap && !isZero(group));
  const after = end < 0 ? all.length : end;
  const text = after > gap ? `${all.slice(0, gap).join(':')}::${all.slice(after).join(':')}` : all.join(':');
  return isUpper ? text.toUpperCase() : text;
}

type StyleOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** As Node prints an address: one text for all its notations. */
function asNodePrintsIt(text: string): string {
  const version = isIP(text);
  expect(version).not.toBe(0);
  return new SocketAddress({ address: text, family: version === 4 ? 'ipv4' : 'ipv6' }).address;
}

/** The names of a certificate that holds the address, as they are read. */
function certificateNaming(bytes: readonly number[]): CertificateFacts {
  const name = encoded(contextTag(7, false), Uint8Array.from(bytes));
  return {
    ...readGeneralNames(readDer(encoded(TAG.SEQUENCE, name))),
    subject: { text: 'CN=x', identity: 'x' },
  } as unknown as CertificateFacts;
}

test('all notations of an address have one canonical form, the one that Node.js and URLs print', () => {
  fc.assert(
    fc.property(twoNotations, ({ bytes, one, other }) => {
      const address = readIpAddress(one);
      expect(address?.text).toBe(readIpAddress(other)?.text);
      expect(address).toEqual(readIpAddress(address?.text ?? ''));
      expect(asNodePrintsIt(one)).toBe(asNodePrintsIt(address?.text ?? ''));
      expect(address?.numbers.length).toBe(bytes.length === 4 ? 4 : 8);
      // The URL standard follows RFC 5952, but for IPv4 at the end.
      const isMapped = address?.text.startsWith('::ffff:') === true && address.text.includes('.');
      if (address?.version === 6 && !isMapped) expect(new URL(`http://[${one}]/`).hostname).toBe(`[${address.text}]`);
      if (isMapped) expect(address.text).toBe(asNodePrintsIt(one));
    }),
    { numRuns: 1000 },
  );
});

test('a certificate with the address of a node matches every notation of it, and no other address', () => {
  fc.assert(
    fc.property(twoNotations, octets, ({ bytes, one }, others) => {
      const named = hostFindings('x', certificateNaming(bytes), one, [undefined], NEWEST);
      expect(named).toEqual([]);
      const isOther = others.join('.') !== bytes.join('.');
      const found = hostFindings('x', certificateNaming(others), one, [undefined], NEWEST);
      expect(found.map(({ code }) => code)).toEqual(isOther ? ['host-not-in-certificate'] : []);
    }),
    { numRuns: 500 },
  );
});

test('synth, the reader, the comparison and the probe use the same form of an address', () => {
  fc.assert(
    fc.property(twoNotations, ({ bytes, one, other }) => {
      const [read = ''] = certificateNaming(bytes).ipAddresses;
      const asked = askedFor(one);
      if (asked instanceof InvalidInput) {
        // Terraform would put the IPv4 address into the certificate.
        expect(asked.finding.code).toBe('address-ipv4-mapped');
        expect(read).toMatch(/^::ffff:\d+\.\d+\.\d+\.\d+$/);
      } else expect(asked.map(canonicalHost)).toEqual([read]);
      expect(canonicalHost(one)).toBe(canonicalHost(other));
      const constraints = { permittedDnsNames: [], excludedDnsNames: [], permittedNames: [], excludedNames: [] };
      const ca = { ...certificateNaming(bytes), nameConstraints: { ...constraints, hasAddresses: true } };
      const [refused] = constraintFindings('x', certificateNaming(bytes), [ca], NEWEST);
      expect(refused?.message).toContain(JSON.stringify(canonicalHost(other)));
    }),
    { numRuns: 500 },
  );
});

function askedFor(host: string): readonly string[] | InvalidInput {
  try {
    return subjectNames(parseNodeName(`app@${host}`)).ipAddresses;
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}
