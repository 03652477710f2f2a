/**
 * The real programs that tests use as oracles: what they are called, how to see that they are there, where to get them.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { cacheFolder } from '../terraform/provider-mirror';
import { terraformName } from '../terraform/terraform-program';
import allowedSkips from './allowed-skips.json';

/** What `scripts/runtimes/openbao.sh` unpacked. */
export const OPENBAO = cacheFolder('openbao', '2.7.2', 'bao');

/** What `scripts/runtimes/kubernetes.sh` built: its directory is called after its sources. */
const KUBERNETES = cacheFolder('kubernetes', kubernetesKey());
export const ETCD = join(KUBERNETES, 'etcd');
export const KUBE_APISERVER = join(KUBERNETES, 'kube-apiserver');
/** The kubelet's writer of Secret volumes. */
export const PROJECTOR = join(KUBERNETES, 'projector');

function kubernetesKey(): string {
  const sources = join(__dirname, '../kubernetes/programs');
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'cmd/kube-apiserver/main.go', 'cmd/projector/main.go']) {
    hash.update(readFileSync(join(sources, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Debian puts it beside its data, and not on the `PATH`. */
export const EASY_RSA = '/usr/share/easy-rsa/easyrsa';

interface RealProgram {
  /** A command that ends with status 0 where the program can be used. */
  readonly probe: readonly [command: string, ...args: string[]];
  readonly howToGet: string;
}

const PROGRAMS = {
  terraform: {
    probe: [terraformName(), 'version'],
    howToGet: 'see https://developer.hashicorp.com/terraform/install',
  },
  go: { probe: ['go', 'version'], howToGet: 'see https://go.dev/dl/' },
  // Debian packages OTP's applications one by one: an `erl` without TLS is of no use here.
  erl: {
    probe: ['erl', '-noinput', '-eval', 'halt(case code:ensure_loaded(ssl) of {module, _} -> 0; _ -> 1 end).'],
    howToGet: 'on Debian: apt-get install erlang-base erlang-ssl',
  },
  openssl: { probe: ['openssl', 'version'], howToGet: 'on Debian: apt-get install openssl' },
  shellcheck: { probe: ['shellcheck', '--version'], howToGet: 'on Debian: apt-get install shellcheck' },
  busybox: { probe: ['busybox', 'sh', '-c', 'true'], howToGet: 'on Debian: apt-get install busybox' },
  script: { probe: ['script', '--version'], howToGet: 'on Debian: apt-get install bsdutils' },
  // It has to be allowed to trace, which containers may forbid.
  strace: {
    probe: ['strace', '-o', '/dev/null', '-e', 'trace=unlink', '-e', 'inject=unlink:signal=KILL', 'true'],
    howToGet: 'on Debian: apt-get install strace, where tracing is allowed',
  },
  // A server that accepts connections, and a user who may become root, on hosts with mounts and processes of their own.
  sshd: {
    probe: [
      ...['unshare', '--mount', '--uts', '--pid', '--fork', '--kill-child', 'sh', '-ec'],
      'mount -t tmpfs own /tmp; test -x /usr/sbin/sshd; command -v sudo ssh-keygen bash pgrep',
    ],
    howToGet: 'as root, on Debian: apt-get install openssh-server procps sudo util-linux',
  },
  // For what only root may do: to become another user, and to give files away.
  root: { probe: ['sh', '-c', '[ "$(id -u)" -eq 0 ]'], howToGet: 'run the tests as root' },
  // A server with the API of HashiCorp Vault.
  bao: { probe: [OPENBAO, 'version'], howToGet: 'run scripts/runtimes/openbao.sh' },
  kubernetes: { probe: [KUBE_APISERVER, '--version'], howToGet: 'run scripts/runtimes/kubernetes.sh' },
  easyrsa: { probe: [EASY_RSA, 'version'], howToGet: 'on Debian: apt-get install easy-rsa' },
  tar: { probe: ['tar', '--version'], howToGet: 'on Debian: apt-get install tar' },
  // Network namespaces of their own: needs root and the kernel's permission as well as the program.
  netns: {
    probe: ['unshare', '--net', 'ip', 'link', 'show', 'lo'],
    howToGet: 'as root, on Debian: apt-get install iproute2 util-linux',
  },
  // Hosts with namespaces of every kind, whose files are layers over an unpacked system.
  hosts: {
    probe: [
      ...['unshare', '--mount', '--net', '--uts', '--pid', '--ipc', '--fork', '--kill-child', 'sh', '-ec'],
      `mount -t tmpfs hosts /run; mkdir /run/up /run/work /run/root; ip link add bridge type bridge
       mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/up,workdir=/run/work /run/root`,
    ],
    howToGet: 'as root, on Debian: apt-get install iproute2 mount util-linux, on a kernel with overlayfs and bridges',
  },
  // systemd as the first process of namespaces, with a control group of its own.
  systemd: {
    probe: [
      ...['unshare', '--mount', '--net', '--uts', '--pid', '--ipc', '--cgroup', '--fork', '--kill-child', 'sh', '-ec'],
      `/lib/systemd/systemd --version; mount -t tmpfs machine /mnt; mkdir /mnt/groups /mnt/up /mnt/work /mnt/root
       mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/up,workdir=/mnt/work /mnt/root
       mount -t cgroup2 groups /mnt/groups; mkdir "/mnt/groups/probe-$$"; rmdir "/mnt/groups/probe-$$"`,
    ],
    howToGet:
      'as root, on Debian: apt-get install systemd iproute2 mount util-linux, on a kernel with overlayfs and cgroup2',
  },
  'cloud-init': { probe: ['cloud-init', '--version'], howToGet: 'on Debian: apt-get install cloud-init' },
  curl: { probe: ['curl', '--version'], howToGet: 'on Debian: apt-get install curl' },
  jq: { probe: ['jq', '--version'], howToGet: 'on Debian: apt-get install jq' },
} as const satisfies Record<string, RealProgram>;

export type Program = keyof typeof PROGRAMS;

/** Opens a block of tests, like jest's `describe`. */
export type Describe = (title: string, define: () => void) => void;

/**
 * The `describe` for tests that need real programs.
 *
 * Where one is missing the block is skipped, and the end of the run says so with the way to get it. With `CI=true` a
 * skip that `allowed-skips.json` does not name is a failing test instead: on a build machine nothing is left out
 * unnoticed.
 */
export function requires(...programs: readonly Program[]): Describe {
  const missing = programs.filter((program) => !isUsable(program));
  if (missing.length === 0) return describe;
  if (isRefused(missing)) return failing(missing);
  return (title, define) => describe.skip(`${title} [skipped: needs ${remedy(missing)}]`, define);
}

/** Whether a program is there and answers. Asked once per test file. */
export function isUsable(program: Program): boolean {
  const known = usable.get(program);
  if (known !== undefined) return known;
  const [command, ...args] = PROGRAMS[program].probe;
  const answer = spawnSync(command, args, { stdio: 'ignore', timeout: PROBE_TIMEOUT_MS }).status === 0;
  usable.set(program, answer);
  return answer;
}

const usable = new Map<Program, boolean>();

/** A cold `erl` on a busy two-core machine takes some seconds. */
const PROBE_TIMEOUT_MS = 30_000;

/** One line that names the missing programs first, then how to get each. */
export function remedy(missing: readonly Program[]): string {
  return `${missing.join(', ')}: ${missing.map((program) => PROGRAMS[program].howToGet).join('; ')}`;
}

/** Whether the absence of these programs must fail the run. */
export function isRefused(
  missing: readonly Program[],
  environment: NodeJS.ProcessEnv = process.env,
  allowed: Readonly<Record<string, string>> = allowedSkips,
): boolean {
  return environment.CI === 'true' && missing.some((program) => !(program in allowed));
}

function failing(missing: readonly Program[]): Describe {
  return (title) =>
    describe(title, () => {
      test(`needs ${missing.join(', ')}`, () => {
        throw new Error(`CI=true, and a skip of these tests is not allowed: needs ${remedy(missing)}`);
      });
    });
}
