/** A comparison says something only if all ways bring the same files to the nodes. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { carriedIn } from '../../src/model/deliveries/registry';
import { readCertificate } from '../../src/model/x509/certificate-reader';
import { type PemBlock, readPem } from '../../src/model/x509/pem-reader';
import { readPrivateKey } from '../../src/model/x509/private-key-reader';
import { publicKeyText } from '../../src/model/x509/public-key-reader';

/** A file as a node gets it. */
export interface DeliveredFile {
  /** In octal digits. */
  readonly mode: string;
  readonly text: string;
}

/** The files for the nodes in an output directory, whatever carries them, by the name of the node and of the file. */
export function filesIn(output: string): ReadonlyMap<string, DeliveredFile> {
  const files = new Map<string, DeliveredFile>();
  for (const name of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    const status = statSync(join(output, name));
    if (!status.isFile()) continue;
    const text = readFileSync(join(output, name), 'utf8');
    const carried = carriedIn(text);
    if (carried === undefined) files.set(name, { mode: `0${(status.mode & 0o777).toString(8)}`, text });
    for (const { name: own, mode = '', content } of carried?.files ?? []) {
      files.set(`${carried?.subject}/${own}`, { mode, text: content });
    }
  }
  return files;
}

/** One line for each file that is not the same: its mode, its bytes, or what its certificates and keys say of themselves. */
export function differences(
  ones: ReadonlyMap<string, DeliveredFile>,
  others: ReadonlyMap<string, DeliveredFile>,
): string[] {
  const names = [...new Set([...ones.keys(), ...others.keys()])].sort();
  return names.flatMap((name) => {
    const [one, other] = [ones.get(name), others.get(name)].map((file) => file && said(file));
    return one === other ? [] : [`${name}: ${one ?? 'missing'} here, ${other ?? 'missing'} there`];
  });
}

function said({ mode, text }: DeliveredFile): string {
  const { blocks } = readPem(text);
  return JSON.stringify(blocks.length === 0 ? { mode, text } : { mode, blocks: blocks.map(saidInBlock) });
}

const HOUR_MS = 3_600_000;

/** All but what is new in each certificate and in each key. */
function saidInBlock(block: PemBlock): object {
  const certificate = block.label === 'CERTIFICATE' ? readCertificate(block.der) : undefined;
  if (certificate === undefined) return { label: block.label, ...readPrivateKey(block) };
  const { subject, issuer, notBefore, notAfter, publicKey, ...rest } = certificate;
  return {
    ...rest,
    der: undefined,
    serialNumber: undefined,
    subject: subject.text,
    issuer: issuer.text,
    hours: (notAfter - notBefore) / HOUR_MS,
    publicKey: publicKeyText(publicKey),
  };
}
