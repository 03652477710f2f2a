import type { TerraformResource } from '../../terraform/resources';
import { certificateOf, textOf } from './certificates';
import type { CaIdentity, MemberChange } from './member';

/** A resource that a plan destroys, and that cannot be restored. */
export interface Destroyed {
  readonly address: string;
  readonly what: string;
}

/** Keys and CAs that the plan destroys or replaces. A key belongs to a CA if its certificate is self-signed. */
export function destroyed(
  resources: readonly TerraformResource[],
  members: readonly MemberChange[],
): readonly Destroyed[] {
  const authorities = resources.filter(({ type }) => type === 'tls_self_signed_cert');
  const keysOfCas = new Set(authorities.flatMap(({ before }) => textOf(before?.private_key_pem) ?? []));
  const last = lastTrusted(new Set(authorities.filter(isGone).map((one) => certificateOf(one, 'before'))), members);
  return resources.filter(isGone).flatMap((resource) => {
    const { address, type, before } = resource;
    if (type === 'tls_private_key') {
      return [
        { address, what: keysOfCas.has(textOf(before?.private_key_pem) ?? '') ? "CA's private key" : 'private key' },
      ];
    }
    if (type !== 'tls_self_signed_cert') return [];
    const what = "CA's certificate";
    return [{ address, what: last.has(certificateOf(resource, 'before')) ? `${what}, the last one trusted` : what }];
  });
}

/** The destroyed CAs of members that trust no other CA. */
function lastTrusted(gone: ReadonlySet<CaIdentity>, members: readonly MemberChange[]): ReadonlySet<CaIdentity> {
  const trusting = members.map(({ before }) => [...(before?.trusts ?? [])]);
  return new Set(trusting.filter((authorities) => authorities.every((one) => gone.has(one))).flat());
}

function isGone({ before, after }: TerraformResource): boolean {
  return before !== undefined && before.id !== after?.id;
}
