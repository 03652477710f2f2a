import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { absolutePath } from '../../model/cluster/absolute-path';
import { nodeOptions, toolOptions } from '../../model/erlang/options/dist-options';
import { writeOptionFile } from '../../model/erlang/options/option-file';
import { bootFile } from '../../model/files/boot-file';
import type { NodeFile } from '../../model/files/node-file';
import type { OtpRelease } from '../../model/otp/otp-release';
import { within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { distOptionsInput } from './dist-options-input';
import type { SslDistOptions } from './ssl-dist-options';

/** Properties of `SslDistOptFile`. */
export interface SslDistOptFileProps extends SslDistOptions {
  /** Absolute path of the option file on the node. */
  readonly path: string;
  /** OTP release that reads the file. */
  readonly otp: OtpRelease;
  /**
   * Omits the server side, for tools, which only make connections.
   *
   * @default false
   */
  readonly clientOnly?: boolean;
}

/**
 * Option file of `-ssl_dist_optfile`: the TLS options for connections that a node accepts (`server`) and for those that it makes
 * (`client`).
 *
 * By default, nodes use TLS 1.3 only and verify both peers. The VM reads this file once, at boot. It reads the PEM files that the file
 * names again within two minutes of a change. Rotation therefore changes only the PEM files.
 *
 * Defines no Terraform resource. Pass `file` to a `Delivery`.
 */
export class SslDistOptFile extends Construct {
  /** Absolute path on the node: the value of `-ssl_dist_optfile`. */
  public readonly path: string;
  /** Text of the file, for inspection and tests. */
  public readonly text: string;
  /** The file, for a `Delivery`. */
  public readonly file: NodeFile;

  public constructor(scope: Construct, id: string, props: SslDistOptFileProps) {
    super(scope, id);
    within(this, () => checkCall('new SslDistOptFile', props));
    this.path = within(this, () => absolutePath('path', concrete('path', props.path)));
    this.text = within(this, () => {
      const input = distOptionsInput(this, props, props.otp);
      return writeOptionFile(props.clientOnly === true ? toolOptions(input) : nodeOptions(input));
    });
    this.file = bootFile(this.path, this.text);
  }
}
