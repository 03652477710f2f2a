import { NODE_DECLARED_TWICE } from '../cluster/cluster-node';
import { type WrittenFile, writtenFiles } from '../deliveries/file-resource';
import { FILE_WRITTEN_TWICE } from '../files/file-set';
import { fileKey } from '../files/same-file';
import { documentation } from '../findings/documentation';
import { type Finding, finding, findingAt, refuse } from '../findings/finding';
import { addTo } from '../findings/lists';
import { nameList } from '../findings/name-list';
import { rule } from '../findings/rule';
import type { Cluster, MemberChange } from '../observed/terraform/member';
import type { TerraformPlan } from '../observed/terraform/terraform-plan';
import { waitingAt } from '../observed/terraform/waiting';
import { placeOf } from '../terraform/resources';

/** A finding if a plan does not cover its stack. */
export function incompleteFindings({ name, leftOut }: TerraformPlan): readonly Finding[] {
  if (leftOut === undefined) return [];
  const found = finding(PLAN_INCOMPLETE, { subject: 'plan', detail: leftOut });
  return [name === undefined ? found : findingAt(name, found)];
}

export const PLAN_INCOMPLETE = rule({
  code: 'plan-incomplete',
  severity: 'warning',
  problem: 'does not cover the whole stack',
  expected: 'a plan without -target',
  remedy: 'plan without -target: what this plan leaves out is not judged, and its guards are not asked',
  source:
    'Terraform, JSON Output Format: complete in Plan Representation, which OpenTofu does not have; test/cli/commands/check-plan.test.ts',
});

/**
 * Of several plans, one may be without nodes, such as that of the stack with the root CA, or empty, as that of a shard that has ended. Another one
 * without keys and certificates is of something else.
 */
export function withoutNodesFindings(
  plans: readonly TerraformPlan[],
  clusters: readonly Cluster[],
): readonly Finding[] {
  const found = finding(PLAN_WITHOUT_NODES, { subject: 'plan' });
  const isWaiting = plans.some(({ resources }) => waitingAt('after', resources).length > 0);
  if (clusters.length === 0) return isWaiting ? [] : [found];
  return plans.flatMap(({ name, resources }) =>
    name === undefined || resources.length === 0 || resources.some(({ type }) => type.startsWith('tls_'))
      ? []
      : [findingAt(name, found)],
  );
}

export const PLAN_WITHOUT_NODES = rule({
  code: 'plan-without-nodes',
  severity: 'error',
  problem: 'has no node of this library in it, so that nothing was checked',
  expected: 'a plan of a stack with a TlsCluster, or with node certificates and files that carry them',
  remedy:
    'pass the plan of the stack that declares the cluster; a stack without one needs no check-plan, nor does the first deploy of shards, which have no nodes yet',
  source: 'test/cli/commands/check-plan.test.ts',
});

/** Certificates on their way to somewhere that is not read here: what their nodes trust and how they start was not judged. */
export function undeliveredFindings(addresses: readonly string[]): readonly Finding[] {
  return addresses.length === 0 ? [] : [finding(DELIVERY_NOT_READ, { subject: nameList(addresses) })];
}

export const DELIVERY_NOT_READ = rule({
  code: 'delivery-not-read',
  severity: 'warning',
  problem: 'is in no file or script that check-plan finds in the plan, so that its node was not judged',
  expected: 'a delivery of this library, or one that extends ScriptDelivery',
  remedy: `run erlang-tls check on the files of that node before it starts, or deliver them as a script (${documentation('write-a-delivery')})`,
  source: 'docs/write-a-delivery.md; test/real/write-a-delivery.test.ts',
});

/** Nodes that two plans of one cluster deploy: each apply gives the node other files. */
export function declaredTwiceFindings(members: readonly MemberChange[]): readonly Finding[] {
  const nodes = new Map<string, MemberChange[]>();
  for (const one of members) if (one.plan !== undefined && one.after?.isServer === true) addTo(nodes, one.name, one);
  return [...nodes].flatMap(([name, [first, second]]) =>
    first === undefined || second === undefined || first.plan === second.plan
      ? []
      : [finding(NODE_DECLARED_TWICE, { subject: 'node', got: name, detail: `in ${first.plan} and ${second.plan}` })],
  );
}

/**
 * Files that two resources write: each apply writes one of them again, and no node has the files that its unit shows. Of two plans, only those of
 * one cluster are of one project, whose paths mean the same.
 */
export function writtenTwiceFindings(
  plans: readonly TerraformPlan[],
  clusters: readonly Cluster[],
): readonly Finding[] {
  const writers = new Map<string, Writer[]>();
  for (const { name: plan, resources } of plans) {
    for (const file of writtenFiles(resources, 'after')) {
      addTo(writers, fileKey(`${file.directory}/${file.name}`), { ...file, plan });
    }
  }
  const together = clusters.map(({ members }) => new Set(members.map(({ plan }) => plan)));
  const isOneProject = (one: Writer, { plan }: Writer): boolean =>
    one.plan === plan || together.some((some) => some.has(one.plan) && some.has(plan));
  return [...writers.values()].flatMap(([first, ...others]) => {
    const second = first && others.find((one) => isOneProject(first, one));
    if (first === undefined || second === undefined) return [];
    const got = `${second.directory}/${second.name}`;
    return [
      finding(FILE_WRITTEN_TWICE, { subject: 'file', got, detail: `by ${placeOf(first)} and ${placeOf(second)}` }),
    ];
  });
}

interface Writer extends WrittenFile {
  readonly plan?: string;
}

/** Refuses plans of one stack: together they would show each node twice. */
export function checkStacks(plans: readonly TerraformPlan[]): void {
  const owners = new Map<string, TerraformPlan>();
  for (const plan of plans) {
    for (const trace of tracesOf(plan)) {
      const other = owners.get(trace);
      if (other !== undefined && other !== plan) {
        refuse(PLAN_REPEATED, { subject: plan.name ?? 'plan', detail: `the other one is ${other.name}` });
      }
      owners.set(trace, plan);
    }
  }
}

/**
 * What two plans have in common only if they are of one stack: applied keys, or every resource with its values and the time. Addresses are not
 * enough: those of two new shards are the same.
 */
function tracesOf({ resources, timestamp }: TerraformPlan): readonly string[] {
  const keys = resources.filter(({ type, before }) => type === 'tls_private_key' && typeof before?.id === 'string');
  const all = resources.map(({ address, after }) => [address, after]);
  const traces = keys.map(({ before }) => `key ${String(before?.id)}`);
  return all.length === 0 ? traces : [...traces, JSON.stringify([timestamp, ...all])];
}

export const PLAN_REPEATED = rule({
  code: 'plan-repeated',
  severity: 'error',
  problem: 'is a plan of the same stack as another one',
  expected: 'one plan of each stack',
  remedy: 'pass the newest plan of each stack, once',
  source: 'test/cli/commands/check-plan.test.ts',
});
