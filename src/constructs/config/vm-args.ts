import { Construct } from 'constructs';

import { absolutePath } from '../../model/cluster/absolute-path';
import { writeArgsFile } from '../../model/erlang/flags/args-file-writer';
import { nodeFlags } from '../../model/erlang/flags/node-flags';
import type { VmFlag } from '../../model/erlang/flags/vm-flags';
import { bootFile } from '../../model/files/boot-file';
import type { NodeFile } from '../../model/files/node-file';
import type { OtpRelease } from '../../model/otp/otp-release';
import { within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { distributionInput } from './distribution-input';
import type { DistributionOptions } from './distribution-options';
import type { SslDist } from './ssl-dist';

/** Properties of `VmArgs`. */
export interface VmArgsProps {
  /** Absolute path of the arguments file on the node. */
  readonly path: string;
  /** OTP release that reads it. */
  readonly otp: OtpRelease;
  /** Where the TLS options are. */
  readonly sslDist: SslDist;
  /**
   * Value of `-proto_dist`: the module that carries distribution, without its `_dist`.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
  /**
   * Node name for `-name` or, where its host has no dot, `-sname`.
   *
   * @default - none: most platforms have it elsewhere, and given twice it keeps the node from starting
   */
  readonly nodeName?: string;
  /**
   * How the node listens and finds others.
   *
   * @default - 64 KiB buffers, and OTP's defaults for the rest
   */
  readonly distribution?: DistributionOptions;
  /**
   * More flags. Each may be given once here and above.
   *
   * @default - none
   */
  readonly flags?: VmFlag[];
}

/**
 * A `vm.args` fragment: the flags that make distribution speak TLS, for `-args_file`, each of them once.
 *
 * Defines no Terraform resource: `file` is for a `Delivery`.
 */
export class VmArgs extends Construct {
  /** Absolute path on the node. */
  public readonly path: string;
  /** The text of the file, for reading and tests. */
  public readonly text: string;
  /** The file, for a `Delivery`. */
  public readonly file: NodeFile;

  public constructor(scope: Construct, id: string, props: VmArgsProps) {
    super(scope, id);
    this.path = within(this, () => absolutePath('path', concrete('path', props.path)));
    this.text = within(this, () => writeArgsFile(this.flags(props)));
    this.file = bootFile(this.path, this.text);
  }

  private flags(props: VmArgsProps): readonly VmFlag[] {
    return nodeFlags({
      protoDist: concrete('protoDist', props.protoDist ?? 'inet_tls'),
      sslDist: props.sslDist._flag(this, props.otp),
      flags: concrete('flags', props.flags) ?? [],
      nodeName: concrete('nodeName', props.nodeName),
      distribution: distributionInput(props.distribution, props.otp),
    });
  }
}
