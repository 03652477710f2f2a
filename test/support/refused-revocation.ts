/** What is refused of revocation lists. */
import { TerraformVariable } from 'cdktf';
import { CaGeneration, CaSource, CrlCheck, type RevocationOptions, type TlsClusterProps } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import type { Refusal } from './refusals';
import { cluster } from './refused-cluster';
import { authority } from './x509/issued';
import { revocationList } from './x509/revocation-list';

const given = (revocation: RevocationOptions, props: Partial<TlsClusterProps> = {}): Refusal['provoke'] =>
  cluster({ revocation, ...props });

const LIST = revocationList();

/** The text of a key: it must not come back in a message. */
const KEY = LIST.replaceAll('X509 CRL', 'PRIVATE KEY');

const COMPANY = authority('Company CA');

function imported(scope: Construct, list: string): unknown {
  const privateKeyPem = new TerraformVariable(scope, 'key', { sensitive: true }).stringValue;
  const source = CaSource.imported({ certificatePem: COMPANY.certificatePem, privateKeyPem });
  const generations = [CaGeneration.signing('1', { source })];
  return cluster({ certificateAuthority: { generations }, revocation: { lists: [list] } })(scope);
}

export const REVOCATION_REFUSALS: readonly Refusal[] = [
  {
    code: 'revocation-list-illegal',
    provoke: given({ lists: [LIST, 'text'] }),
    says: 'revocation.lists[1] is no revocation list that OTP takes (there is no PEM in it)',
  },
  {
    code: 'revocation-list-illegal',
    title: 'a key',
    provoke: given({ lists: [KEY] }),
    says: 'revocation.lists[0] is no revocation list that OTP takes (it has a PRIVATE KEY)',
  },
  {
    code: 'revocation-list-illegal',
    title: 'two lists in one text',
    provoke: given({ lists: [LIST + LIST] }),
    says: '(it has 2 lists)',
  },
  {
    code: 'revocation-list-illegal',
    title: 'another structure in a list',
    provoke: given({ lists: ['-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n'] }),
    says: '(it cannot be decoded)',
  },
  {
    code: 'revocation-list-illegal',
    title: 'a list without a next update',
    provoke: given({ lists: [revocationList({ isEndless: true })] }),
    says: '(it has no next update, without which OTP fails)',
  },
  {
    code: 'revocation-list-illegal',
    title: 'changes to another list',
    provoke: given({ lists: [revocationList({ isDelta: true })] }),
    says: '(it has only changes to another list)',
  },
  {
    code: 'revocation-list-repeated',
    provoke: given({ lists: [LIST, revocationList({ revoked: ['01'] })] }),
    says: 'revocation.lists "OU=generation 1, CN=CouchDB Root CA" has two lists of one CA',
  },
  {
    code: 'revocation-list-missing',
    provoke: given({ lists: [revocationList({ generation: '2' })] }),
    says: 'CA generation "1" signs certificates that nodes show, and has no revocation list',
  },
  {
    code: 'revocation-list-missing',
    title: 'without any list',
    provoke: given({}),
    says: 'CA generation "1" signs certificates that nodes show',
  },
  {
    code: 'revocation-list-of-another-key',
    provoke: (scope) => imported(scope, revocationList({ name: [['2.5.4.3', 'Company CA']] })),
    says: 'revocation list of CA generation "1" "CN=Company CA" is signed with another key',
  },
  {
    code: 'revocation-declared-twice',
    provoke: given({ lists: [LIST] }, { tls: { crlDirectory: '/etc/crls' } }),
    says: 'tls.crlDirectory "/etc/crls" is given beside revocation',
  },
  {
    code: 'revocation-hash-illegal',
    provoke: given({ listsByHash: { 'ca.pem': LIST } }),
    says: 'revocation.listsByHash "ca.pem" is no hash of the name of a CA',
  },
  {
    code: 'file-written-twice',
    title: 'a list of one name from two sources',
    provoke: given({ lists: [LIST], listsByHash: { '359fc027': LIST } }),
    says: 'is written by two parts of the configuration',
  },
  {
    code: 'crl-check-without-lists',
    provoke: cluster({ tls: { crlCheck: CrlCheck.PEER } }),
    says: 'crlCheck "peer" is given without revocation lists',
  },
];
