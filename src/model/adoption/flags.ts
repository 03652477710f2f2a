import { type FlagUse, isPlaceholder } from '../erlang/flags/flag-use';
import { mayHoldSecret } from '../erlang/flags/secret-flags';
import { isFlagOfPairs, topics, type VmFlag, vmFlag } from '../erlang/flags/vm-flags';
import { ipAddressOf } from '../network/ip-address';
import type { IPlatformProfile } from '../platforms/profile';
import type { PlatformRecognition } from '../platforms/reader';
import { type FoundCluster, nodesOf } from './found-cluster';

/** The properties `distribution` and `flags` of the stack. */
export interface AdoptedFlags {
  readonly distribution: Readonly<Record<string, unknown>>;
  readonly flags: readonly VmFlag[];
  /** Flags that stay where they are, with the reason. */
  readonly left: readonly string[];
}

/** What the value of a flag says, as a property of `distribution`. */
interface Setting {
  readonly property: string;
  readonly read: (value: string) => unknown;
}

const port = (value: string): number | undefined => (/^\d+$/.test(value) ? Number(value) : undefined);

const SETTINGS: ReadonlyMap<string, Setting> = new Map([
  ['-kernel inet_dist_listen_min', { property: 'firstPort', read: port }],
  ['-kernel inet_dist_listen_max', { property: 'lastPort', read: port }],
  ['-kernel inet_dist_use_interface', { property: 'interfaceAddress', read: addressIn }],
  ['-env ERL_EPMD_ADDRESS', { property: 'epmdAddress', read: (value) => value }],
  ['-erl_epmd_port', { property: 'portWithoutEpmd', read: port }],
  ['-kernel erl_epmd_node_listen_port', { property: 'portWithoutEpmd', read: port }],
]);

/** The socket options that the library sets unless it is told not to. */
const BUFFERS = ['-kernel inet_dist_listen_options', '-kernel inet_dist_connect_options'];

/** What becomes of one flag. Nothing, if the server keeps it where it is without a reason to say so. */
interface Outcome {
  readonly setting?: readonly [property: string, value: unknown];
  readonly flag?: VmFlag;
  readonly why?: string;
}

/** The flags of all nodes, by their topics. */
interface Said {
  readonly topic: string;
  /** The value. Absent if the nodes differ in it. */
  readonly value?: string;
}

/** Flags of distribution, as far as all nodes have the same. */
export function adoptedFlags(
  cluster: FoundCluster,
  { replacesFlags = false }: PlatformRecognition,
  { settingsElsewhere = {}, flags = [] }: IPlatformProfile,
): AdoptedFlags {
  const ownTopics = new Set(flags.flatMap((flag) => topics(flag).map(([topic]) => topic)));
  const isMoved = (topic: string): boolean => BUFFERS.includes(topic) || (replacesFlags && isMovable(topic, ownTopics));
  const outcomes = saidIn(cluster).map((said) => {
    const setting = SETTINGS.get(said.topic);
    if (setting !== undefined) return { ...said, ...settingOf(said, setting, settingsElsewhere) };
    return { ...said, ...(isMoved(said.topic) ? flagOf(said) : {}) };
  });
  const given = outcomes.flatMap(({ setting }) => (setting === undefined ? [] : [setting]));
  const hasBuffers = outcomes.some(({ topic, flag }) => BUFFERS.includes(topic) && flag !== undefined);
  return {
    distribution: { ...Object.fromEntries(given), ...(hasBuffers && { buffers: false }) },
    flags: outcomes.flatMap(({ flag }) => flag ?? []),
    left: outcomes.flatMap(({ topic, why }) => (why === undefined ? [] : [`${topic}: ${why}`])),
  };
}

function saidIn(cluster: FoundCluster): readonly Said[] {
  const all = nodesOf(cluster).map(({ installed }) => saidBy(installed.flags?.uses ?? []));
  const found = [...new Set(all.flatMap((said) => [...said.keys()]))];
  return found.map((topic) => {
    const values = new Set(all.map((said) => said.get(topic)));
    return { topic, value: values.size === 1 ? [...values][0] : undefined };
  });
}

const DIFFERENT = 'the nodes differ in it';

function settingOf({ value }: Said, { property, read }: Setting, elsewhere: Readonly<Record<string, string>>): Outcome {
  const place = elsewhere[property];
  if (place !== undefined) return { why: `the server has it in a place of its own (${place})` };
  if (value === undefined) return { why: DIFFERENT };
  const setting = read(value);
  return setting === undefined ? { why: 'its value is not known here' } : { setting: [property, setting] };
}

function flagOf({ topic, value }: Said): Outcome {
  if (mayHoldSecret([...topic.split(' '), value ?? ''])) return { why: 'it may hold a secret' };
  if (value === undefined) return { why: DIFFERENT };
  if (isPlaceholder(value)) return { why: 'its value is not known here' };
  const [name = '', parameter] = topic.slice(1).split(' ');
  if (isFlagOfPairs(name) && parameter !== undefined) return { flag: vmFlag(name, parameter, value) };
  return { flag: vmFlag(name, ...(value === '' ? [] : value.split(' '))) };
}

/** What flags say by topic; the last one counts. */
function saidBy(uses: readonly FlagUse[]): ReadonlyMap<string, string> {
  return new Map(uses.flatMap(topics));
}

/** Flags that the new files have in any case, and names, which stay where the server has them. */
function isMovable(topic: string, ownTopics: ReadonlySet<string>): boolean {
  const isOurs = /^-(proto_dist|ssl_dist_opt(file)?|s?name|start_epmd|args_file)$/.test(topic);
  return !isOurs && !SETTINGS.has(topic) && !ownTopics.has(topic);
}

/** `{10,0,0,1}` */
function addressIn(value: string): string | undefined {
  const numbers = /^\{([\d,\s]+)\}$/.exec(value)?.[1]?.split(',').map(Number);
  return numbers && ipAddressOf(numbers)?.text;
}
