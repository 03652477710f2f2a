import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { CaGeneration, CaSource, Delivery, OtpRelease, Platform, TlsCluster, TlsVersions } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** The CA that somebody made with `openssl`, and that signed the certificates of the nodes. Its key is not needed. */
const HAND_MADE = `-----BEGIN CERTIFICATE-----
MIIBVzCB/qADAgECAgQQAAABMAoGCCqGSM49BAMCMBExDzANBgNVBAMMBk91ciBD
QTAgFw0yNDExMzAyMTAzMTRaGA8yMDU2MTEyMjIxMDMxNFowETEPMA0GA1UEAwwG
T3VyIENBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAhLvxyl28VDZta5alLgp
EDy50iySmcmPYmx+gyNPHTpNbcytefUHnIHT0kz1KQ/yU2u9LStdU6n7V6/ttddh
f6NCMEAwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYE
FKAGZq9T90f9agiYLTzBci6PubRxMAoGCCqGSM49BAMCA0gAMEUCIGDFberW9BgO
b/WfggjjKXE+Gmf4nq2Ow7T8u6DPtM+wAiEAqjENX87s687deaEGpMZ80QpllA+t
TQyvBkbEqf1Edqw=
-----END CERTIFICATE-----
`;

/** The three deploys, one after the other. */
export const DEPLOYS = {
  1: [CaGeneration.trusted('hand-made', { source: CaSource.certificate(HAND_MADE) }), CaGeneration.trusted('2027')],
  2: [CaGeneration.trusted('hand-made', { source: CaSource.certificate(HAND_MADE) }), CaGeneration.signing('2027')],
  3: [CaGeneration.retired('hand-made'), CaGeneration.signing('2027')],
};

export interface AdoptStackProps {
  /** @default 1 */
  readonly deploy?: keyof typeof DEPLOYS;
}

/** Three nodes that have TLS already, as `erlang-tls adopt` declares them. */
export class AdoptStack extends TerraformStack {
  public constructor(scope: Construct, id: string, { deploy = 1 }: AdoptStackProps = {}) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'app', {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_25,
      nodes: [{ name: 'app@node{1..3}.example.com' }],
      installDirectory: '/etc/app/tls',
      certificateAuthority: { generations: DEPLOYS[deploy], rollover: { settleMinutes: 30 } },
      // The hand-made option files have no versions: up to OTP 28 such nodes speak TLS 1.2 alone.
      tls: { versions: TlsVersions.TLS_1_3_AND_1_2 },
      delivery: Delivery.installScript({ outputDirectory: 'out/adopt' }),
    });
  }
}
