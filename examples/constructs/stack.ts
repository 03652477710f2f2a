import { LocalProvider } from '@cdktf/provider-local/lib/provider';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider';
import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaRollover,
  Delivery,
  NodeCertificate,
  OtpRelease,
  RootCa,
  SslDist,
  SslDistOptFile,
  VmArgs,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** The oldest release among the nodes. It decides how some flags are spelled and which TLS options are legal. */
const OTP = OtpRelease.OTP_27;

/** On the nodes. Nothing that is rendered names the machine that runs Terraform. */
const INSTALL_DIRECTORY = '/etc/my-release/tls';

/**
 * The parts of a `TlsCluster` by hand, for a release of one's own. The hosts are known to Terraform only, as an instance's private DNS name
 * would be; here they come from variables.
 */
export class ConstructsStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    // One CA for one cluster: a node lets in whoever has a certificate of a CA that it trusts. The id of the generation is yours; it becomes part
    // of Terraform addresses, and another one is another key.
    const ca = new RootCa(this, 'ca', {
      commonName: 'My Release Root CA',
      generations: [CaGeneration.signing('2026')],
    });

    // Every node has the same paths, so one option file and one set of flags serve all of them. These two define no resources.
    const optFile = new SslDistOptFile(this, 'optfile', {
      path: `${INSTALL_DIRECTORY}/ssl_dist.conf`,
      otp: OTP,
      certfile: `${INSTALL_DIRECTORY}/node.pem`, // with the key in it, so no `keyfile`
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

      // The part after the `@` may be a token. The id cannot be made from it, so it is ours: `node1`.
      const certificate = new NodeCertificate(this, node, { issuer: ca, nodeName: `app@${host.stringValue}` });

      // What lies on the node, by its path there. A delivery brings it out of Terraform: here to out/constructs/node1.
      return delivery.bind(certificate, {
        nodeId: node,
        installDirectory: INSTALL_DIRECTORY,
        files: [
          { path: `${INSTALL_DIRECTORY}/ca.pem`, content: ca.trustBundlePem, mode: '0644', sensitive: false },
          { path: `${INSTALL_DIRECTORY}/node.pem`, content: certificate.bundlePem, mode: '0600', sensitive: true },
          optFile.file,
          vmArgs.file,
        ],
      }).resources;
    });

    // From the first deploy on it takes down in the state what was deployed, so that the plan refuses a step of a rotation that comes too early.
    new CaRollover(this, 'rollover', { certificateAuthority: ca, deliveries: delivered });
  }
}
