import { deliveredUnits } from '../../deliveries/registry';
import type { TerraformResource } from '../../terraform/resources';
import { type CertificateFacts, readCertificate } from '../../x509/certificate-reader';
import { hex } from '../../x509/der-reader';
import { readPem } from '../../x509/pem-reader';

/** The certificates of CAs in states, each once. */
export function authoritiesIn(resources: readonly TerraformResource[]): readonly CertificateFacts[] {
  return certificatesIn(textsOf(resources, ['cert_pem', 'ca_cert_pem'])).filter(({ isCa }) => isCa);
}

/** The private keys in states, which may be those of CAs. */
export function keysIn(resources: readonly TerraformResource[]): readonly string[] {
  return [...new Set(textsOf(resources, ['private_key_pem', 'ca_private_key_pem']))];
}

/** The certificates that states deliver to each node, and to the tools, by their ids. Several states may have an old and a new one. */
export function deliveredCertificates(
  resources: readonly TerraformResource[],
): ReadonlyMap<string, readonly CertificateFacts[]> {
  const texts = new Map<string, string[]>();
  for (const { name, files } of deliveredUnits(resources, 'before')) {
    texts.set(name, [...(texts.get(name) ?? []), ...files.flatMap(({ content }) => content ?? [])]);
  }
  return new Map([...texts].map(([name, some]) => [name, certificatesIn(some).filter(({ isCa }) => !isCa)]));
}

function textsOf(resources: readonly TerraformResource[], names: readonly string[]): readonly string[] {
  const values = resources.flatMap(({ before }) => names.map((name) => before?.[name]));
  return values.filter((one) => typeof one === 'string');
}

function certificatesIn(texts: readonly string[]): readonly CertificateFacts[] {
  const blocks = texts.flatMap((text) => readPem(text).blocks).filter(({ label }) => label === 'CERTIFICATE');
  const ders = new Map(blocks.map(({ der }) => [hex(der), der]));
  return [...ders.values()].flatMap((der) => readCertificate(der) ?? []);
}
