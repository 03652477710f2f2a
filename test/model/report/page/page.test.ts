import { DOMParser } from '@xmldom/xmldom';
import * as fc from 'fast-check';
import { parse } from 'parse5';

import { CATALOGUE } from '../../../../src/model/catalogue';
import { finding } from '../../../../src/model/findings/finding';
import { reportPage, reportSvg } from '../../../../src/model/report/page/page';
import { DARK, LIGHT, type Palette } from '../../../../src/model/report/page/palette';
import type { PictureMember, TrustPicture } from '../../../../src/model/report/page/picture';
import { reportText } from '../../../../src/model/report/text/text';
import { day, NOW, rollover, SAMPLE } from '../../../support/report/pictures';

describe('colours', () => {
  test.each<[string, Palette]>([
    ['light', LIGHT],
    ['dark', DARK],
  ])('of text have enough contrast on both backgrounds: %s', (_title, palette) => {
    const { ground, raised } = palette;
    const text = Object.entries<string>({ ...palette }).filter(
      ([name]) => !['ground', 'raised', 'line'].includes(name),
    );
    for (const [, colour] of text) {
      for (const behind of [ground, raised]) expect(contrast(colour, behind)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('the page', () => {
  test('is one document that loads nothing and runs nothing', () => {
    const page = reportPage(SAMPLE);
    expect(tagsOf(page)).not.toContain('script');
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page.match(/(?:src|href)="[^"#][^"]*"|url\(/g)).toBeNull();
    expect(page).toContain('<html lang="en">');
  });

  test('has the figure with a title and a description, and heads for every column', () => {
    const page = reportPage(SAMPLE);
    expect(page).toMatch(/<svg [^>]*role="img" aria-labelledby="figure-title figure-description">/);
    expect(page.match(/<th /g)?.length).toBe(page.match(/<th scope="(?:col|row)"/g)?.length);
  });

  test('expresses everything in words and shapes, not by colour alone', () => {
    const [first, ...others] = rollover(3).members;
    const ended = {
      ...first,
      name: 'a@gone',
      trusts: [],
      isTools: false,
      certificate: {
        issuers: [],
        notBefore: day(-400),
        notAfter: day(-2),
        keyAlgorithm: 'EC',
      },
    };
    const page = reportPage({
      ...SAMPLE,
      members: [ended, ...others],
      findings: [finding(CATALOGUE['untrusted-by-peer'], { subject: 'a@gone' })],
    });
    expect(page).toContain('▲ error');
    expect(page).toContain('▲ 2 days ago');
    expect(page).toMatch(/Expired 2 days ago: the certificate of a@gone/);
    expect(page).toContain('<td>expired</td>');
  });

  test('has a row for each node, or for each group with the full list behind a summary', () => {
    expect(reportPage(rollover(50))).not.toContain('<details>');
    const page = reportPage(rollover(500));
    expect(page).toContain('<summary>All: 500 nodes</summary>');
    expect(page.match(/couchdb@db500\.example\.com/g)).not.toBeNull();
    expect(page.length).toBeLessThan(2_000_000);
  });

  test('is complete without nodes', () => {
    const nothing: TrustPicture = { title: 'x', now: NOW, generations: [], members: [], findings: [] };
    expect(reportPage(nothing)).toContain('No nodes were found');
    expect(reportText(nothing)).toContain('No nodes were found');
  });
});

test('law: no text breaks out of the page, or of the figure', () => {
  const plainTags = tagsOf(reportPage(SAMPLE)).sort();
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</title><script>',
      '"><img src=x onerror=alert(1)>',
      "'--><svg/onload=x>",
      ']]>',
      '</style>',
      '&lt;',
    ),
  );
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, ca, subject) => {
      const [first, ...others] = SAMPLE.members;
      const [generation, ...more] = SAMPLE.generations;
      if (first === undefined || generation === undefined) throw new Error('no sample');
      const picture = {
        ...SAMPLE,
        title: name,
        members: [{ ...first, name }, ...others],
        generations: [{ ...generation, name: ca }, ...more],
        findings: [finding(CATALOGUE['certificate-expires-soon'], { subject, got: ca })],
      };
      expect(tagsOf(reportPage(picture)).sort()).toEqual(plainTags);
      expect(() => new DOMParser({ onError: fail }).parseFromString(reportSvg(picture), 'image/svg+xml')).not.toThrow();

      expect(reportText(picture)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f]/);
    }),
    { numRuns: 200 },
  );
});

test('the text for terminals has the same data in columns', () => {
  expect(reportText(SAMPLE).split('\n')).toEqual([
    'Trust of couchdb, 2026-11-24 10:00 UTC: 1 warning',
    'Next to expire, in 125 days: the certificate of couchdb@db3.example.com',
    '',
    'CA  name                                     expires                   trusted by  used by',
    'A   CouchDB Root CA, generation 2022         2027-09-20  in 300 days   3           2',
    'B   CouchDB Root CA, generation 2026, signs  2036-11-01  in 3630 days  3           1',
    '',
    'certificate of           state  expires                  renewed from  by CA  trusts',
    'couchdb@db3.example.com  valid  2027-03-29  in 125 days  2026-11-28    A      A B',
    'couchdb@db2.example.com  valid  2027-04-18  in 145 days  2026-12-18    A      A B',
    'couchdb@db1.example.com  valid  2027-11-18  in 359 days  2027-07-20    B      A B',
    '',
    expect.stringMatching(/^warning: certificate-expires-soon: certificate of couchdb@db3/),
    '',
  ]);
});

describe('members', () => {
  const [first, second, third] = SAMPLE.members as [PictureMember, PictureMember, PictureMember];
  const tools = { ...first, name: 'tools', isTools: true };

  test('have a row for each side if the two differ, and count once', () => {
    const members: PictureMember[] = [
      { ...first, side: 'server' },
      { ...first, side: 'client', trusts: ['aa'] },
      second,
      third,
    ];
    const text = reportText({ ...SAMPLE, members });
    expect(text).toMatch(/^couchdb@db1\.example\.com, server side +valid .* B +A B$/m);
    expect(text).toMatch(/^couchdb@db1\.example\.com, client side +valid .* B +A$/m);
    expect(reportPage({ ...SAMPLE, members })).toContain('>3 nodes</dd>');
  });

  test('that are tools follow the nodes and are counted separately', () => {
    const page = reportPage({ ...SAMPLE, members: [tools, first, second, third] });
    expect(page).toContain('>3 nodes and 1 tool</dd>');
    expect(page.lastIndexOf('>tools<')).toBeGreaterThan(page.lastIndexOf('>couchdb@db1.example.com<'));
  });

  test('use a certificate of each CA above theirs', () => {
    const below = { ...first, certificate: first.certificate && { ...first.certificate, issuers: ['bb', 'aa'] } };
    expect(reportText({ ...SAMPLE, members: [below] })).toMatch(/ B A +A B$/m);
  });
});

test('errors come before the next expiry', () => {
  const findings = [finding(CATALOGUE['untrusted-by-peer'], { subject: 'a@b' })];
  expect(reportText({ ...SAMPLE, findings })).toContain('\n1 error found. Next to expire, in 125 days: ');
});

test('the legend explains the shapes in the figure, and no others', () => {
  const [first] = SAMPLE.members;
  const plain = { name: 'a@b', isTools: false, trusts: [] };
  expect(reportSvg(SAMPLE)).toMatch(/>renewed by the next apply<.*>continues<.*>issued by the CA<.*>trusts the CA</s);
  expect(reportSvg({ ...SAMPLE, members: [plain] })).not.toMatch(/>renewed by|>issued by|>trusts the CA</);
  expect(reportSvg({ ...SAMPLE, generations: [], members: first === undefined ? [] : [first] })).not.toContain(
    '>continues<',
  );
});

test('no time of renewal is shown if none is known', () => {
  const members = SAMPLE.members.map((node) => ({
    ...node,
    certificate: node.certificate && { ...node.certificate, renewFrom: undefined },
  }));
  expect(reportText({ ...SAMPLE, members })).not.toContain('renewed from');
  expect(reportPage({ ...SAMPLE, members })).toContain('none known');
  expect(reportPage(SAMPLE)).not.toContain('none known');
});

function fail(_level: string, message: string): never {
  throw new Error(message);
}

interface Parsed {
  readonly tagName?: string;
  readonly childNodes?: readonly Parsed[];
}

/** The elements that a browser makes of the text. */
function tagsOf(html: string): string[] {
  const all = (node: Parsed): string[] => [
    ...(node.tagName === undefined ? [] : [node.tagName]),
    ...(node.childNodes ?? []).flatMap(all),
  ];
  return all(parse(html) as unknown as Parsed);
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[0-9a-f]{2}/g) ?? []).map((digits) => {
    const part = Number.parseInt(digits, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
