import { describe, InvalidInput, printable } from '../model/errors';
import { check } from './check';
import { checkPlan } from './check-plan';
import { type Command, type ExitCode, UsageError, type World } from './command';
import { report } from './report';

const COMMANDS: Readonly<Record<string, Command>> = { check, 'check-plan': checkPlan, report };

/** The command line tool: a command, and what it is given. */
export async function erlangTls(args: readonly string[], world: World): Promise<ExitCode> {
  const [name = '--help', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name === '--help' || name === 'help') return say(world, overview());
  if (command === undefined) return fail(world, `unknown command ${JSON.stringify(name)}`, overview());
  if (rest.includes('--help')) return say(world, command.usage);
  try {
    return await command.run(rest, world);
  } catch (error) {
    return explain(error, command, world);
  }
}

/** What a user can do something about is said; the rest is a fault of this program. */
function explain(error: unknown, { usage }: Command, world: World): ExitCode {
  if (error instanceof UsageError) return fail(world, error.message, usage);
  if (error instanceof InvalidInput) return fail(world, describe(error.finding));
  // What the operating system says, such as of a directory that this user may not read.
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall !== undefined) return fail(world, `${message}: call it as a user who may`);
  throw error;
}

function overview(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`);
  return ['usage: erlang-tls COMMAND', '', ...commands, '', 'erlang-tls COMMAND --help says more.', ''].join('\n');
}

function say(world: World, text: string): ExitCode {
  world.out(text);
  return 0;
}

function fail(world: World, problem: string, usage = ''): ExitCode {
  world.err(`error: ${printable(problem)}\n${usage}`);
  return 2;
}
