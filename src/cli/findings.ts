import type { Finding } from '../model/findings/finding';
import type { Severity } from '../model/findings/rule';
import { type FindingsFormat, findingsIn, findingsJson } from '../model/report/text/findings';
import { type ExitCode, UsageError, type World } from './command';

/** Options of every command that reports findings. */
export const FINDINGS_OPTIONS = {
  json: { type: 'boolean' },
  format: { type: 'string' },
  'fail-on': { type: 'string' },
} as const;

export const FINDINGS_USAGE = `  --format=FORMAT     text (default), json, github (annotations of a workflow) or junit
  --json              the same as --format=json
  --fail-on=SEVERITY  error (default) or warning: the least severity that makes the exit code 1

exit code: 0 no errors (with --fail-on=warning: no findings), 1 findings, 2 the check could not be done
`;

interface Given {
  readonly json?: boolean;
  readonly format?: string;
  readonly 'fail-on'?: string;
}

/** How to report findings. */
export interface Answer {
  readonly format: FindingsFormat | 'json';
  /** The least severity that makes the exit code 1. */
  readonly failOn: Severity;
}

export function answerOf(given: Given): Answer {
  return { format: formatOf(given), failOn: severityOf(given) };
}

function formatOf({ json, format = json === true ? 'json' : 'text' }: Given): FindingsFormat | 'json' {
  if (json === true && format !== 'json') throw new UsageError(`--json and --format=${format} contradict each other`);
  if (format === 'text' || format === 'json' || format === 'github' || format === 'junit') return format;
  throw new UsageError(`--format=${format} is unknown: use text, json, github or junit`);
}

function severityOf({ 'fail-on': severity = 'error' }: Given): Severity {
  if (severity === 'error' || severity === 'warning') return severity;
  throw new UsageError(`--fail-on=${severity} is unknown: use error or warning`);
}

/** Output besides the findings. */
export interface Report {
  /** For people, before the findings. */
  readonly text: string;
  /** For programs, as members of the JSON. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Prints the findings and returns the exit code. */
export function conclude(
  findings: readonly Finding[],
  { format, failOn }: Answer,
  world: World,
  { text, facts }: Report,
): ExitCode {
  world.out(format === 'text' ? text : '');
  world.out(format === 'json' ? findingsJson(findings, facts) : findingsIn(format, findings, world.isTerminal));
  return findings.some(({ severity }) => severity === 'error' || failOn === 'warning') ? 1 : 0;
}
