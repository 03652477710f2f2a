import { CATALOGUE } from '../../../src/model/catalogue';
/** Pictures of trust for tests and for the README. */
import { type Finding, finding } from '../../../src/model/findings/finding';
import type { PictureMember, TrustPicture } from '../../../src/model/report/page/picture';

const DAY_MS = 86_400_000;
/** Any day; pictures have no clock. */
export const NOW = Date.parse('2026-11-24T10:00:00Z');

export function day(days: number): number {
  return NOW + days * DAY_MS;
}

const OLD = {
  fingerprint: 'aa',
  name: 'CouchDB Root CA, generation 2022',
  notBefore: day(-1460),
  notAfter: day(300),
  signs: false,
};
const NEW = {
  fingerprint: 'bb',
  name: 'CouchDB Root CA, generation 2026',
  notBefore: day(-20),
  notAfter: day(3630),
  signs: true,
};

/** In the middle of a rollover: every third node has its next certificate. */
export function rollover(count: number): TrustPicture {
  return {
    title: 'couchdb',
    now: NOW,
    generations: [OLD, NEW],
    members: Array.from({ length: count }, (_, index) => node(index)),
    findings: [],
  };
}

function node(index: number): PictureMember {
  const isNew = index % 3 === 0;
  const notBefore = isNew ? day(-6 - index / 40) : day(-200 - (index % 7) * 20);
  const notAfter = notBefore + 365 * DAY_MS;
  const renewFrom = notAfter - 121 * DAY_MS;
  const issuer = isNew ? NEW.fingerprint : OLD.fingerprint;
  return {
    name: `couchdb@db${index + 1}.example.com`,
    isTools: false,
    certificate: { notBefore, notAfter, renewFrom, issuers: [issuer], keyAlgorithm: 'EC P-256' },
    trusts: [OLD.fingerprint, NEW.fingerprint],
    findings: [],
  };
}

/** The picture with findings, each about the members whose label it names. */
export function withFindings(picture: TrustPicture, findings: readonly Finding[]): TrustPicture {
  return {
    ...picture,
    findings,
    members: picture.members.map((one) => ({
      ...one,
      findings: findings.filter(({ nodes = [] }) => nodes.includes(one.name)),
    })),
  };
}

/** The three nodes of the README's picture. */
export const SAMPLE = withFindings(rollover(3), [
  finding(CATALOGUE['certificate-expires-soon'], {
    subject: 'certificate of couchdb@db3.example.com',
    got: '2027-03-29',
    nodes: [{ label: 'couchdb@db3.example.com' }],
  }),
]);
