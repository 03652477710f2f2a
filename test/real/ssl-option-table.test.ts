import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { OtpRelease } from 'cdktf-erlang-tls';

import {
  otherSide,
  type Side,
  type SslOptionRow,
  type Verdict,
  verdictOf,
  type VersionSet,
} from '../../src/model/erlang/options/ssl-option';
import { optionRow, SSL_OPTION_TABLE } from '../../src/model/erlang/options/ssl-option-table';
import type { Runtime } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { exampleFor } from '../support/options/examples';
import {
  camelCase,
  filesFor,
  NodePair,
  onPairs,
  OPTION_HOSTS,
  type Trial,
  VERSION_SETS,
} from '../support/options/nodes';
import { createOptionPki, type OptionPki } from '../support/options/pki';
import { requires } from '../support/programs/requires';

/*
 * Each row of the option table against real nodes, with each set of TLS versions.
 *
 * Two nodes have the option files that the library renders. The one under test has the row's option on the row's side; its peer dials it
 * where that is the server side, and is dialled by it where it is the client side. They connect twice: with a right value of the option,
 * and with a telling one, which changes the connection of a node that uses the option (another suite, another certificate, most often no
 * connection). So a value that OTP reads can be distinguished from one that it ignores:
 *
 *   error    no connection with the right value; there is one without the option, and one in the other direction
 *   ok       the right value connects, and the telling one makes a difference
 *   ignored  the right value connects, and the telling one makes no difference
 *
 * A telling value is well formed wherever the two nodes can see what a value does. Where they cannot, it is ill-formed, and `ok` means that
 * this side reads the option and checks it.
 *
 * A node reads its option file once, at boot. To boot two nodes for each connection would take many times as long, so a running node is
 * given another file, read by the same function into the same table. Some rows are also run on nodes that were booted from their files, and
 * both ways must agree to the letter.
 */

const SLOW_MS = 240_000;

/** Rows of every verdict and both sides. */
const BOOTED: readonly { option: string; side: Side; versions: VersionSet }[] = [
  { option: 'ciphers', side: 'server', versions: '1.3 only' },
  { option: 'ciphers', side: 'client', versions: '1.2 only' },
  { option: 'server_name_indication', side: 'client', versions: '1.3 only' },
  { option: 'dhfile', side: 'client', versions: '1.3 and 1.2' },
  { option: 'allow_any_ca_purpose', side: 'server', versions: '1.3 only' },
  { option: 'supported_groups', side: 'client', versions: '1.2 only' },
];

requires('erl', 'openssl')('the option table', () => {
  let directory: string;
  let pki: OptionPki;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'ssl-options-'));
    pki = createOptionPki(directory, OPTION_HOSTS);
  }, SLOW_MS);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  onEachRuntime('describes what nodes do', (runtime) => {
    const otp = OtpRelease.of(String(runtime.otp));
    let observations: ReadonlyMap<SslOptionRow, Observation>;

    beforeAll(async () => {
      observations = await observeAll(runtime);
    }, SLOW_MS);

    test.each(SSL_OPTION_TABLE.map((row) => ({ title: titleOf(row), row })))('$title', ({ row }) => {
      const { verdicts, connections } = observations.get(row) ?? {};
      const said = Object.fromEntries(VERSION_SETS.map((versions) => [versions, verdictOf(row, otp, versions)]));
      // The connections are compared too, so that a failure shows its cause.
      expect({ verdicts, connections }).toEqual({ verdicts: said, connections });
    });

    test.each(BOOTED)(
      'applies also to nodes that boot from option files: $option ($side)',
      async ({ option, side, versions }) => {
        const row = rowFor(option, side);
        const trials = (['given', 'telling'] as const).map((value) => trialOf(row, versions, value));
        const booted = await Promise.all(trials.map((trial) => bootAndConnect(runtime, trial)));
        const [given, telling] = booted;
        expect(observations.get(row)?.connections[versions]).toMatchObject({ given, telling });
      },
      SLOW_MS,
    );
  });

  test('has a row for each value that a user would give', () => {
    for (const row of SSL_OPTION_TABLE) {
      expect(optionRow(row.option, row.side, exampleFor(row, pki).given)).toBe(row);
    }
  });

  async function observeAll(runtime: Runtime): Promise<ReadonlyMap<SslOptionRow, Observation>> {
    const observations = new Map<SslOptionRow, Observation>();
    const files = filesFor(trialOf(rowFor('verify', 'server'), '1.3 only', 'none'), pki);
    await onPairs(runtime, files, SSL_OPTION_TABLE, async (pair, row) => {
      observations.set(row, await observe(pair, row));
    });
    return observations;
  }

  async function observe(pair: NodePair, row: SslOptionRow): Promise<Observation> {
    const verdicts: Record<string, Observed> = {};
    const connections: Record<string, Connections> = {};
    for (const versions of VERSION_SETS) {
      const seen = await connectAll(pair, row, versions);
      connections[versions] = seen;
      verdicts[versions] = judge(seen);
    }
    return { verdicts, connections };
  }

  async function connectAll(pair: NodePair, row: SslOptionRow, versions: VersionSet): Promise<Connections> {
    const connect = async (value: Trial['value'], side = row.side): Promise<string> => {
      await pair.reload(filesFor(trialOf(row, versions, value), pki));
      return pair.connect(side);
    };
    const given = await connect('given');
    if (given !== 'none') return { given, telling: await connect('telling') };
    const telling = await connect('telling');
    return { given, telling, otherWay: await connect('given', otherSide(row.side)), without: await connect('none') };
  }

  async function bootAndConnect(runtime: Runtime, trial: Trial): Promise<string> {
    const pair = await NodePair.boot(runtime, filesFor(trial, pki));
    try {
      return await pair.connect(trial.side);
    } finally {
      await pair.stop();
    }
  }

  function trialOf(row: SslOptionRow, versions: VersionSet, value: Trial['value']): Trial {
    return { option: row.option, side: row.side, versions, example: exampleFor(row, pki), value };
  }
});

describe('the typed options', () => {
  const source = readFileSync(join(__dirname, '../../src/model/erlang/options/ssl-options.ts'), 'utf8');

  test.each(['server', 'client'] as const)('of the %s are those that at least one release uses', (side) => {
    const heeded = SSL_OPTION_TABLE.filter(
      (row) => row.side === side && row.writtenFrom === undefined && isHeeded(row),
    );
    const names = new Set(heeded.map(({ option }) => camelCase(option)));
    const ownName = side === 'server' ? 'ServerSslOptions' : 'ClientSslOptions';
    expect([...fieldsOf('CommonSslOptions'), ...fieldsOf(ownName)].sort()).toEqual([...names].sort());
  });

  test.each(['server', 'client'] as const)('contain no secret on the %s side', (side) => {
    expect(optionRow('password', side, 'fun keys:password/0')).toBeDefined();
    expect(optionRow('password', side, '"secret"')).toBeUndefined();
    expect(optionRow('certs_keys', side, '[#{certfile => "/c",password => fun keys:password/0}]')).toBeDefined();
    expect(optionRow('certs_keys', side, '[#{certfile => "/c",password => "secret"}]')).toBeUndefined();
    expect(optionRow('certs_keys', side, '[#{certfile => "/c",key => {\'ECPrivateKey\',<<1>>}}]')).toBeUndefined();
  });

  function fieldsOf(name: string): readonly string[] {
    const body = new RegExp(`interface ${name}[^{]*\\{\\n(.*?)\\n\\}\\n`, 's').exec(source)?.[1] ?? '';
    return [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, field = '']) => field);
  }
});

function isHeeded(row: SslOptionRow): boolean {
  const releases = ['24', '25', '26', '27', '28', '29'].map((release) => OtpRelease.of(release));
  return releases.some((otp) => VERSION_SETS.some((versions) => verdictOf(row, otp, versions) === 'ok'));
}

/** What both ends said of each connection, or `none`. The last two only where the right value does not connect. */
interface Connections {
  readonly given: string;
  readonly telling: string;
  readonly otherWay?: string;
  readonly without?: string;
}

/** `unclear`: it failed, and the option may not be why. */
type Observed = Verdict | 'unclear';

interface Observation {
  readonly verdicts: Readonly<Record<string, Observed>>;
  readonly connections: Readonly<Record<string, Connections>>;
}

function judge({ given, telling, otherWay, without }: Connections): Observed {
  if (given !== 'none') return given === telling ? 'ignored' : 'ok';
  return otherWay !== 'none' && without !== 'none' ? 'error' : 'unclear';
}

function rowFor(option: string, side: Side): SslOptionRow {
  const row = optionRow(option, side);
  if (row === undefined) throw new Error(`no row for ${option} (${side})`);
  return row;
}

function titleOf({ option, side, value }: SslOptionRow): string {
  return `${option}${value === undefined ? '' : ` ${value}`} (${side})`;
}
