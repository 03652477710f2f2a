/** The test's end of the control channel: numbered requests and answers over two pipes, each packet with its length. */
import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** An expression failed, or its answer did not come. */
export class EvaluationFailed extends Error {
  constructor(
    readonly expression: string,
    readonly reason: string,
  ) {
    super(`${expression}\nfailed with ${reason}`);
    this.name = 'EvaluationFailed';
  }
}

/** Asks a virtual machine that runs `harness_control`. */
export class ControlChannel {
  /** Resolves when the machine has booted and listens. */
  readonly ready: Promise<'ready'>;

  private readonly requests: Writable;
  private readonly pending = new Map<number, Pending>();
  private received = Buffer.alloc(0);
  private lastId = READY_ID;

  constructor(child: ChildProcess) {
    this.requests = child.stdio[REQUESTS_FD] as Writable;
    const answers = child.stdio[ANSWERS_FD] as Readable;
    this.ready = new Promise((resolve) => {
      this.pending.set(READY_ID, { resolve: () => resolve('ready'), reject: () => undefined });
    });
    answers.on('data', (chunk: Buffer) => this.receive(chunk));
    answers.on('close', () => this.close('the VM has ended'));
    // A machine that is gone is reported by `close`, and not as a broken pipe.
    this.requests.on('error', () => undefined);
    answers.on('error', () => undefined);
  }

  /** The answer to one expression. */
  async ask(form: 'term' | 'text', expression: string, deadlineMs: number): Promise<string> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.settle(id, `no answer within ${deadlineMs} ms`), deadlineMs);
      this.pending.set(id, {
        resolve: (text) => {
          clearTimeout(timer);
          resolve(text);
        },
        reject: (reason) => {
          clearTimeout(timer);
          reject(new EvaluationFailed(expression, reason));
        },
      });
      if (this.closedBecause === undefined) this.requests.write(packet(id, form, expression));
      else this.settle(id, this.closedBecause);
    });
  }

  /** Fails what was not answered, and every later question. */
  close(reason: string): void {
    this.closedBecause ??= reason;
    for (const id of [...this.pending.keys()]) this.settle(id, reason);
    this.requests.destroy();
  }

  private closedBecause: string | undefined;

  private receive(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    while (this.received.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + this.received.readUInt32BE(0);
      if (this.received.length < end) return;
      this.dispatch(this.received.subarray(LENGTH_BYTES, end));
      this.received = this.received.subarray(end);
    }
  }

  private dispatch(answer: Buffer): void {
    const id = answer.readUInt32BE(0);
    const hasFailed = answer[ID_BYTES] === 'e'.charCodeAt(0);
    const text = answer.toString('utf8', ID_BYTES + 1);
    if (hasFailed) return this.settle(id, text);
    this.pending.get(id)?.resolve(text);
    this.pending.delete(id);
  }

  private settle(id: number, failure: string): void {
    this.pending.get(id)?.reject(failure);
    this.pending.delete(id);
  }
}

interface Pending {
  readonly resolve: (text: string) => void;
  readonly reject: (reason: string) => void;
}

// The numbers that harness_control.erl has as well.
const REQUESTS_FD = 3;
const ANSWERS_FD = 4;
const READY_ID = 0;
const LENGTH_BYTES = 4;
const ID_BYTES = 4;

/** The final dot is on a separate line, so that an expression may end in a comment. */
function packet(id: number, form: 'term' | 'text', expression: string): Buffer {
  const text = Buffer.from(`${expression}\n.`, 'utf8');
  const head = Buffer.alloc(LENGTH_BYTES + ID_BYTES + 1);
  head.writeUInt32BE(ID_BYTES + 1 + text.length, 0);
  head.writeUInt32BE(id, LENGTH_BYTES);
  head.write(form === 'term' ? 't' : 'c', LENGTH_BYTES + ID_BYTES, 'latin1');
  return Buffer.concat([head, text]);
}
