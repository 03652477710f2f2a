import { checkCall } from '../../../model/api/check-call';
import { sshCommand } from '../../../model/deliveries/over-ssh/address';
import { refuseTypedKeys } from '../../../model/pki/kept-key';
import { concrete } from '../../terraform/tokens';

/** What makes a running node read renewed files at once. */
export class SshReload {
  /** The command of the platform. Refused if the platform has none that a script can run. */
  public static ofPlatform(): SshReload {
    return new SshReload();
  }

  /** A command for `sh` on the host, such as `"/opt/shop/bin/shop rpc '…'"`. */
  public static command(command: string): SshReload {
    checkCall('SshReload.command', command);
    refuseTypedKeys('command', command);
    return new SshReload(sshCommand('command', concrete('command', command)));
  }

  private constructor(private readonly given?: string) {}

  /** @internal */
  public get _command(): string | undefined {
    return this.given;
  }
}
