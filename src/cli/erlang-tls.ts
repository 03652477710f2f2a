import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, InvalidInput, printable } from '../model/findings/finding';
import { type Command, type ExitCode, UsageError, type World } from './command';
import { adopt } from './commands/adopt';
import { check } from './commands/check';
import { checkPlan } from './commands/check-plan';
import { crl } from './commands/crl';
import { report } from './commands/report';
import { isSystemError, systemErrorText } from './system-error';

const COMMANDS: Readonly<Record<string, Command>> = { check, 'check-plan': checkPlan, crl, report, adopt };

/** Runs the command line tool with its arguments. */
export async function erlangTls(args: readonly string[], world: World): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) return fail(world, 'no command is given', overview());
  const command = commandOf(name);
  if (isHelp(name)) return help(rest, world);
  if (name === '--version') return say(world, `${version()}\n`);
  if (command === undefined) return failUnknown(name, world);
  // Everything after -- is a path.
  if (rest.slice(0, endOfOptions(rest)).some((arg) => HELP_OPTIONS.has(arg))) return say(world, command.usage);
  try {
    return await command.run(rest, world);
  } catch (error) {
    return explain(error, name, world);
  }
}

const HELP_OPTIONS: ReadonlySet<string> = new Set(['--help', '-h']);

function isHelp(name: string): boolean {
  return name === 'help' || HELP_OPTIONS.has(name);
}

/** The list of commands, or the options of one. */
function help([name]: readonly string[], world: World): ExitCode {
  if (name === undefined || isHelp(name)) return say(world, overview());
  const command = commandOf(name);
  return command === undefined ? failUnknown(name, world) : say(world, command.usage);
}

function commandOf(name: string): Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

function failUnknown(name: string, world: World): ExitCode {
  return fail(world, `unknown command ${JSON.stringify(name)}`, overview());
}

/** Prints errors that the user can act on; any other error is a bug in this program. */
function explain(error: unknown, name: string, world: World): ExitCode {
  if (error instanceof UsageError) return fail(world, error.message, `Run erlang-tls help ${name} for its options.\n`);
  if (error instanceof InvalidInput) return fail(world, describe(error.finding));
  if (!isSystemError(error)) throw error;
  const { path } = error;
  return fail(world, `${path === undefined ? '' : `${path}: `}${systemErrorText(error)}`);
}

function endOfOptions(args: readonly string[]): number {
  const end = args.indexOf('--');
  return end < 0 ? args.length : end;
}

/** Version of the package that contains this file. */
function version(): string {
  const text = readFileSync(join(__dirname, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

function overview(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`);
  return [
    'usage: erlang-tls COMMAND [OPTION]... [PATH]...',
    '',
    ...commands,
    '',
    'Run erlang-tls help COMMAND for the options of a command, erlang-tls --version for the version.',
    '',
  ].join('\n');
}

function say(world: World, text: string): ExitCode {
  world.out(text);
  return 0;
}

function fail(world: World, problem: string, help = ''): ExitCode {
  world.err(`error: ${printable(problem)}\n${help}`);
  return 2;
}
