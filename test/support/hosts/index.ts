/**
 * Several hosts for one test, each as if it were a machine of its own: its name, its addresses, its processes and its
 * files, which are those of an unpacked Debian with real products in it.
 */
export type { HostFile } from './files';
export type { Host } from './host';
export { Hosts } from './hosts';
export type { HostProcess } from './process';
export type { ProductRoot } from './product-roots';
export { availableProductRoots } from './product-roots';
export type { CommandResult } from './run';
