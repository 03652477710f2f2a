import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { absolutePath } from '../../model/cluster/absolute-path';
import { type VmFlag, vmFlag } from '../../model/erlang/flags/vm-flags';
import { nodeOptions } from '../../model/erlang/options/dist-options';
import { flatOptionsFlag } from '../../model/erlang/options/flat-options';
import type { OtpRelease } from '../../model/otp/otp-release';
import { concrete } from '../terraform/tokens';
import { distOptionsInput } from './dist-options-input';
import type { SslDistOptions } from './ssl-dist-options';

/** Source of a VM's TLS options: a file or flags, never both. With both, OTP up to 25 ignores the flags, and later releases merge the two. */
export abstract class SslDist {
  /** `-ssl_dist_optfile` with the absolute path of an option file on the node. */
  public static optFile(path: string): SslDist {
    checkCall('SslDist.optFile', path);
    return new OptFile(path);
  }

  /**
   * `-ssl_dist_opt server_certfile … client_certfile …`, the older form. It has fewer options than the file: one TLS version for each side
   * from OTP 26 on, and only TLS 1.2 before. Options that it cannot express are refused.
   */
  public static flat(options: SslDistOptions): SslDist {
    checkCall('SslDist.flat', options);
    return new Flat(options);
  }

  /** @internal */
  public abstract _flag(scope: Construct, otp: OtpRelease): VmFlag;
}

class OptFile extends SslDist {
  public constructor(private readonly path: string) {
    super();
  }

  public _flag(): VmFlag {
    return vmFlag('ssl_dist_optfile', absolutePath('option file', concrete('option file', this.path)));
  }
}

class Flat extends SslDist {
  public constructor(private readonly options: SslDistOptions) {
    super();
  }

  public _flag(scope: Construct, otp: OtpRelease): VmFlag {
    return flatOptionsFlag(nodeOptions(distOptionsInput(scope, this.options, otp)), otp);
  }
}
