import { counted } from './duration';

/** `3 nodes and 1 tool`. A node of which there are several, such as its two sides, counts once. */
export function whoText(members: readonly { readonly name: string; readonly isTools: boolean }[]): string {
  const count = (isTools: boolean): number =>
    new Set(members.filter((one) => one.isTools === isTools).map(({ name }) => name)).size;
  return `${counted(count(false), 'node')}${count(true) === 0 ? '' : ` and ${counted(count(true), 'tool')}`}`;
}
