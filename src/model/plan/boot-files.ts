import { checkedResult } from '../api/check-call';
import { inDirectory } from '../cluster/absolute-path';
import { nodeFlags } from '../erlang/flags/node-flags';
import { toolFlags } from '../erlang/flags/tool-flags';
import type { VmFlag } from '../erlang/flags/vm-flags';
import { vmFlag } from '../erlang/flags/vm-flags';
import { type DistOptions, nodeOptions, toolOptions } from '../erlang/options/dist-options';
import { flatOptionsFlag } from '../erlang/options/flat-options';
import { writeOptionFile } from '../erlang/options/option-file';
import { bootFile } from '../files/boot-file';
import type { NodeFile } from '../files/node-file';
import type { TlsPaths } from '../files/tls-paths';
import type { BootFile, IPlatformProfile, IToolProfile, ToolBoot } from '../platforms/profile';
import type { ClusterSpec } from './cluster-spec';

/** The files that a node or a tool reads once, at boot. */
export interface BootPlan {
  /** Path of the option file. Absent if the options are in the flags. */
  readonly optionFile?: string;
  readonly bootFiles: readonly BootFile[];
  /** All of them, by their paths. */
  readonly files: readonly NodeFile[];
}

/** The facts about a cluster that boot files depend on. */
export interface BootContext {
  readonly longNames: boolean;
  /** The files of the tools on the node. Absent if the platform's tools have no identity of their own. */
  readonly tools?: ToolBoot;
}

/** The boot files of a node in that directory. */
export function nodeBoot(
  spec: ClusterSpec,
  profile: IPlatformProfile,
  directory: string,
  paths: TlsPaths,
  { longNames, tools }: BootContext,
): BootPlan {
  const options = nodeOptions({ ...spec.tls, ...paths, otp: spec.otp });
  const optionFile = profile.optionFileName && inDirectory(directory, profile.optionFileName);
  const flags = nodeFlags({
    protoDist: profile.protoDist,
    flags: [...(profile.flags ?? []), ...spec.flags],
    sslDist: optionFlag(options, optionFile, spec),
    distribution: spec.distribution,
  });
  const bootFiles = checkedResult(
    'IPlatformProfile.bootFiles',
    profile.bootFiles({ flags: [...flags], longNames, tools }),
  );
  return { optionFile, bootFiles, files: bootFilesIn(directory, bootFiles, optionFile, options) };
}

function optionFlag(options: DistOptions, optionFile: string | undefined, { otp }: ClusterSpec): VmFlag {
  return optionFile === undefined ? flatOptionsFlag(options, otp) : vmFlag('ssl_dist_optfile', optionFile);
}

/** The boot files of the tools. */
export function toolBootFiles(spec: ClusterSpec, tools: IToolProfile, boot: ToolBoot, paths: TlsPaths): BootPlan {
  const { directory, optionFile } = boot;
  const options = toolOptions({ ...spec.tls, ...paths, otp: spec.otp });
  const bootFiles = checkedResult('IToolProfile.bootFiles', tools.bootFiles(boot));
  return { optionFile, bootFiles, files: bootFilesIn(directory, bootFiles, optionFile, options) };
}

/** The content of the tools' files, for nodes that listen in this way. */
export function toolBoot(
  { protoDist, optionFileName }: IToolProfile,
  directory: string,
  { distribution }: ClusterSpec,
  nodes: Pick<ToolBoot, 'nodeName' | 'longNames'>,
): ToolBoot {
  const optionFile = inDirectory(directory, optionFileName);
  const { tls, withoutEpmd } = toolFlags(protoDist, optionFile, distribution.portWithoutEpmd);
  return { ...nodes, directory, optionFile, flags: [...tls], flagsWithoutEpmd: [...withoutEpmd] };
}

function bootFilesIn(
  directory: string,
  bootFiles: readonly BootFile[],
  optionFile: string | undefined,
  options: DistOptions,
): readonly NodeFile[] {
  const texts = bootFiles.map(({ name, text }) => bootFile(inDirectory(directory, name), text));
  return optionFile === undefined ? texts : [bootFile(optionFile, writeOptionFile(options)), ...texts];
}
