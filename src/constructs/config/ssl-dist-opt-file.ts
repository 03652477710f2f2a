import { Construct } from 'constructs';

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
  /** OTP release that reads it. */
  readonly otp: OtpRelease;
  /**
   * Leaves the server side out: for tools, which only dial.
   *
   * @default false
   */
  readonly clientOnly?: boolean;
}

/**
 * The option file of `-ssl_dist_optfile`: TLS options for connections that a node accepts (`server`) and dials (`client`).
 *
 * By default TLS 1.3 alone, with both peers verified. The VM reads the file once, at boot; the PEM files it names are read again within
 * two minutes of their change. So the file stays as it is for a node's life, and rotation changes what lies behind its paths.
 *
 * Defines no Terraform resource: `file` is for a `Delivery`.
 */
export class SslDistOptFile extends Construct {
  /** Absolute path on the node: the value of `-ssl_dist_optfile`. */
  public readonly path: string;
  /** The text of the file, for reading and tests. */
  public readonly text: string;
  /** The file, for a `Delivery`. */
  public readonly file: NodeFile;

  public constructor(scope: Construct, id: string, props: SslDistOptFileProps) {
    super(scope, id);
    this.path = within(this, () => absolutePath('path', concrete('path', props.path)));
    this.text = within(this, () => {
      const input = distOptionsInput(this, props, props.otp);
      return writeOptionFile(props.clientOnly === true ? toolOptions(input) : nodeOptions(input));
    });
    this.file = bootFile(this.path, this.text);
  }
}
