import { Construct } from 'constructs';

import { absolutePath } from '../../model/cluster/absolute-path';
import { isShortName, parseNodeName } from '../../model/cluster/node-name';
import type { OtpRelease } from '../../model/cluster/otp-release';
import { writeArgsFile } from '../../model/erlang/args-file-writer';
import { distributionFlags } from '../../model/erlang/distribution-flags';
import { uniqueFlags, type VmFlag, vmFlag } from '../../model/erlang/vm-flags';
import { refuse } from '../../model/errors';
import { PUBLIC_MODE } from '../../model/files/file-set';
import type { NodeFile } from '../../model/files/node-file';
import { terraformLiteral } from '../../model/files/terraform-literal';
import { distributionInput } from '../private/distribution-input';
import { within } from '../private/report';
import { concrete } from '../private/tokens';
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
    this.file = { path: this.path, content: terraformLiteral(this.text), mode: PUBLIC_MODE, sensitive: false };
  }

  private flags(props: VmArgsProps): readonly VmFlag[] {
    return uniqueFlags([
      vmFlag('proto_dist', protoDist(concrete('protoDist', props.protoDist ?? 'inet_tls'))),
      ...(concrete('flags', props.flags) ?? []).map(namedFlag),
      props.sslDist._flag(this, props.otp),
      ...nameFlags(concrete('nodeName', props.nodeName)),
      ...distributionFlags(distributionInput(props.distribution, props.otp)),
    ]);
  }
}

function protoDist(name: string): string {
  if (!/^[a-z][0-9a-z_]*$/.test(name)) refuse('proto-dist-illegal', { subject: 'protoDist', got: name });
  if (name.endsWith('_tcp')) refuse('proto-dist-plain-text', { subject: 'protoDist', got: name });
  return name;
}

/** A name of another form would be several flags, or an emulator flag with rules of its own. */
function namedFlag(flag: VmFlag): VmFlag {
  if (!/^[A-Za-z][0-9A-Za-z_]*$/.test(flag.name)) refuse('flag-illegal', { subject: 'flag', got: flag.name });
  return flag;
}

function nameFlags(text: string | undefined): readonly VmFlag[] {
  if (text === undefined) return [];
  return [vmFlag(isShortName(parseNodeName(text)) ? 'sname' : 'name', text)];
}
