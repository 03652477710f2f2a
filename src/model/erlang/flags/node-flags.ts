import { isShortName, parseNodeName } from '../../cluster/node-name';
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
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
  if (!/^[a-z][0-9a-z_]*$/.test(name)) refuse(PROTO_DIST_ILLEGAL, { subject: 'protoDist', got: name });
  if (name.endsWith('_tcp')) refuse(PROTO_DIST_PLAIN_TEXT, { subject: 'protoDist', got: name });
  return vmFlag('proto_dist', name);
}

export const PROTO_DIST_PLAIN_TEXT = rule({
  code: 'proto-dist-plain-text',
  severity: 'error',
  problem: 'carries distribution in plain text',
  expected: 'a protocol with TLS',
  remedy: 'use "inet_tls" or "inet6_tls"',
  inErlang:
    'the other nodes log "unsupported_record_type"; of two protocols the node listens with the first one alone, and logs "register/listen error: eaddrinuse" for the second',
});

export const PROTO_DIST_ILLEGAL = rule({
  code: 'proto-dist-illegal',
  severity: 'error',
  problem: 'is no distribution protocol',
  expected: 'the name of a module without its "_dist", e.g. "inet_tls"',
  remedy: 'correct the name',
  inErlang: 'the node does not boot',
});

/** A name of another form would be several flags, or an emulator flag with rules of its own. */
function namedFlag(flag: VmFlag): VmFlag {
  if (!/^[A-Za-z][0-9A-Za-z_]*$/.test(flag.name)) refuse(FLAG_ILLEGAL, { subject: 'flag', got: flag.name });
  return flag;
}

export const FLAG_ILLEGAL = rule({
  code: 'flag-illegal',
  severity: 'error',
  problem: 'is no flag of the VM',
  expected: 'a name of letters, digits and "_" without its dash',
  remedy: 'correct the name',
});

function nameFlags(text: string | undefined): readonly VmFlag[] {
  if (text === undefined) return [];
  return [vmFlag(isShortName(parseNodeName(text)) ? 'sname' : 'name', text)];
}
