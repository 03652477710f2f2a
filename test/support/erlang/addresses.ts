/** Loopback addresses and ports that no other test uses. */
import { createServer } from 'node:net';

/**
 * An address of 127.0.0.0/8 of its own for each host that a test plays. The middle bytes come from the process id, so
 * that test workers side by side do not meet, and the last one counts.
 */
export async function freshAddress(port: number): Promise<string> {
  for (let attempt = 0; attempt < ADDRESSES_PER_PROCESS; attempt += 1) {
    count = (count % ADDRESSES_PER_PROCESS) + 1;
    const address = `127.${1 + (Math.floor(process.pid / 256) % 254)}.${process.pid % 256}.${count}`;
    if (await isFree(address, port)) return address;
  }
  throw new Error(`no loopback address is free for port ${port}`);
}

let count = 0;

/** The last byte runs from 1 to 254. */
const ADDRESSES_PER_PROCESS = 254;

/**
 * A port that nothing listens on. Below 32768: from there on Linux hands out ports for outgoing connections, which would
 * come and go under a test's feet.
 */
export async function freshPort(): Promise<number> {
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    const port = LOWEST_PORT + Math.floor(Math.random() * (HIGHEST_PORT - LOWEST_PORT));
    if (await isFree('0.0.0.0', port)) return port;
  }
  throw new Error(`no free port between ${LOWEST_PORT} and ${HIGHEST_PORT}`);
}

const LOWEST_PORT = 15_000;
const HIGHEST_PORT = 32_000;
const PORT_ATTEMPTS = 100;

async function isFree(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
