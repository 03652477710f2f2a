import { signatures } from '../../crypto/signatures';
import { printable } from '../../model/findings/finding';
import { readState } from '../../model/observed/terraform/terraform-state';
import type { TerraformResource } from '../../model/terraform/resources';
import { DAY, HOUR, instantOf, instantText } from '../../model/x509/calendar';
import type { CertificateFacts } from '../../model/x509/certificate-reader';
import type { CrlFacts } from '../../model/x509/crl-reader';
import { REASONS, type RevocationReason, writeEntry } from '../../model/x509/crl-writer';
import { writePem } from '../../model/x509/pem-writer';
import { type Command, type ExitCode, UsageError, type World } from '../command';
import { parsed, readJson, requireFiles } from '../input';
import { keyOf, listAuthority } from '../list-authority';
import { signedList } from '../list-signer';
import { listIn } from '../pem-input';
import { serialsOf } from '../revoked-serials';

const OPTIONS = {
  ca: { type: 'string' },
  state: { type: 'string', multiple: true },
  generation: { type: 'string' },
  revoke: { type: 'string', multiple: true },
  reason: { type: 'string' },
  previous: { type: 'string' },
  'next-update': { type: 'string' },
} as const;

/** Hours until the next list is due, unless the user says otherwise. */
const USUAL_HOURS = 720;
const MOST_HOURS = 87_600;

/** Makes a revocation list of a CA. */
export const crl: Command = {
  summary: 'make a revocation list of a CA, to be committed',
  usage: `usage: erlang-tls crl --ca=CERT [--revoke=WHAT]... [--previous=LIST] < KEY
       erlang-tls crl --state=FILE [--generation=ID] [--revoke=WHAT]... [--previous=LIST]

Prints the list as PEM, for revocation.lists of the cluster. The list is public.

  --ca=CERT           PEM file with the certificate of the CA. Without --state, its key is read as PEM from standard
                      input: openssl pkey -in ca.key | erlang-tls crl ... also decrypts it on the way.
  --state=FILE        the output of terraform show -json for the state, with the key of the CA, or - for standard input.
                      It contains private keys: pipe it, or delete it afterwards. Can be repeated: older versions of the
                      state have the certificates from before a renewal.
  --generation=ID     the CA generation in the state (default: the only one)
  --revoke=WHAT       a PEM file with the certificate, its serial number in hexadecimal, or, with --state, the id of a
                      node or tools. Can be repeated. Without it, the list has only the entries of the previous one.
  --reason=REASON     ${Object.keys(REASONS).join(', ')} (default: none given)
  --previous=LIST     PEM file with the list before this one. Its entries stay, and the number of the new list is the next one.
  --next-update=WHEN  hours from now, or a time such as 2027-01-31 or 2027-01-31T12:00:00Z, by which the next list will be
                      on the nodes (default: ${USUAL_HOURS}). From then on, nodes refuse every other node.

exit code: 0 list made, 2 it could not be made
`,
  run(args, world): ExitCode {
    const { values, positionals } = parsed(args, OPTIONS);
    if (positionals[0] !== undefined) throw new UsageError(`${positionals[0]} is not an option: write --revoke=FILE`);
    const nextUpdate = nextUpdateOf(values['next-update'], world.now);
    const reason = reasonOf(values.reason);
    const resources = values.state && resourcesIn(values.state);
    const authority = listAuthority(values, resources);
    const previous = values.previous === undefined ? NO_LIST : previousOf(values.previous, authority);
    const serials = new Set((values.revoke ?? []).flatMap((what) => serialsOf(what, authority, resources ?? [])));
    const added = [...serials].filter((one) => !previous.revoked.has(one));
    const entries = added.map((serialNumber) => writeEntry({ serialNumber, revokedAt: world.now, reason }));
    const list = signedList(authority, keyOf(authority, resources), {
      number: (previous.number ?? 0n) + 1n,
      thisUpdate: world.now,
      nextUpdate,
      entries: [...previous.entries, ...entries],
    });
    world.out(writePem('X509 CRL', list));
    const name = printable(authority.subject.text);
    const revoked = `${previous.revoked.size + added.length} revoked, ${added.length} of them new`;
    world.err(`List of ${name}: ${revoked}. Next update: ${instantText(nextUpdate)}.\n`);
    return 0;
  },
};

const NO_LIST: Pick<CrlFacts, 'number' | 'revoked' | 'entries'> = { number: 0n, revoked: new Set(), entries: [] };

function resourcesIn(states: readonly string[]): readonly TerraformResource[] {
  requireFiles(states, 'state');
  return states.flatMap((file) => readState(readJson(file)));
}

/** The list before this one: of the same CA, and unchanged. */
function previousOf(file: string, authority: CertificateFacts): CrlFacts {
  const list = listIn(file);
  if (list.issuer === authority.subject.identity && signatures().isListSignedBy(list, authority) === true) return list;
  throw new UsageError(`${file} is a list of ${list.issuerText}, and not signed by ${authority.subject.text}`);
}

function reasonOf(text: string | undefined): RevocationReason | undefined {
  if (text === undefined) return undefined;
  if (Object.hasOwn(REASONS, text)) return text as RevocationReason;
  throw new UsageError(`--reason=${text} is unknown: use ${Object.keys(REASONS).join(', ')}`);
}

function nextUpdateOf(text = String(USUAL_HOURS), now: World['now']): number {
  const hours = /^\d{1,5}$/.test(text) ? Number(text) : undefined;
  const at = hours === undefined ? instantOf(/^[\d-]+$/.test(text) ? `${text}T00:00:00Z` : text) : now + hours * HOUR;
  if (at !== undefined && at > now && at - now <= MOST_HOURS * HOUR) return at;
  throw new UsageError(
    `--next-update=${text} is no time in the next ${(MOST_HOURS * HOUR) / DAY} days: use hours, such as ${USUAL_HOURS}, or a time, such as 2027-01-31`,
  );
}
