/** What the tools say of nodes that keep their keys, before a deploy and between a deploy and an installation. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { NodeKey, Platform } from 'cdktf-erlang-tls';

import { codesOf, runCli } from '../../../support/cli/run-cli';
import { type KeyScript, KeyScripts } from '../../../support/installing/key-scripts';
import { cluster, codes, found, signing, trusted } from '../../../support/plans/judged-plan';
import { requires } from '../../../support/programs/requires';
import { authority, leaf } from '../../../support/x509/issued';
import { nodeRequest } from '../../../support/x509/request';

const [A, B] = ['a@h1.x.test', 'a@h2.x.test'] as const;

const requests = [nodeRequest('h1.x.test'), nodeRequest('h2.x.test')];
/** A cluster of which so many nodes have handed in their requests. */
const certified = (count: number, generations = [signing('1')]): ReturnType<typeof cluster> =>
  cluster({
    platform: Platform.mongooseIm(),
    generations,
    nodes: [A, B].map((name, index) => ({
      name,
      key: index < count ? NodeKey.onNode({ requestPem: requests[index] }) : NodeKey.onNode(),
    })),
  });

describe('a plan', () => {
  test('names each node that waits, also if all of them do', () => {
    const waiting = (...stacks: readonly ReturnType<typeof certified>[]): string[] =>
      found(...stacks).flatMap((one) => /^request-missing: (\S+) waits/.exec(one)?.[1] ?? []);
    expect(waiting(certified(0))).toEqual([A, B]);
    expect(waiting(certified(0), certified(1))).toEqual([B]);
    expect(codes(certified(0))).not.toContain('plan-without-nodes');
  });

  test('has nothing to say of nodes that hand in their requests, or of a rollover with them', () => {
    expect(codes(certified(1), certified(2))).toEqual([]);
    const steps = [
      [signing('1'), trusted('2')],
      [trusted('1'), signing('2')],
    ].map((generations) => certified(2, generations));
    expect(codes(certified(2), ...steps)).toEqual([]);
  });

  test('finds a CA that not every node trusts, as with keys of Terraform', () => {
    expect(codes(certified(2), certified(2, [trusted('1'), signing('2')]))).not.toEqual([]);
  });
});

requires('openssl')('an install script', () => {
  const scripts = new KeyScripts();
  const directory = mkdtempSync(join(tmpdir(), 'keys-on-nodes-'));
  afterAll(() => {
    scripts.remove();
    rmSync(directory, { recursive: true });
  });

  test('of a node that waits says so, and not that there is nothing to check', async () => {
    const path = scripts.write({});
    expect(await codesOf(['check', path])).toEqual(['request-missing']);
    expect((await runCli(['check', path])).out).toContain('waits for its certificate');
  });

  test.each<[string, KeyScript]>([
    ['one file', {}],
    ['a key file of its own', { separateKeyFile: true }],
  ])('without a key in it is right, with %s', async (_title, script) => {
    const ca = authority('CA');
    const certificate = leaf('db1.x.test', ca).certificatePem;
    writeFileSync(scripts.path('ca.pem'), ca.certificatePem);
    const path = scripts.write({ certificate, hasOptions: true, ...script });
    expect(await codesOf(['check', '--otp=27', path])).toEqual([]);
  });
});
