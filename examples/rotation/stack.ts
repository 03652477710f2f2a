import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { CaGeneration, Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterNodeProps } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** What `npm run rotation` changes from step to step. */
export interface RotationStackProps {
  /**
   * To roll over: add `CaGeneration.trusted('2027')` and deploy; swap `signing` and `trusted` and deploy; change the first one to `retired` and
   * deploy. Install on every node after each deploy.
   */
  readonly generations?: CaGeneration[];
  readonly nodes?: TlsClusterNodeProps[];
  readonly settleMinutes?: number;
  readonly outputDirectory?: string;
}

/** Three nodes whose CA is about to be replaced. */
export class RotationStack extends TerraformStack {
  public readonly cluster: TlsCluster;

  public constructor(scope: Construct, id: string, props: RotationStackProps = {}) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    const { generations = [CaGeneration.signing('2026')], settleMinutes = 15 } = props;
    this.cluster = new TlsCluster(this, 'app', {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_25,
      nodes: props.nodes ?? [{ name: 'app@node{1..3}.example.com' }],
      installDirectory: '/etc/app/tls',
      certificateAuthority: { generations, rollover: { settleMinutes } },
      delivery: Delivery.installScript({ outputDirectory: props.outputDirectory ?? 'out/rotation' }),
    });
  }
}
