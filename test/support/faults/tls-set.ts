/** The TLS files of one node or of the tools, as peers see them. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readNodeScript } from '../../../src/model/deliveries/node-script/reader';

/** Contents by name. */
export type FileTexts = Readonly<Record<string, string>>;

/** What the files say of who has them and whom that one trusts. */
export interface TlsSet {
  readonly texts: FileTexts;
  readonly certificate: X509Certificate;
  readonly trusted: readonly X509Certificate[];
  /** The private key, as its PEM text. */
  readonly key: string;
}

/** The files of a directory, without those in subdirectories. Absent if there is no such directory. */
export function textsIn(directory: string): FileTexts {
  const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(directory, name), 'utf8')]));
}

/** The files that an install script carries; undefined where the script is not whole. */
export function textsOf(script: string): FileTexts | undefined {
  // Its last line, without which it does nothing.
  if (!script.endsWith('\n{ main "$@"; }\n')) return undefined;
  const carried = readNodeScript(script);
  return carried === undefined
    ? undefined
    : Object.fromEntries(carried.files.map(({ name, content }) => [name, content]));
}

/** The set; throws where a file is missing or not whole, or where key and certificate are not a pair. */
export function tlsSet(texts: FileTexts): TlsSet {
  const [identity, ...others] = Object.values(texts).filter((text) => text.includes('PRIVATE KEY-----'));
  if (identity === undefined || others.length > 0) throw new Error(`not one key in ${Object.keys(texts).join(', ')}`);
  const [certificate] = certificatesIn(identity);
  const trusted = certificatesIn(texts['ca.pem'] ?? '');
  const key = KEY.exec(identity)?.[0] ?? '';
  if (certificate?.checkPrivateKey(createPrivateKey(key)) !== true) throw new Error('the key is another certificate’s');
  if (trusted.length === 0) throw new Error('nobody is trusted');
  return { texts, certificate, trusted, key };
}

/** The set, where the files make one. */
export function tryTlsSet(texts: FileTexts | undefined): TlsSet | undefined {
  try {
    return texts === undefined ? undefined : tlsSet(texts);
  } catch {
    return undefined;
  }
}

/** Who of the one side would refuse whom of the other, either way: `"a refuses b"`. None where all can connect. */
export function refusals(some: Readonly<Record<string, TlsSet>>, others: Readonly<Record<string, TlsSet>>): string[] {
  return Object.entries(some).flatMap(([one, its]) =>
    Object.entries(others)
      .filter(([other]) => other !== one)
      .flatMap(([other, others_]) => [
        ...(trusts(its, others_.certificate) ? [] : [`${one} refuses ${other}`]),
        ...(trusts(others_, its.certificate) ? [] : [`${other} refuses ${one}`]),
      ]),
  );
}

/** Whether a certificate is of one of the CA certificates in the bundle: issued and signed by it. */
export function trusts({ trusted }: TlsSet, certificate: X509Certificate): boolean {
  return trusted.some((ca) => certificate.checkIssued(ca) && certificate.verify(ca.publicKey));
}

const KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?-----END [A-Z ]*PRIVATE KEY-----\n/;

function certificatesIn(pem: string): X509Certificate[] {
  const begins = pem.split('-----BEGIN CERTIFICATE-----').length - 1;
  const whole = pem.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/g) ?? [];
  if (whole.length !== begins) throw new Error('a certificate is cut off');
  return whole.map((one) => new X509Certificate(one));
}
