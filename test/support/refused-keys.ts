/** Refusals about keys that stay on nodes. */
import {
  CertificateAuthority,
  KeyAlgorithm,
  NodeCertificate,
  type NodeCertificateProps,
  NodeKey,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import type { Refusal } from './refusals';
import { cluster } from './refused-cluster';
import { authority } from './x509/issued';
import { nodeRequest } from './x509/request';

const HOST = 'db1.example.com';

const certificate =
  (key: NodeKey, more: Partial<NodeCertificateProps> = {}): ((scope: Construct) => NodeCertificate) =>
  (scope) =>
    new NodeCertificate(scope, 'node', {
      issuer: new CertificateAuthority(scope, 'ca', { commonName: 'CA' }),
      nodeName: `couchdb@${HOST}`,
      key,
      ...more,
    });

const withRequest = (requestPem: string, more: Partial<NodeCertificateProps> = {}): ((scope: Construct) => unknown) =>
  certificate(NodeKey.onNode({ requestPem }), more);

const OF_NODE = `request of node "couchdb@${HOST}"`;

export const KEY_REFUSALS: readonly Refusal[] = [
  {
    code: 'request-holds-key',
    provoke: withRequest(authority('CA').keyPem),
    says: `${OF_NODE} holds a private key, expected`,
  },
  {
    code: 'request-illegal',
    provoke: withRequest(authority('CA').certificatePem),
    says: `${OF_NODE} is no certificate request (it holds CERTIFICATE)`,
  },
  {
    code: 'request-signature-wrong',
    provoke: withRequest(nodeRequest(HOST, { isTampered: true })),
    says: `${OF_NODE} is not signed by its own key (ecdsa-with-SHA256)`,
  },
  {
    code: 'request-names-unexpected',
    provoke: withRequest(nodeRequest('db2.example.com')),
    says: `names in the ${OF_NODE} "CN=db2.example.com, DNS:db2.example.com" are not the names`,
    expected: `CN=${HOST}, DNS:${HOST}`,
  },
  {
    code: 'request-key-unexpected',
    provoke: withRequest(nodeRequest(HOST), { keyAlgorithm: KeyAlgorithm.RSA_3072 }),
    says: `key in the ${OF_NODE} "EC P-256" is another kind of key`,
    expected: 'RSA 3072',
  },
  {
    code: 'request-uses-unexpected',
    provoke: withRequest(nodeRequest(HOST, { uses: 'tools' })),
    says: `uses in the ${OF_NODE} "clientAuth, digitalSignature" are other uses`,
    expected: 'clientAuth, digitalSignature, serverAuth',
  },
  {
    code: 'request-given-twice',
    provoke: () => NodeKey.onNode({ requestPem: '', requestDirectory: 'requests' }),
    says: 'NodeKey.onNode has both requestPem and requestDirectory',
  },
  {
    code: 'certificate-without-request',
    provoke: certificate(NodeKey.onNode()),
    says: `certificate of node "couchdb@${HOST}" cannot be ordered`,
  },
  {
    code: 'key-generation-on-node',
    provoke: withRequest(nodeRequest(HOST), { keyGeneration: '2026' }),
    says: `keyGeneration of the certificate of node "couchdb@${HOST}" "2026" has no effect`,
  },
  {
    code: 'key-not-in-terraform',
    provoke: (scope) => certificate(NodeKey.onNode({ requestPem: nodeRequest(HOST) }))(scope).bundlePem,
    says: `private key of node "couchdb@${HOST}" does not exist`,
  },
  {
    code: 'key-needs-own-file',
    provoke: cluster({ certificates: { key: NodeKey.onNode({ requestPem: nodeRequest(HOST) }) } }),
    says: 'file "/etc/couchdb/tls/node.pem" would hold the key',
  },
];
