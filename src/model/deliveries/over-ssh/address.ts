import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';

/** The host part that a pattern stands for, as `{host}` and `{id}` say. */
export function hostFromPattern(subject: string, pattern: string, { id, host }: { id: string; host: string }): string {
  const text = pattern.replaceAll('{host}', host).replaceAll('{id}', id);
  if (text === pattern || /[{}]/.test(pattern.replaceAll('{host}', '').replaceAll('{id}', ''))) {
    refuse(SSH_HOST_PATTERN_ILLEGAL, { subject, got: pattern });
  }
  return text;
}

export const SSH_HOST_PATTERN_ILLEGAL = rule({
  code: 'ssh-host-pattern-illegal',
  severity: 'error',
  problem: 'is no pattern of hosts',
  expected: 'text with "{host}", for the host part of the name of a node, or with "{id}"',
  remedy: 'write it such as "{host}.internal"; a host of its own belongs into hosts, by the id of the node',
  source: 'docs/ssh.md',
});

/** A DNS name or an address. Terraform makes the same check of what it knows alone. */
export const HOST_EXPRESSION = '^[0-9A-Za-z:][0-9A-Za-z._:-]*$';

/** A host of which nothing is interpreted by those who get it: a line of known hosts, and a URL. */
export function sshHost(subject: string, host: string): string {
  return new RegExp(HOST_EXPRESSION).test(host) ? host : refuse(SSH_HOST_ILLEGAL, { subject, got: host });
}

export const SSH_HOST_ILLEGAL = rule({
  code: 'ssh-host-illegal',
  severity: 'error',
  problem: 'is no host to connect to',
  expected: 'a DNS name or an IP address',
  remedy: 'name the host alone: user and port are properties of their own',
  source: 'docs/ssh.md',
});

export const SSH_HOST_UNKNOWN = rule({
  code: 'ssh-host-unknown',
  severity: 'error',
  problem: 'has no host',
  expected: 'the name of a node, or a host in hosts',
  remedy: 'add an entry with a host to hosts, under this id; machines that come and go need another delivery',
  source: 'docs/ssh.md',
});

export const SSH_ID_UNKNOWN = rule({
  code: 'ssh-id-unknown',
  severity: 'error',
  problem: 'is the id of no host that this delivery connects to',
  expected: 'ids of nodes, or ids in toolsOn',
  remedy: 'correct the id: it is that of the node, which is its name if none was given',
  source: 'docs/ssh.md',
});

/** A user, as `useradd` takes it. */
export function sshUser(subject: string, user: string): string {
  return /^[A-Za-z_][0-9A-Za-z_.-]*\$?$/.test(user) ? user : refuse(SSH_USER_ILLEGAL, { subject, got: user });
}

export const SSH_USER_ILLEGAL = rule({
  code: 'ssh-user-illegal',
  severity: 'error',
  problem: 'is no user',
  expected: 'letters, digits, "_", "-" and "."',
  remedy: 'name the user alone, and the host in hosts',
  source: 'docs/ssh.md',
});

export const FIRST_PORT = 1;
export const LAST_PORT = 65_535;

/** A number of that kind, which has no fraction. */
export function sshNumber(subject: string, value: number, { from, to }: { from: number; to: number }): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  return refuse(SSH_NUMBER_ILLEGAL, { subject, got: value, expected: `a whole number from ${from} to ${to}` });
}

export const SSH_NUMBER_ILLEGAL = rule({
  code: 'ssh-number-illegal',
  severity: 'error',
  problem: 'is out of range',
  expected: 'a whole number within the range of the property',
  remedy: 'choose a number within that range',
  source: 'docs/ssh.md',
});

/** A directory for a path that Terraform passes to a shell without quotes. */
export function plainDirectory(subject: string, path: string): string {
  if (!/^\/[0-9A-Za-z_@/.+-]+$/.test(path)) refuse(SSH_STAGING_ILLEGAL, { subject, got: path });
  if (OPEN_TO_ALL.test(path)) refuse(SSH_STAGING_ILLEGAL, { subject, got: path, detail: 'all users can write there' });
  return path;
}

/** Whoever can write to the directory can put a script of theirs in the place of the first step. */
const OPEN_TO_ALL = /^\/+(?:tmp|var\/+tmp|dev\/+shm|run\/+lock|var\/+lock)\/*$/;

export const SSH_STAGING_ILLEGAL = rule({
  code: 'ssh-staging-directory-illegal',
  severity: 'error',
  problem: 'cannot take an install script',
  expected: 'an absolute path of letters, digits and _@/.+-, of a directory that others cannot write to',
  remedy: 'name a directory that the user of the connection owns and that others cannot write to',
  source: 'docs/ssh.md',
});

/** A command for a shell on the host. */
export function sshCommand(subject: string, command: string): string {
  const isPlain = !command.includes('\0') && !command.includes('\r');
  return command.trim() !== '' && isPlain ? command : refuse(SSH_COMMAND_ILLEGAL, { subject, got: command });
}

export const SSH_COMMAND_ILLEGAL = rule({
  code: 'ssh-command-illegal',
  severity: 'error',
  problem: 'is no command',
  expected: 'a command for sh, without NUL and carriage return',
  remedy: 'write the command as you would in a script, or leave the property out',
  source: 'docs/ssh.md',
});

export const SSH_RELOAD_UNKNOWN = rule({
  code: 'ssh-reload-unknown',
  severity: 'error',
  problem: 'has no command that makes a running node read renewed files at once',
  expected: 'a platform whose reload is a command, or a command of yours',
  remedy:
    'give the command of your release with SshReload.command(…), or leave reload out: a node reads renewed files by itself within two minutes',
  source: 'docs/ssh.md; src/model/platforms/',
});
