import { printable } from '../../findings/finding';
import type { ProbedNode } from '../../rules/probe/probed-node';
import { dayText } from '../../x509/calendar';
import { readCertificate } from '../../x509/certificate-reader';

/** Text about a running node. Empty for a node without TLS, which is a finding. */
export function probeText(node: ProbedNode): string {
  const { label, port = 0, versions, cipher = '' } = node;
  if (versions.length === 0) return '';
  const { names, issuer, until } = shownBy(node);
  const lines = [
    `${label}, port ${port}: ${versions.join(', ')}; ${cipher}`,
    ...(issuer === undefined
      ? []
      : [`  certificate for ${names.join(', ') || 'no host'}, issued by ${issuer}, valid until ${until}`]),
    `  ${CLIENT_CERTIFICATE[String(node.requiresCertificate)] ?? ''}`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

const CLIENT_CERTIFICATE: Readonly<Record<string, string>> = {
  true: 'requires a client certificate',
  false: 'does not require a client certificate',
  undefined: 'may require a client certificate: it closed the connection without an alert',
};

/** The same for programs. */
export function probeFacts(node: ProbedNode): Readonly<Record<string, unknown>> {
  const { label, port, absence, versions, cipher, requiresCertificate: demandsCertificate } = node;
  return { node: label, port, absence, versions, cipher, demandsCertificate, certificate: shownBy(node) };
}

function shownBy({ certificates: [der] }: ProbedNode) {
  const leaf = der && readCertificate(der);
  return {
    names: [...(leaf?.dnsNames ?? []), ...(leaf?.ipAddresses ?? [])],
    issuer: leaf?.issuer.text,
    until: leaf === undefined ? '' : dayText(leaf.notAfter),
  };
}
