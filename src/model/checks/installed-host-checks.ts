import type { OtpRelease } from '../cluster/otp-release';
import { type Finding, finding } from '../errors';
import type { InstalledNode } from '../installed/installed-node';
import { isAtom, valueOf } from '../installed/tls-settings';
import type { CertificateFacts } from '../pki/certificate-reader';

/** Whether a certificate names the host under which a node is dialled, and may. */
export function hostFindings(
  subject: string,
  leaf: CertificateFacts,
  { host, settings }: Pick<InstalledNode, 'host' | 'settings'>,
  otp?: OtpRelease,
): readonly Finding[] {
  // From OTP 26 on a node that dials may leave the name alone. The others are told what this one is told.
  const isCompared = !isAtom(valueOf('server_name_indication', settings?.client), 'disable');
  if (!isCompared && (otp === undefined || otp.major > 25)) return [];
  const names = [...leaf.dnsNames, ...leaf.ipAddresses];
  if (host === undefined) {
    return names.length > 0
      ? []
      : [finding('host-not-in-certificate', { subject, detail: 'it has no alternative name' })];
  }
  if (isNamed(host, leaf, otp)) return [];
  return [
    finding('host-not-in-certificate', { subject, got: host, detail: `it names ${names.join(', ') || 'nobody'}` }),
  ];
}

/** OTP compared an address with DNS names up to 26.2.1, and compares it with addresses since. A name matches letter by letter. */
function isNamed(host: string, { dnsNames, ipAddresses }: CertificateFacts, otp: OtpRelease | undefined): boolean {
  const isDns = dnsNames.some((name) => name.toLowerCase() === host.toLowerCase());
  if (!isAddress(host)) return isDns;
  const isIp = ipAddresses.includes(fullAddress(host));
  if (otp === undefined || (otp.major === 26 && otp.minor === 2)) return isDns && isIp;
  return otp.major > 26 || (otp.major === 26 && otp.minor > 2) ? isIp : isDns;
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
