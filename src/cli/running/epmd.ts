import { connect } from 'node:net';

/** Default port of epmd; `ERL_EPMD_PORT` overrides it. */
export const EPMD_PORT = 4369;

/** The port mapper of a host. */
export interface Epmd {
  readonly host: string;
  readonly port: number;
}

/** Requests and responses of the port mapper protocol (Erlang's "Distribution Protocol", section EPMD Protocol). */
const PORT_PLEASE = 122;
const PORT_RESPONSE = 119;
const NAMES = 110;

/** The port of a registered node. Absent if the node is not registered. Rejects if epmd does not answer. */
export async function portOf(name: string, epmd: Epmd): Promise<number | undefined> {
  const answer = await asked(epmd, Buffer.concat([Buffer.from([PORT_PLEASE]), Buffer.from(name)]));
  const [kind, result] = answer;
  if (kind !== PORT_RESPONSE || result !== 0 || answer.length < 4) return undefined;
  return answer.readUInt16BE(2);
}

/** The registered nodes, in epmd's order. Rejects if epmd does not answer. */
export async function nodesOf(epmd: Epmd): Promise<readonly { readonly name: string; readonly port: number }[]> {
  const answer = await asked(epmd, Buffer.from([NAMES]));
  // The answer begins with the port of epmd itself.
  const lines = answer.subarray(4).toString('utf8').split('\n');
  return lines.flatMap((line) => {
    const [, name, port] = /^name (\S+) at port (\d{1,5})$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, port: Number(port) }];
  });
}

const DEADLINE_MS = 5000;
/** Enough for hundreds of nodes on a host. */
const LARGEST_ANSWER = 65_536;

/** Sends a request; epmd answers and closes the connection. */
async function asked({ host, port }: Epmd, request: Buffer): Promise<Buffer> {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(request.length);
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0);
    const socket = connect({ host, port });
    const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${DEADLINE_MS} ms`)), DEADLINE_MS);
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length > LARGEST_ANSWER) socket.destroy(new Error('its answer does not end'));
    });
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
    socket.once('connect', () => socket.write(Buffer.concat([length, request])));
  });
}
