import { firstValue, isPlaceholder, knownValue } from '../../erlang/flags/flag-use';
import { settingsOfFlags } from '../../erlang/options/flat-options-reader';
import { misplacedIn, type Option, tryReadOptionFile } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { filesOf, type TlsSettings } from '../../erlang/options/tls-settings';
import { WILDCARD_CALL } from '../../erlang/options/wildcard-match';
import { readTerm } from '../../erlang/terms/term-reader';
import { type Finding, InvalidInput } from '../../findings/finding';
import { type FlagCarrier, type FoundFlags, readFlags } from './flag-carriers';
import { type FileAt, type FilesIn, type FoundFile, textOf } from './found-file';
import { type KnownPem, type Material, readMaterial } from './material';
import { type FoundList, readRevocation } from './revocation-lists';

/** Where one node, or the tools, are to be looked at. */
export interface InstalledSource {
  /** For people: the node's name, or where its files are. */
  readonly label: string;
  /** The directory in which it was found, where several may have one label. */
  readonly place?: string;
  /** The host that other nodes dial. Absent if it is not known. */
  readonly host?: string;
  /** Whether it only dials nodes. Absent if its options say it. */
  readonly isTools?: boolean;
  /** Absent if no file contains flags: then flags are not judged. */
  readonly carriers?: readonly FlagCarrier[];
  /** Absent if flags name it, or if there is none. */
  readonly optionFile?: string;
  /** Whether its files are on their way to the node. */
  readonly isStaged?: boolean;
  /** Which of two possible files was read, in words. Absent if there is only one. */
  readonly reading?: string;
  /** Paths of the files that its flags include. */
  readonly included?: readonly string[];
  readonly fileAt: FileAt;
  readonly filesIn: FilesIn;
}

/** One node, or the tools, as found. */
export interface InstalledNode {
  readonly label: string;
  /** Its whole name, where flags or the label say it. */
  readonly name?: string;
  readonly host?: string;
  /** Tools dial and are not dialled. */
  readonly isTools: boolean;
  readonly flags?: FoundFlags;
  readonly optionFile?: FoundFile;
  /** Why the option file is no literal term. */
  readonly unreadable?: Finding;
  /** What the option file has beside options, in words. */
  readonly misplaced: readonly string[];
  readonly settings?: TlsSettings;
  readonly sides: readonly InstalledSide[];
  /** Which of two possible files was read, in words. */
  readonly reading?: string;
  /** The files and variables with its flags, and the files that they include. */
  readonly carriers: readonly string[];
  readonly included: readonly string[];
}

/** What one side is told, and what it finds. */
export interface InstalledSide {
  readonly side: Side;
  readonly options: readonly Option[];
  readonly material: Material;
  /** Contents of the directory of `ssl_crl_hash_dir`. Absent if no list is required, or if lists come from elsewhere. */
  readonly revocation?: readonly FoundList[];
}

/** Reads from these files what the VM would read. Nothing is evaluated. `known`: PEM files that were read before. */
export function readInstalled(source: InstalledSource, known: KnownPem = new Map()): InstalledNode {
  const flags = source.carriers && readFlags(source.carriers, source.fileAt);
  const file = found(optionFileIn(flags, source.optionFile), source.fileAt);
  const text = file?.kind === 'file' ? textOf(file) : undefined;
  const settings = readSettings(text, flags);
  return {
    label: source.label,
    ...readIdentity(source, flags, settings),
    flags,
    optionFile: file,
    unreadable: whyUnreadable(text),
    misplaced: misplacedIn(text ?? ''),
    settings,
    sides: readSides(settings, source, known),
    reading: source.reading,
    carriers: (source.carriers ?? []).map(({ name }) => name),
    included: [...(source.included ?? []), ...(flags?.nested ?? [])],
  };
}

function readIdentity(
  { label, host, isTools }: InstalledSource,
  flags: FoundFlags | undefined,
  settings: TlsSettings | undefined,
): Pick<InstalledNode, 'name' | 'host' | 'isTools'> {
  const name = nameIn(flags) ?? (label.includes('@') ? label : undefined);
  const onlyDials = settings?.client !== undefined && settings.server === undefined;
  return { name, host: hostOf(name) ?? host, isTools: isTools ?? (name === undefined && onlyDials) };
}

function found(path: string | undefined, fileAt: FileAt): FoundFile | undefined {
  return path === undefined ? undefined : fileAt(path);
}

function readSides(
  settings: TlsSettings | undefined,
  { fileAt, filesIn }: InstalledSource,
  known: KnownPem,
): readonly InstalledSide[] {
  return (['server', 'client'] as const).flatMap((side) => {
    const options = settings?.[side];
    if (options === undefined) return [];
    const material = readMaterial(filesOf(options), fileAt, known);
    return [{ side, options, material, revocation: readRevocation(options, filesIn) }];
  });
}

/** The option file. If the flags contain options, only a file that flags name is read. `beside`: the file in the same directory. */
function optionFileIn(flags: FoundFlags | undefined, beside: string | undefined): string | undefined {
  const named = knownValue('ssl_dist_optfile', flags?.uses);
  const isFlat = firstValue('ssl_dist_opt', flags?.uses) !== undefined && flags?.namesOptionFile === false;
  return named ?? (isFlat ? undefined : beside);
}

/** Up to OTP 25 the file replaces the flags; from 26 on the two are one list. A separate rule finds nodes with both. */
function readSettings(source: string | undefined, flags: FoundFlags | undefined): TlsSettings | undefined {
  return source === undefined ? settingsOfFlags(flags?.uses ?? []) : tryReadOptionFile(source);
}

/** The value of `-name` or `-sname`. A node called `undefined`, such as a remote shell, gets its name from the node that it dials. */
function nameIn(flags: FoundFlags | undefined): string | undefined {
  const name = firstValue('name', flags?.uses) ?? firstValue('sname', flags?.uses);
  return name === undefined || isPlaceholder(name) || /^undefined(@|$)/.test(name) ? undefined : name;
}

function hostOf(name: string | undefined): string | undefined {
  return /@([^@/]+)$/.exec(name ?? '')?.[1];
}

function whyUnreadable(source: string | undefined): Finding | undefined {
  if (source === undefined) return undefined;
  try {
    readTerm(source, [WILDCARD_CALL]);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.finding;
    throw error;
  }
}
