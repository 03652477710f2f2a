import { carriersIn } from '../../../../src/model/observed/files/configuring-files';
import { readFlags } from '../../../../src/model/observed/files/flag-carriers';
import { missingFile } from '../../../../src/model/observed/files/found-file';
import type { InstalledNode } from '../../../../src/model/observed/files/installed-node';
import { listeningFindings } from '../../../../src/model/rules/flags/listening';

const INTERFACE = '-kernel inet_dist_use_interface';
const PORTS = (first: string, last: string): string =>
  `-kernel inet_dist_listen_min ${first} inet_dist_listen_max ${last}`;

test.each<[flags: string, host: string | undefined, codes: readonly string[]]>([
  [PORTS('9100', '9109'), 'h.test', []],
  [PORTS('9109', '9100'), 'h.test', ['port-range-empty']],
  [PORTS('0', '9'), 'h.test', ['port-out-of-range']],
  ['-kernel inet_dist_listen_min 9100', 'h.test', []],
  // The kernel passes over both.
  ['-kernel inet_dist_listen_max 9100', 'h.test', []],
  [PORTS('$FIRST', '1'), 'h.test', []],
  // Of a parameter that is given twice, the last value counts.
  [`${PORTS('2', '1')} -kernel inet_dist_listen_max 3`, 'h.test', []],
  [PORTS('4369', '4369'), 'h.test', ['port-of-epmd']],
  [`-start_epmd false ${PORTS('4369', '4369')}`, 'h.test', []],
  // The node takes the next port.
  [PORTS('4369', '4370'), 'h.test', []],
  [`${INTERFACE} {10,0,0,1}`, '10.0.0.1', []],
  // A router may translate one address to the other.
  [`${INTERFACE} {10,0,0,1}`, '203.0.113.2', ['interface-of-one-host']],
  [`${INTERFACE} {10,0,0,1}`, '127.0.0.1', ['interface-not-of-host']],
  [`${INTERFACE} {127,0,0,1}`, '10.0.0.2', ['interface-not-of-host']],
  [`${INTERFACE} {127,0,0,1}`, 'h.test', ['interface-of-one-host']],
  [`${INTERFACE} {127,0,0,1}`, 'localhost', []],
  [`${INTERFACE} {127,0,0,1}`, undefined, []],
  [`${INTERFACE} {10,0,0,1}`, 'h.test', []],
  [`${INTERFACE} {0,0,0,0}`, '10.0.0.2', []],
  [`-proto_dist inet_tls ${INTERFACE} {0,0,0,0,0,0,0,0}`, 'h.test', ['interface-family-mismatch']],
  [`-proto_dist inet6_tls ${INTERFACE} {0,0,0,0,0,0,0,0}`, 'h.test', []],
  [`-proto_dist inet6_tls ${INTERFACE} {0,0,0,0}`, 'h.test', ['interface-family-mismatch']],
  [`-proto_dist inet6_tls ${INTERFACE} {0,0,0,0,0,65535,2560,1}`, 'h.test', ['interface-family-mismatch']],
  [`-proto_dist inet6_tls ${INTERFACE} {8193,3512,0,0,0,0,0,1}`, '2001:DB8::1', []],
  [`-proto_dist $PROTO ${INTERFACE} {0,0,0,0}`, 'h.test', []],
  ['-env ERL_EPMD_ADDRESS 127.0.0.1', '10.0.0.1', ['interface-not-of-host']],
  ['-env ERL_EPMD_ADDRESS 10.0.0.1', '10.0.0.1', []],
  [`${INTERFACE} $ADDRESS`, '10.0.0.1', []],
])('%s of a node on %s: %j', (flags, host, codes) => {
  const { uses } = readFlags(carriersIn({ name: 'vm.args', text: flags }, 'vm.args'), missingFile);
  const found = listeningFindings({ label: 'a', host } as InstalledNode, uses);
  expect(found.map(({ code }) => code)).toEqual(codes);
});
