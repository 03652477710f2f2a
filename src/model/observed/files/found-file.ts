/** Owner, group and mode of a file. */
export interface Permissions {
  /** The twelve lowest bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A directory on the way to a file. */
export interface FoundDirectory extends Permissions {
  readonly path: string;
}

/** A symbolic link on the way to a file. */
export interface FoundLink {
  /** How much younger it is than the file, in milliseconds. */
  readonly laterBy: number;
  /** Whether the path itself is that link, and no directory in it. */
  readonly isEnd: boolean;
}

/** What there is at one path. */
export interface FoundFile {
  /** Where the file was looked for, for messages. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'missing' | 'unreadable';
  /** Why the file cannot be read. Absent if it can be read, or if the reason is not known. */
  readonly why?: string;
  /** Contents of the file. Empty if it cannot be read. */
  readonly bytes: Uint8Array;
  /** Absent if the file is not on a node yet. */
  readonly permissions?: Permissions;
  /** The symbolic links on the way to it. */
  readonly links?: readonly FoundLink[];
  /** Whether the key that begins the file stays on the node, and is not here. */
  readonly lacksKey?: boolean;
  /** From the nearest one to the root. */
  readonly parents: readonly FoundDirectory[];
}

export function missingFile(path: string): FoundFile {
  return { path, kind: 'missing', bytes: new Uint8Array(), parents: [] };
}

/** The last part of a path of a node. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The files of a directory by their names; none where there is no such directory. */
export type FilesIn = (directory: string) => ReadonlyMap<string, FoundFile>;

/** What there is at a path of the node, such as an option file names it. */
export type FileAt = (path: string) => FoundFile;

export function textOf({ bytes }: FoundFile): string {
  // A byte order mark is a character to the VM: it stays.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Whether the bytes may be text: those of another kind of file nearly always have control characters. */
export function isText({ bytes }: FoundFile): boolean {
  return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** Whether the bytes are UTF-8. */
export function isUtf8({ bytes }: FoundFile): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
