// Writes API.md from the built assembly; with --check only says whether it would change.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inRoot, nodeModule } from '../bootstrap/paths.mjs';
import { run } from '../bootstrap/run.mjs';

/** @param {string} output */
async function generate(output) {
  if (!existsSync(inRoot('.jsii'))) {
    console.error('.jsii is missing, run "npm run build" first');
    return 1;
  }
  const code = await run(nodeModule('jsii-docgen/bin/jsii-docgen', ['--output', output]), {
    env: { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  if (code === 0) writeFileSync(output, withIndex(readFileSync(output, 'utf8')));
  return code;
}

/** @typedef {{ name: string, fqn: string, kind: string, base?: string, datatype?: boolean, docs?: { summary?: string } }} Type */

/** What most readers look for; everything else follows by its kind. */
const FIRST = [
  'TlsCluster',
  'TlsClusterProps',
  'TlsClusterNodeProps',
  'Platform',
  'OtpRelease',
  'Delivery',
  'CaGeneration',
];

/**
 * The text with an index before everything else: the types in groups, each with the first sentence of its description.
 *
 * @param {string} text
 */
function withIndex(text) {
  /** @type {Type[]} */
  const types = Object.values(JSON.parse(readFileSync(inRoot('.jsii'), 'utf8')).types);
  /** @param {string} title @param {Type[]} group */
  const part = (title, group) => [`### ${title}`, '', ...group.map(line), ''];
  const rest = types.filter(({ name }) => !FIRST.includes(name)).sort((one, other) => (one.name < other.name ? -1 : 1));
  const index = [
    '## Index',
    '',
    ...part(
      'Start here',
      FIRST.flatMap((name) => types.filter((type) => type.name === name)),
    ),
    ...part(
      'Other constructs',
      rest.filter(({ base }) => base === 'constructs.Construct'),
    ),
    ...part(
      'Other classes',
      rest.filter(({ kind, base }) => kind === 'class' && base !== 'constructs.Construct'),
    ),
    ...part(
      'Interfaces to implement',
      rest.filter(({ kind, datatype }) => kind === 'interface' && !datatype),
    ),
    ...part(
      'Properties and results',
      rest.filter(({ datatype }) => datatype),
    ),
  ];
  const [title = '', ...body] = text.split('\n');
  return [title, '', ...index, ...body.slice(1)].join('\n');
}

/** @param {Type} type */
function line({ name, fqn, docs }) {
  return `- [\`${name}\`](#${fqn}): ${docs?.summary ?? ''}`;
}

async function check() {
  const directory = mkdtempSync(join(tmpdir(), 'cdktf-erlang-tls-docgen-'));
  try {
    const fresh = join(directory, 'API.md');
    const code = await generate(fresh);
    if (code !== 0) return code;
    if (existsSync(inRoot('API.md')) && readFileSync(fresh, 'utf8') === readFileSync(inRoot('API.md'), 'utf8')) {
      console.log('API.md is up to date');
      return 0;
    }
    console.error('API.md differs from the public API, run "npm run docgen" and commit it');
    return 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

process.exitCode = process.argv.includes('--check') ? await check() : await generate(inRoot('API.md'));
