import { connect } from 'node:net';

/** Where epmd listens, unless `ERL_EPMD_PORT` says otherwise. */
export const EPMD_PORT = 4369;

/** `PORT_PLEASE2_REQ` and `PORT2_RESP` of the port mapper protocol (Erlang's "Distribution Protocol", section EPMD Protocol). */
const PORT_PLEASE = 122;
const PORT_RESPONSE = 119;

/** The port of a node that is registered on a host; undefined where it is not. Rejects where nobody answers. */
export async function portOf(
  name: string,
  host: string,
  epmdPort: number,
  deadlineMs: number,
): Promise<number | undefined> {
  const answer = await asked(host, epmdPort, request(name), deadlineMs);
  const [kind, result] = answer;
  if (kind !== PORT_RESPONSE || result !== 0 || answer.length < 4) return undefined;
  return answer.readUInt16BE(2);
}

function request(name: string): Buffer {
  const body = Buffer.concat([Buffer.from([PORT_PLEASE]), Buffer.from(name)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([length, body]);
}

/** epmd answers and closes. */
async function asked(host: string, port: number, question: Buffer, deadlineMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const answer: Buffer[] = [];
    const socket = connect({ host, port });
    socket.setTimeout(deadlineMs, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => answer.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(answer)));
    socket.once('connect', () => socket.write(question));
  });
}
