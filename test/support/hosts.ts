/**
 * Several hosts for one test, each as if it were a machine of its own: its name, its addresses, its processes and its
 * files, which are those of an unpacked Debian with real products in it.
 */
export type { HostFile } from './hosts/files';
export type { Host } from './hosts/host';
export type { HostsOptions } from './hosts/hosts';
export { Hosts } from './hosts/hosts';
export type { HostProcess } from './hosts/process';
export type { ProductRoot } from './hosts/product-roots';
export { availableProductRoots } from './hosts/product-roots';
export type { CommandOptions, CommandResult } from './hosts/run';
