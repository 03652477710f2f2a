import type { Construct } from 'constructs';

import type { DeliveryRequest, DeliveryResult, IDelivery } from './delivery';
import { InstallScript, type InstallScriptProps } from './install-script';
import { LocalFiles, type LocalFilesProps } from './local-files';

/** The deliveries of this library, and a base for one of your own. */
export abstract class Delivery implements IDelivery {
  /**
   * Plain files on the machine that runs Terraform: a staging area to copy from, never the directory that a running node reads. The
   * provider replaces a file by deleting and re-creating it, and a node that finds its trust bundle missing for a moment refuses every
   * peer afterwards (OTP 28.1 and later).
   *
   * Defines, for each file: `local_sensitive_file` where it holds a key (mode 0600), `local_file` otherwise (mode 0644); the directories
   * that these create have mode 0700. The contents rest in the Terraform state.
   */
  public static localFiles(props: LocalFilesProps): IDelivery {
    return new LocalFiles(props);
  }

  /**
   * One script of POSIX `sh` for each node, which carries all of its files: for running nodes. It checks what it carries, and puts each file into
   * place whole and at once, what is trusted first; it keeps the set from before, and can be run again at any time, also after it was
   * cut off. `sh FILE --help` says more.
   *
   * Defines, for each node and for the tools: one `local_sensitive_file` with mode 0600. The contents rest in the Terraform state.
   */
  public static installScript(props: InstallScriptProps): IDelivery {
    return new InstallScript(props);
  }

  /** Defines, below `scope`, what brings these files out of Terraform. */
  public abstract bind(scope: Construct, request: DeliveryRequest): DeliveryResult;
}
