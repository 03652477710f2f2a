import type { Command } from './commands';
import type { Shell } from './script';
import { literalText, type Part, UnknownEffect, type Word } from './tokens';
import { expand, forget, type Value } from './value';

/** The circumstances of a command. */
interface Run {
  readonly shell: Shell;
  /** Whether the command certainly runs, and in this shell. */
  readonly isCertain: boolean;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=/;
const NAME = /^[A-Za-z_]\w*$/;

/** Builtins before which an assignment lasts. */
const SPECIAL: ReadonlySet<string> = new Set(
  ': . break continue eval exec exit export readonly return set shift times trap unset source'.split(' '),
);

/** Builtins that may have any effect, or one that shells disagree on. */
const UNREADABLE: ReadonlySet<string> = new Set(
  (
    'alias bind builtin coproc declare enable eval fc getopts let local mapfile readarray readonly shopt source trap ' +
    'typeset unalias'
  ).split(' '),
);

/** Variables that the shell sets itself, or that change how it reads. */
const OWN =
  /^(?:_|IFS|LINENO|S?RANDOM|SECONDS|PPID|E?UID|GROUPS|OPT(?:IND|ARG|ERR)|(?:OLD)?PWD|REPLY|BASH\w*|SHELLOPTS|EPOCH\w+|DIRSTACK|FUNCNAME|HIST\w*|PIPESTATUS|COMP_\w+|POSIXLY_CORRECT|LC_ALL|LC_CTYPE|LANG|SHLVL)$/;

/** Applies a command. `returns`: it ends the file. */
export function effectOf({ words, isRedirected }: Command, run: Run): 'returns' | undefined {
  const first = words.findIndex((word) => !isAssignment(word));
  const count = first < 0 ? words.length : first;
  const [command, ...operands] = words.slice(count);
  // A command whose file cannot be opened does nothing.
  const own = { ...run, isCertain: run.isCertain && !isRedirected };
  const assignments = words.slice(0, count);
  if (command === undefined) {
    for (const word of assignments) assignment(word, own)();
    return undefined;
  }
  const name = nameOf(command, run.shell);
  // Some shells take back what such a builtin assigns then, and in some the assignment lasts.
  if (count > 0 && BUILTINS.has(name)) refused(name);
  for (const word of assignments) assignment(word, { ...run, isCertain: false }, SPECIAL.has(name))();
  return builtin(name, operands, own);
}

function nameOf(command: Word, { functions }: Shell): string {
  const name = literalText(command);
  const isUnreadable =
    name === undefined || functions.has(name) || UNREADABLE.has(name) || /^[A-Za-z_]\w*(?:\+=|\[)/.test(name);
  return isUnreadable ? refused(name ?? '$…') : name;
}

function refused(shown: string): never {
  throw new UnknownEffect(shown);
}

function isAssignment(word: Word): boolean {
  const [head] = word;
  return head?.kind === 'literal' && !head.isQuoted && ASSIGNMENT.test(head.text);
}

/** Expands the value, and returns the assignment itself. `lasts`: whether the variable keeps the value after the command. */
function assignment(word: Word, { shell, isCertain }: Run, lasts = true): () => void {
  const [head, ...others] = word;
  const text = head?.kind === 'literal' ? head.text : '';
  const name = ASSIGNMENT.exec(text)?.[1] ?? '';
  if (OWN.test(name)) refused(name);
  const rest: Word = [{ kind: 'literal', text: text.slice(name.length + 1), isQuoted: false }, ...others];
  const value = valueOf(rest, { shell, isCertain });
  return () => {
    if (lasts) shell.set(name, value);
  };
}

function valueOf(word: Word, { shell, isCertain }: Run): Value | undefined {
  if (isCertain) return expand(word, shell);
  forget(word, shell);
  return undefined;
}

function builtin(name: string, operands: readonly Word[], run: Run): 'returns' | undefined {
  const own = BUILTINS.get(name);
  if (own !== undefined) {
    own(operands, run);
    return undefined;
  }
  const texts = operands.map((word) => literalText(word) ?? '');
  if (READABLE.get(name)?.(texts) === false) refused(name);
  if (name === 'set') run.shell.setOptions(texts, run.isCertain);
  for (const word of operands) valueOf(word, run);
  return name === 'return' || name === 'exit' || (name === 'exec' && operands.length > 0) ? 'returns' : undefined;
}

/** Builtins that set variables. */
const BUILTINS: ReadonlyMap<string, (operands: readonly Word[], run: Run) => void> = new Map([
  [
    'export',
    (operands, run) => {
      // Each operand is expanded before the first one is assigned.
      for (const assign of operands.map((word) => exported(word, run))) assign();
      if (run.isCertain) for (const word of operands) run.shell.exported.add(nameIn(word));
    },
  ],
  ['unset', (operands, run) => setAll(operands, run.isCertain ? null : undefined, run.shell)],
  ['read', (operands, run) => setAll(operands, undefined, run.shell)],
  [
    '.',
    (operands, { shell, isCertain }) => {
      const [path = '$…'] = operands.map(literalText);
      if (!isCertain || operands.length !== 1 || !path.startsWith('/')) refused(`. ${path}`);
      shell.include(path);
    },
  ],
]);

function setAll(operands: readonly Word[], value: Value | null | undefined, shell: Shell): void {
  for (const text of operands.map((word) => literalText(word) ?? '')) {
    if (NAME.test(text)) shell.set(text, value);
    else if (!/^-[rv]$/.test(text)) refused(`\${${text}}`);
  }
}

/** The operands with which other builtins set nothing. */
const READABLE: ReadonlyMap<string, (texts: readonly string[]) => boolean> = new Map([
  ['set', (texts) => texts[0] === '--' || texts.every((text) => /^[-+][aefux]+$/.test(text))],
  ['command', ([option = '']) => /^-[vV]$/.test(option)],
  ['printf', ([format = '-']) => /^[^-]/.test(format)],
  ['wait', ([job = '%']) => /^[^-]/.test(job)],
]);

/** Of an operand of `export`. */
function nameIn([head]: Word): string {
  return head?.kind === 'literal' ? head.text.replace(/=.*$/s, '') : '';
}

function exported(word: Word, run: Run): () => void {
  if (isAssignment(word)) {
    // Some shells split expansions that are not in quotes, and bash expands braces.
    const isWhole = (part: Part): boolean => part.isQuoted || (part.kind === 'literal' && !/[{*?[]/.test(part.text));
    return assignment(word, { ...run, isCertain: run.isCertain && word.every(isWhole) });
  }
  if (!NAME.test(literalText(word) ?? '')) refused('export');
  return () => undefined;
}
