import { isShortName, parseNodeName } from '../../cluster/node-name';
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { distributionFlags, type DistributionInput } from './distribution-flags';
import { withoutSecret } from './secret-flags';
import { uniqueFlags, type VmFlag, vmFlag } from './vm-flags';

/** Input for the distribution flags of a node. */
export interface NodeFlagsInput {
  readonly protoDist: string;
  /** `-ssl_dist_optfile`, or `-ssl_dist_opt`. */
  readonly sslDist: VmFlag;
  /** Flags of the platform, then those of the user. */
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
  if (isPlainTextProtocol(name)) refuse(PROTO_DIST_PLAIN_TEXT, { subject: 'protoDist', got: name });
  return vmFlag('proto_dist', name);
}

/**
 * Modules without TLS are named after TCP: `inet_tcp` and `inet6_tcp` of OTP, and `gen_tcp` of its examples
 * (`erlang/otp:lib/kernel/examples/gen_tcp_dist`).
 */
export function isPlainTextProtocol(name: string): boolean {
  return name.endsWith('_tcp');
}

export const PROTO_DIST_PLAIN_TEXT = rule({
  code: 'proto-dist-plain-text',
  severity: 'error',
  problem: 'runs distribution in plain text',
  expected: 'a protocol with TLS',
  remedy: 'use "inet_tls" or "inet6_tls"',
  inErlang:
    'the other nodes log "unsupported_record_type"; given two protocols, the node listens with the first one only, and logs "register/listen error: eaddrinuse" for the second',
  source: 'docs/in-erlang.md',
});

export const PROTO_DIST_ILLEGAL = rule({
  code: 'proto-dist-illegal',
  severity: 'error',
  problem: 'is not a distribution protocol',
  expected: 'the name of a module without its "_dist", e.g. "inet_tls"',
  remedy: 'correct the name',
  inErlang: 'the node does not boot',
  source: 'erl(1), -proto_dist; docs/in-erlang.md',
});

/** Refuses a name that the VM would read as several flags or as an emulator flag. */
function namedFlag(flag: VmFlag): VmFlag {
  if (!/^[A-Za-z][0-9A-Za-z_]*$/.test(flag.name)) refuse(FLAG_ILLEGAL, { subject: 'flag', got: flag.name });
  return withoutSecret(flag);
}

export const FLAG_ILLEGAL = rule({
  code: 'flag-illegal',
  severity: 'error',
  problem: 'is not a flag of the VM',
  expected: 'a name of letters, digits and "_", without the dash',
  remedy: 'correct the name',
  source: 'erl(1), Flags',
});

function nameFlags(text: string | undefined): readonly VmFlag[] {
  if (text === undefined) return [];
  return [vmFlag(isShortName(parseNodeName(text)) ? 'sname' : 'name', text)];
}
