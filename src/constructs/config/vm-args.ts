import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { absolutePath } from '../../model/cluster/absolute-path';
import { parseNodeName } from '../../model/cluster/node-name';
import { writeArgsFile } from '../../model/erlang/flags/args-file-writer';
import { nodeFlags } from '../../model/erlang/flags/node-flags';
import type { VmFlag } from '../../model/erlang/flags/vm-flags';
import { bootFile } from '../../model/files/boot-file';
import type { NodeFile } from '../../model/files/node-file';
import type { OtpRelease } from '../../model/otp/otp-release';
import { parameterFindings } from '../../model/rules/flags/application-parameters';
import { addressFindings } from '../../model/rules/nodes/declared-listening';
import { report, within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { distributionInput } from './distribution-input';
import type { DistributionOptions } from './distribution-options';
import type { SslDist } from './ssl-dist';

/** Properties of `VmArgs`. */
export interface VmArgsProps {
  /** Absolute path of the args file on the node. */
  readonly path: string;
  /** OTP release that reads the file. */
  readonly otp: OtpRelease;
  /** Source of the TLS options. */
  readonly sslDist: SslDist;
  /**
   * Value of `-proto_dist`: the name of the distribution module without its ending `_dist`.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
  /**
   * Node name for `-name`, or for `-sname` if the host has no dot.
   *
   * @default - none: most platforms set it elsewhere, and a node with two names does not start
   */
  readonly nodeName?: string;
  /**
   * Settings for the ports and addresses on which the node listens, and for epmd.
   *
   * @default - 256 KiB buffers, and OTP's defaults otherwise
   */
  readonly distribution?: DistributionOptions;
  /**
   * More flags. A flag that the other properties set cannot be given again.
   *
   * @default - none
   */
  readonly flags?: VmFlag[];
}

/**
 * A `vm.args` fragment for `-args_file`, with the flags that turn TLS on for distribution.
 *
 * Defines no Terraform resource. Pass `file` to a `Delivery`.
 */
export class VmArgs extends Construct {
  /** Absolute path on the node. */
  public readonly path: string;
  /** Text of the file, for inspection and tests. */
  public readonly text: string;
  /** The file, for a `Delivery`. */
  public readonly file: NodeFile;

  public constructor(scope: Construct, id: string, props: VmArgsProps) {
    super(scope, id);
    within(this, () => checkCall('new VmArgs', props));
    this.path = within(this, () => absolutePath('path', concrete('path', props.path)));
    this.text = within(this, () => writeArgsFile(this.flags(props)));
    this.file = bootFile(this.path, this.text);
  }

  private flags(props: VmArgsProps): readonly VmFlag[] {
    const protoDist = concrete('protoDist', props.protoDist ?? 'inet_tls');
    const nodeName = concrete('nodeName', props.nodeName);
    const distribution = distributionInput(props.distribution, props.otp);
    const flags = nodeFlags({
      ...{ protoDist, nodeName, distribution },
      sslDist: props.sslDist._flag(this, props.otp),
      flags: concrete('flags', props.flags) ?? [],
    });
    report(this, [
      ...addressFindings(distribution, nodeName === undefined ? [] : [parseNodeName(nodeName)], protoDist),
      ...parameterFindings(flags),
    ]);
    return flags;
  }
}
