import { firstValue } from '../erlang/flags/flag-use';
import { pathsOf } from '../erlang/options/tls-settings';
import type { FoundCluster, FoundMember } from './found-cluster';

/** The directory for the new files of a node: that of the user, or one beside the files that are there, with none of them in it. */
export function installDirectoryFor(name: string, cluster: FoundCluster): string {
  if (cluster.installDirectory !== undefined) return cluster.installDirectory;
  const members = cluster.members.filter((one) => one.name === name);
  const named = [...new Set(members.flatMap(pathsNamedBy))].filter((path) => path.startsWith('/'));
  const beside = directoryOf(named[0] ?? '/etc/erlang/options');
  const base = OF_CERTIFICATES.test(beside) ? directoryOf(beside) : beside;
  const candidates = ['tls', 'erlang-tls', `tls-${cluster.signingId}`].map(
    (one) => `${base === '/' ? '' : base}/${one}`,
  );
  return candidates.find((one) => !named.some((path) => path.startsWith(`${one}/`))) ?? `${base}/tls`;
}

/** A directory that is named after what is in it. */
const OF_CERTIFICATES = /\/(tls|ssl|certs?|pki)$/;

/** Every path that the flags and options of a member name: the option file first. */
export function pathsNamedBy({ installed: { flags, settings = {} } }: FoundMember): readonly string[] {
  const optionFile = firstValue('ssl_dist_optfile', flags?.uses);
  return [...(optionFile === undefined ? [] : [optionFile]), ...Object.values(settings).flatMap(pathsOf)];
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}
