/** A machine with an Erlang node as a service, whose TLS files its user data fetches from a store. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { pullUserData } from '../../../examples/secret-stores/user-data';
import { firstBoot } from '../cloud-init/instance';
import type { ErlangCluster, Runtime } from '../erlang';
import { harnessDirectory } from '../erlang/compiled';
import { cacheDirectory } from '../erlang/runtimes';
import { OPENBAO } from '../programs/requires';
import type { Machine, SeedFile } from '../systemd/machine';
import { Relay } from '../systemd/relay';

const EXAMPLE = join(__dirname, '../../../examples/secret-stores/host');

/** The program that each machine runs, and what it knows of the store. */
export const PULL_PROGRAM = join(EXAMPLE, 'erlang-tls-pull');
export const STORE = join(EXAMPLE, 'vault/store.sh');
export const PULL = 'erlang-tls-pull.service';
export const APP = 'app.service';
export const INSTALLED = '/etc/app/tls';
export const TOKEN_FILE = '/etc/erlang-tls/vault-token';
/** Runs the node, and is on every Debian. */
export const OWNER = 'daemon';
/** Where the store is, on the network of the machine. */
export const STORE_PORT = 8200;

export interface PulledHostOptions {
  readonly runtime: Runtime;
  readonly erlang: ErlangCluster;
  /** Of the node. */
  readonly name: string;
  readonly hosts: readonly string[];
  readonly mount: string;
  readonly secret: string;
  /** What the machine shows the store, as a cloud's identity document, and the role for which it does so. */
  readonly identity: string;
  readonly role: string;
  /** Port of this system that the store listens on. */
  readonly storePort: () => number;
}

/** Boots the machine. Both are to be stopped, the relay first. */
export async function bootPulledHost(options: PulledHostOptions): Promise<{ machine: Machine; relay: Relay }> {
  let relay: Relay | undefined;
  try {
    const machine = await firstBoot({
      hostname: 'db1',
      userData: userDataOf(options),
      files: imageOf(options),
      shared: [cacheDirectory()],
      beside: async (started) => {
        relay = await Relay.start(started, STORE_PORT, options.storePort);
      },
    });
    if (relay === undefined) throw new Error('the relay was not started');
    return { machine, relay };
  } catch (error) {
    await relay?.stop();
    throw error;
  }
}

/** What the cloud is told, and so whoever reads its metadata. */
export function userDataOf({ mount, secret, name }: PulledHostOptions): string {
  const reload = `systemctl is-active --quiet ${APP} || exit 0; runuser -u ${OWNER} -- /opt/app/reload '${name}'`;
  return pullUserData({
    ...{ store: 'vault', nodeUnit: APP },
    settings: {
      ...{ VAULT_ADDR: `http://127.0.0.1:${STORE_PORT}`, KV_MOUNT: mount, KV_NAME: secret },
      RELOAD: reload,
    },
  });
}

/** What the image of the machine has: the application, and an agent that logs in to the store. */
function imageOf({ runtime, erlang, name, hosts, identity, role }: PulledHostOptions): readonly SeedFile[] {
  const host = name.slice(name.indexOf('@') + 1);
  const address = erlang.addressOf(host).replaceAll('.', ',');
  const { erl } = runtime;
  const common = `-noinput -args_file ${INSTALLED}/vm.args -start_epmd false -erl_epmd_port ${erlang.port}`;
  const inetrc = hosts.map((one) => `{host, {${erlang.addressOf(one).replaceAll('.', ',')}}, ["${one}"]}.\n`);
  const service = `[Service]
User=${OWNER}
WorkingDirectory=/var/lib/app
Environment=HOME=/var/lib/app ERL_INETRC=/opt/app/inetrc ERL_CRASH_DUMP_SECONDS=0 LANG=C.UTF-8
ExecStart=${erl} ${common} -name ${name} -kernel inet_dist_use_interface {${address}} -pa /opt/app/harness
Restart=on-failure
RestartSec=1

[Install]
WantedBy=multi-user.target
`;
  const reload = `#!/bin/sh
cd /var/lib/app
HOME=/var/lib/app ERL_INETRC=/opt/app/inetrc exec ${erl} ${common} -name "reload@${host}" -dist_listen false -eval "
  gen_server:call({ssl_pem_cache_dist, '$1'}, {unconditionally_clear_pem_cache, self()}, infinity), halt()."
`;
  const harness = harnessDirectory(runtime);
  return [
    ...readdirSync(harness).map((file) => ({
      path: `/opt/app/harness/${file}`,
      content: readFileSync(join(harness, file)),
    })),
    { path: `/etc/systemd/system/${APP}`, content: service },
    { path: '/opt/app/reload', content: reload, mode: 0o755 },
    { path: '/opt/app/inetrc', content: `${inetrc.join('')}{lookup, [file]}.\n` },
    {
      path: '/usr/lib/tmpfiles.d/app.conf',
      content: `d /var/lib/app 0700 ${OWNER} ${OWNER}\nf /var/lib/app/.erlang.cookie 0400 ${OWNER} ${OWNER} - ${erlang.cookie}\n`,
      mode: 0o600,
    },
    { path: '/etc/vault-agent/identity', content: identity, mode: 0o600 },
    { path: '/etc/vault-agent/agent.hcl', content: agentConfiguration(role) },
    { path: '/etc/systemd/system/vault-agent.service', content: AGENT_SERVICE },
    { path: '/etc/systemd/system/multi-user.target.d/agent.conf', content: '[Unit]\nWants=vault-agent.service\n' },
    {
      // The runtime of these tests is in a home.
      path: `/etc/systemd/system/${PULL}.d/often.conf`,
      content: '[Unit]\nStartLimitIntervalSec=0\n[Service]\nProtectHome=read-only\n',
    },
    {
      path: '/etc/systemd/system/erlang-tls-pull.timer.d/often.conf',
      content: '[Timer]\nOnUnitInactiveSec=\nOnUnitInactiveSec=500ms\nRandomizedDelaySec=0\nAccuracySec=10ms\n',
    },
  ];
}

function agentConfiguration(role: string): string {
  return `vault { address = "http://127.0.0.1:${STORE_PORT}" }
auto_auth {
  method "jwt" { config = { role = "${role}", path = "/etc/vault-agent/identity", remove_jwt_after_reading = false } }
  sink "file" { config = { path = "${TOKEN_FILE}", mode = 0600 } }
}
`;
}

const AGENT_SERVICE = `[Service]
ExecStartPre=mkdir -p /etc/erlang-tls
ExecStart=${OPENBAO} agent -config=/etc/vault-agent/agent.hcl
Environment=HOME=/nonexistent
`;
