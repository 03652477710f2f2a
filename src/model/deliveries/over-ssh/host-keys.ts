import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';

/** Public keys of hosts, as Terraform checks those that it knows alone: an empty one would turn the check of the host off. */
export const HOST_KEY_EXPRESSION =
  '^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]{40,}={0,2}( [^\\n]*)?$';

/** A public key as `type base64`, without its comment. */
export function hostKey(subject: string, key: string): string {
  const text = key.trim();
  if (!new RegExp(HOST_KEY_EXPRESSION).test(text)) refuse(SSH_HOST_KEY_ILLEGAL, { subject });
  return text.split(' ').slice(0, 2).join(' ');
}

export const SSH_HOST_KEY_ILLEGAL = rule({
  code: 'ssh-host-key-illegal',
  severity: 'error',
  problem: 'is no public key of a host',
  expected: 'one line such as "ssh-ed25519 AAAA…", of the type ssh-ed25519, ecdsa-sha2-nistp256 or ssh-rsa',
  remedy: 'copy the line of /etc/ssh/ssh_host_ed25519_key.pub, or what ssh-keyscan prints without the host before it',
  source: 'docs/ssh.md; test/real/ssh.test.ts',
});

export const SSH_HOST_KEY_MISSING = rule({
  code: 'ssh-host-key-missing',
  severity: 'error',
  problem: 'has no host key, so that another machine could pose as it and get the private keys',
  expected: 'hostKeys for each host, or those of a CA for all',
  remedy: 'add hostKeys, or say unsafeAnyHostKey: true',
  source: 'docs/ssh.md; test/real/ssh.test.ts',
});

/** A host with its keys. A key that only Terraform knows is of no known type. */
export interface KnownHost {
  readonly host: string;
  readonly port: number;
  readonly keys: readonly string[];
}

/**
 * The value of `host_key`. Terraform writes it behind `@cert-authority HOST:PORT ` to a file of known hosts, once for the host and once for the bastion: it
 * does not use `bastion_host_key`. So further lines name the other keys. Of several keys of one type for one host, the first one counts alone.
 */
export function hostKeyText(subject: string, target: KnownHost, bastion?: KnownHost): string | undefined {
  const [first, ...others] = firstWithout(subject, target.keys, bastion?.keys ?? []);
  if (first === undefined) return undefined;
  const lines = [
    first,
    ...others.map((key) => line(target, key)),
    ...(bastion?.keys ?? []).map((key) => line(bastion, key)),
  ];
  return lines.join(`\n${MARKER} `);
}

const MARKER = '@cert-authority';

function line({ host, port }: Pick<KnownHost, 'host' | 'port'> = { host: '', port: 0 }, key: string): string {
  return `[${host}]:${port} ${key}`;
}

/** The keys with one at the front that does not stand in the way of the bastion's. */
function firstWithout(subject: string, keys: readonly string[], bastion: readonly string[]): readonly string[] {
  if (bastion.length === 0) return keys;
  const isFree = (key: string): boolean =>
    bastion.includes(key) || bastion.every((other) => typeOf(other) !== typeOf(key) || typeOf(key) === undefined);
  const free = keys.find(isFree);
  if (keys.length > 0 && free === undefined) refuse(SSH_BASTION_KEY_OF_SAME_TYPE, { subject });
  return free === undefined ? keys : [free, ...keys.filter((key) => key !== free)];
}

function typeOf(key: string): string | undefined {
  return /^(?:ssh|ecdsa)-\S+/.exec(key)?.[0];
}

export const SSH_BASTION_KEY_OF_SAME_TYPE = rule({
  code: 'ssh-bastion-key-of-same-type',
  severity: 'error',
  problem: 'have no type that the keys of the bastion lack, and Terraform compares the bastion with the first of them',
  expected: 'a key of another type among them, or one CA for the bastion and the hosts',
  remedy:
    'add a further key of each host, such as that of /etc/ssh/ssh_host_ed25519_key.pub, and give the bastion one type alone',
  source: 'docs/ssh.md; Terraform 1.11.4, internal/communicator/ssh/provisioner.go',
});
