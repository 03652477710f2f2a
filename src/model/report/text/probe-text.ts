import { printable } from '../../findings/finding';
import type { ProbedNode } from '../../rules/probe/probed-node';
import { dayText } from '../../x509/calendar';
import { readCertificate } from '../../x509/certificate-reader';

/** What was heard of a running node, for people. Nothing of a node without TLS: a finding tells of it. */
export function probeText(node: ProbedNode): string {
  const { label, port = 0, versions, cipher = '' } = node;
  if (versions.length === 0) return '';
  const { names, issuer, until } = shownBy(node);
  const lines = [
    `${label}, port ${port}: ${versions.join(', ')}; ${cipher}`,
    ...(issuer === undefined
      ? []
      : [`  certificate for ${names.join(', ') || 'nobody'}, of ${issuer}, until ${until}`]),
    `  ${DEMANDS[String(node.demandsCertificate)] ?? ''}`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

const DEMANDS: Readonly<Record<string, string>> = {
  true: 'a client certificate is demanded',
  false: 'a client certificate is not demanded',
  undefined: 'whether a client certificate is demanded is not known: the connection was closed',
};

/** The same for programs. */
export function probeFacts(node: ProbedNode): Readonly<Record<string, unknown>> {
  const { label, port, absence, versions, cipher, demandsCertificate } = node;
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
