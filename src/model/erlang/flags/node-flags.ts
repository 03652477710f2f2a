import { isShortName, parseNodeName } from '../../cluster/node-name';
import { refuse } from '../../errors';
import { distributionFlags, type DistributionInput } from './distribution-flags';
import { uniqueFlags, type VmFlag, vmFlag } from './vm-flags';

/** What the flags of a node say about distribution. */
export interface NodeFlagsInput {
  readonly protoDist: string;
  /** `-ssl_dist_optfile`, or `-ssl_dist_opt`. */
  readonly sslDist: VmFlag;
  /** Flags of the platform's own, then the user's. */
  readonly flags: readonly VmFlag[];
  readonly nodeName?: string;
  readonly distribution: DistributionInput;
}

/** The flags that make distribution speak TLS, each of them once, in a fixed order. */
export function nodeFlags({ protoDist, sslDist, flags, nodeName, distribution }: NodeFlagsInput): readonly VmFlag[] {
  return uniqueFlags([
    protoDistFlag(protoDist),
    ...flags.map(namedFlag),
    sslDist,
    ...nameFlags(nodeName),
    ...distributionFlags(distribution),
  ]);
}

/** `-proto_dist`, for a module that carries TLS. */
export function protoDistFlag(name: string): VmFlag {
  if (!/^[a-z][0-9a-z_]*$/.test(name)) refuse('proto-dist-illegal', { subject: 'protoDist', got: name });
  if (name.endsWith('_tcp')) refuse('proto-dist-plain-text', { subject: 'protoDist', got: name });
  return vmFlag('proto_dist', name);
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
