import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a new machine is told. Nothing of it may be secret. */
export interface PullUserData {
  /** Directory below `host` of the store, such as `vault`. */
  readonly store: string;
  /** What `host/<store>/pull.env` has, with the values of this machine: no tokens. */
  readonly settings: Readonly<Record<string, string>>;
  /** Unit of the Erlang node, which the image has. The pull unit names it in `Before=`. */
  readonly nodeUnit: string;
}

/**
 * User data with which a new machine fetches its TLS files on the first boot, and goes on doing so. Whoever can read instance metadata can read it, so it
 * has neither a key nor a token: the machine proves to the store who it is.
 *
 * cloud-init reads YAML, and JSON is YAML whose quoting no text can break. It also has another way to write `${` and `%{`, which Terraform would take
 * for the beginning of an expression.
 */
export function pullUserData({ store, settings, nodeUnit }: PullUserData): string {
  const host = join(__dirname, 'host');
  const dropIns = readdirSync(join(host, store)).filter((name) => name.endsWith('.conf'));
  const copied = [
    ['/usr/local/sbin/erlang-tls-pull', 'erlang-tls-pull', '0755'],
    ['/usr/local/lib/erlang-tls/store.sh', `${store}/store.sh`, '0644'],
    ['/etc/systemd/system/erlang-tls-pull.service', 'erlang-tls-pull.service', '0644'],
    ...dropIns.map((name) => [`/etc/systemd/system/erlang-tls-pull.service.d/${name}`, `${store}/${name}`, '0644']),
    ['/etc/systemd/system/erlang-tls-pull.timer', 'erlang-tls-pull.timer', '0644'],
  ].map(([path = '', name = '', permissions]) => ({
    path,
    permissions,
    content: readFileSync(join(host, name), 'utf8').replace('Before=app.service', () => `Before=${nodeUnit}`),
  }));
  const lines = Object.entries(settings).map(([name, value]) => `${name}="${value.replace(/["\\$`]/g, '\\$&')}"\n`);
  const units = ['erlang-tls-pull.service', 'erlang-tls-pull.timer', nodeUnit];
  const configuration = {
    write_files: [...copied, { path: '/etc/erlang-tls/pull.env', permissions: '0644', content: lines.join('') }],
    // All units at once, so that systemd keeps their order. A store that cannot be reached now is asked again by the timer.
    runcmd: [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', ...units],
      ['systemctl', 'start', '--no-block', ...units],
    ],
  };
  const text = JSON.stringify(configuration, null, 1);
  return `#cloud-config\n${text.replace(/\$(?=\{)/g, '\\u0024').replace(/%(?=\{)/g, '\\u0025')}\n`;
}
