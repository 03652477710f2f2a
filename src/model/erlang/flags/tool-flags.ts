import { protoDistFlag } from './node-flags';
import { type VmFlag, vmFlag } from './vm-flags';

/** Settings of a VM that only dials. */
export interface ToolFlags {
  /** The protocol and the option file. */
  readonly tls: readonly VmFlag[];
  /** How it finds nodes that run without epmd. Empty if they use epmd. */
  readonly withoutEpmd: readonly VmFlag[];
}

/** The flags of a tool that dials nodes of this kind. */
export function toolFlags(protoDist: string, optionFile: string, portWithoutEpmd: number | undefined): ToolFlags {
  return {
    tls: [protoDistFlag(protoDist), vmFlag('ssl_dist_optfile', optionFile)],
    withoutEpmd: portWithoutEpmd === undefined ? [] : flagsWithoutEpmd(portWithoutEpmd),
  };
}

/**
 * The tool is told the port of the nodes, and not to listen on it itself. The flag, and not the kernel parameter of OTP 27.2: the tool may
 * run another release than the nodes, and OTP 25 to 29 all obey the flag (run on 25, 27 and 29).
 */
function flagsWithoutEpmd(port: number): readonly VmFlag[] {
  return [vmFlag('start_epmd', 'false'), vmFlag('erl_epmd_port', `${port}`), vmFlag('dist_listen', 'false')];
}
