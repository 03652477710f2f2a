import { shellQuoted } from '../../erlang/flags/shell-variable-writer';
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { terraformLiteral } from '../../terraform/terraform-literal';
import { INSTALL_SCRIPT_BODY } from './body.generated';

/** A file in an install script. */
export interface ScriptFile {
  /** Below the install directory. */
  readonly name: string;
  readonly mode: string;
  /** As a Terraform string. It ends with a line break. */
  readonly content: string;
  /** SHA-256 of the content, in hexadecimal, as a Terraform string. */
  readonly checksum: string;
  /** Whether nodes read the file only at boot. */
  readonly readAtBoot: boolean;
}

/** The content of an install script. */
export interface ScriptInput {
  /** Id of the node, or of the tools. */
  readonly subject: string;
  readonly installDirectory: string;
  /** `user` or `user:group`. Empty for no particular owner. */
  readonly owner: string;
  /** Command that makes a running node read the files at once, in one line for people. Empty if no running node reads them. */
  readonly reload: string;
  readonly files: readonly ScriptFile[];
}

/** The script as a Terraform string. Everything except the contents and their checksums is literal text. */
export function installScript({ subject, installDirectory, owner, reload, files }: ScriptInput): string {
  checkOwner(owner);
  const numbers = files.map((_file, index) => index + 1);
  const head = [
    '#!/bin/sh',
    `# The TLS files of ${subject}, for ${installDirectory}. They may hold a private key: keep this file from others, and delete it after use.`,
    '#   sh FILE --help',
    'set -eu',
    'umask 077',
    'LC_ALL=C',
    'export LC_ALL',
    '',
    `subject=${shellQuoted(subject)}`,
    `install_directory=${shellQuoted(installDirectory)}`,
    `owner=${shellQuoted(owner)}`,
    `reload=${shellQuoted(reload)}`,
    `numbers='${numbers.join(' ')}'`,
    '',
    '',
  ].join('\n');
  return [
    terraformLiteral(head),
    'describe() {\n  case $1 in\n',
    ...files.map(description),
    '  esac\n}\n\ncontent() {\n  case $1 in\n',
    ...files.map(document),
    '  esac\n}\n',
    terraformLiteral(INSTALL_SCRIPT_BODY),
  ].join('');
}

function checkOwner(owner: string): void {
  if (!/^([A-Za-z_][0-9A-Za-z_.-]*(:[A-Za-z_][0-9A-Za-z_.-]*)?)?$/.test(owner)) {
    refuse(OWNER_ILLEGAL, { subject: 'owner', got: owner });
  }
}

export const OWNER_ILLEGAL = rule({
  code: 'owner-illegal',
  severity: 'error',
  problem: 'is no owner',
  expected: '"user" or "user:group", of letters, digits, "_", "-" and "."',
  remedy: 'name the user that runs the node',
  source: 'docs/distribution.md; test/constructs/refusals.test.ts',
});

function description({ name, mode, checksum, readAtBoot }: ScriptFile, index: number): string {
  const start = terraformLiteral(
    `    ${index + 1}) name=${shellQuoted(name)} mode=${mode} boot=${readAtBoot ? 'yes' : 'no'} checksum=`,
  );
  return `${start}${checksum} ;;\n`;
}

/** A here-document: the shell does not interpret its text, and no command line exposes it. */
function document({ name, content }: ScriptFile, index: number): string {
  const end = `END_OF_FILE_${index + 1}`;
  if (content.split('\n').includes(end)) refuse(FILE_NOT_FOR_SCRIPT, { subject: 'file', got: name });
  return `    ${index + 1})\n      cat <<'${end}'\n${content}${end}\n      ;;\n`;
}

export const FILE_NOT_FOR_SCRIPT = rule({
  code: 'file-not-for-script',
  severity: 'error',
  problem: 'cannot be carried by an install script',
  expected: 'text that ends with a line break and has no line "END_OF_FILE_" with a number',
  remedy: 'change the text, or deliver it as a plain file',
  source: 'POSIX.1-2017, Shell Command Language, 2.7.4 Here-Document',
});
