/** Erlang's port mapper, where a node's arguments start one: it is a daemon and survives the node. */
import { connect, type Socket } from 'node:net';

/** Ends the epmd that listens on a port of this machine, if one does. */
export async function stopEpmd(port: number): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (Date.now() < deadline) {
    const socket = await tryConnect(port);
    if (socket === undefined || (await ask(socket, KILL_REQUEST)).startsWith('OK')) return;
    // It answers NO until it notices that its last node has disconnected.
  }
  throw new Error(`the epmd on port ${port} did not stop within ${DEADLINE_MS} ms`);
}

/** The request of the port mapper protocol for which `epmd -kill` stands: two bytes of length, then `k`. */
const KILL_REQUEST = Buffer.from([0, 1, 'k'.charCodeAt(0)]);

const DEADLINE_MS = 5000;

async function tryConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

/** It answers `OK` and ends, or `NO` while nodes are registered. */
async function ask(socket: Socket, request: Buffer): Promise<string> {
  const answer: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.setTimeout(DEADLINE_MS, () => socket.destroy(new Error('epmd does not answer')));
    socket.on('data', (chunk: Buffer) => answer.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.write(request);
  });
  return Buffer.concat(answer).toString('latin1');
}
