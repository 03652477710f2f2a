/** A cloud's new machine: its user data is given to a real cloud-init, which finds it as it would on one's own hardware (NoCloud). */
import { eventually } from '../programs/eventually';
import { Machine, type MachineOptions, type SeedFile } from '../systemd/machine';

/** What a machine starts with, and what its cloud tells it. */
export interface InstanceOptions extends MachineOptions {
  /** Text of `user_data`. */
  readonly userData: string;
  /** What the machine finds on its network. Called before cloud-init runs the user data. */
  readonly beside?: (machine: Machine) => Promise<void>;
}

const SEED = '/var/lib/cloud/seed/nocloud';

/** What would look for a network, disks or packages that are not there. */
const SETTINGS = `datasource_list: [NoCloud]
network: {config: disabled}
growpart: {mode: 'off'}
resize_rootfs: false
locale: false
apt: {preserve_sources_list: true}
ssh_genkeytypes: []
output: {all: '| tee -a /var/log/cloud-init-output.log'}
`;

/** Boots the machine and waits until cloud-init is done. Throws what it logged if it was not content. */
export async function firstBoot({ userData, beside, files = [], ...options }: InstanceOptions): Promise<Machine> {
  const machine = await Machine.start({ ...options, files: [...files, ...seed(options.hostname, userData)] });
  try {
    await beside?.(machine);
    const result = await eventually(
      'cloud-init is done',
      async () => (await machine.run('cat', [RESULT])).stdout || undefined,
      BOOT_DEADLINE_MS,
    );
    const { errors } = (JSON.parse(result) as { v1: { errors: readonly string[] } }).v1;
    if (errors.length > 0) throw new Error(`${errors.join('\n')}\n${await logOf(machine)}`);
    return machine;
  } catch (error) {
    await machine.stop();
    throw error;
  }
}

/** Written at the very end. */
const RESULT = '/run/cloud-init/result.json';

/** Takes about ten seconds on a quiet machine. */
const BOOT_DEADLINE_MS = 120_000;

/** What cloud-init and the commands of the user data printed. */
export function logOf(machine: Machine): Promise<string> {
  return machine.output('cat', ['/var/log/cloud-init-output.log']);
}

function seed(hostname: string, userData: string): readonly SeedFile[] {
  const metaData = `instance-id: i-${hostname}\nlocal-hostname: ${hostname}\n`;
  return [
    { path: `${SEED}/user-data`, content: userData },
    { path: `${SEED}/meta-data`, content: metaData },
    { path: '/etc/cloud/cloud.cfg.d/99_test.cfg', content: SETTINGS },
  ];
}
