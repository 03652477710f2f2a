import { firstValue, type FlagUse } from '../../erlang/flags/flag-use';
import { topics } from '../../erlang/flags/vm-flags';
import { settingsOfFlags, withFlatDefaults } from '../../erlang/options/flat-options-reader';
import { tryReadOptionFile } from '../../erlang/options/option-file-reader';
import type { TlsSettings } from '../../erlang/options/tls-settings';
import type { NamedText } from '../../files/named-text';
import { wordsIn } from '../../platforms/registry';
import { carriersIn, mayConfigure, optionFileAmong } from './configuring-files';
import { readFlags } from './flag-carriers';
import { missingFile } from './found-file';

/** What a node, or the tools, read when they start. */
export interface BootSettings {
  readonly flags: readonly FlagUse[];
  readonly settings: TlsSettings;
  /** The value of `-proto_dist`. */
  readonly protocol?: string;
  /** How it finds other nodes and is found by them, in words. Absent if it gets no flags here. */
  readonly discovery?: string;
  /** Files that hold more than is read of them here: name to text. */
  readonly otherText: ReadonlyMap<string, string>;
}

export function readBootSettings(bootFiles: ReadonlyMap<string, string>): BootSettings {
  const read = [...bootFiles].map(([name, text]) => ({ name, text })).filter(({ name }) => mayConfigure(name));
  const carriers = read.flatMap((file) => carriersIn(file, file.name));
  const { uses, missing } = readFlags(carriers, missingFile);
  const flags = [...uses, ...missing.map((path) => ({ name: 'args_file', values: [path], carrier: '' }))];
  const otherText = new Map([...bootFiles].filter(([name, text]) => hasMore(name, text)));
  return {
    flags,
    settings: settingsIn(read, flags),
    protocol: firstValue('proto_dist', flags) ?? protocolIn(otherText),
    discovery: carriers.length === 0 ? undefined : discoveryBy(flags),
    otherText,
  };
}

function hasMore(name: string, text: string): boolean {
  return !mayConfigure(name) || wordsIn({ name, text }) !== undefined;
}

function settingsIn(read: readonly NamedText[], flags: readonly FlagUse[]): TlsSettings {
  const optionFile = optionFileAmong(read);
  if (optionFile !== undefined) return tryReadOptionFile(optionFile.text) ?? {};
  const flat = settingsOfFlags(flags) ?? {};
  // From OTP 26 on this library always names what holds by default before.
  return {
    server: flat.server && withFlatDefaults(flat.server),
    client: flat.client && withFlatDefaults(flat.client),
  };
}

/** In a carrier that is not known, such as one of a platform of the user's. */
function protocolIn(texts: ReadonlyMap<string, string>): string | undefined {
  return [...texts.values()]
    .map((text) => /-proto_dist[\s"']+(\w+)/.exec(text)?.[1])
    .find((protocol) => protocol !== undefined);
}

/** A node that is told a port takes it for everybody's port, and asks no epmd (`erl_epmd:listen_port_please/2`). */
export function discoveryBy(flags: readonly FlagUse[]): string {
  const said = new Map(flags.flatMap(topics));
  const module = said.get('-epmd_module') ?? said.get('-kernel epmd_module');
  if (module !== undefined) return `by the module ${module}`;
  const port = said.get('-kernel erl_epmd_node_listen_port') ?? said.get('-erl_epmd_port');
  return port === undefined ? 'by epmd' : `at port ${port}`;
}
