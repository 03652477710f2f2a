import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaRollover,
  CertificateAuthority,
  Delivery,
  NodeCertificate,
  OtpRelease,
  SslDist,
  SslDistOptFile,
  VmArgs,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** The oldest OTP release among the nodes. It determines how some flags are spelled and which TLS options are legal. */
const OTP = OtpRelease.OTP_27;

/** The directory on the nodes. No rendered text names the machine that runs Terraform. */
const INSTALL_DIRECTORY = '/etc/my-release/tls';

/**
 * The parts of a `TlsCluster`, used directly for a release. Only Terraform knows the hosts, like an instance's private DNS name. Here they come
 * from variables.
 */
export class ConstructsStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    // Use one CA for each cluster, because a node accepts every certificate of a CA that it trusts. You choose the id of the generation. It becomes
    // part of Terraform addresses, so another id means another key.
    const ca = new CertificateAuthority(this, 'ca', {
      commonName: 'My Release Root CA',
      generations: [CaGeneration.signing('2026')],
    });

    // All nodes have the same paths, so they share one option file and one set of flags. These two constructs define no resources.
    const optFile = new SslDistOptFile(this, 'optfile', {
      path: `${INSTALL_DIRECTORY}/ssl_dist.conf`,
      otp: OTP,
      certfile: `${INSTALL_DIRECTORY}/node.pem`, // also contains the key, so there is no `keyfile`
      cacertfile: `${INSTALL_DIRECTORY}/ca.pem`,
    });
    const vmArgs = new VmArgs(this, 'vmargs', {
      path: `${INSTALL_DIRECTORY}/vm.args`,
      otp: OTP,
      sslDist: SslDist.optFile(optFile.path),
      distribution: { firstPort: 9100 },
    });

    const delivery = Delivery.localFiles({ outputDirectory: 'out/constructs' });
    const delivered = ['node1', 'node2'].flatMap((node) => {
      const host = new TerraformVariable(this, `${node}-host`, { type: 'string', default: `${node}.example.com` });

      // The part after the `@` may be a token. An id cannot be made from a token, so we choose one: `node1`.
      const certificate = new NodeCertificate(this, node, { issuer: ca, nodeName: `app@${host.stringValue}` });

      // The files of the node, by their paths there. The delivery writes them to out/constructs/node1.
      return delivery.bind(certificate, {
        nodeId: node,
        installDirectory: INSTALL_DIRECTORY,
        files: [
          { path: `${INSTALL_DIRECTORY}/ca.pem`, content: ca.trust.bundlePem, mode: '0644', sensitive: false },
          { path: `${INSTALL_DIRECTORY}/node.pem`, content: certificate.bundlePem, mode: '0600', sensitive: true },
          optFile.file,
          vmArgs.file,
        ],
      }).resources;
    });

    // From the first deploy on, this records in the state what was deployed. The plan can then refuse a rotation step that comes too early.
    new CaRollover(this, 'rollover', { certificateAuthority: ca, deliveries: delivered });
  }
}
