import type { Option } from '../erlang/option-file-reader';
import type { Side } from '../erlang/ssl-option';
import { readTerm } from '../erlang/term-reader';
import { type Finding, InvalidInput } from '../errors';
import { type FlagCarrier, type FoundFlags, readFlags } from './flag-carriers';
import { type FileAt, type FoundFile, textOf } from './found-file';
import { type Material, readMaterial } from './material';
import { filesOf, settingsOfFile, settingsOfFlags, type TlsSettings } from './tls-settings';

/** Where one node, or the tools, are to be looked at. */
export interface InstalledSource {
  /** For people: the node's name, or where its files are. */
  readonly label: string;
  /** The host under which other nodes dial it. Undefined where that is not known. */
  readonly host?: string;
  /** Undefined where nothing carries flags: then flags are not judged. */
  readonly carriers?: readonly FlagCarrier[];
  /** Undefined where flags name it, or where there is none. */
  readonly optionFile?: string;
  readonly fileAt: FileAt;
}

/** One node, or the tools, as found. */
export interface InstalledNode {
  readonly label: string;
  readonly host?: string;
  /** Tools dial and are not dialled. */
  readonly isTools: boolean;
  readonly flags?: FoundFlags;
  readonly optionFile?: FoundFile;
  /** Why the option file is no literal term. */
  readonly unreadable?: Finding;
  readonly settings?: TlsSettings;
  readonly sides: readonly InstalledSide[];
}

/** What one side is told, and what it finds. */
export interface InstalledSide {
  readonly side: Side;
  readonly options: readonly Option[];
  readonly material: Material;
}

/** Reads whatever the VM would read of these files. Nothing is evaluated. */
export function readInstalled({ label, host, carriers, optionFile, fileAt }: InstalledSource): InstalledNode {
  const flags = carriers && readFlags(carriers, fileAt);
  const file = found(optionFileIn(flags) ?? optionFile, fileAt);
  const source = file?.kind === 'file' ? textOf(file) : undefined;
  const settings = readSettings(source, flags);
  return {
    label,
    host: nameIn(flags) ?? host,
    isTools: settings !== undefined && settings.server === undefined && settings.client !== undefined,
    flags,
    optionFile: file,
    unreadable: whyUnreadable(source),
    settings,
    sides: readSides(settings, fileAt),
  };
}

function found(path: string | undefined, fileAt: FileAt): FoundFile | undefined {
  return path === undefined ? undefined : fileAt(path);
}

function readSides(settings: TlsSettings | undefined, fileAt: FileAt): readonly InstalledSide[] {
  return (['server', 'client'] as const).flatMap((side) => {
    const options = settings?.[side];
    return options === undefined ? [] : [{ side, options, material: readMaterial(filesOf(options), fileAt) }];
  });
}

function optionFileIn(flags: FoundFlags | undefined): string | undefined {
  return flags?.uses.find(({ name }) => name === 'ssl_dist_optfile')?.values[0];
}

/** Up to OTP 25 the file stands for all; from 26 on the two are one list. Both is a finding of its own. */
function readSettings(source: string | undefined, flags: FoundFlags | undefined): TlsSettings | undefined {
  return source === undefined ? settingsOfFlags(flags?.uses ?? []) : settingsOfFile(source);
}

/** The host of `-name` or `-sname`. */
function nameIn(flags: FoundFlags | undefined): string | undefined {
  const use = flags?.uses.find(({ name }) => name === 'name' || name === 'sname');
  return /@(.+)$/.exec(use?.values[0] ?? '')?.[1];
}

function whyUnreadable(source: string | undefined): Finding | undefined {
  if (source === undefined) return undefined;
  try {
    readTerm(source);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.finding;
    throw error;
  }
}
