import { describe, type Finding, printable } from '../../findings/finding';
import { escaped } from '../page/markup';

export type FindingsFormat = 'text' | 'github' | 'junit';

/** Findings in a format. */
export function findingsIn(format: FindingsFormat, findings: readonly Finding[], inColour: boolean): string {
  switch (format) {
    case 'text':
      return findings.map((one) => `${severity(one, inColour)}: ${describe(one)}\n`).join('');
    case 'github':
      return findings.length === 0 ? '::notice title=erlang-tls::nothing found\n' : findings.map(annotation).join('');
    case 'junit':
      return junit(findings);
  }
}

/** JSON of findings and facts. Control characters are escaped, so that a terminal shows them as text. */
export function findingsJson(findings: readonly Finding[], facts: Readonly<Record<string, unknown>>): string {
  const lines = JSON.stringify({ ...facts, findings }, undefined, 2).split('\n');
  return `${lines.map(printable).join('\n')}\n`;
}

const COLOURS = { error: '\x1b[31m', warning: '\x1b[33m' } as const;
const PLAIN = '\x1b[0m';

function severity({ severity: word }: Finding, inColour: boolean): string {
  return inColour ? `${COLOURS[word]}${word}${PLAIN}` : word;
}

/** Workflow commands of GitHub Actions: `%`, line breaks and, in properties, `:` and `,` are percent-encoded. */
function annotation({ severity: word, code, subject, message, remedy }: Finding): string {
  return `::${word} title=${property(`${code}: ${subject}`)}::${data(`${message}; ${remedy}`)}\n`;
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** One test suite; each finding is a failed case. Without findings there is one case that passes. */
function junit(findings: readonly Finding[]): string {
  const cases =
    findings.length === 0
      ? ['  <testcase classname="erlang-tls" name="no findings"/>']
      : findings.map(
          ({ code, subject, message, remedy, severity: word }) =>
            `  <testcase classname="${escaped(code)}" name="${escaped(subject)}"><failure type="${word}" message="${escaped(message)}">${escaped(remedy)}</failure></testcase>`,
        );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="erlang-tls" tests="${cases.length}" failures="${findings.length}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n');
}
