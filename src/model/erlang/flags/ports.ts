import { rule } from '../../findings/rule';

/** epmd listens there, on every machine on which a node uses it. */
export const EPMD_PORT = 4369;

const LAST_PORT = 65_535;

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= LAST_PORT;
}

export const PORT_OUT_OF_RANGE = rule({
  code: 'port-out-of-range',
  severity: 'error',
  problem: 'is not a port',
  expected: 'an integer from 1 to 65535',
  remedy: 'correct the port',
  inErlang: 'the node does not boot: "register/listen error: badarg"',
  source: 'RFC 9293, section 3.1; docs/in-erlang.md',
});

export const PORT_RANGE_EMPTY = rule({
  code: 'port-range-empty',
  severity: 'error',
  problem: 'are not a range',
  expected: 'a first port, and a last port that is not below it',
  remedy: 'correct the range',
  inErlang: 'the node does not boot: "register/listen error: eaddrinuse"',
  source: 'kernel(6), inet_dist_listen_min and inet_dist_listen_max; docs/in-erlang.md',
});

export const PORT_OF_EPMD = rule({
  code: 'port-of-epmd',
  severity: 'error',
  problem: `hold port ${EPMD_PORT}, which is that of epmd`,
  expected: `ports from 1 to 65535 without ${EPMD_PORT}`,
  remedy: 'choose other ports, or portWithoutEpmd if the nodes are to do without epmd',
  inErlang: 'if it is the only port, the node does not boot: "register/listen error: eaddrinuse"',
  source: 'epmd(1); docs/in-erlang.md',
});
