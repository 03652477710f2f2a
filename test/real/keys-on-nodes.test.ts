import { readdirSync } from 'node:fs';

import { CaGeneration } from 'cdktf-erlang-tls';

import { onAllRuntimes } from '../support/erlang/blocks';
import { install } from '../support/installing/operator';
import { requires } from '../support/programs/requires';
import { DB1, DB2, DB3, type KeysOnNodes, PROBE, withKeys } from '../support/stacks/keys-on-nodes';

const SLOW_MS = 120_000;
const DAY_MS = 24 * 60 * 60 * 1000;

requires(
  'terraform',
  'go',
  'erl',
)('keys that stay on their nodes', () => {
  onAllRuntimes('in a cluster whose nodes call each other', (runtimes) => {
    test(
      'are certified, renewed, rolled over and replaced, and no call is lost; a late node joins, and a wrong certificate changes nothing',
      () => withKeys(runtimes, walk),
      SLOW_MS,
    );
  });
});

async function walk(cluster: KeysOnNodes): Promise<void> {
  await cluster.deploy({ now: new Date(Date.now() - 250 * DAY_MS) });
  expect(cluster.waiting()).toEqual([DB1, DB2, DB3, PROBE]);
  for (const name of [DB1, DB2, PROBE, 'tools']) cluster.handIn(name);
  await cluster.deploy({ now: new Date(Date.now() - 250 * DAY_MS) });
  expect(cluster.waiting()).toEqual([DB3]);
  await cluster.start([DB1, DB2]);

  // The late one has what it is to trust, and nothing else.
  install(cluster.node(DB3));
  expect(readdirSync(cluster.directory(DB3)).sort()).toEqual(['.erlang-tls', 'ca.pem']);
  cluster.handIn(DB3);
  await cluster.deploy({ now: new Date(Date.now() - 250 * DAY_MS) });
  await cluster.join(DB3);

  const keys = cluster.publicKeys();
  const first = cluster.fingerprints();
  await cluster.take({ generations: [CaGeneration.signing('1'), CaGeneration.trusted('2')] });
  expect([cluster.publicKeys(), cluster.fingerprints() === first]).toEqual([keys, false]);
  await cluster.take({ generations: [CaGeneration.trusted('1'), CaGeneration.signing('2')] });
  await cluster.take({ generations: [CaGeneration.retired('1'), CaGeneration.signing('2')] });
  expect([cluster.publicKeys(), await cluster.shown()]).toEqual([keys, cluster.fingerprints()]);

  // The old pair serves until the certificate of the new key is installed.
  const before = cluster.installed(DB1);
  cluster.handIn(DB1, '--new-key');
  await cluster.runs(DB1, 0);
  expect(cluster.installed(DB1)).toBe(before);

  // The certificate of a key that the node does not have.
  const right = cluster.handedIn(DB2);
  const kept = cluster.installed(DB2);
  cluster.handInFromElsewhere(DB2);
  await cluster.deploy({});
  expect(await cluster.runs(DB2, 2)).toContain('for another key');
  expect(cluster.installed(DB2)).toBe(kept);

  cluster.handInAgain(DB2, right);
  await cluster.take({});
  expect(cluster.publicKeys()).not.toBe(keys);
  expect(await cluster.shown()).toBe(cluster.fingerprints());
  expect(await cluster.placesOfKeys()).toEqual([]);
}
