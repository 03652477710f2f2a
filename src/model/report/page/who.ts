import { counted } from './duration';

/** `3 nodes and 1 tool`. A node with several entries, such as one for each side, counts once. */
export function whoText(members: readonly { readonly name: string; readonly isTools: boolean }[]): string {
  const count = (isTools: boolean): number =>
    new Set(members.filter((one) => one.isTools === isTools).map(({ name }) => name)).size;
  return `${counted(count(false), 'node')}${count(true) === 0 ? '' : ` and ${counted(count(true), 'tool')}`}`;
}
