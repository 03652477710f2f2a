/** What is refused of versions, and of what takes a later one of the provider. */
import { CaGeneration, CaSource, CertificateAuthority, TlsProviderVersion } from 'cdktf-erlang-tls';

import type { Refusal } from './refusals';
import { authority } from './x509/issued';

const certificatePem = authority('Company CA').certificatePem;

export const VERSION_REFUSALS: readonly Refusal[] = [
  {
    code: 'version-constraint-illegal',
    provoke: (scope) => TlsProviderVersion.require(scope, 'latest'),
    says: 'constraint "latest" is no version constraint',
  },
  {
    code: 'key-version-illegal',
    provoke: () =>
      CaSource.imported({ certificatePem, privateKeyWriteOnly: { value: '${ephemeral.a_b.c.key}', version: 1.5 } }),
    says: 'version of privateKeyWriteOnly 1.5 is no version of a key',
  },
  {
    code: 'max-path-length-illegal',
    provoke: (scope) =>
      new CertificateAuthority(scope, 'ca', {
        commonName: 'CA',
        generations: [CaGeneration.signing('1', { maxPathLength: 0 })],
      }),
    says: 'maxPathLength 0 is no path length that the tls provider sets',
  },
];
