import { type Finding, finding } from '../errors';
import type { InstalledNode } from '../installed/installed-node';
import type { CertificateFacts } from '../pki/certificate-reader';

/** Whether a certificate names the host under which a node is dialled, and may. */
export function hostFindings(
  subject: string,
  leaf: CertificateFacts,
  { host, isTools }: Pick<InstalledNode, 'host' | 'isTools'>,
): readonly Finding[] {
  if (isTools) return [];
  const names = [...leaf.dnsNames, ...leaf.ipAddresses];
  if (host === undefined) {
    return names.length > 0
      ? []
      : [finding('host-not-in-certificate', { subject, detail: 'it has no alternative name' })];
  }
  if (isNamed(host, leaf)) return [];
  return [
    finding('host-not-in-certificate', { subject, got: host, detail: `it names ${names.join(', ') || 'nobody'}` }),
  ];
}

/** OTP compared an address with DNS names up to 26.2.1, and compares it with addresses since. A name matches letter by letter. */
function isNamed(host: string, { dnsNames, ipAddresses }: CertificateFacts): boolean {
  const isDns = dnsNames.some((name) => name.toLowerCase() === host.toLowerCase());
  return isDns && (!isAddress(host) || ipAddresses.includes(fullAddress(host)));
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

/** IPv6 in eight groups, as certificates are read. */
function fullAddress(host: string): string {
  if (!host.includes(':')) return host;
  const [head = '', tail] = host.toLowerCase().split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: zeros }, () => '0'), ...groups(tail ?? '')];
  return all.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
