import { signatures } from '../crypto/signatures';
import { refuse } from '../model/findings/finding';
import { authoritiesIn, keysIn } from '../model/observed/terraform/revocable';
import { CRL_ISSUER_CANNOT_SIGN, maySignLists } from '../model/rules/certificates/revocation-lists';
import type { TerraformResource } from '../model/terraform/resources';
import type { CertificateFacts } from '../model/x509/certificate-reader';
import { UsageError } from './command';
import { certificateIn, keyOnInput } from './pem-input';

/** Which CA makes a list: that of a file, or that of a generation in states. */
export interface AuthorityChoice {
  readonly ca?: string;
  readonly generation?: string;
}

/** The CA, which may sign lists. Without states, only a file can have its certificate. */
export function listAuthority(
  { ca, generation }: AuthorityChoice,
  resources: readonly TerraformResource[] | undefined,
): CertificateFacts {
  if (ca === undefined && resources === undefined) {
    throw new UsageError('give --ca with the key on standard input, or --state');
  }
  if (generation !== undefined && (ca !== undefined || resources === undefined)) {
    throw new UsageError('--generation is for a CA in --state, without --ca');
  }
  const authority = ca === undefined ? authorityOf(generation, resources ?? []) : certificateIn(ca);
  checkMaySign(authority);
  return authority;
}

function authorityOf(generation: string | undefined, resources: readonly TerraformResource[]): CertificateFacts {
  const all = authoritiesIn(resources);
  const unit = `OU=generation ${generation}`;
  const found = generation === undefined ? all : all.filter(({ subject }) => subject.text.split(', ').includes(unit));
  const [one, ...others] = found;
  if (one !== undefined && others.length === 0) return one;
  const there = all.map(({ subject }) => subject.text).join('; ') || 'none';
  const what = generation === undefined ? 'one CA' : `one CA of generation ${generation}`;
  throw new UsageError(
    `the state does not have exactly ${what}: use --generation, or --ca with its certificate; CAs in the state: ${there}`,
  );
}

function checkMaySign(certificate: CertificateFacts): void {
  const { text: got } = certificate.subject;
  if (!certificate.isCa) throw new UsageError(`the certificate of ${got} is not that of a CA: give that of its CA`);
  if (!maySignLists(certificate)) refuse(CRL_ISSUER_CANNOT_SIGN, { subject: '--ca', got });
}

/** The key from the states, or else from standard input. */
export function keyOf(authority: CertificateFacts, resources: readonly TerraformResource[] | undefined): string {
  const { isPair } = signatures();
  const name = authority.subject.text;
  if (resources !== undefined) {
    const found = keysIn(resources).find((pem) => isPair(authority, pem) === true);
    if (found !== undefined) return found;
    throw new UsageError(
      `the state does not have the key of ${name}: give --ca without --state, and the key on standard input`,
    );
  }
  const key = keyOnInput();
  if (isPair(authority, key) === true) return key;
  throw new UsageError(`the key on standard input does not belong to the certificate of ${name}`);
}
