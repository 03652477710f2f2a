import { getSystemErrorMap } from 'node:util';

/** The texts of libuv, by code: `EACCES`, `permission denied`. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ...getSystemErrorMap().values(),
  // About the path that the message names.
  ['EISDIR', 'it is a directory'],
  ['ENOTDIR', 'a part of it is not a directory'],
  // Of the resolver; libuv has other codes for them.
  ['ENOTFOUND', 'the host name is unknown'],
  ['EAI_AGAIN', 'the name server does not answer'],
]);

/** Whether an error comes from the operating system: a missing file, a full disk, a refused connection. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return TEXTS.has((error as Partial<NodeJS.ErrnoException>).code ?? '');
}

/** An error of the operating system in words, without its code. */
export function systemErrorText(error: unknown): string {
  // A connection to a host with several addresses fails once for each.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(systemErrorText))].join('; ');
  const { code = '', message } = error as NodeJS.ErrnoException;
  return TEXTS.get(code) ?? message;
}
