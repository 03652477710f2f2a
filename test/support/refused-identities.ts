/** Refusals about identities that many nodes share. */
import { Lazy } from 'cdktf';
import {
  CertificateAuthority,
  Identity,
  NodeCertificate,
  NodeKey,
  OtpRelease,
  Platform,
  type SharedByNameOptions,
  SslDistOptFile,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import type { Refusal } from './refusals';
import { cluster } from './refused-cluster';

const NAME = 'cluster.example.internal';
const BY_NAME = Identity.shared({ serverName: NAME });
const BY_WILDCARD = Identity.sharedByWildcard({ wildcards: ['*.example.com'] });

const shared = (props: Partial<TlsClusterProps>): ((scope: Construct) => unknown) =>
  cluster({ identity: BY_NAME, ...props });

const named = (options: Partial<SharedByNameOptions>): ((scope: Construct) => unknown) =>
  cluster({ identity: Identity.shared({ serverName: NAME, ...options }) });

const node = { name: 'couchdb@db1.example.com' };

export const IDENTITY_REFUSALS: readonly Refusal[] = [
  ...['10.0.0.1', '::1', '*.example.com', '', 'cluster.example.internal.', '2130706433'].map((serverName): Refusal => ({
    code: 'server-name-illegal',
    title: JSON.stringify(serverName),
    provoke: () => Identity.shared({ serverName }),
    says: `serverName ${JSON.stringify(serverName)} is no DNS name`,
  })),
  ...['example.com', 'db*.example.com', '*', '*.*.example.com', '*.'].map((wildcard): Refusal => ({
    code: 'wildcard-illegal',
    title: JSON.stringify(wildcard),
    provoke: () => Identity.sharedByWildcard({ wildcards: ['*.example.com', wildcard] }),
    says: `wildcards ${JSON.stringify(wildcard)} is no wildcard for the hosts of a domain`,
  })),
  {
    code: 'wildcard-illegal',
    title: 'an empty list',
    provoke: () => Identity.sharedByWildcard({ wildcards: [] }),
    says: 'wildcards [] is no wildcard',
  },
  {
    code: 'shared-name-not-in-release',
    provoke: shared({ otp: OtpRelease.OTP_25 }),
    says: `serverName "${NAME}" has no effect on the oldest release of the cluster (OTP 25 compares the host that is dialled)`,
  },
  {
    code: 'shared-name-not-in-release',
    title: 'in an option file alone',
    provoke: (scope) =>
      new SslDistOptFile(scope, 'file', {
        ...{ otp: OtpRelease.OTP_25, path: '/t/ssl.conf', certfile: '/t/node.pem', cacertfile: '/t/ca.pem' },
        identity: BY_NAME,
      }),
    says: `serverName "${NAME}" has no effect`,
  },
  {
    code: 'ssl-option-written-by-library',
    title: 'the compared name, beside an identity',
    provoke: shared({ identity: BY_WILDCARD, tls: { clientOptions: { serverNameIndication: NAME } } }),
    says: 'client option "server_name_indication" is written by the library (it is written from identity)',
  },
  {
    code: 'flat-form-cannot-express',
    title: 'a shared identity',
    provoke: shared({ platform: Platform.mongooseIm() }),
    says: `client option "server_name_indication" "\\"${NAME}\\"" cannot be expressed with -ssl_dist_opt`,
  },
  {
    code: 'shared-key-on-node',
    provoke: shared({ certificates: { key: NodeKey.onNode() } }),
    says: 'certificates.key is made on one node',
  },
  {
    code: 'shared-key-on-node',
    title: 'of a certificate alone',
    provoke: (scope) =>
      new NodeCertificate(scope, 'node', {
        ...{ issuer: new CertificateAuthority(scope, 'ca', { commonName: 'CA' }), nodeName: node.name },
        ...{ identity: BY_NAME, key: NodeKey.onNode() },
      }),
    says: 'key is made on one node',
  },
  {
    code: 'node-beside-shared-identity',
    provoke: shared({ nodes: [{ ...node, installDirectory: '/t', commonName: 'db1' }] }),
    says: `node name "${node.name}" cannot be declared beside a shared identity (it has installDirectory, commonName)`,
  },
  {
    code: 'node-beside-shared-identity',
    title: 'a host that only Terraform knows',
    provoke: shared({ nodes: [{ id: 'one', name: `couchdb@${Lazy.stringValue({ produce: () => 'late' })}` }] }),
    says: 'only Terraform knows its host',
  },
  {
    code: 'name-kind-unknown',
    provoke: shared({ nodes: [] }),
    says: 'identity.longNames is missing, and no node says it',
  },
  {
    code: 'allow-with-shared-identity',
    provoke: (scope) => cluster({ identity: BY_NAME })(scope).allowExpression,
    says: 'allowExpression does not exist for nodes that share an identity',
  },
  {
    code: 'node-id-illegal',
    title: 'of an identity',
    provoke: named({ id: 'tools' }),
    says: 'node id "tools" cannot name a construct',
  },
  {
    code: 'common-name-too-long',
    title: 'of a shared certificate',
    provoke: named({ serverName: `${'a'.repeat(60)}.example.com` }),
    says: 'certificate of identity "shared" ',
  },
];
