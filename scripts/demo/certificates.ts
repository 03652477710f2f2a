/** Shows the contents of the certificates. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { filesBelow } from './files';
import { table } from './output';

/** Every certificate below a directory, each once: all nodes have the CA's. */
export function certificateTable(directory: string): string {
  const found = new Map<string, { readonly certificate: X509Certificate; readonly files: string[] }>();
  for (const file of filesBelow(directory)) {
    for (const certificate of certificatesIn(readFileSync(join(directory, file), 'utf8'))) {
      const known = found.get(certificate.fingerprint256) ?? { certificate, files: [] };
      known.files.push(file);
      found.set(certificate.fingerprint256, known);
    }
  }
  return table(
    ['file', 'common name', 'alternative names', 'valid for', 'expires'],
    [...found.values()].map(({ certificate, files }) => [
      showFiles(files),
      commonName(certificate),
      certificate.subjectAltName ?? 'none',
      roleOf(certificate),
      new Date(certificate.validTo).toISOString().slice(0, 10),
    ]),
  );
}

function certificatesIn(text: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((pem) => new X509Certificate(pem));
}

function showFiles([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function commonName({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? 'none';
}

/** Extended key usages, by RFC 5280, section 4.2.1.12. */
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

function roleOf({ ca, keyUsage }: X509Certificate): string {
  if (ca) return 'signing';
  // Node has the name of the basic extension for the extended one; it is undefined where there is none.
  const uses: readonly string[] = keyUsage ?? [];
  const roles = [...(uses.includes(SERVER_AUTH) ? ['server'] : []), ...(uses.includes(CLIENT_AUTH) ? ['client'] : [])];
  return roles.length === 0 ? 'nothing' : roles.join(', ');
}
