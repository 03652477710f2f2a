import { topics } from '../../erlang/flags/vm-flags';
import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { rule } from '../../findings/rule';
import type { BootSettings } from '../../observed/files/boot-settings';
import type { PlannedNode, PlannedSituation } from '../../observed/terraform/planned-situation';
import { EXCEPTIONS } from '../../platforms/registry';
import { type UnjudgedChanges, unjudgedChangesAmong } from '../options/planned-changes';
import { kindsOf } from '../pairs';

/** Changes of boot files that no rule judges. */
export function unexaminedFindings(situation: PlannedSituation): readonly Finding[] {
  const { members } = situation;
  const unjudged = unjudgedChangesAmong(situation);
  const news = new Map(members.filter(({ moment }) => moment === 'after').map((one) => [one.node, one]));
  const staying = members.flatMap((old): readonly Step[] => {
    const next = old.moment === 'before' ? news.get(old.node) : undefined;
    // A node that nobody signs for here has boot files of its own, and is reported as such.
    const isForeign = [old.node.before, old.node.after].some((one) => one?.unseen === 'not signed here');
    return next === undefined || isForeign ? [] : [{ label: old.label, old: old.boot, next: next.boot }];
  });
  const hidden = staying.filter(({ old, next }) => old === undefined || next === undefined);
  const changed = kindsOf(staying, (step) => changesOf(step, unjudged).join(', ') || undefined);
  return [
    ...(hidden.length === 0 ? [] : [finding(BOOT_FILES_UNKNOWN, { subject: `plan for ${labelsOf(hidden)}` })]),
    ...changed.map(({ fact: detail, all }) =>
      finding(PLAN_CHANGE_NOT_EXAMINED, { subject: `what ${labelsOf(all)} read at boot`, detail }),
    ),
  ];
}

/** The boot files of one node before and after. */
interface Step {
  readonly label: PlannedNode['label'];
  readonly old?: BootSettings;
  readonly next?: BootSettings;
}

function labelsOf(steps: readonly Step[]): string {
  return nameList(steps.map(({ label }) => label));
}

export const PLAN_CHANGE_NOT_EXAMINED = rule({
  code: 'plan-change-not-examined',
  severity: 'warning',
  problem: 'changes in a way that no rule judges',
  expected: 'changes that nodes with old files and nodes with new files can have side by side',
  remedy: 'read the change in the plan, and try it with two nodes, one with old files and one with new files',
  source: 'test/model/rules/flags/unexamined.test.ts',
});

export const BOOT_FILES_UNKNOWN = rule({
  code: 'boot-files-unknown',
  severity: 'warning',
  problem: 'does not show the files that nodes read at boot: their text is known after the apply only',
  expected: 'files whose text is known while planning, as in a configuration of cdktf synth without --hcl',
  remedy: 'keep values that only Terraform knows out of these files: their contents are not judged',
  source: 'https://developer.hashicorp.com/terraform/internals/json-format: unknown values are absent from `after`',
});

function changesOf({ old, next }: Step, unjudged: UnjudgedChanges): readonly string[] {
  if (old === undefined || next === undefined) return [];
  const flags = differing(flagsIn(old), flagsIn(next));
  const texts = flags.length > 0 ? [] : differing(old.otherText, next.otherText).map((name) => `text of ${name}`);
  const isJudged = (topic: string): boolean =>
    JUDGED_FLAGS.has(topic) || (BESIDE_A_PORT.has(topic) && old.discovery !== next.discovery);
  return [...flags.filter((topic) => !isJudged(topic)), ...unjudged(old.settings, next.settings), ...texts];
}

/** Flags that other rules judge, or that separate no nodes, whatever their values. */
const JUDGED_FLAGS: ReadonlySet<string> = new Set([
  '-proto_dist',
  '-ssl_dist_optfile',
  '-ssl_dist_opt',
  '-erl_epmd_port',
  '-kernel erl_epmd_node_listen_port',
  '-epmd_module',
  '-kernel epmd_module',
  ...EXCEPTIONS.map(({ flag }) => `-${flag}`),
  // epmd knows the port, whichever it is.
  '-kernel inet_dist_listen_min',
  '-kernel inet_dist_listen_max',
  '-kernel inet_dist_listen_options',
  '-kernel inet_dist_connect_options',
]);

/** Flags that come and go with the one port for all nodes. A change of them alone matters: a node may need epmd, or have to be dialled. */
const BESIDE_A_PORT: ReadonlySet<string> = new Set(['-start_epmd', '-dist_listen']);

function flagsIn({ flags }: BootSettings): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  for (const [topic, value] of flags.flatMap(topics)) found.set(topic, [...(found.get(topic) ?? []), value].sort());
  return new Map([...found].map(([topic, values]) => [topic, values.join('\n')]));
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.filter((name) => before.get(name) !== after.get(name));
}
