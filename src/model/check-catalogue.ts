/**
 * What the command line tool finds in files and in plans; part of the catalogue in `error-catalogue.ts`. `inErlang` is what a node shows of it:
 * in its log, or by not connecting. It is a table, and longer than a source file should be for that reason alone.
 */
import { error, warning } from './catalogue-entry';

export const CHECK_ENTRIES = {
  // Plans
  'plan-malformed': error(
    'is not what terraform show -json writes of a plan',
    'the output of: terraform show -json plan.tfplan',
    'save the plan with terraform plan -out=plan.tfplan, and pass the JSON of that file',
  ),
  'plan-failed': error(
    'ended with an error',
    'a plan that succeeded',
    'read what terraform plan said, and correct that',
  ),
  'plan-incomplete': warning(
    'does not cover the whole stack',
    'a plan without -target',
    'plan without -target: what this plan leaves out is not judged, and its guards are not asked',
  ),
  'plan-without-members': error(
    'has no node of a cluster in it',
    'a plan of a stack with a TlsCluster, or with node certificates and files that carry them',
    'pass the plan of the stack that declares the cluster',
  ),
  'plan-removes-all': error(
    'leaves no node',
    'at least one node that has a certificate afterwards',
    'if the cluster is to go, destroy it without this check',
  ),
  'plan-cuts-off': error(
    'would be refused while the nodes are updated one after the other',
    'certificates, old and new, of CAs that every other member trusts, before and after',
    'take the steps one by one: trust the CA in one deploy, sign with it in the next, retire the old one in the third (docs/rotation.md)',
  ),
  'plan-changes-versions': error(
    'has no TLS version in common with another node on the way',
    'one version that old and new have in common',
    'take a step in between with TlsVersions.TLS_1_3_AND_1_2, and restart all nodes after it',
  ),
  'plan-changes-protocol': error(
    'changes',
    'the same -proto_dist before and after',
    'a node speaks one protocol: stop all nodes, or take the steps of docs/migration.md',
  ),
  'plan-parts-plain-text': error(
    'could not connect with another node while the nodes are restarted one after the other',
    'one node less in unsafePlainTextMembers with each deploy, after a first deploy with all of them',
    'take the steps of docs/migration.md one by one',
  ),
  'plan-drops-name': warning(
    'no longer holds names that it had',
    'every name under which others still dial the node',
    'rename the node itself at the same time, which takes a restart, or keep the name',
  ),
  'plan-keeps-ended-certificate': warning(
    'has ended before this plan was made',
    'a certificate that is valid',
    'run cdktf deploy without -target, and look why it was not renewed',
  ),
} as const;
