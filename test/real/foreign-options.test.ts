import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { OtpRelease } from 'cdktf-erlang-tls';

import { type Side, type SslOptionRow, verdictOf, type VersionSet } from '../../src/model/erlang/options/ssl-option';
import { FOREIGN_OPTION_ROWS, isForeignOption, optionRow } from '../../src/model/erlang/options/ssl-option-table';
import type { Runtime } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { filesFor, onPairs, OPTION_HOSTS, type Trial, VERSION_SETS } from '../support/options/nodes';
import { createOptionPki, type OptionPki } from '../support/options/pki';
import { requires } from '../support/programs/requires';

/*
 * What becomes of the connections of a side with an option that is for other uses of TLS. Running nodes are given one option file after the
 * other, as in ssl-option-table.test.ts, where nodes that were booted from their files show that this is the same.
 */

const SLOW_MS = 240_000;

/** A right value of each, wherever the option belongs, as Erlang text. */
const VALUES: Readonly<Record<string, string>> = {
  active: 'true',
  alpn_advertised_protocols: '[<<"h2">>]',
  alpn_preferred_protocols: '[<<"h2">>]',
  broadcast: 'true',
  client_preferred_next_protocols: '{client,[<<"h2">>]}',
  cookie: 'true',
  dontroute: 'false',
  early_data: 'auto',
  fallback: 'true',
  header: '2',
  honor_ecc_order: 'true',
  max_fragment_length: '512',
  multicast_if: '{127,0,0,1}',
  multicast_loop: 'true',
  multicast_ttl: '1',
  next_protocol_selector: '{client,[<<"h2">>]}',
  next_protocols_advertised: '[<<"h2">>]',
  ocsp_nonce: 'false',
  ocsp_responder_certs: '[]',
  ocsp_stapling: 'true',
  packet: 'raw',
  psk_identity: '"x"',
  reuse_session: '<<"x">>',
  sni_fun: 'fun erlang:hd/1',
  sni_hosts: '[]',
  srp_identity: '{"a","b"}',
  stateless_tickets_seed: '<<"x">>',
  use_srtp: '#{protection_profiles=>[<<0,1>>]}',
  use_ticket: '[]',
  verify_client_once: 'true',
};

/** Options without a row that do nothing to a connection. */
const HARMLESS: Readonly<Record<string, string>> = {
  buffer: '65536',
  cb_info: '{gen_tcp,tcp,tcp_closed,tcp_error}',
  delay_send: 'false',
  erl_dist: 'true',
  exit_on_close: 'true',
  high_msgq_watermark: '8192',
  high_watermark: '8192',
  keep_secrets: 'true',
  keepalive: 'true',
  linger: '{false,0}',
  log_alert: 'true',
  low_msgq_watermark: '4096',
  low_watermark: '4096',
  mode: 'list',
  nodelay: 'true',
  packet_size: '0',
  priority: '1',
  recbuf: '65536',
  receiver_spawn_opts: '[]',
  renegotiate_at: '1000',
  reuseaddr: 'true',
  send_timeout: '1000',
  send_timeout_close: 'true',
  sender_spawn_opts: '[]',
  show_econnreset: 'true',
  sndbuf: '65536',
  tos: '0',
};

/** One connection of a side that has the option. */
interface Case {
  readonly option: string;
  readonly side: Side;
  readonly value: string;
  readonly versions: VersionSet;
  readonly row?: SslOptionRow;
}

const CASES: readonly Case[] = [
  ...FOREIGN_OPTION_ROWS.flatMap((row) => {
    const value = row.value === undefined ? (VALUES[row.option] ?? '') : String(row.value);
    return versionsOf(row).map((versions) => ({ option: row.option, side: row.side, value, versions, row }));
  }),
  ...Object.entries(HARMLESS).flatMap(([option, value]) =>
    (['server', 'client'] as const).map((side) => ({ option, side, value, versions: '1.3 and 1.2' as const })),
  ),
];

requires('erl', 'openssl')('options for other uses of TLS', () => {
  let directory: string;
  let pki: OptionPki;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'foreign-options-'));
    pki = createOptionPki(directory, OPTION_HOSTS);
  }, SLOW_MS);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  onEachRuntime('affect a connection as documented', (runtime) => {
    let connected: ReadonlyMap<Case, boolean>;

    beforeAll(async () => {
      connected = await connectAll(runtime, pki);
    }, SLOW_MS);

    test.each(CASES.map((one) => ({ title: `${one.option} ${one.value} (${one.side}, ${one.versions})`, one })))(
      '$title',
      ({ one }) => {
        const otp = OtpRelease.of(String(runtime.otp));
        const isBroken = one.row !== undefined && verdictOf(one.row, otp, one.versions) === 'error';
        expect(connected.get(one)).toBe(!isBroken);
      },
    );
  });
});

test('each option for other uses of TLS has a value that its row matches', () => {
  for (const { row, option, side, value } of CASES) {
    expect(isForeignOption(option)).toBe(true);
    const plain = value === 'true' || value === 'false' ? value === 'true' : value;
    expect(optionRow(option, side, plain, FOREIGN_OPTION_ROWS)).toBe(row);
  }
});

/** One representative set, and those for which the verdict on the option differs. */
function versionsOf({ withTls13Only, withTls12Only }: SslOptionRow): readonly VersionSet[] {
  const special = { '1.3 only': withTls13Only, '1.2 only': withTls12Only, '1.3 and 1.2': {} };
  return VERSION_SETS.filter((versions) => special[versions] !== undefined);
}

async function connectAll(runtime: Runtime, pki: OptionPki): Promise<ReadonlyMap<Case, boolean>> {
  const connected = new Map<Case, boolean>();
  await onPairs(runtime, filesFor(trialOf(), pki), CASES, async (pair, one) => {
    await pair.reload(filesFor(trialOf(one), pki));
    connected.set(one, (await pair.connect(one.side)) !== 'none');
  });
  return connected;
}

/** The options that every node has, and perhaps one of these. */
function trialOf(one?: Case): Trial {
  const { option = 'log_level', side = 'server', versions = '1.3 and 1.2', value = 'notice' } = one ?? {};
  return { option, side, versions, value: 'telling', example: { telling: value } };
}
