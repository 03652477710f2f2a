/**
 * Real Erlang for tests and for the demo: the runtimes of this machine, nodes with host names of their own, and the
 * real readers of argument files and terms.
 *
 * Node built-ins only, so that `tsx` and jest load it alike.
 */
export type { ReadBack, VmFlag } from './arguments';
export { bootOnly, readBackArgsFile, readBackArgsFiles } from './arguments';
export { TestAuthority } from './certificates';
export type { NodeOptions } from './cluster';
export { ErlangCluster, withCluster } from './cluster';
export { couchDistDirectory } from './compiled';
export type { Connection } from './node';
export { ErlangNode, IMPATIENT } from './node';
export { takenAsParameters } from './parameters';
export type { Runtime } from './runtimes';
export { availableRuntimes } from './runtimes';
export type { ParsedTerm } from './terms';
export { parseTerms } from './terms';
export { Traffic } from './traffic';
export { BootFailed, ErlangVm } from './vm';
