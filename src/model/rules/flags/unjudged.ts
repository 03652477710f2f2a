import { topics } from '../../erlang/flags/vm-flags';
import { sslOption } from '../../erlang/options/ssl-option-table';
import { writeTerm } from '../../erlang/terms/term-writer';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { type BootSettings, readBootSettings } from '../../observed/files/boot-settings';
import { listed, type MemberChange, namesOf } from '../../observed/terraform/member';
import { EXCEPTIONS } from '../../platforms/registry';

/** What no rule of this tool judges is said, and not passed over. */
export function unjudgedFindings(members: readonly MemberChange[]): readonly Finding[] {
  const staying = members.filter(({ before }) => before !== undefined);
  const hidden = staying.filter(({ before, after }) => before?.bootFiles === undefined || !after?.bootFiles);
  const changed = new Map<string, MemberChange[]>();
  for (const member of staying) {
    const changes = changesOf(member).join(', ');
    if (changes !== '') changed.set(changes, [...(changed.get(changes) ?? []), member]);
  }
  return [
    ...(hidden.length === 0 ? [] : [finding(BOOT_FILES_UNKNOWN, { subject: `plan for ${listed(namesOf(hidden))}` })]),
    ...[...changed].map(([detail, some]) =>
      finding(PLAN_CHANGE_NOT_EXAMINED, { subject: `what ${listed(namesOf(some))} read at boot`, detail }),
    ),
  ];
}

export const PLAN_CHANGE_NOT_EXAMINED = rule({
  code: 'plan-change-not-examined',
  severity: 'warning',
  problem: 'changes in a way that this tool does not judge',
  expected: 'nothing, or what an old and a new node can have side by side',
  remedy: 'read the change in the plan, and try it with two nodes, one old and one new',
});

export const BOOT_FILES_UNKNOWN = rule({
  code: 'boot-files-unknown',
  severity: 'warning',
  problem: 'tells the files that nodes read at boot after the apply only',
  expected: 'files whose text is known while planning, as in a configuration of cdktf synth without --hcl',
  remedy: 'keep values that only Terraform knows out of these files; what is in them is not judged',
});

function changesOf({ before, after }: MemberChange): readonly string[] {
  if (before?.bootFiles === undefined || after?.bootFiles === undefined) return [];
  const [old, next] = [readBootSettings(before.bootFiles), readBootSettings(after.bootFiles)];
  const flags = differing(flagsIn(old), flagsIn(next));
  const options = differing(optionsIn(old), optionsIn(next));
  const texts = flags.length > 0 ? [] : differing(old.otherText, next.otherText).map((name) => `text of ${name}`);
  const isJudged = (topic: string): boolean =>
    JUDGED_FLAGS.has(topic) || (BESIDE_A_PORT.has(topic) && old.discovery !== next.discovery);
  return [...flags.filter((topic) => !isJudged(topic)), ...options, ...texts];
}

/** Rules judge them, or they part nobody, whatever they are. */
const JUDGED_FLAGS: ReadonlySet<string> = new Set([
  '-proto_dist',
  '-ssl_dist_optfile',
  '-ssl_dist_opt',
  '-erl_epmd_port',
  '-kernel erl_epmd_node_listen_port',
  '-epmd_module',
  '-kernel epmd_module',
  ...EXCEPTIONS.map(({ flag }) => `-${flag}`),
  // Whoever asks epmd is told the port.
  '-kernel inet_dist_listen_min',
  '-kernel inet_dist_listen_max',
  '-kernel inet_dist_listen_options',
  '-kernel inet_dist_connect_options',
]);

/** They come and go with the one port for all nodes. By themselves they matter: a node may need an epmd, or to be dialled. */
const BESIDE_A_PORT: ReadonlySet<string> = new Set(['-start_epmd', '-dist_listen']);

function flagsIn({ flags }: BootSettings): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  for (const [topic, said] of flags.flatMap(topics)) found.set(topic, [...(found.get(topic) ?? []), said].sort());
  return new Map([...found].map(([topic, said]) => [topic, said.join('\n')]));
}

function optionsIn({ settings }: BootSettings): ReadonlyMap<string, string> {
  return new Map(
    (['server', 'client'] as const).flatMap((side) =>
      (settings[side] ?? [])
        .filter(([name]) => sslOption(name)?.inPlan === undefined)
        // Rules judge the content of a negotiated list; here, only its presence counts.
        .map(([name, value]) => [`${side} option ${name}`, isNegotiated(name) ? '' : writeTerm(value)] as const),
    ),
  );
}

function isNegotiated(name: string): boolean {
  return sslOption(name)?.negotiated !== undefined;
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.filter((name) => before.get(name) !== after.get(name));
}
