import type { CarriedFiles, DeliveryReader } from '../delivered';
import { writtenFiles } from '../file-resource';

/** One script for each node, which carries all of its files. */
export const INSTALL_SCRIPT_READER: DeliveryReader = {
  carrierEnding: '.sh',
  runnable: 'installScript',
  carriedIn: readInstallScript,
  unitsIn: (resources, moment) =>
    writtenFiles(resources, moment).flatMap(({ address, text }) => {
      const script = text.content === undefined ? undefined : readInstallScript(text.content);
      if (script === undefined) return [];
      const { subject: name, installDirectory, isWaiting } = script;
      const files = script.files.map((file) => ({ ...text, ...file }));
      return [{ name, installDirectory, files, isWaiting, resources: [address] }];
    }),
};

/** The files in a script of `installScript`, which is not run. Absent if the text is no such script. */
export function readInstallScript(script: string): CarriedFiles | undefined {
  const subject = variable('subject', script);
  const installDirectory = variable('install_directory', script);
  if (!script.startsWith('#!/bin/sh\n') || subject === undefined || installDirectory === undefined) return undefined;
  const keyName = variable('key_name', script);
  const isWaiting = keyName !== undefined && variable('certificate_in', script) === '';
  const files = [...script.matchAll(DESCRIPTION)].flatMap(([, number = '', name = '', mode = '']) => {
    const content = document(number, script);
    if (content === undefined) return [];
    const file = { name: unquoted(name), mode, content };
    return [file.name === keyName ? { ...file, lacksKey: true } : file];
  });
  return { subject, installDirectory, files, ...(isWaiting && { isWaiting }) };
}

/** A word in single quotes, with `'\''` for a quote, as `shellQuoted` writes it. */
const QUOTED = String.raw`'(?:[^']|'\\'')*'`;

const DESCRIPTION = new RegExp(String.raw`^ {4}(\d+)\) name=(${QUOTED}) mode=(0\d{3}) boot=(?:yes|no) checksum=`, 'gm');

function variable(name: string, script: string): string | undefined {
  const value = new RegExp(`^${name}=(${QUOTED})$`, 'm').exec(script)?.[1];
  return value === undefined ? undefined : unquoted(value);
}

function unquoted(word: string): string {
  return word.slice(1, -1).replaceAll(String.raw`'\''`, "'");
}

function document(number: string, script: string): string | undefined {
  const start = `    ${number})\n      cat <<'END_OF_FILE_${number}'\n`;
  const begin = script.indexOf(start);
  const end = script.indexOf(`END_OF_FILE_${number}\n      ;;\n`, begin + start.length);
  return begin < 0 || end < 0 ? undefined : script.slice(begin + start.length, end);
}
