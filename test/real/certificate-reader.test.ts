import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { signatures } from '../../src/crypto/signatures';
import { type CertificateFacts, readCertificate } from '../../src/model/x509/certificate-reader';
import { readCrl } from '../../src/model/x509/crl-reader';
import { readPem } from '../../src/model/x509/pem-reader';
import { readPrivateKey } from '../../src/model/x509/private-key-reader';
import { requires } from '../support/programs/requires';
import { mustSucceed, runProgram } from '../support/terraform';
import { secondOpinion, sharedFacts } from '../support/x509/second-opinion';

requires('openssl')('the reader of certificates', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'certificate-reader-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function openssl(...args: string[]): Promise<string> {
    return mustSucceed(await runProgram('openssl', args, { cwd: directory })).stdout;
  }

  async function issue(
    key: readonly string[],
    extensions: readonly string[],
    more: readonly string[] = [],
  ): Promise<X509Certificate> {
    const added = extensions.flatMap((one) => ['-addext', one]);
    await openssl(
      ...['req', '-x509', '-newkey', ...key, '-utf8', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem'],
      ...['-subj', '/O=Écu & Söhne/OU=generation 1/CN=db1.x.test', ...more, ...added],
    );
    const certificate = new X509Certificate(readFileSync(join(directory, 'cert.pem')));
    const facts = readCertificate(certificate.raw);
    expect(facts && sharedFacts(facts)).toEqual(secondOpinion(certificate.raw));
    return certificate;
  }

  test.each<[string, string[], Partial<CertificateFacts['publicKey']>, string]>([
    ['RSA 2048', ['rsa:2048'], { kind: 'RSA', bits: 2048 }, 'sha256WithRSAEncryption'],
    ['RSA with a modulus that does not fill its last byte', ['rsa:3071'], { kind: 'RSA' }, 'sha256WithRSAEncryption'],
    ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], { kind: 'EC', curve: 'P-256' }, 'ecdsa-with-SHA256'],
    ['P-521', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'], { kind: 'EC', curve: 'P-521' }, 'ecdsa-with-SHA256'],
    ['Ed25519', ['ed25519'], { kind: 'Ed25519' }, 'Ed25519'],
  ])('agrees with OpenSSL: %s', async (_title, key, publicKey, signatureAlgorithm) => {
    const certificate = await issue(key, [
      'subjectAltName=DNS:db1.x.test,DNS:db2,IP:10.0.0.1,IP:2001:db8::1',
      'keyUsage=critical,digitalSignature,keyCertSign',
      'extendedKeyUsage=serverAuth,clientAuth',
    ]);
    const facts = readCertificate(certificate.raw);
    expect(facts).toMatchObject({
      publicKey,
      signatureAlgorithm,
      notBefore: Date.parse(certificate.validFrom),
      notAfter: Date.parse(certificate.validTo),
      dnsNames: ['db1.x.test', 'db2'],
      ipAddresses: ['10.0.0.1', '2001:db8::1'],
      isCa: true,
      keyUsage: ['digitalSignature', 'keyCertSign'],
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
    });
    expect(facts?.publicKey.bits).toBe(certificate.publicKey.asymmetricKeyDetails?.modulusLength);
    expect(facts?.serialNumber.replace(/^00/, '').toUpperCase()).toBe(certificate.serialNumber);
    expect(facts?.subject).toMatchObject({
      text: 'O=Écu & Söhne, OU=generation 1, CN=db1.x.test',
      commonName: 'db1.x.test',
    });
    expect(facts?.issuer.identity).toBe(facts?.subject.identity);
    expect(facts?.publicKey.identity).toBe(
      certificate.publicKey.export({ type: 'spki', format: 'der' }).toString('hex'),
    );
  });

  test('reads every optional part, present or absent', async () => {
    const plain = readCertificate((await issue(['ed25519'], ['basicConstraints=critical,CA:false'])).raw);
    expect(plain).toMatchObject({ isCa: false, dnsNames: [], ipAddresses: [] });
    expect([plain?.keyUsage, plain?.extendedKeyUsage, plain?.pathLength, plain?.nameConstraints]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const ca = readCertificate(
      (
        await issue(
          ['ed25519'],
          [
            'basicConstraints=critical,CA:true,pathlen:3',
            'nameConstraints=critical,permitted;DNS:x.test,excluded;DNS:bad.x.test,permitted;IP:10.0.0.0/255.0.0.0',
          ],
        )
      ).raw,
    );
    expect(ca).toMatchObject({
      pathLength: 3,
      nameConstraints: { permittedDnsNames: ['x.test'], excludedDnsNames: ['bad.x.test'] },
    });
  });

  test('reads years beyond 2049', async () => {
    const facts = readCertificate((await issue(['ed25519'], [], ['-days', '20000'])).raw);
    const certificate = new X509Certificate(readFileSync(join(directory, 'cert.pem')));
    expect(facts?.notAfter).toBe(Date.parse(certificate.validTo));
    expect(new Date(facts?.notAfter ?? 0).getUTCFullYear()).toBeGreaterThan(2050);
  });

  test('returns nothing and does not throw if a byte is missing or changed', async () => {
    const der = new Uint8Array((await issue(['ed25519'], ['keyUsage=digitalSignature'])).raw);
    for (let length = 0; length < der.length; length += 1)
      expect(readCertificate(der.slice(0, length))).toBeUndefined();
    for (let at = 0; at < der.length; at += 1) {
      const changed = der.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      expect(() => readCertificate(changed)).not.toThrow();
    }
  });

  test('tells the format of private keys', async () => {
    const pem = (name: string): string => readFileSync(join(directory, name), 'utf8');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(join(directory, 'plain.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(join(directory, 'sec1.pem'), privateKey.export({ type: 'sec1', format: 'pem' }));
    await openssl('pkcs8', '-topk8', '-in', 'plain.pem', '-out', 'pbkdf2.pem', '-passout', 'pass:x');
    await openssl('pkcs8', '-topk8', '-in', 'plain.pem', '-out', 'scrypt.pem', '-passout', 'pass:x', '-scrypt');
    await openssl('ec', '-in', 'sec1.pem', '-out', 'traditional.pem', '-aes256', '-passout', 'pass:x');
    const kept = (name: string): unknown => readPem(pem(name)).blocks.map(readPrivateKey);
    expect(kept('plain.pem')).toEqual([{ format: 'PKCS#8', isEncrypted: false, isUnsupported: false }]);
    expect(kept('sec1.pem')).toEqual([{ format: 'SEC1', isEncrypted: false, isUnsupported: false }]);
    expect(kept('pbkdf2.pem')).toEqual([{ format: 'PKCS#8', isEncrypted: true, isUnsupported: false }]);
    expect(kept('scrypt.pem')).toEqual([{ format: 'PKCS#8', isEncrypted: true, isUnsupported: true }]);
    expect(kept('traditional.pem')).toEqual([{ format: 'SEC1', isEncrypted: true, isUnsupported: false }]);
  });

  test('reads the issuer, the validity and the entries of revocation lists', async () => {
    const name = ['-subj', '/C=DE/O=Écu  &  SÖhne /OU=generation 1/CN=Site  CA'];
    const certificate = await issue(['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], [], name);
    writeFileSync(join(directory, 'index.txt'), `R\t301231235959Z\t200101000000Z\tABCD\tunknown\t/CN=gone\n`);
    writeFileSync(
      join(directory, 'ca.cnf'),
      '[ca]\ndefault_ca=x\n[x]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=2\n',
    );
    await openssl('ca', '-config', 'ca.cnf', '-gencrl', '-keyfile', 'key.pem', '-cert', 'cert.pem', '-out', 'crl.pem');
    const [block] = readPem(readFileSync(join(directory, 'crl.pem'), 'utf8')).blocks;
    const crl = readCrl(block?.der ?? new Uint8Array());
    expect(crl?.issuer).toBe(readCertificate(certificate.raw)?.subject.identity);
    expect((crl?.nextUpdate ?? 0) - (crl?.thisUpdate ?? 0)).toBe(2 * 24 * 60 * 60 * 1000);
    expect([...(crl?.revoked ?? [])]).toEqual(['00abcd']);
    const hash = (await openssl('crl', '-hash', '-noout', '-in', 'crl.pem')).trim();
    expect(signatures().nameHash(crl?.canonicalIssuer ?? new Uint8Array())).toBe(hash);
  });
});
