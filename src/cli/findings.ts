import type { Finding } from '../model/findings/finding';
import type { Severity } from '../model/findings/rule';
import { type FindingsFormat, findingsIn, findingsJson } from '../model/report/text/findings';
import { type ExitCode, UsageError, type World } from './command';

/** Options of every command that finds things. */
export const FINDINGS_OPTIONS = {
  json: { type: 'boolean' },
  format: { type: 'string' },
  'fail-on': { type: 'string' },
} as const;

export const FINDINGS_USAGE = `  --format=FORMAT     text (default), json, github (annotations of a workflow) or junit
  --json              the same as --format=json
  --fail-on=SEVERITY  error (default) or warning: what makes the exit code 1

exit code: 0 nothing found, or warnings only (unless --fail-on=warning), 1 something found, 2 the question could not be answered
`;

interface Given {
  readonly json?: boolean;
  readonly format?: string;
  readonly 'fail-on'?: string;
}

/** How findings are told, as was asked for. */
export interface Answer {
  readonly format: FindingsFormat | 'json';
  /** What makes the exit code 1. */
  readonly failOn: Severity;
}

export function answerOf(given: Given): Answer {
  return { format: formatOf(given), failOn: severityOf(given) };
}

function formatOf({ json, format = json === true ? 'json' : 'text' }: Given): FindingsFormat | 'json' {
  if (json === true && format !== 'json') throw new UsageError(`--json and --format=${format} are two formats`);
  if (format === 'text' || format === 'json' || format === 'github' || format === 'junit') return format;
  throw new UsageError(`--format=${format} is none of text, json, github and junit`);
}

function severityOf({ 'fail-on': severity = 'error' }: Given): Severity {
  if (severity === 'error' || severity === 'warning') return severity;
  throw new UsageError(`--fail-on=${severity} is neither error nor warning`);
}

/** What is said beside findings. */
export interface Report {
  /** For people, before the findings. */
  readonly text: string;
  /** For programs, as members of the JSON. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Prints the findings, and says how the command ends. */
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
