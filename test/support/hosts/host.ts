/** One host: commands are run on it, processes live on it, files are put there. */
import { type HostFile, putFile } from './files';
import { HostProcess } from './process';
import { type CommandOptions, type CommandResult, failureOf, runOn } from './run';

/** A host that is up. */
export class Host {
  constructor(
    /** Short name, such as `rmq1`. */
    readonly name: string,
    /** Name with domain, such as `rmq1.cluster.test`. */
    readonly longName: string,
    /** First process of the host, as this system numbers it. */
    private readonly pid: number,
  ) {}

  /** Runs a command to its end as root, whatever its status is. */
  async run(command: string, args: readonly string[] = [], options: CommandOptions = {}): Promise<CommandResult> {
    return runOn(this.pid, command, args, options);
  }

  /** What a command that must succeed prints. */
  async output(command: string, args: readonly string[] = [], options: CommandOptions = {}): Promise<string> {
    const result = await this.run(command, args, options);
    if (result.status !== 0) throw failureOf(`${this.name}: ${command} ${args.join(' ')}`, result);
    return result.stdout;
  }

  /** Starts a process that stays. It ends with the hosts, if not before. */
  start(command: string, args: readonly string[] = [], options: Pick<CommandOptions, 'env'> = {}): HostProcess {
    return new HostProcess(this.pid, command, args, options.env);
  }

  /** Puts files where they belong, with their owner and permissions. */
  async install(files: readonly HostFile[]): Promise<void> {
    await Promise.all(files.map((file) => putFile(this, file)));
  }
}
