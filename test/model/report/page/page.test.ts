import { DOMParser } from '@xmldom/xmldom';
import * as fc from 'fast-check';
import { parse } from 'parse5';

import { CATALOGUE } from '../../../../src/model/catalogue';
import { DOCUMENTATION, documentation } from '../../../../src/model/findings/documentation';
import { finding } from '../../../../src/model/findings/finding';
import { naturalOrder } from '../../../../src/model/report/page/natural-order';
import { reportPage, reportSvg } from '../../../../src/model/report/page/page';
import { DARK, LIGHT, type Palette } from '../../../../src/model/report/page/palette';
import type { PictureMember, TrustPicture } from '../../../../src/model/report/page/picture';
import { reportText } from '../../../../src/model/report/text/text';
import { day, NOW, rollover, SAMPLE, withFindings } from '../../../support/report/pictures';

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
    expect(page.match(/ src=|<link|url\(/g)).toBeNull();
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
      findings: [],
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
    expect(page).toContain('>expired</td>');
  });

  test('has a row for each of a few nodes, and a row that opens for each group of many', () => {
    expect(elements(reportPage(rollover(20)), 'details')).toEqual([]);
    for (const count of [50, 500]) {
      const page = reportPage(rollover(count));
      const groups = elements(page, 'details');
      expect(groups.length).toBeGreaterThan(1);
      expect(groups.length).toBeLessThanOrEqual(24);
      const names =
        elements(page, 'tbody')
          .map(textOf)
          .join()
          .match(/couchdb@db\d+\.example\.com(?! \+)/g) ?? [];
      expect(new Set(names).size).toBe(count);
      expect(page.length).toBeLessThan(500_000);
    }
  });

  test('of a healthy cluster says OK first, and the next expiry once', () => {
    const page = reportPage(healthy());
    expect(elements(page, 'p').slice(0, 3).map(textOf)).toEqual([
      '●OK',
      'Next to expire, on 2027-03-29 (in 125 days): the certificate of couchdb@db3.example.com',
      'as of 2026-11-24 10:00 UTC',
    ]);
    expect(textOf(elements(page, 'dl')[0])).not.toContain('2027-03-29');
    expect(reportText(healthy())).toMatch(
      /^Trust of couchdb, 2026-11-24 10:00 UTC: OK\nNext to expire, on 2027-03-29 /,
    );
  });

  test('says what is not OK first', () => {
    const first = (picture: TrustPicture): string => textOf(elements(reportPage(picture), 'p')[0]);
    const error = finding(CATALOGUE['untrusted-by-peer'], { subject: 'a@b' });
    const [one, ...others] = healthy().members;
    if (one === undefined) throw new Error('no sample');
    expect(first(withFindings(SAMPLE, [error, ...SAMPLE.findings]))).toBe('▲1 error, 1 warning');
    expect(first({ ...healthy(), members: [{ ...one, certificate: undefined }, ...others] })).toBe(
      '◆1 member without a certificate',
    );
    expect(first({ ...rollover(3), now: day(10) })).toBe('◆1 certificate due for renewal');
    expect(first({ ...SAMPLE, now: day(126) })).toBe(
      '▲Expired 24 hours ago: the certificate of couchdb@db3.example.com',
    );
  });

  test('is not OK without nodes', () => {
    const nothing: TrustPicture = { title: 'x', now: NOW, generations: [], members: [], findings: [] };
    expect(textOf(elements(reportPage(nothing), 'p')[0])).toBe('◆No nodes were found');
    expect(reportText(nothing)).toContain('No nodes were found');
  });

  test('has no line in a narrow window whose meaning is in a head above it', () => {
    for (const cell of elements(reportPage(SAMPLE), 'td')) expect(attribute(cell, 'data-head')).toMatch(/^[a-z]/);
  });
});

describe('a finding', () => {
  const bad = 'couchdb@db2.example.com';
  const error = finding(CATALOGUE['untrusted-by-peer'], { subject: bad, nodes: [{ label: bad }] });
  const page = reportPage(withFindings(SAMPLE, [...SAMPLE.findings, error]));

  test('marks the nodes that it is about, in the figure and in the table', () => {
    for (const rowTag of ['g', 'tr']) {
      const row = elements(page, rowTag).find((one) => textOf(one).includes(bad));
      const [link] = elementsIn(row, 'a');
      const target = attribute(link, 'href') ?? '';
      expect(textOf(link)).toMatch(/^▲/);
      expect(elements(page, 'p').map((one) => `#${attribute(one, 'id')}`)).toContain(target);
      expect(textOf(elements(page, 'p').find((one) => `#${attribute(one, 'id')}` === target))).toBe(error.message);
    }
    const bars = elements(page, 'g').map((one) => attribute(elementsIn(one, 'rect')[0], 'class'));
    expect(bars.slice(2)).toEqual(['bar due', 'bar bad', 'bar']);
  });

  test('marks them in the figure alone, too, where nothing is to be linked', () => {
    const picture = reportSvg(withFindings(SAMPLE, [error]));
    expect(picture).toContain('>▲</text>');
    expect(picture).not.toContain('<a ');
  });

  test('links to the documentation, and nothing else is linked', () => {
    const targets = elements(page, 'a').map((one) => attribute(one, 'href') ?? '');
    expect(targets).toContain(`${documentation('errors')}#untrusted-by-peer`);
    expect(targets).toContain(documentation('rotation'));
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => `#${id}`);
    expect(targets.filter((target) => !ids.includes(target) && !target.startsWith(DOCUMENTATION))).toEqual([]);
  });

  test('of many nodes has its remedy once', () => {
    const many = rollover(30);
    const findings = many.members.map(({ name }) =>
      finding(CATALOGUE['untrusted-by-peer'], { subject: name, nodes: [{ label: name }] }),
    );
    const [list] = elements(reportPage(withFindings(many, findings)), 'ul');
    expect(elementsIn(list, 'li')).toHaveLength(1);
    expect(elementsIn(list, 'summary').map(textOf)).toEqual(['and 25 more']);
    expect(elementsIn(list, 'p')).toHaveLength(31);
  });

  test('splits the groups of many nodes', () => {
    const rows = (picture: TrustPicture): string[] => reportText(picture).match(/^couchdb@.*$/gm) ?? [];
    const split = rows(withFindings(rollover(50), [error]));
    expect(split).toHaveLength(rows(rollover(50)).length + 1);
    expect(split.filter((row) => row.includes('1 error'))).toEqual([expect.stringContaining(`${bad}  `)]);
  });
});

describe('the order of rows', () => {
  test('is that of names where certificates expire on one day', () => {
    const members = rollover(20).members.map((one, index) => ({
      ...one,
      certificate: one.certificate && { ...one.certificate, notAfter: day(100) + ((index * 7) % 20) * 60_000 },
    }));
    const names = reportText({ ...rollover(20), members }).match(/^couchdb@db\d+/gm);
    expect(names).toEqual(members.map((_, index) => `couchdb@db${index + 1}`));
  });

  test('is that of generations for CAs that one apply made', () => {
    const made = ['10', '9', 'b', 'a'].map((id, index) => ({
      fingerprint: id,
      name: `CA, generation ${id}`,
      notBefore: day(0) + index * 1000,
      notAfter: day(100),
      signs: false,
    }));
    const older = { fingerprint: 'o', name: 'Z', notBefore: day(-1), notAfter: day(100), signs: false };
    const text = reportText({ ...SAMPLE, generations: [...made, older] });
    expect(text.match(/^[A-E] {3}\S+(?: generation \S+)?/gm)).toEqual([
      'A   Z',
      'B   CA, generation 9',
      'C   CA, generation 10',
      'D   CA, generation a',
      'E   CA, generation b',
    ]);
  });

  test('law: is one order for all texts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '2', '0', '.') });
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(Math.sign(naturalOrder(a, b))).toBe(0 - Math.sign(naturalOrder(b, a)));
        if (naturalOrder(a, b) <= 0 && naturalOrder(b, c) <= 0) expect(naturalOrder(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});

test('names are cut only where there is no room for them', () => {
  expect(reportSvg(SAMPLE)).toContain('>B, signs: CouchDB Root CA, generation 2026</text>');
  const [one, ...others] = SAMPLE.members;
  if (one === undefined) throw new Error('no sample');
  const long = `couchdb@${'x'.repeat(30)}.${'y'.repeat(30)}.example.com`;
  const picture = reportSvg({ ...SAMPLE, members: [{ ...one, name: long }, ...others] });
  expect(picture).not.toContain(`>${long}</text>`);
  expect(picture).toMatch(/>couchdb@x{10,}…y{5,}\.example\.com<\/text>/);
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
    'Next to expire, on 2027-03-29 (in 125 days): the certificate of couchdb@db3.example.com',
    '',
    'CA  name                                     expires                   trusted by  used by',
    'A   CouchDB Root CA, generation 2022         2027-09-20  in 300 days   3           2',
    'B   CouchDB Root CA, generation 2026, signs  2036-11-01  in 3630 days  3           1',
    '',
    'certificate of           state             expires                  renewed from  by CA  trusts',
    'couchdb@db3.example.com  valid, 1 warning  2027-03-29  in 125 days  2026-11-28    A      A B',
    'couchdb@db2.example.com  valid             2027-04-18  in 145 days  2026-12-18    A      A B',
    'couchdb@db1.example.com  valid             2027-11-18  in 359 days  2027-07-20    B      A B',
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

test('the legend explains the shapes in the figure, and no others', () => {
  const [first] = SAMPLE.members;
  const plain = { name: 'a@b', isTools: false, trusts: [], findings: [] };
  expect(reportSvg(SAMPLE)).toMatch(/>renewed by the next apply<.*>continues<.*>issued by the CA<.*>trusts the CA</s);
  expect(reportSvg({ ...SAMPLE, members: [plain] })).not.toMatch(/>renewed by|>issued by|>trusts the CA</);
  expect(reportSvg({ ...SAMPLE, generations: [], members: first === undefined ? [] : [first] })).not.toContain(
    '>continues<',
  );
});

test('no time of renewal is shown if none is known', () => {
  expect(reportText(healthy())).not.toContain('renewed from');
  expect(reportPage(healthy())).not.toMatch(/Renewal|renewed from|unknown|none known/);
  expect(reportPage(SAMPLE)).toMatch(/Renewal.*renewed from/s);
});

/** Nodes without findings, read from their files: those say nothing of renewal. */
function healthy(): TrustPicture {
  const members = rollover(3).members.map((node) => ({
    ...node,
    certificate: node.certificate && { ...node.certificate, renewFrom: undefined },
  }));
  return { ...rollover(3), members };
}

function fail(_level: string, message: string): never {
  throw new Error(message);
}

interface Parsed {
  readonly tagName?: string;
  readonly value?: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Parsed[];
}

/** The tags of the elements that a browser makes of the text. */
function tagsOf(html: string): string[] {
  return nodesBelow(parse(html) as unknown as Parsed).flatMap(({ tagName }) => tagName ?? []);
}

function elements(html: string, tag: string): Parsed[] {
  return elementsIn(parse(html) as unknown as Parsed, tag);
}

function elementsIn(node: Parsed | undefined, tag: string): Parsed[] {
  return nodesBelow(node ?? {}).filter(({ tagName }) => tagName === tag);
}

function nodesBelow(node: Parsed): Parsed[] {
  return [node, ...(node.childNodes ?? []).flatMap(nodesBelow)];
}

/** The text that a reader sees. */
function textOf(node: Parsed | undefined): string {
  const texts = nodesBelow(node ?? {}).map(({ value = '' }) => value);
  return texts.join('').replace(/\s+/g, ' ').trim();
}

function attribute(node: Parsed | undefined, name: string): string | undefined {
  return node?.attrs?.find((one) => one.name === name)?.value;
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
