import { type CertificateFacts, readCertificate } from '../model/x509/certificate-reader';
import { type CrlFacts, readCrl } from '../model/x509/crl-reader';
import { type PemFile, readPem } from '../model/x509/pem-reader';
import { readPrivateKey } from '../model/x509/private-key-reader';
import { UsageError } from './command';
import { readText } from './input';

/** The first certificate of a PEM file. Other blocks, such as its key, are passed over. */
export function certificateIn(file: string): CertificateFacts {
  const { blocks, problem } = pemIn(file);
  const block = blocks.find(({ label }) => label === 'CERTIFICATE');
  const found = block && readCertificate(block.der);
  if (found !== undefined) return found;
  throw new UsageError(`${file} has no certificate that can be read: ${problem ?? 'give a PEM file with one'}`);
}

/** The revocation list of a PEM file. */
export function listIn(file: string): CrlFacts {
  const { blocks, problem } = pemIn(file);
  const [block, ...others] = blocks.filter(({ label }) => label === 'X509 CRL');
  const found = block && readCrl(block.der);
  if (found !== undefined && others.length === 0) return found;
  throw new UsageError(`${file} does not have exactly one revocation list: ${problem ?? 'give a PEM file with one'}`);
}

function pemIn(file: string): PemFile {
  const text = readText(file);
  // A shell empties the file that the output goes to before this program reads it.
  if (text.trim() === '') throw new UsageError(`${file} is empty: send the output to another file, and rename that`);
  return readPem(text);
}

/** The private key on standard input, as PEM. Messages never quote it. */
export function keyOnInput(): string {
  if (process.stdin.isTTY)
    throw new UsageError('give the key of the CA on standard input: erlang-tls crl ... < ca.key');
  const text = readText('-');
  const keys = readPem(text)
    .blocks.map(readPrivateKey)
    .filter((one) => one !== undefined);
  if (keys.length !== 1) throw new UsageError('standard input does not have exactly one private key as PEM');
  if (keys[0]?.isEncrypted === true) {
    throw new UsageError(
      'the key is encrypted: decrypt it on the way, with openssl pkey -in ca.key | erlang-tls crl ...',
    );
  }
  return text;
}
