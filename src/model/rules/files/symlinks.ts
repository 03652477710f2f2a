import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { FoundLink } from '../../observed/files/found-file';
import type { InstalledNode } from '../../observed/files/installed-node';
import { MINUTE } from '../../x509/calendar';

/**
 * Findings about files that a running node would not notice. Every two minutes a node compares modification times; a file that is older than
 * the last comparison counts as unchanged. If the path of a trust bundle is itself a link, the bundle is cached under the name that the link
 * leads to (`pem_cache_validate` in `erlang/otp:lib/ssl/src/ssl_pem_cache.erl`, and `unambiguous_path`).
 */
export function symlinkFindings({ sides }: InstalledNode): readonly Finding[] {
  const isNewer = ({ laterBy }: FoundLink): boolean => laterBy > 2 * MINUTE;
  const behindNewer = sides.flatMap(({ material: { identity, key, trust } }) => [
    ...[identity, key].filter((one) => one?.file.links?.some(isNewer)),
    ...[trust].filter((one) => one?.file.links?.some((link) => isNewer(link) && !link.isEnd)),
  ]);
  const paths = new Set(behindNewer.flatMap((one) => one?.file.path ?? []));
  return [...paths].map((path) => finding(FILE_BEHIND_NEWER_SYMLINK, { subject: path }));
}

export const FILE_BEHIND_NEWER_SYMLINK = rule({
  code: 'file-behind-newer-symlink',
  severity: 'warning',
  problem: 'is older than a symbolic link in its path',
  expected: 'a file that is at least as new as the links in its path',
  remedy: 'touch the file: running nodes then read it within two minutes',
  inErlang: 'nothing at boot; a running node keeps using the file that it read before',
  source:
    'pem_cache_validate in erlang/otp:lib/ssl/src/ssl_pem_cache.erl; unambiguous_path in ssl.erl, from OTP 28 on ssl_config.erl; docs/in-erlang.md',
});
