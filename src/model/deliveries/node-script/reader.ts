import { knownValues } from '../../terraform/known-values';
import type { CarriedFiles, DeliveredUnit, DeliveryReader } from '../delivered';
import { textsIn } from '../resource-texts';

/**
 * The scripts in texts of any resource, each with the files of one node: a delivery whose resource contains the script needs no reader of its own.
 * A resource may show its script under two names, as `terraform_data` does.
 */
export const scriptsIn: DeliveryReader['unitsIn'] = (resources, moment) => {
  const known = knownValues(resources, moment);
  return resources.flatMap((resource) => {
    const units = textsIn(resource, moment, known, mayBeScript).flatMap((text): DeliveredUnit | readonly [] => {
      const script = text.content === undefined ? undefined : readNodeScript(text.content);
      if (script === undefined) return [];
      const { subject: name, installDirectory, isWaiting } = script;
      const files = script.files.map((file) => ({ ...text, ...file }));
      return { name, installDirectory, files, isWaiting, resources: [resource.address] };
    });
    return [...new Map(units.map((unit) => [unit.name, unit])).values()];
  });
};

const START = '#!/bin/sh\n';

function mayBeScript(text: string): boolean {
  return text.startsWith(START);
}

/** The files in a script, which is not run. Absent if the text is no such script. */
export function readNodeScript(script: string): CarriedFiles | undefined {
  const subject = variable('subject', script);
  const installDirectory = variable('install_directory', script);
  if (!mayBeScript(script) || subject === undefined || installDirectory === undefined) return undefined;
  const keyName = variable('key_name', script);
  const isWaiting = keyName !== undefined && variable('certificate_in', script) === '';
  const leftOut = variable('keys_left_out', script)?.split(' ');
  const files = [...script.matchAll(DESCRIPTION)].flatMap(([, number = '', name = '', mode = '']) => {
    const content = document(number, script);
    if (content === undefined) return [];
    const file = { name: unquoted(name), mode, content };
    return [file.name === keyName || leftOut?.includes(number) ? { ...file, lacksKey: true } : file];
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
