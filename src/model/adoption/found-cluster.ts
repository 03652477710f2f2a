import type { InstalledNode } from '../observed/files/installed-node';
import type { OtpRelease } from '../otp/otp-release';

/** A cluster that was configured by hand: what lies on its nodes, and what no file says. */
export interface FoundCluster {
  /** The oldest release among the nodes. */
  readonly otp: OtpRelease;
  readonly members: readonly FoundMember[];
  /** Private keys among the files, to tell whether one is that of a CA. They are never printed. */
  readonly keys: readonly FoundKey[];
  /** Id of the generation that stands for the CA of the nodes. Several CAs get this id with a number. */
  readonly trustedId: string;
  /** Id of the generation that is to follow. */
  readonly signingId: string;
  /** Directory for the new files, on the nodes. Absent if it is to be chosen here. */
  readonly installDirectory?: string;
}

/** A node, or tools that lie beside one. */
export interface FoundMember {
  readonly installed: InstalledNode;
  /** Whole name of the node, also for its tools. */
  readonly name: string;
  /** The directory that the user gave. */
  readonly directory: string;
  /** The directory below which the paths of the node are: as it was given, and as an absolute path. */
  readonly roots: readonly string[];
  /** Names of everything in that directory and below. */
  readonly fileNames: ReadonlySet<string>;
}

/** A file with a private key. */
export interface FoundKey {
  readonly path: string;
  readonly pem: string;
}

/** A path of this machine as one of the node. */
export function pathOnNode(path: string, { roots }: FoundMember): string {
  const root = roots.find((one) => one !== '/' && path.startsWith(`${one}/`));
  return root === undefined ? path : path.slice(root.length);
}

export function nodesOf({ members }: Pick<FoundCluster, 'members'>): readonly FoundMember[] {
  return members.filter(({ installed }) => !installed.isTools);
}
