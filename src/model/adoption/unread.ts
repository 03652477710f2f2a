import type { Finding } from '../findings/finding';
import type { Releases } from '../otp/releases';
import { damageFindings } from '../rules/certificates/pem-files';
import { presenceFindings } from '../rules/files/presence';
import { FLAGS_NOT_EXAMINED } from '../rules/flags/args-files';
import { flagFindings } from '../rules/flags/flags';
import { installedOptionFindings } from '../rules/options/option-file';
import type { FoundMember } from './found-cluster';

/** What could not be read of a node, or may be more than was read. Its key is not needed. */
export function unreadFindings({ installed }: FoundMember, releases: Releases): readonly Finding[] {
  const files = installed.sides.flatMap(({ material: { identity, trust } }) => [identity, trust]);
  return [
    ...flagFindings(installed, releases).filter(({ code }) => code === FLAGS_NOT_EXAMINED.code),
    ...installedOptionFindings(installed, releases).filter(({ code }) => code.startsWith('option-file-')),
    ...files.flatMap((one) => (one === undefined ? [] : [...presenceFindings(one.file), ...damageFindings(one)])),
  ];
}
