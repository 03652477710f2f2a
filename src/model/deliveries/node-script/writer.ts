import { shellQuoted } from '../../erlang/flags/shell-variable-writer';
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { terraformLiteral } from '../../terraform/terraform-literal';
import { NODE_SCRIPT_BODY } from './body.generated';
import { configurationFunction, keyVariables, type ScriptKey, secrecy } from './key-part';
import { checkOwner } from './owner';

/** A file in a script. */
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
  /** Whether every node of the cluster has this content: Terraform does not fill in a part of it, and it is no secret. */
  readonly isCommon: boolean;
}

/** The content of a script. */
export interface ScriptInput {
  /** Id of the node, or of the tools. */
  readonly subject: string;
  readonly installDirectory: string;
  /** `user` or `user:group`. Empty for no particular owner. */
  readonly owner: string;
  /** Command that makes a running node read the files at once, in one line for people. Empty if no running node reads them. */
  readonly reload: string;
  readonly files: readonly ScriptFile[];
  /** Absent if the files contain the key. */
  readonly key?: ScriptKey;
  /** Names of files whose text lacks the key that they have on the node, in a script that is to be read and never run. */
  readonly leftOut?: readonly string[];
}

/** A part of a script, as a Terraform string. */
export interface ScriptPart {
  readonly text: string;
  /** Whether the part is the same for all nodes of a cluster whose files have the same paths. */
  readonly isCommon: boolean;
}

/** The script in parts, without its body, which is the same in every script. Only contents and their checksums are not literal text. */
export function nodeScript(input: ScriptInput): readonly ScriptPart[] {
  const { subject, installDirectory, owner, reload, files, key, leftOut } = input;
  checkOwner(owner);
  const numbers = files.map((_file, index) => index + 1);
  const comment = [
    `, for ${installDirectory}. ${secrecy(key)}`,
    '#   sh FILE --help',
    'set -eu',
    'umask 077',
    'LC_ALL=C',
    'export LC_ALL',
    '',
    'subject=',
  ].join('\n');
  const variables = [
    '',
    `install_directory=${shellQuoted(installDirectory)}`,
    `owner=${shellQuoted(owner)}`,
    `reload=${shellQuoted(reload)}`,
    `numbers='${numbers.join(' ')}'`,
    key === undefined ? '' : keyVariables(key, namesOf(files)),
    '',
  ].join('\n');
  return joined([
    own(`#!/bin/sh\n# The TLS files of ${terraformLiteral(subject)}`),
    common(terraformLiteral(comment)),
    own(terraformLiteral(shellQuoted(subject))),
    common(terraformLiteral(variables)),
    ...(key === undefined ? [] : [own(configurationFunction(key))]),
    common('describe() {\n  case $1 in\n'),
    ...files.flatMap(description),
    common(`  esac\n${key === undefined ? '' : '  complete_key_file "$1"\n'}}\n\n`),
    common(`content() {\n${key === undefined ? '' : '  print_key "$1"\n'}  case $1 in\n`),
    ...files.flatMap(document),
    common(`  esac\n}\n${leftOut === undefined ? '' : keysLeftOut(files, leftOut)}`),
  ]);
}

function namesOf(files: readonly ScriptFile[]): readonly string[] {
  return files.map(({ name }) => name);
}

/** Such a script has no body: run by mistake, it does nothing. */
function keysLeftOut(files: readonly ScriptFile[], leftOut: readonly string[]): string {
  const numbers = files.flatMap(({ name }, index) => (leftOut.includes(name) ? [index + 1] : []));
  return `keys_left_out='${numbers.join(' ')}'\n`;
}

/** What every script does. */
export const SCRIPT_BODY = terraformLiteral(NODE_SCRIPT_BODY);

function own(text: string): ScriptPart {
  return { text, isCommon: false };
}

function common(text: string): ScriptPart {
  return { text, isCommon: true };
}

/** Joins neighbours of one kind. */
function joined(parts: readonly ScriptPart[]): readonly ScriptPart[] {
  const all: ScriptPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last?.isCommon === part.isCommon) all[all.length - 1] = { ...part, text: last.text + part.text };
    else all.push(part);
  }
  return all;
}

function description({ name, mode, checksum, readAtBoot, isCommon }: ScriptFile, index: number): ScriptPart[] {
  const start = terraformLiteral(
    `    ${index + 1}) name=${shellQuoted(name)} mode=${mode} boot=${readAtBoot ? 'yes' : 'no'} checksum=`,
  );
  return [common(start), { text: checksum, isCommon }, common(' ;;\n')];
}

/** A here-document: the shell does not interpret its text, and no command line exposes it. */
function document({ name, content, isCommon }: ScriptFile, index: number): ScriptPart[] {
  const end = `END_OF_FILE_${index + 1}`;
  if (content.split('\n').includes(end)) refuse(FILE_NOT_FOR_SCRIPT, { subject: 'file', got: name });
  return [
    common(`    ${index + 1})\n      cat <<'${end}'\n`),
    { text: content, isCommon },
    common(`${end}\n      ;;\n`),
  ];
}

export const FILE_NOT_FOR_SCRIPT = rule({
  code: 'file-not-for-script',
  severity: 'error',
  problem: 'cannot be carried by an install script',
  expected: 'text that ends with a line break and has no line "END_OF_FILE_" with a number',
  remedy: 'change the text, or deliver it as a plain file',
  source: 'POSIX.1-2017, Shell Command Language, 2.7.4 Here-Document',
});
