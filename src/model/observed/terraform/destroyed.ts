import { placeOf, type TerraformResource } from '../../terraform/resources';
import { Certificates, PemBodies, textOf } from './certificates';
import type { CaIdentity, MemberChange } from './member';

/** A resource that a plan destroys, and that cannot be restored. */
export interface Destroyed {
  readonly address: string;
  readonly what: string;
}

/** Keys and CAs that the plans destroy or replace. A key belongs to a CA if its certificate is self-signed, or if it signs others. */
export function destroyed(
  resources: readonly TerraformResource[],
  members: readonly MemberChange[],
): readonly Destroyed[] {
  const certificates = new Certificates(resources, 'before', new PemBodies());
  const authorities = resources.filter(({ type }) => type === 'tls_self_signed_cert');
  const signers = resources.map(({ before }) => textOf(before?.ca_private_key_pem));
  const keysOfCas = new Set([...authorities.map(({ before }) => textOf(before?.private_key_pem)), ...signers]);
  const last = lastTrusted(new Set(authorities.filter(isGone).map((one) => certificates.identityOf(one))), members);
  return resources.filter(isGone).flatMap((resource) => {
    const { type, before } = resource;
    const address = placeOf(resource);
    if (type === 'tls_private_key') {
      const key = textOf(before?.private_key_pem);
      return [{ address, what: key !== undefined && keysOfCas.has(key) ? "CA's private key" : 'private key' }];
    }
    if (type !== 'tls_self_signed_cert') return [];
    const what = "CA's certificate";
    return [{ address, what: last.has(certificates.identityOf(resource)) ? `${what}, the last one trusted` : what }];
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
