import type { Option } from '../erlang/option-file-reader';
import type { Side } from '../erlang/ssl-option';
import { readTerm } from '../erlang/term-reader';
import { type Finding, InvalidInput } from '../errors';
import { type CrlFacts, readCrl } from '../pki/crl-reader';
import { readPem } from '../pki/pem-reader';
import { type FlagCarrier, type FoundFlags, readFlags } from './flag-carriers';
import { type FileAt, type FilesIn, type FoundFile, textOf } from './found-file';
import { type Material, readMaterial } from './material';
import { crlDirectoryOf, filesOf, settingsOfFile, settingsOfFlags, type TlsSettings } from './tls-settings';

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
  readonly filesIn: FilesIn;
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
  /** What lies in the directory of `ssl_crl_hash_dir`; undefined where no list is asked for. */
  readonly revocation?: readonly CrlFacts[];
}

/** Reads whatever the VM would read of these files. Nothing is evaluated. */
export function readInstalled({ label, host, carriers, optionFile, fileAt, filesIn }: InstalledSource): InstalledNode {
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
    sides: readSides(settings, fileAt, filesIn),
  };
}

function found(path: string | undefined, fileAt: FileAt): FoundFile | undefined {
  return path === undefined ? undefined : fileAt(path);
}

function readSides(settings: TlsSettings | undefined, fileAt: FileAt, filesIn: FilesIn): readonly InstalledSide[] {
  return (['server', 'client'] as const).flatMap((side) => {
    const options = settings?.[side];
    return options === undefined
      ? []
      : [
          {
            side,
            options,
            material: readMaterial(filesOf(options), fileAt),
            revocation: readRevocation(options, filesIn),
          },
        ];
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

function readRevocation(options: readonly Option[], filesIn: FilesIn): readonly CrlFacts[] | undefined {
  const directory = crlDirectoryOf(options);
  if (directory === undefined) return undefined;
  const blocks = filesIn(directory).flatMap((file) => readPem(textOf(file)).blocks);
  return blocks
    .filter(({ label }) => label === 'X509 CRL')
    .map(({ der }) => readCrl(der))
    .filter((one) => one !== undefined);
}
