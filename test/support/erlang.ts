/**
 * Real Erlang for tests and for the demo: the runtimes of this machine, nodes with host names of their own, and the
 * real readers of argument files and terms.
 *
 * Node built-ins only, so that `tsx` and jest load it alike.
 */
export type { ReadBack, VmFlag } from './erlang/arguments';
export { bootOnly, readBackArgsFile, readBackArgsFiles } from './erlang/arguments';
export type { IssuedCertificate, LeafOptions } from './erlang/certificates';
export { TestAuthority } from './erlang/certificates';
export type { ClusterOptions, HarnessFlag, NodeOptions } from './erlang/cluster';
export { ErlangCluster, withCluster } from './erlang/cluster';
export { couchDistDirectory } from './erlang/compiled';
export type { Connection } from './erlang/node';
export { ErlangNode, IMPATIENT } from './erlang/node';
export type { Runtime } from './erlang/runtimes';
export { availableRuntimes } from './erlang/runtimes';
export type { ParsedTerm } from './erlang/terms';
export { parseTerms } from './erlang/terms';
export { Traffic } from './erlang/traffic';
export type { EvalOptions, VmExit, VmOptions } from './erlang/vm';
export { BootFailed, ErlangVm, EvaluationFailed } from './erlang/vm';
