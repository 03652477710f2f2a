/** Texts that some reader between the user and the VM treats specially. */
import * as fc from 'fast-check';

/** By what they are. Each breaks at least one reader that takes text as it comes. */
export const HOSTILE: Readonly<Record<string, string>> = {
  nothing: '',
  'a blank': ' ',
  'two blanks': '  ',
  'a tab': '\t',
  'a line feed': '\n',
  'a line break of Windows': '\r\n',
  'a backspace and a bell': '\b\x07',
  'an escape sequence of terminals': '\x1b[31mred',
  'the same in one byte': '\x9b31mred',
  DEL: '\x7f',
  NUL: '\0',
  'a double quote': '"',
  'a single quote': "'",
  'both quotes': `"'"'`,
  'a backslash': '\\',
  'a backslash before a quote': '\\"',
  escapes: '\\n\\x41\\101\\s',
  'a hash': '#',
  'a comment': ' # ',
  'a percent sign': '%',
  'a reference': '${x}',
  'a reference twice marked': '$${x}',
  'a call': '${file("/etc/passwd")}',
  'a reference to a resource': '${tls_private_key.x.private_key_pem}',
  'half a reference': '${',
  'a directive': '%{if true}',
  'a directive twice marked': '%%{x}',
  dollars: '$$$',
  'a variable': '$HOME',
  backticks: '`id`',
  'a semicolon': ';',
  'a template tag': '<%= 1 %>',
  'a range': '{0..2}',
  brackets: '[{buffer,1}]',
  'a wildcard': '*',
  'a leading dash': '-x',
  'two leading dashes': '--',
  'a leading plus': '+K',
  'a tilde': '~',
  'a slash': '/',
  'two dots': '..',
  'an at sign': '@',
  accents: 'é',
  'an accent apart': 'e\u0301',
  'a sign that has a canonical twin': '\u212b',
  'a script from right to left': 'שלום',
  'a switch to right to left': '\u202etxt.exe\u202c',
  'an emoji': '🦕',
  'an emoji of several': '👩‍👩‍👧',
  'a flag of two letters': '🇩🇪',
  'half an emoji': '\ud83e',
  'the other half': '\udd95',
  'a no-break space': '\u00a0',
  'a space of no width': '\u200b',
  'a byte order mark': '\ufeff',
  'a line separator': '\u2028',
  'no character': '\uffff',
  'a character for private use': '\ue000',
  '300 letters': 'x'.repeat(300),
  '300 emojis': '🦕'.repeat(300),
};

/** Alone, and in front of, within and behind what is harmless. */
export const HOSTILE_TEXTS: readonly string[] = Object.values(HOSTILE).flatMap((text) => [
  text,
  `${text}a`,
  `a${text}b`,
  `a${text}`,
]);

/** Several of them at once. */
export function hostileMixture(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { arbitrary: fc.constantFrom(...Object.values(HOSTILE).filter(({ length }) => length < 100)), weight: 3 },
    { arbitrary: fc.constantFrom('a', 'B', '0', '_', '.'), weight: 2 },
  );
  return fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
}
