import { RUNNABLE_DELIVERY } from '../deliveries/registry';
import { TlsVersions } from '../erlang/options/tls-versions';
import { printable, withoutKeys } from '../findings/finding';
import { dayText } from '../x509/calendar';
import { writePem } from '../x509/pem-writer';
import { publicKeyText } from '../x509/public-key-reader';
import { type Adoption, commonDirectory } from './adoption';
import type { AdoptedAuthority } from './authorities';
import { Code, literal, quoted } from './typescript';

/** The program to begin with: the first of the three deploys. */
export function stackText(adoption: Adoption, fingerprint: (one: AdoptedAuthority['certificate']) => string): string {
  const { authorities, platform, tls } = adoption;
  const hasOtherVersions = tls.versions !== TlsVersions.TLS_1_3;
  const names = ['CaGeneration', 'CaSource', 'Delivery', 'OtpRelease', 'Platform', 'TlsCluster'];
  return [
    "import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';",
    "import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';",
    "import { App, TerraformStack } from 'cdktf';",
    `import { ${[...names, ...(hasOtherVersions ? ['TlsVersions'] : [])].join(', ')} } from 'cdktf-erlang-tls';`,
    '',
    ...authorities.adopted.flatMap((one) => constantText(one, fingerprint(one.certificate))),
    'const app = new App();',
    `const stack = new TerraformStack(app, ${quoted(platform.page)});`,
    "new TlsProvider(stack, 'tls');",
    "new LocalProvider(stack, 'local');",
    '',
    `new TlsCluster(stack, 'cluster', {`,
    ...propertiesOf(adoption),
    '});',
    '',
    'app.synth();',
    '',
  ].join('\n');
}

/** The certificate of a CA, which is public. */
function constantText({ id, certificate, path, isUsed }: AdoptedAuthority, sha256: string): readonly string[] {
  const { subject, publicKey, notAfter, der } = certificate;
  const about = [
    `${subject.text}: ${publicKeyText(publicKey)}, until ${dayText(notAfter)}, SHA-256 ${sha256}`,
    `from ${path}${isUsed ? '' : '; no certificate that was read leads to it'}`,
  ];
  const pem = writePem('CERTIFICATE', der).trimEnd();
  return [...about.map(comment), `const ${constantName(id)} = \`${pem}\n\`;`, ''];
}

function comment(text: string): string {
  return `// ${printable(withoutKeys(text))}`;
}

/** `hand-made-2` as `HAND_MADE_2`. */
function constantName(id: string): string {
  return `CA_${id.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}

function propertiesOf(adoption: Adoption): readonly string[] {
  const { cluster, platform, platformProperties, nodes, tls, flags } = adoption;
  const hasProperties = Object.keys(platformProperties).length > 0;
  const property = (name: string, value: unknown): string => `  ${name}: ${literal(value, '  ', name.length + 4)},`;
  const given = (name: string, value: object): readonly string[] =>
    Object.values(value).every((one) => one === undefined) ? [] : [property(name, value)];
  return [
    property('platform', new Code(`Platform.${platform.factory}(${hasProperties ? literal(platformProperties) : ''})`)),
    property('otp', new Code(`OtpRelease.of(${quoted(cluster.otp.toString())})`)),
    property('nodes', nodesOf(adoption)),
    property('installDirectory', commonDirectory(nodes) ?? nodes[0]?.installDirectory),
    '  certificateAuthority: {',
    '    // Deploy 1: both are trusted. Deploy 2: CaGeneration.signing for the last one. Deploy 3: CaGeneration.retired for the others.',
    '    generations: [',
    ...generationsOf(adoption).map((one) => `      ${one},`),
    '    ],',
    '  },',
    ...(tls.versions === TlsVersions.TLS_1_3
      ? []
      : ['  // As they are, not all nodes speak TLS 1.3. Take the versions out when every node has been restarted.']),
    ...given('tls', tlsOf(adoption)),
    ...given('distribution', flags.distribution),
    ...(flags.flags.length === 0 ? [] : [property('flags', flags.flags)]),
    '  // If root runs the scripts on the nodes, add owner, the user of the nodes: it has to read the keys.',
    property(
      'delivery',
      new Code(`Delivery.${RUNNABLE_DELIVERY}({ outputDirectory: ${quoted(`out/${platform.page}`)} })`),
    ),
  ];
}

function nodesOf({ nodes }: Adoption): readonly object[] {
  const isCommon = commonDirectory(nodes) !== undefined;
  return nodes.map(({ member: { name }, installDirectory, dnsNames, ipAddresses }) => ({
    name,
    installDirectory: isCommon ? undefined : installDirectory,
    additionalDnsNames: dnsNames.length === 0 ? undefined : dnsNames,
    additionalIpAddresses: ipAddresses.length === 0 ? undefined : ipAddresses,
  }));
}

function generationsOf({ authorities, cluster }: Adoption): readonly string[] {
  return [
    ...authorities.adopted.map(
      ({ id }) => `CaGeneration.trusted(${quoted(id)}, { source: CaSource.certificate(${constantName(id)}) })`,
    ),
    `CaGeneration.trusted(${quoted(cluster.signingId)})`,
  ];
}

function tlsOf({ tls: { versions, options } }: Adoption): object {
  const given = (one: object): object | undefined => (Object.keys(one).length === 0 ? undefined : one);
  return {
    versions: versions === TlsVersions.TLS_1_3 ? undefined : new Code('TlsVersions.TLS_1_3_AND_1_2'),
    serverOptions: given(options.server),
    clientOptions: given(options.client),
  };
}
