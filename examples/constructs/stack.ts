import { LocalProvider } from '@cdktf/provider-local/lib/provider';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider';
import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  Delivery,
  NodeCertificate,
  OtpRelease,
  RootCa,
  SslDist,
  SslDistOptFile,
  VmArgs,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

const OTP = OtpRelease.OTP_27;
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

    const ca = new RootCa(this, 'ca', {
      commonName: 'My Release Root CA',
      generations: [CaGeneration.signing('2026')],
    });

    // Every node has the same paths, so one option file and one set of flags serve all of them.
    const optFile = new SslDistOptFile(this, 'optfile', {
      path: `${INSTALL_DIRECTORY}/ssl_dist.conf`,
      otp: OTP,
      certfile: `${INSTALL_DIRECTORY}/node.pem`,
      cacertfile: `${INSTALL_DIRECTORY}/ca.pem`,
    });
    const vmArgs = new VmArgs(this, 'vmargs', {
      path: `${INSTALL_DIRECTORY}/vm.args`,
      otp: OTP,
      sslDist: SslDist.optFile(optFile.path),
      distribution: { firstPort: 9100 },
    });

    const delivery = Delivery.localFiles({ outputDirectory: 'out/constructs' });
    for (const node of ['node1', 'node2']) {
      const host = new TerraformVariable(this, `${node}-host`, { type: 'string', default: `${node}.example.com` });
      const certificate = new NodeCertificate(this, node, { issuer: ca, nodeName: `app@${host.stringValue}` });
      delivery.bind(certificate, {
        nodeId: node,
        installDirectory: INSTALL_DIRECTORY,
        files: [
          { path: `${INSTALL_DIRECTORY}/ca.pem`, content: ca.trustBundlePem, mode: '0644', sensitive: false },
          { path: `${INSTALL_DIRECTORY}/node.pem`, content: certificate.bundlePem, mode: '0600', sensitive: true },
          optFile.file,
          vmArgs.file,
        ],
      });
    }
  }
}
