/** One running Erlang virtual machine, with a channel to evaluate expressions in it. */
import { ControlChannel } from './control-channel';
import { launch, type Launched, type LaunchOptions, type VmExit } from './launch';

export { EvaluationFailed } from './control-channel';
export type { VmExit } from './launch';

/** How to start a virtual machine, and how long that may take. */
export interface VmOptions extends LaunchOptions {
  /** @default 30 s: a boot takes half a second, but test machines are shared */
  readonly bootDeadlineMs?: number;
}

/** Options of one evaluation. */
export interface EvalOptions {
  /** @default 20 s: above the 7 s after which a distribution handshake is given up */
  readonly deadlineMs?: number;
}

/** The machine ended, or did not come up, before its control channel was there. */
export class BootFailed extends Error {
  constructor(
    readonly exit: VmExit | undefined,
    /** Everything that it printed. */
    readonly output: string,
  ) {
    const how =
      exit === undefined ? 'did not come up in time' : `ended with ${exit.signal ?? `status ${exit.code ?? '?'}`}`;
    super(`the Erlang VM ${how} while booting:\n${output}`);
    this.name = 'BootFailed';
  }
}

/** A running virtual machine. */
export class ErlangVm {
  private constructor(
    private readonly launched: Launched,
    private readonly control: ControlChannel,
  ) {}

  /** Starts a machine and waits until it answers. Throws BootFailed where it does not. */
  static async start({ bootDeadlineMs = BOOT_DEADLINE_MS, ...options }: VmOptions): Promise<ErlangVm> {
    const launched = launch(options);
    const control = new ControlChannel(launched.child);
    const vm = new ErlangVm(launched, control);
    const state = await within(bootDeadlineMs, Promise.race([control.ready, launched.exited]));
    if (state === 'ready') return vm;
    await vm.stop();
    throw new BootFailed(state, vm.log());
  }

  get pid(): number {
    const { pid } = this.launched.child;
    if (pid === undefined) throw new Error('the Erlang VM could not be started');
    return pid;
  }

  /** Resolves once it has ended, for any reason. */
  get exited(): Promise<VmExit> {
    return this.launched.exited;
  }

  /** File with everything that it printed. */
  get logFile(): string {
    return this.launched.logFile;
  }

  /** The value of an expression, as Erlang writes it (`~0tp`). */
  async eval(expression: string, options: EvalOptions = {}): Promise<string> {
    return this.control.ask('term', expression, options.deadlineMs ?? EVAL_DEADLINE_MS);
  }

  /** The value of an expression that is text: a string, a binary, an iolist. */
  async evalText(expression: string, options: EvalOptions = {}): Promise<string> {
    return this.control.ask('text', expression, options.deadlineMs ?? EVAL_DEADLINE_MS);
  }

  /** Everything that it printed so far. */
  log(): string {
    return this.launched.output.join('');
  }

  /** Ends the machine and what it started, at once, and waits until it is gone. A second call does nothing. */
  async stop(): Promise<VmExit> {
    this.launched.child.kill('SIGKILL');
    const exit = await this.launched.exited;
    this.control.close('the VM was stopped');
    return exit;
  }
}

const BOOT_DEADLINE_MS = 30_000;
const EVAL_DEADLINE_MS = 20_000;

async function within<T>(deadlineMs: number, event: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), deadlineMs);
  });
  try {
    return await Promise.race([event, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
