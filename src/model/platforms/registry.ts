import { isOtpApplication } from '../erlang/flags/otp-applications';
import type { NamedText } from '../files/named-text';
import { COUCHDB_READER } from './couchdb/reader';
import { COUCHDB_RECOGNITION } from './couchdb/recognition';
import { EJABBERD_READER, EJABBERD_RECOGNITION } from './ejabberd';
import { ELIXIR_RELEASE_READER, ELIXIR_RELEASE_RECOGNITION } from './elixir-release';
import { EMQX_READER, EMQX_RECOGNITION } from './emqx';
import { MONGOOSEIM_RECOGNITION } from './mongooseim';
import { ERL_RECOGNITION } from './plain-erl';
import type { IpVersion, PlainTextExceptions, ProtocolFacts } from './protocol';
import { RABBITMQ_READER, RABBITMQ_RECOGNITION } from './rabbitmq';
import { type FileWords, NO_PLACE, type NodeSigns, type PlatformReader, type PlatformRecognition } from './reader';
import { RELX_RELEASE_READER, RELX_RELEASE_RECOGNITION } from './relx-release';
import { REMOTE_SHELL_READER } from './remote-shell';
import { OTP_PROTOCOLS } from './tls-protocol';
import { VERNEMQ_RECOGNITION } from './vernemq';

/** One line for each platform that has files in a form of its own, or a protocol of its own. */
const READERS: readonly PlatformReader[] = [
  COUCHDB_READER,
  EJABBERD_READER,
  ELIXIR_RELEASE_READER,
  EMQX_READER,
  RABBITMQ_READER,
  RELX_RELEASE_READER,
  REMOTE_SHELL_READER,
];

/** One line for each platform. The last one is every node that is none of the others. */
const RECOGNITIONS: readonly PlatformRecognition[] = [
  COUCHDB_RECOGNITION,
  RABBITMQ_RECOGNITION,
  EMQX_RECOGNITION,
  EJABBERD_RECOGNITION,
  MONGOOSEIM_RECOGNITION,
  VERNEMQ_RECOGNITION,
  ELIXIR_RELEASE_RECOGNITION,
  RELX_RELEASE_RECOGNITION,
  ERL_RECOGNITION,
];

/** The platforms of which these nodes may be, most likely first. The last one is plain Erlang, which every node is. */
export function platformsSeenIn(nodes: readonly NodeSigns[]): readonly PlatformRecognition[] {
  return RECOGNITIONS.filter(({ isSeenIn }) => nodes.some(isSeenIn));
}

/** Protocols that carry distribution over TLS. */
export const PROTOCOLS: readonly ProtocolFacts[] = [
  ...OTP_PROTOCOLS,
  ...READERS.flatMap(({ protocol }) => protocol ?? []),
];

/** Their names, as a choice in words. */
export const PROTOCOL_NAMES: string = PROTOCOLS.map(({ name }) => name)
  .join(', ')
  .replace(/, ([^,]*)$/, ' or $1');

/** The protocol of that name. Absent if it is none that is known to carry TLS. */
export function protocolNamed(name: string | undefined): ProtocolFacts | undefined {
  return PROTOCOLS.find((protocol) => protocol.name === name);
}

/** The IP version of the addresses that a protocol connects to: for one that is not known, that of OTP's default. */
export function ipVersionOf(name: string): IpVersion {
  return protocolNamed(name)?.ipVersion ?? 4;
}

/** The protocol that nodes with this `-proto_dist` speak: for one that is not known, itself. */
export function spokenProtocol(name: string): string {
  return protocolNamed(name)?.speaks ?? name;
}

/** Every way to except nodes from TLS. */
export const EXCEPTIONS: readonly PlainTextExceptions[] = PROTOCOLS.flatMap(({ exceptions }) => exceptions ?? []);

/** The words that a platform's own file has. Absent for every other file. */
export function wordsIn(file: NamedText, place = NO_PLACE): FileWords | undefined {
  for (const reader of READERS) {
    const found = reader.wordsIn?.(file, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a flag of this name holds parameters of an application: `-kernel net_ticktime 30`. */
export function isApplication(name: string): boolean {
  return isOtpApplication(name) || READERS.some(({ applications = [] }) => applications.includes(name));
}

/** Whether a platform has flags in a file of this name, which does not look like it. */
export function isFlagFile(name: string): boolean {
  return READERS.some(({ flagFiles = [] }) => flagFiles.includes(name));
}

/** Whether only tools read flags in a file of this name. */
export function isToolFile(name: string): boolean {
  return READERS.some(({ toolFiles = [] }) => toolFiles.includes(name));
}

/** Whether a file of this name holds settings of applications and no TLS options of distribution. */
export function isSettingsFile(name: string): boolean {
  return READERS.some(({ settingsFiles = [] }) => settingsFiles.includes(name));
}

/** The name of the file that is made of a template of this name. Absent if it is no template. */
export function madeFromTemplate(name: string): string | undefined {
  const ending = READERS.map(({ templateEnding }) => templateEnding).find(
    (one) => one !== undefined && name.endsWith(one),
  );
  return ending === undefined ? undefined : name.slice(0, -ending.length);
}
