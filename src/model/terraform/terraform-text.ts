import { refuse } from '../errors';

/**
 * A string that Terraform keeps as it is: composed text that does not begin with a byte order mark, which it drops. `subject` names the
 * property.
 */
export function keptByTerraform(subject: string, text: string): string {
  return text.startsWith('\ufeff') ? changed(subject, text) : composedText(subject, text);
}

/**
 * A part of such a string. Terraform puts every string into Unicode's composed form (NFC), and cannot hold half of a UTF-16 pair: a path
 * would no longer be the path that was quoted for Erlang.
 */
export function composedText(subject: string, text: string): string {
  return text.normalize('NFC') !== text || hasHalfCharacter(text) ? changed(subject, text) : text;
}

function changed(subject: string, text: string): never {
  return refuse('text-changed-by-terraform', { subject, got: text });
}

/** Half of a UTF-16 pair has no UTF-8 form. */
export function hasHalfCharacter(text: string): boolean {
  return [...text].some((character) => /^[\ud800-\udfff]$/.test(character));
}

/** True for the characters 0 to 31 and 127: none of the readers of our files shows or keeps them reliably. */
export function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\x7f');
}
