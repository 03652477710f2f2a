import type { Construct } from 'constructs';

import { inDirectory } from '../../model/cluster/absolute-path';
import type { OtpRelease } from '../../model/cluster/otp-release';
import type { TlsPaths } from '../../model/files/tls-paths';
import type { PlatformProfile } from '../../model/platforms/profile';
import type { DistributionOptions } from '../config/distribution-options';
import { SslDist } from '../config/ssl-dist';
import { SslDistOptFile } from '../config/ssl-dist-opt-file';
import type { TlsOptions } from '../config/ssl-dist-options';
import { VmArgs } from '../config/vm-args';
import { IDS } from './ids';

/** What a node reads once, at boot. */
export interface BootFiles {
  /** Undefined where the platform has the options in its flags. */
  readonly optionFile?: SslDistOptFile;
  readonly vmArgs: VmArgs;
}

/** What the boot files of a node say, beside what its platform asks for. */
export interface BootFileProps {
  readonly otp: OtpRelease;
  /** Absolute directory on the node in which they lie. */
  readonly installDirectory: string;
  readonly paths: TlsPaths;
  readonly tls?: TlsOptions;
  readonly distribution?: DistributionOptions;
}

/** Defines the boot files of a platform's node directly below `scope`. */
export function defineBootFiles(scope: Construct, profile: PlatformProfile, props: BootFileProps): BootFiles {
  const optionFile = profile.optionStyle === 'flat' ? undefined : defineOptionFile(scope, profile, props);
  return { optionFile, vmArgs: defineVmArgs(scope, profile, props, optionFile) };
}

function defineOptionFile(scope: Construct, profile: PlatformProfile, props: BootFileProps): SslDistOptFile {
  const path = inDirectory(props.installDirectory, profile.optionFileName);
  return new SslDistOptFile(scope, IDS.OPTION_FILE, { ...props.tls, ...props.paths, path, otp: props.otp });
}

function defineVmArgs(
  scope: Construct,
  { protoDist, argsFileName, flags }: PlatformProfile,
  { otp, installDirectory, paths, tls, distribution }: BootFileProps,
  optionFile: SslDistOptFile | undefined,
): VmArgs {
  return new VmArgs(scope, IDS.VM_ARGS, {
    path: inDirectory(installDirectory, argsFileName),
    otp,
    protoDist,
    flags: [...flags],
    sslDist: optionFile === undefined ? SslDist.flat({ ...tls, ...paths }) : SslDist.optFile(optionFile.path),
    distribution,
  });
}
