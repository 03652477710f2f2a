import type { Construct } from 'constructs';

import { inDirectory } from '../../model/cluster/absolute-path';
import { nodeFlags } from '../../model/erlang/flags/node-flags';
import { toolFlags } from '../../model/erlang/flags/tool-flags';
import type { VmFlag } from '../../model/erlang/flags/vm-flags';
import { bootFile } from '../../model/files/boot-file';
import type { NodeFile } from '../../model/files/node-file';
import type { TlsPaths } from '../../model/files/tls-paths';
import type { OtpRelease } from '../../model/otp/otp-release';
import type { BootFile, IPlatformProfile, IToolProfile, ToolBoot } from '../../model/platforms/profile';
import { distributionInput } from '../config/distribution-input';
import type { DistributionOptions } from '../config/distribution-options';
import { SslDist } from '../config/ssl-dist';
import { SslDistOptFile } from '../config/ssl-dist-opt-file';
import type { TlsOptions } from '../config/ssl-dist-options';
import { IDS } from '../terraform/ids';
import { concrete } from '../terraform/tokens';

/** What a node reads once, at boot. */
export interface BootFiles {
  /** Undefined where the platform has the options in its flags. */
  readonly optionFile?: SslDistOptFile;
  readonly bootFiles: BootFile[];
  /** All of them, by their paths. */
  readonly files: NodeFile[];
}

/** What the boot files of a node say, beside what its platform asks for. */
export interface BootFileProps {
  readonly otp: OtpRelease;
  /** Absolute directory on the node in which they lie. */
  readonly installDirectory: string;
  readonly paths: TlsPaths;
  readonly tls?: TlsOptions;
  readonly distribution?: DistributionOptions;
  readonly flags?: VmFlag[];
  readonly longNames: boolean;
  /** What the tools on the node say. */
  readonly tools?: ToolBoot;
}

/** Defines the boot files of a platform's node directly below `scope`. */
export function defineBootFiles(scope: Construct, profile: IPlatformProfile, props: BootFileProps): BootFiles {
  const { otp, installDirectory, paths, tls, longNames, tools } = props;
  const optionFile = defineOptionFile(scope, profile, props);
  const sslDist = optionFile === undefined ? SslDist.flat({ ...tls, ...paths }) : SslDist.optFile(optionFile.path);
  const flags = nodeFlags({
    protoDist: profile.protoDist,
    flags: [...(profile.flags ?? []), ...concrete('flags', props.flags ?? [])],
    sslDist: sslDist._flag(scope, otp),
    distribution: distributionInput(props.distribution, otp),
  });
  const bootFiles = concrete(`files of ${profile.name}`, profile.bootFiles({ flags: [...flags], longNames, tools }));
  return { optionFile, bootFiles, files: nodeFiles(installDirectory, optionFile, bootFiles) };
}

function defineOptionFile(
  scope: Construct,
  { optionFileName }: IPlatformProfile,
  { otp, installDirectory, paths, tls }: BootFileProps,
): SslDistOptFile | undefined {
  if (optionFileName === undefined) return undefined;
  const path = inDirectory(installDirectory, optionFileName);
  return new SslDistOptFile(scope, IDS.OPTION_FILE, { ...tls, ...paths, path, otp });
}

/** What the tools' files say, for nodes that listen in this way. */
export function toolBoot(
  { protoDist, optionFileName }: IToolProfile,
  directory: string,
  distribution: DistributionOptions | undefined,
  nodes: Pick<ToolBoot, 'nodeName' | 'longNames'>,
): ToolBoot {
  const optionFile = inDirectory(directory, optionFileName);
  const { tls, withoutEpmd } = toolFlags(
    protoDist,
    optionFile,
    concrete('portWithoutEpmd', distribution?.portWithoutEpmd),
  );
  return { ...nodes, directory, optionFile, flags: [...tls], flagsWithoutEpmd: [...withoutEpmd] };
}

/** An option file and texts as files in that directory. */
export function nodeFiles(
  directory: string,
  optionFile: SslDistOptFile | undefined,
  bootFiles: readonly BootFile[],
): NodeFile[] {
  const texts = bootFiles.map(({ name, text }) => bootFile(inDirectory(directory, name), text));
  return optionFile === undefined ? texts : [optionFile.file, ...texts];
}
