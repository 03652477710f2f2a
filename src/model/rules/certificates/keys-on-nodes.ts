import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';

/** Nodes, or the tools, without a certificate, because nobody has handed in a request. */
export function waitingFindings(names: readonly string[]): readonly Finding[] {
  return names.map((name) => finding(REQUEST_MISSING, { subject: name, nodes: [{ label: name }] }));
}

export const REQUEST_MISSING = rule({
  code: 'request-missing',
  severity: 'warning',
  problem: 'waits for its certificate: its key stays on the node, and its request is missing',
  expected: 'the request that the script prints on the node',
  remedy: 'deploy, run the script on the node with --request, hand in what it prints, and deploy again',
  source: 'docs/keys-on-nodes.md',
});

export const REQUEST_GIVEN_TWICE = rule({
  code: 'request-given-twice',
  severity: 'error',
  problem: 'has both requestPem and requestDirectory',
  expected: 'one of them, or none as long as the request is missing',
  remedy: 'leave one of them out',
  source: 'test/constructs/refusals.test.ts',
});

export const KEY_GENERATION_ON_NODE = rule({
  code: 'key-generation-on-node',
  severity: 'error',
  problem: 'has no effect on a key that is made on the node',
  expected: 'no keyGeneration together with NodeKey.onNode()',
  remedy: 'leave it out; make a new key with the script of the node (sh NODE.sh --request --new-key)',
  source: 'docs/keys-on-nodes.md',
});

export const KEY_NOT_IN_TERRAFORM = rule({
  code: 'key-not-in-terraform',
  severity: 'error',
  problem: 'does not exist: the key stays on the node',
  expected: 'certificatePem and chainPem, which are all that Terraform has',
  remedy: 'use these, or let Terraform make the key (NodeKey.inTerraform())',
  source: 'test/constructs/refusals.test.ts',
});

export const CERTIFICATE_WITHOUT_REQUEST = rule({
  code: 'certificate-without-request',
  severity: 'error',
  problem: 'cannot be ordered: its key stays on the node, and its request is missing',
  expected: 'requestPem, or a file of that name in requestDirectory',
  remedy: 'make the request on the node, and hand it in; in a TlsCluster such a node waits and holds up nobody',
  source: 'docs/keys-on-nodes.md',
});

export const KEY_NEEDS_OWN_FILE = rule({
  code: 'key-needs-own-file',
  severity: 'error',
  problem: 'would hold the key, which stays on the node, and the certificate, which is delivered',
  expected: 'separateKeyFile: true with plain files, so that you put key.pem there by hand',
  remedy: 'set separateKeyFile, or deliver an install script, which puts the two together on the node',
  source: 'docs/keys-on-nodes.md',
});

export const KEY_NOT_IN_VOLUME = rule({
  code: 'key-not-in-volume',
  severity: 'error',
  problem: 'stays on the node, which cannot write it to the volume of a Secret',
  expected: 'keys that Terraform makes (NodeKey.inTerraform()), or a delivery that runs on the node',
  remedy: 'let Terraform make the key, or deliver an install script, which the pod runs before its server starts',
  source: 'docs/keys-on-nodes.md',
});
