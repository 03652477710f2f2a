import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';

import { readIpAddress } from '../../model/network/ip-address';
import type { ProbedNode } from '../../model/rules/probe/probed-node';
import { systemErrorText } from '../system-error';

/** Where a node listens. */
export interface Listener {
  readonly host: string;
  readonly port: number;
}

/** What a client observes of a listening node. */
export type Observed = Pick<ProbedNode, 'absence' | 'versions' | 'cipher' | 'certificates' | 'requiresCertificate'>;

const VERSIONS: readonly (readonly [SecureVersion, string])[] = [
  ['TLSv1.3', 'tlsv1.3'],
  ['TLSv1.2', 'tlsv1.2'],
];

/** A node without TLS takes the handshake for an incomplete message of its own, and waits for the rest. */
const DEADLINE_MS = 5000;
/** In TLS 1.3 the server rejects a client without a certificate after the handshake. */
const REFUSAL_MS = 1500;

/** Performs a handshake with a listening node for each version of TLS, as a client without a certificate. */
export async function observe(listener: Listener): Promise<Observed> {
  const absence = await whyClosed(listener);
  if (absence !== undefined) return { absence, versions: [], certificates: [], requiresCertificate: false };
  const answers = await Promise.all(
    VERSIONS.map(async ([version, name]) => ({ name, ...(await attempt(listener, version)) })),
  );
  const taken = answers.filter(({ certificates }) => certificates.length > 0);
  const [best] = taken;
  return {
    versions: taken.map(({ name }) => name),
    cipher: best?.cipher,
    certificates: best?.certificates ?? [],
    requiresCertificate: best?.isRefused,
  };
}

async function whyClosed({ host, port }: Listener): Promise<string | undefined> {
  const socket = connectTcp({ host, port });
  socket.setTimeout(DEADLINE_MS, () => socket.destroy(new Error(`no answer within ${DEADLINE_MS} ms`)));
  try {
    await once(socket, 'connect');
    return undefined;
  } catch (error) {
    return systemErrorText(error);
  } finally {
    socket.destroy();
  }
}

interface Attempt {
  readonly certificates: readonly Uint8Array[];
  readonly cipher?: string;
  /** Absent if the connection was closed without an alert. */
  readonly isRefused: boolean | undefined;
}

/** One handshake. The client accepts any certificate: the caller judges it. */
async function attempt({ host, port }: Listener, version: SecureVersion): Promise<Attempt> {
  const socket = connect({
    host,
    port,
    // SNI takes names only, not addresses (RFC 6066, section 3).
    servername: isAddress(host) ? undefined : host,
    minVersion: version,
    maxVersion: version,
    // By default OpenSSL rejects weak keys; they are judged elsewhere.
    ciphers: 'DEFAULT@SECLEVEL=0',
    rejectUnauthorized: false,
  });
  return new Promise((resolve) => {
    let seen: Omit<Attempt, 'isRefused'> = { certificates: [] };
    const done = (isRefused: boolean | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...seen, isRefused });
    };
    let timer = setTimeout(() => done(false), DEADLINE_MS);
    const look = (): void => {
      const { cipher, certificates } = shownBy(socket);
      if (certificates.length > 0) seen = { cipher, certificates };
    };
    socket.once('secureConnect', () => {
      look();
      clearTimeout(timer);
      timer = setTimeout(() => done(false), REFUSAL_MS);
    });
    // In TLS 1.2 the rejection ends the handshake, after the certificate has arrived.
    socket.once('error', () => {
      look();
      done(true);
    });
    socket.once('close', () => done(undefined));
  });
}

/** Whether the host is an IP address; one with a zone, such as `fe80::1%eth0`, is. */
function isAddress(host: string): boolean {
  return readIpAddress(host.replace(/%.*/, '')) !== undefined;
}

function shownBy(socket: TLSSocket): { cipher: string | undefined; certificates: Uint8Array[] } {
  const certificates: Uint8Array[] = [];
  let one = socket.getPeerX509Certificate();
  for (; one !== undefined && certificates.length < LONGEST_CHAIN; one = one.issuerCertificate) {
    if (certificates.some((known) => Buffer.compare(known, one?.raw ?? new Uint8Array()) === 0)) break;
    certificates.push(one.raw);
  }
  const cipher =
    certificates.length === 0 ? undefined : (socket.getCipher() as { standardName?: string } | undefined)?.standardName;
  return { cipher, certificates };
}

const LONGEST_CHAIN = 10;
