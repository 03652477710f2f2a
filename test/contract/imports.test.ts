import {
  chaptersFollowTheDataFlow,
  constructsAndCliAreStrangers,
  deliveriesAreStrangers,
  deliveryNamesStayAtHome,
  everyModelFileHasAChapter,
  type ImportRule,
  modelImportsOnlyItself,
  nobodyImportsTheIndex,
  noCycles,
  noFolderIsNamedAfterVisibility,
  oneFileLoadsTheFramework,
  onlyPeersAreLoaded,
  platformNamesStayAtHome,
  platformsAreStrangers,
} from './import-rules';
import { parseSource, readSources } from './source-files';

/** File name to text. */
type Files = Readonly<Record<string, string>>;

interface Example {
  readonly rule: ImportRule;
  /** Sources that break the rule, each with the complaint that they must cause. */
  readonly broken: readonly (readonly [files: Files, complaint: string])[];
  /** Sources that come close and are fine. */
  readonly fine: readonly Files[];
}

const RULES: Readonly<Record<string, Example>> = {
  'a chapter of the model imports itself and earlier chapters': {
    rule: chaptersFollowTheDataFlow,
    broken: [
      [{ 'src/model/pki/a.ts': `import { x } from '../erlang/x';` }, 'erlang comes after pki'],
      [{ 'src/model/pki/a.ts': `import type { X } from '../erlang/x';` }, 'erlang comes after pki'],
      [{ 'src/model/pki/a.ts': `export { x } from '../rules/x';` }, 'rules comes after pki'],
      [{ 'src/model/cluster/a.ts': `type X = import('../pki/x').X;` }, 'pki comes after cluster'],
      [{ 'src/model/findings/a.ts': `import { x } from '../cluster/x';` }, 'cluster comes after findings'],
      [{ 'src/model/rules/a.ts': `import { x } from '../catalogue';` }, 'src/model/catalogue belongs to no chapter'],
      [{ 'src/model/pki/a.ts': `import { x } from '../util';` }, 'src/model/util belongs to no chapter'],
    ],
    fine: [
      {
        'src/model/erlang/terms/a.ts': `import { a } from '../../files/a'; import { b } from './b'; import { e } from '../../findings/e';`,
      },
      { 'src/model/catalogue.ts': `import { x } from './rules/flags/x';` },
    ],
  },
  'every file of the model belongs to a chapter': {
    rule: everyModelFileHasAChapter,
    broken: [
      [{ 'src/model/util/a.ts': '' }, 'src/model/util/a: belongs to no chapter'],
      [{ 'src/model/util.ts': '' }, 'src/model/util: belongs to no chapter'],
    ],
    fine: [{ 'src/model/rules/flags/a.ts': '', 'src/model/catalogue.ts': '', 'src/constructs/util.ts': '' }],
  },
  'the model imports only the model': {
    rule: modelImportsOnlyItself,
    broken: [
      [{ 'src/model/pki/a.ts': `import { Construct } from 'constructs';` }, 'constructs is outside the model'],
      [{ 'src/model/pki/a.ts': `import type { App } from 'cdktf';` }, 'cdktf is outside the model'],
      [{ 'src/model/pki/a.ts': `import * as fs from 'fs';` }, 'fs is outside the model'],
      [{ 'src/model/pki/a.ts': `import crypto = require('node:crypto');` }, 'node:crypto is outside the model'],
      [{ 'src/model/pki/a.ts': `const os = require('os');` }, 'os is outside the model'],
      [{ 'src/model/pki/a.ts': `const os = import('os');` }, 'os is outside the model'],
      [{ 'src/model/pki/a.ts': `import { x } from '../../constructs/x';` }, '../../constructs/x is outside the model'],
    ],
    fine: [
      { 'src/model/pki/a.ts': `import { x } from '../cluster/x';` },
      { 'src/constructs/pki/a.ts': `import { Construct } from 'constructs';` },
    ],
  },
  'nobody imports an index': {
    rule: nobodyImportsTheIndex,
    broken: [
      [{ 'src/constructs/a.ts': `import { x } from '../index';` }, 'not an index'],
      [{ 'src/constructs/a.ts': `import { x } from '../index.js';` }, 'not an index'],
      [{ 'src/constructs/a.ts': `import { x } from '..';` }, 'not an index'],
      [{ 'src/constructs/a.ts': `import { x } from './';` }, 'not an index'],
      [{ 'src/constructs/a.ts': `import { x } from 'cdktf-erlang-tls';` }, 'not an index'],
    ],
    fine: [{ 'src/constructs/a.ts': `import { x } from '../model/erlang/indexed';` }],
  },
  'a platform imports no other platform': {
    rule: platformsAreStrangers,
    broken: [
      [{ 'src/model/platforms/couchdb.ts': `import { x } from './rabbitmq';` }, 'platforms share only'],
      [{ 'src/model/platforms/profile.ts': `import { x } from './couchdb';` }, 'platforms share only'],
    ],
    fine: [
      { 'src/model/platforms/couchdb.ts': `import { x } from './profile';` },
      { 'src/model/platforms/couchdb/patterns.ts': `import { x } from './glob';` },
    ],
  },
  'a delivery imports no other delivery': {
    rule: deliveriesAreStrangers,
    broken: [
      [{ 'src/model/deliveries/local-files.ts': `import { x } from './install-script';` }, 'deliveries share only'],
      [{ 'src/constructs/deliveries/delivery.ts': `import { x } from './local-files';` }, 'deliveries share only'],
      [{ 'src/model/deliveries/delivered.ts': `import { x } from './local-files';` }, 'deliveries share only'],
    ],
    fine: [
      { 'src/constructs/deliveries/a.ts': `import { x } from '../../model/deliveries/a/writer';` },
      { 'src/model/deliveries/a/reader.ts': `import type { X } from '../delivered';` },
      { 'src/constructs/deliveries/factory.ts': `import { A } from './a'; import { B } from './b';` },
    ],
  },
  "a delivery's name appears in the code of no other file than its own and the lists of all deliveries": {
    rule: deliveryNamesStayAtHome,
    broken: [
      [withDelivery('src/cli/a.ts', `import { readInstallScript } from './x';`), 'names install-script'],
      [withDelivery('src/model/deliveries/delivered.ts', 'const isInstallScript = 1;'), 'names install-script'],
    ],
    fine: [
      withDelivery('src/cli/a.ts', `// of an install-script\nconst text = 'an install script';`),
      withDelivery('src/constructs/deliveries/install-script.ts', 'const installScript = 1;'),
    ],
  },
  'the constructs and the command line tool do not import each other': {
    rule: constructsAndCliAreStrangers,
    broken: [
      [{ 'src/cli/a.ts': `import { x } from '../constructs/x';` }, 'cli must not need constructs'],
      [{ 'src/constructs/a.ts': `import { x } from '../cli/x';` }, 'constructs must not need cli'],
    ],
    fine: [{ 'src/cli/a.ts': `import { x } from '../model/pki/x';` }],
  },
  'only peer dependencies are loaded, and Node modules without effects': {
    rule: onlyPeersAreLoaded,
    broken: [
      [{ 'src/constructs/a.ts': `import * as fs from 'node:fs';` }, 'node:fs is no peer dependency'],
      [{ 'src/constructs/a.ts': `import { z } from 'constructs-extra';` }, 'constructs-extra is no peer dependency'],
      [{ 'src/cli/a.ts': `import yargs from 'yargs';` }, 'yargs is no peer dependency'],
    ],
    fine: [
      { 'src/cli/a.ts': `import * as fs from 'node:fs';` },
      { 'src/constructs/a.ts': `import * as path from 'node:path';` },
      { 'src/constructs/a.ts': `import { PrivateKey } from '@cdktf/provider-tls/lib/private-key';` },
    ],
  },
  'one file loads the framework': {
    rule: oneFileLoadsTheFramework,
    broken: [
      [{ 'src/constructs/a.ts': `import { Fn } from 'cdktf';` }, 'only src/constructs/terraform/cdktf loads'],
      [{ 'src/constructs/terraform/a.ts': `import type { Fn } from 'cdktn';` }, 'only src/constructs/terraform/cdktf'],
      [
        { 'src/constructs/a.ts': `import { File } from '@cdktf/provider-local/lib/file';` },
        'only src/constructs/terraform/cdktf loads',
      ],
    ],
    fine: [
      { 'src/constructs/terraform/cdktf.ts': `export { Fn } from 'cdktf';` },
      { 'src/constructs/a.ts': `import { Construct } from 'constructs'; import { Fn } from './terraform/cdktf';` },
    ],
  },
  'no folder is named after visibility': {
    rule: noFolderIsNamedAfterVisibility,
    broken: [
      [{ 'src/constructs/private/a.ts': '' }, 'named after what is in it'],
      [{ 'src/model/rules/utils/a.ts': '' }, 'named after what is in it'],
    ],
    fine: [{ 'src/model/pki/private-key.ts': '' }],
  },
  "a platform's name appears in the code of no other file than its own and the lists of all platforms": {
    rule: platformNamesStayAtHome,
    broken: [
      [withPlatform('src/model/files/a.ts', `if (name === 'couchdb') {}`), '"couchdb" names couchdb'],
      [withPlatform('src/model/files/a.ts', 'const isCouchDb = true;'), '"isCouchDb" names couchdb'],
      [withPlatform('src/model/files/a.ts', 'const text = `for ${x} on CouchDB`;'), '" on CouchDB" names couchdb'],
      [withPlatform('src/model/platforms/profile.ts', `const known = ['couchdb'];`), '"couchdb" names couchdb'],
      [withPlatform('src/model/files/a.ts', 'const COUCH_DB = 1;'), '"COUCH_DB" names couchdb'],
      [withPlatform('src/model/rules/a.ts', `if (protocol === 'couch') {}`), '"couch" names couchdb'],
      [withPlatform('src/model/rules/a.ts', 'const text = `-couch_dist ${x}`;'), '"-couch_dist " names couchdb'],
      [withPlatform('src/model/rules/a.ts', `const text = 'a no_tls of it';`), '"a no_tls of it" names couchdb'],
    ],
    fine: [
      withPlatform('src/model/files/a.ts', `// as CouchDB does\nconst example = 'couchdb@db1.example.com';`),
      withPlatform('src/constructs/cluster/platform.ts', `const x = couchDb();`),
      withPlatform('src/index.ts', `export { CouchDbOptions } from './model/platforms/couchdb';`),
    ],
  },
  'no file needs itself': {
    rule: noCycles,
    broken: [
      [
        { 'src/model/pki/a.ts': `import { b } from './b';`, 'src/model/pki/b.ts': `import { a } from './a';` },
        'src/model/pki/a → src/model/pki/b → src/model/pki/a',
      ],
    ],
    fine: [
      { 'src/model/pki/a.ts': `import { b } from './b';`, 'src/model/pki/b.ts': `import type { A } from './a';` },
      { 'src/model/pki/a.ts': `import { b } from './b';`, 'src/model/pki/b.ts': `import { type A } from './a';` },
    ],
  },
};

const sources = readSources();

test('there are source files to check', () => {
  expect(sources.map((file) => file.path)).toContain('src/index');
});

describe.each(Object.entries(RULES))('%s', (_title, { rule, broken, fine }) => {
  test('src/ follows the rule', () => {
    expect(rule(sources)).toEqual([]);
  });

  test.each(broken)('%j breaks the rule', (files, complaint) => {
    expect(rule(parse(files)).join('\n')).toContain(complaint);
  });

  test.each(fine)('%j follows the rule', (files) => {
    expect(rule(parse(files))).toEqual([]);
  });
});

function parse(files: Files) {
  return Object.entries(files).map(([name, text]) => parseSource(name, text));
}

function withDelivery(name: string, text: string): Files {
  return { 'src/model/deliveries/install-script/reader.ts': '', [name]: text };
}

function withPlatform(name: string, text: string): Files {
  return { 'src/model/platforms/couchdb.ts': '', [name]: text };
}
