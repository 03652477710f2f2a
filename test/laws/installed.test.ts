/** Laws of what reads the files of nodes: whatever they hold, it answers. */
import { createHash } from 'node:crypto';

import fc from 'fast-check';

import type { CarriedFile } from '../../src/model/deliveries/delivered';
import { atom, integer, list, type Term, text, tuple } from '../../src/model/erlang/terms/term';
import { writeTerm } from '../../src/model/erlang/terms/term-writer';
import { sourceOfCarried } from '../../src/model/observed/files/carried-source';
import { readInstalled } from '../../src/model/observed/files/installed-node';
import type { Signatures } from '../../src/model/observed/files/material';
import { Releases } from '../../src/model/otp/releases';
import { installedPicture } from '../../src/model/report/page/installed-picture';
import { reportPage } from '../../src/model/report/page/page';
import { reportText } from '../../src/model/report/text/text';
import { installedFindings } from '../../src/model/rules/check-nodes';
import { readCertificate } from '../../src/model/x509/certificate-reader';
import { readCrl } from '../../src/model/x509/crl-reader';
import { instant, readAll, TAG } from '../../src/model/x509/der-reader';
import { readPem } from '../../src/model/x509/pem-reader';
import { readPrivateKey } from '../../src/model/x509/private-key-reader';

interface Tree {
  readonly tag: number;
  readonly content: Uint8Array | readonly Tree[];
}

const trees: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({
      tag: fc.constantFrom<number>(...Object.values(TAG), 0x0c, 0x13, 0x80, 0x82, 0x87),
      content: fc.uint8Array({ maxLength: 300 }),
    }),
    fc.record({
      tag: fc.constantFrom(0x30, 0x31, 0xa0, 0xa3),
      content: fc.array(tie('tree'), { maxLength: 8 }),
    }),
  ),
})).tree;

function der({ tag, content }: Tree): Uint8Array {
  const bytes = content instanceof Uint8Array ? content : Buffer.concat(content.map(der));
  const length = [];
  for (let rest = bytes.length; rest > 0; rest >>= 8) length.unshift(rest & 0xff);
  const head = bytes.length < 128 ? [bytes.length] : [0x80 | length.length, ...length];
  return Buffer.concat([Uint8Array.from([tag, ...head]), bytes]);
}

function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.map((line) => `${line}\n`).join('')}-----END ${label}-----\n`;
}

test('DER values are read as they were encoded', () => {
  fc.assert(
    fc.property(fc.array(trees, { maxLength: 5 }), (written) => {
      const read = readAll(Buffer.concat(written.map(der)));
      expect(read.map(({ tag, whole }) => [tag, Buffer.from(whole)])).toEqual(
        written.map((tree) => [tree.tag, Buffer.from(der(tree))]),
      );
    }),
  );
});

test('DER times equal those of JavaScript in every year of four digits', () => {
  const dates = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const seconds = Math.floor(date.getTime() / 1000) * 1000;
      const digits = new Date(seconds).toISOString().replace(/\.\d+Z$|[-:T]/g, '');
      const at = (tag: number, written: string): number => instant({ ...valueOf(tag, written) });
      expect(at(TAG.GENERALIZED_TIME, `${digits}Z`)).toBe(seconds);
      const year = Number(digits.slice(0, 4));
      if (year >= 1950 && year < 2050) expect(at(TAG.UTC_TIME, `${digits.slice(2)}Z`)).toBe(seconds);
    }),
  );
});

function valueOf(tag: number, written: string): Parameters<typeof instant>[0] & object {
  const [value] = readAll(der({ tag, content: Buffer.from(written) }));
  if (value === undefined) throw new Error('nothing was written');
  return value;
}

test('reading a certificate, a list or a key from arbitrary bytes never throws', () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), trees.map(der));
  fc.assert(
    fc.property(bytes, (given) => {
      for (const read of [readCertificate, readCrl]) expect(() => read(given)).not.toThrow();
      for (const label of ['PRIVATE KEY', 'EC PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY']) {
        expect(() => readPrivateKey({ label, der: given, isEncrypted: false, line: 1 })).not.toThrow();
      }
    }),
    { numRuns: 500 },
  );
});

test('PEM blocks are read as they were written, whatever text is between them', () => {
  const noise = fc
    .string({ unit: fc.constantFrom('a', ' ', '\n', '=', '-', 'BEGIN', 'é'), maxLength: 12 })
    .map((one) => `${one}\n`);
  const block = fc.tuple(
    noise,
    fc.constantFrom('CERTIFICATE', 'PRIVATE KEY'),
    fc.uint8Array({ minLength: 1, maxLength: 200 }),
  );
  const blocks = fc.array(block, { minLength: 1 });
  fc.assert(
    fc.property(blocks, (written) => {
      const { blocks: read, problem } = readPem(
        written.map(([before, label, bytes]) => before + pem(label, bytes)).join(''),
      );
      expect(problem).toBeUndefined();
      expect(read.map(({ label, der: bytes }) => [label, Buffer.from(bytes)])).toEqual(
        written.map(([, label, bytes]) => [label, Buffer.from(bytes)]),
      );
    }),
  );
});

describe('with arbitrary content in the files of nodes', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...`"'\\[]{}(),.%-<>&#\n\0`, '${', '-ssl_dist_opt ', 'é'), maxLength: 40 }),
  );
  const values: fc.Arbitrary<Term> = fc.oneof(
    anything.map(text),
    fc.constantFrom('/t/node.pem', '/t/ca.pem', 'node.pem').map(text),
    fc.constantFrom('true', 'false', 'verify_peer', 'verify_none', 'tlsv1.3', 'tlsv1.2').map(atom),
    fc.bigInt().map(integer),
    fc.array(fc.constantFrom('tlsv1.3', 'tlsv1.2', 'x').map(atom)).map(list),
    fc.array(anything.map(atom), { maxLength: 3 }).map((elements) => tuple(...elements)),
  );
  const names = fc.constantFrom(
    'certfile',
    'keyfile',
    'cacertfile',
    'verify',
    'versions',
    'password',
    'crl_check',
    'crl_cache',
    'fail_if_no_peer_cert',
    'verify_fun',
    'x',
  );
  const options = fc
    .array(
      fc.tuple(names, values).map(([name, value]) => tuple(atom(name), value)),
      { maxLength: 8 },
    )
    .map(list);
  const optionFiles = fc
    .array(
      fc.tuple(fc.constantFrom('server', 'client', 'x'), options).map(([side, given]) => tuple(atom(side), given)),
      { maxLength: 3 },
    )
    .map((sides) => `${writeTerm(list(sides))}.\n`);
  const flagFiles = fc
    .array(
      fc.oneof(
        anything,
        fc.constantFrom(
          '-proto_dist inet_tls',
          '-ssl_dist_optfile /t/ssl_dist.conf',
          '-args_file /t/vm.args',
          '-name a@b',
          '-ssl_dist_opt server_certfile /t/node.pem',
        ),
      ),
    )
    .map((lines) => lines.join('\n'));
  const pemFiles = fc
    .array(
      fc.oneof(
        anything,
        fc
          .tuple(fc.constantFrom('CERTIFICATE', 'PRIVATE KEY', 'X509 CRL'), trees)
          .map(([label, tree]) => pem(label, der(tree))),
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join('\n'));
  const mode = fc.constantFrom('0600', '0666', '7777', undefined);
  const file = (name: string, content: fc.Arbitrary<string>): fc.Arbitrary<CarriedFile> =>
    fc.record({ name: fc.constant(name), mode, content });
  const nodes = fc.record({
    subject: fc.oneof(anything, fc.constant('a@b')),
    installDirectory: fc.constantFrom('/t', '/', undefined),
    files: fc
      .tuple(
        file('ssl_dist.conf', fc.oneof(optionFiles, anything)),
        file('vm.args', flagFiles),
        file('node.pem', pemFiles),
        file('ca.pem', pemFiles),
      )
      .chain((files) => fc.subarray(files)),
  });

  test('the check and the report complete', () => {
    fc.assert(
      fc.property(fc.array(nodes, { maxLength: 3 }), fc.boolean(), (given, isYes) => {
        const found = given.flatMap((one) => sourceOfCarried(one, 'x') ?? []).map((one) => readInstalled(one));
        const signatures: Signatures = {
          isSignedBy: () => isYes,
          isListSignedBy: () => isYes,
          isPair: () => isYes,
          isWrongPassword: () => !isYes,
          nameHash: () => '00000000',
          fingerprint: (one) => createHash('sha256').update(one.der).digest('hex'),
        };
        const findings = installedFindings(found, {
          releases: Releases.EVERY,
          now: 0,
          notice: 1,
          signatures,
          user: { uid: 1, gids: [] },
        });
        const picture = installedPicture(found, { title: 'x', now: 0, findings, renewals: new Map() }, signatures);
        expect(reportPage(picture)).toMatch(/<\/html>\s*$/);
        expect(reportText(picture)).toMatch(/^Trust of x, /);
      }),
      { numRuns: 500 },
    );
  });
});
