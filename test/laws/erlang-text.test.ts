import fc from 'fast-check';

import { groupFlags, readArgsFile } from '../../src/model/erlang/flags/args-file-reader';
import { writeArgsFile } from '../../src/model/erlang/flags/args-file-writer';
import { vmFlag } from '../../src/model/erlang/flags/vm-flags';
import { nodeOptions } from '../../src/model/erlang/options/dist-options';
import { writeOptionFile } from '../../src/model/erlang/options/option-file';
import { TlsVersions } from '../../src/model/erlang/options/tls-versions';
import {
  atom,
  binary,
  externalFun,
  integer,
  list,
  map,
  pathTerm,
  type Term,
  text,
  tuple,
} from '../../src/model/erlang/terms/term';
import { readTerm } from '../../src/model/erlang/terms/term-reader';
import { writeTerm } from '../../src/model/erlang/terms/term-writer';
import { InvalidInput } from '../../src/model/findings/finding';
import { OtpRelease } from '../../src/model/otp/otp-release';
import { terraformLiteral } from '../../src/model/terraform/terraform-literal';
import { terraformReads } from '../support/stacks/template';

/** What breaks quoting, and everything else. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...`"'\\#$%{}()[]<>+-~@,;. \t\n\r\0é日🐰`), maxLength: 40 }),
  fc.constantFrom('${x}', '%{if}', '$${x}', '%%{', '-flag', '+K', '--', "'\"'", '\\', '#', '\u00a0', '\ufeff'),
);

const terms: fc.Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostile.map(atom),
    fc.bigInt().map(integer),
    hostile.map(text),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => binary(bytes)),
    fc.tuple(hostile, hostile, fc.nat(255)).map((parts) => externalFun(...parts)),
    fc.array(tie('term'), { maxLength: 4 }).map(list),
    fc.array(tie('term'), { maxLength: 4 }).map((elements) => tuple(...elements)),
    fc.array(fc.tuple(tie('term'), tie('term')), { maxLength: 3 }).map(map),
  ),
})).term;

test('read(write(term)) = term', () => {
  fc.assert(fc.property(terms, (term) => expect(readTerm(`${writeTerm(term)}.`)).toEqual(term)));
});

test('a written term is ASCII', () => {
  fc.assert(fc.property(terms, (term) => expect(writeTerm(term)).toMatch(/^[\n\x20-\x7e]*$/)));
});

test('read(write(flags)) = flags, or the writer refuses the flags', () => {
  const flags = fc.array(
    fc
      .tuple(fc.stringMatching(/^[a-z]\w{0,9}$/), fc.array(hostile, { maxLength: 7 }))
      .map(([name, values]) => vmFlag(name, ...values)),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(flags, (given) => {
      const written = orRefused(() => writeArgsFile(given));
      fc.pre(written !== undefined);
      const asked = given.map(({ name, values }) => ({ name, values }));
      expect(groupFlags(readArgsFile(written))).toEqual(asked);
    }),
  );
});

test('a value that cannot be quoted is refused', () => {
  fc.assert(
    fc.property(fc.constantFrom('-', '+'), hostile, (sign, rest) => {
      expect(orRefused(() => writeArgsFile([vmFlag('x', sign + rest)]))).toBeUndefined();
    }),
  );
});

test('Terraform reads a literal as the original text, without any template', () => {
  const kept = hostile.filter((value) => value.normalize('NFC') === value && !value.startsWith('\ufeff'));
  fc.assert(fc.property(kept, (value) => expect(terraformReads(terraformLiteral(value))).toBe(value)));
});

test('a path is read back from an option file unchanged, or it is refused', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const certfile = `/t/${name}`;
      const written = orRefused(() => writeOptionFile(nodeOptions(inputWith(certfile))));
      fc.pre(written !== undefined);
      const options = nodeOptions(inputWith(certfile));
      const side = (given: typeof options.client): Term => list(given.map(([key, value]) => tuple(atom(key), value)));
      expect(readTerm(written)).toEqual(
        list([tuple(atom('server'), side(options.server ?? [])), tuple(atom('client'), side(options.client))]),
      );
      expect(options.client[0]).toEqual(['certfile', pathTerm(certfile)]);
    }),
  );
});

function inputWith(certfile: string): Parameters<typeof nodeOptions>[0] {
  return {
    otp: OtpRelease.OTP_27,
    certfile,
    cacertfile: '/t/ca.pem',
    versions: TlsVersions.TLS_1_3,
    unsafeVerifyNone: false,
    serverOptions: {},
    clientOptions: {},
  };
}

function orRefused<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}
