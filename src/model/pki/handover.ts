/** Rules for what the stacks of one cluster hand over to each other, as public files. Preconditions are made from most of them. */
import { documentation } from '../findings/documentation';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { keptByTerraform } from '../terraform/terraform-text';

/** The name of a cluster in hand-over files and in the names of the shards' CAs, which leaves room for a shard's id in 64 characters. */
export function clusterName(name: string): string {
  return /^[0-9A-Za-z][0-9A-Za-z ._-]{0,31}$/.test(name)
    ? name
    : refuse(CLUSTER_NAME_ILLEGAL, { subject: 'name', got: name });
}

export const CLUSTER_NAME_ILLEGAL = rule({
  code: 'cluster-name-illegal',
  severity: 'error',
  problem: 'is no name of a cluster',
  expected: 'one to 32 letters, digits, blanks, ".", "_" and "-", beginning with a letter or digit',
  remedy: 'choose a short name: the common names of the CAs contain it',
  source: 'test/support/refusals.ts',
});

/** The hand-over directory. Terraform reads its files in expressions, where CDKTF quotes not every text. */
export function handoverDirectory(path: string): string {
  if (!/^[0-9A-Za-z_@%/:.,=^~+ -]+$/.test(path)) {
    refuse(HANDOVER_DIRECTORY_ILLEGAL, { subject: 'handoverDirectory', got: path });
  }
  return keptByTerraform('handoverDirectory', path);
}

export const HANDOVER_DIRECTORY_ILLEGAL = rule({
  code: 'handover-directory-illegal',
  severity: 'error',
  problem: 'is no path that can stand in an expression of Terraform',
  expected: 'letters, digits, blanks and _@%/:.,=^~+-',
  remedy: 'choose a directory beside cdktf.json, e.g. "shards"',
  source: 'test/support/refusals.ts',
});

export const SHARD_WITHOUT_OWN_STACK = rule({
  code: 'shard-without-own-stack',
  severity: 'error',
  problem: 'has no stack of its own',
  expected: 'one TerraformStack for the root CA, and one for each shard',
  remedy: 'declare each part once, in a stack of its own: who reads one state must not get the keys of another part',
  source: 'docs/shards.md; SECURITY.md',
});

export const HANDOVER_MISSING = rule({
  code: 'handover-missing',
  severity: 'error',
  problem: 'is missing',
  expected: 'the public file that another stack of this cluster writes when it is deployed',
  remedy: `deploy that stack, or bring the file from where it was deployed; a new shard begins as Shard.joining(…), see ${documentation('shards')}`,
  source: 'docs/shards.md; test/real/shards.test.ts',
});

export const HANDOVER_FOREIGN = rule({
  code: 'handover-foreign',
  severity: 'error',
  problem: 'belongs to another cluster, another shard or another root CA',
  expected: 'the file that the stacks of this cluster wrote',
  remedy: 'give each cluster a handoverDirectory of its own, and bring the file of this one',
  source: 'docs/shards.md; test/real/shards.test.ts',
});

export const HANDOVER_OUTDATED = rule({
  code: 'handover-outdated',
  severity: 'error',
  problem: 'does not say yet what this plan needs',
  expected: 'a file of a deploy with the same shards and generations',
  remedy:
    "take one step after the other, and in each deploy the root CA's stack first, then every shard; a new shard as Shard.joining(…) before",
  source: 'docs/shards.md; test/real/shards.test.ts',
});

export const HANDOVER_OF_ANOTHER_KEY = rule({
  code: 'handover-of-another-key',
  severity: 'error',
  problem: 'has a certificate for another key than that of this shard',
  expected: 'the certificate for the request that this stack handed over',
  remedy: `bring the shard's own state back; if it is lost, deploy it as Shard.joining(…), then the root CA's stack, then as Shard.member(…) (${documentation('shards')})`,
  source: 'docs/shards.md; test/real/shards.test.ts',
});

export const SHARDS_CHANGED_RECENTLY = rule({
  code: 'shards-changed-recently',
  severity: 'error',
  problem: 'was not deployed with this list of shards long enough ago, and a CA generation changes its phase',
  expected: 'one step at a time: nodes that move to another shard have the files of the old one for a while',
  remedy:
    'undo the step, deploy every shard, install the files on the nodes that moved, wait, and only then take the step',
  source: 'docs/shards.md; test/real/shards.test.ts',
});
