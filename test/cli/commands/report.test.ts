import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HOUR } from '../../../src/model/x509/calendar';
import { HOSTS, Site } from '../../support/broken/site';
import { runCli } from '../../support/cli/run-cli';
import { requires } from '../../support/programs/requires';

test.each<[string, string[], string]>([
  ['no path', [], 'give a path, or --state'],
  ['a state that does not exist', ['--state=none.json'], 'none.json cannot be read: no such file or directory'],
  ['a path that does not exist', ['none'], 'none does not exist'],
  ['a path without a node', ['docs/images'], 'nothing-to-check: docs/images'],
  ['an unknown format', ['--format=pdf', '.'], '--format=pdf is unknown: use html, svg or text'],
  ['a format of every object', ['--format=constructor', '.'], 'is unknown'],
])('%s is refused: exit code 2', async (_title, args, message) => {
  const { exitCode, out, err } = await runCli(['report', ...args]);
  expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(message)]);
});

requires('openssl')('the report of installed nodes', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'erlang-tls-report-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('lists the issuer and the trusted CAs of each node, with the findings', async () => {
    const site = new Site(join(directory, 'site'));
    const next = site.workshop.root('Next CA');
    site.write('ca.pem', site.ca.certificate + next.certificate);
    site.reissue({}, next);
    const { exitCode, out } = await runCli(['report', '--format=text', '--title=site', site.directory]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Trust of site, .*: 1 error\nNext to expire, /);
    expect(out).toMatch(/^[AB] {3}Next CA, signs +\S+ +in \d+ days +1 +1$/m);
    expect(out).toMatch(new RegExp(`^node@${HOSTS[0]} +valid, 1 error .* [AB] +A B$`, 'm'));
    expect(out).toMatch(/^error: untrusted-by-peer: /m);
    const page = await runCli(['report', site.directory]);
    expect(page.out.match(/<td data-head="state">valid<br><a class="error" href="#finding-1">/g)).toHaveLength(2);
  });

  test('includes an intermediate CA, and names a node as its flags do', async () => {
    const site = new Site(join(directory, 'site'));
    const between = site.workshop.issue(site.ca, { commonName: 'Between', isCa: true });
    site.reissue({}, between, [between]);
    site.write('vm.args', `-name other@${HOSTS[0]}\n${site.read('vm.args')}`);
    const { out } = await runCli(['report', '--format=text', site.directory]);
    expect(out).toMatch(/^[AB] {3}Between, signs +\S+ +in \d+ days +0 +1$/m);
    expect(out).toMatch(new RegExp(`^other@${HOSTS[0]} +valid .* ([AB] [AB]) +[AB]$`, 'm'));
  });

  test('draws both sides of a node that trust different certificates of one key', async () => {
    const site = new Site(join(directory, 'site'));
    const again = site.workshop.root('Site CA', { existingKey: site.ca.key, to: 1000 });
    site.write('other.pem', again.certificate);
    site.options({ client: { cacertfile: `"${site.path('other.pem')}"` } });
    const { out } = await runCli(['report', '--format=text', site.broken]);
    expect(out).toMatch(/^node@db1\.x\.test, server side +valid, 1 warning .* [AB] +[AB]$/m);
    expect(out).toMatch(/^node@db1\.x\.test, client side +valid, 1 warning .* [AB] +[AB]$/m);
  });

  test('contains no keys, as a page or as a picture', async () => {
    const site = new Site(join(directory, 'site'));
    const page = await runCli(['report', site.directory]);
    expect(page.out).toMatch(/^<!DOCTYPE html>/);
    expect(page.out).not.toContain('href="#finding-1"');
    const picture = await runCli(['report', '--format=svg', site.directory]);
    expect(picture.out).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(page.out + picture.out).not.toMatch(/-----BEGIN/);
  });

  test('of a state alone contains the same, and when certificates are renewed', async () => {
    const site = new Site(join(directory, 'site'));
    const state = written(stateOf(site, 24));
    const text = async (...args: string[]): Promise<string> => {
      const { out } = await runCli(['report', '--format=text', '--title=site', ...args]);
      return out.replace(/ +/g, ' ');
    };
    const ofState = await text(`--state=${state}`);
    const dayBefore = new Date(Date.parse(new X509Certificate(site.read('node.pem')).validTo) - 24 * HOUR);
    const renewed = dayBefore.toISOString().slice(0, 10);
    expect(ofState).toMatch(new RegExp(`^node@${HOSTS[0]} valid .* ${renewed} A A$`, 'm'));
    expect(ofState.replace(' renewed from', '').replaceAll(`${renewed} A A`, 'A A')).toBe(await text(site.directory));
    expect(await text(site.directory, `--state=${state}`)).toBe(ofState);
    expect(await text(`--state=${written(stateOf(site, 0))}`)).toBe(await text(site.directory));
  });

  test.each<[string, unknown]>([
    ['a list', []],
    ['null', null],
    ['a state of another format', { format_version: '2.0', values: {} }],
    ['a state of nothing', { format_version: '1.0' }],
    ['a plan', { format_version: '1.2', resource_changes: [], planned_values: {} }],
  ])('%s is not a state: exit code 2', async (_title, json) => {
    const { exitCode, out, err } = await runCli(['report', `--state=${written(json)}`]);
    expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining('state-malformed: ')]);
  });

  test('of a state says which delivery failed in the last apply', async () => {
    const site = new Site(join(directory, 'site'));
    const tainted = (own: string): ((resource: Resource) => Resource) => {
      return (one) => (String(one.values.filename).includes(own) ? { ...one, tainted: true } : one);
    };
    const shown = async (own: string): Promise<string> =>
      (await runCli(['report', '--format=text', `--state=${written(stateOf(site, 24, tainted(own)))}`])).out;
    expect(await shown('db2.x.test/node.pem')).toMatch(/delivery-unfinished: delivery to "node@db2\.x\.test" failed/);
    expect(await shown('no such file')).not.toContain('delivery-unfinished');
  });

  test('a state without nodes is refused', async () => {
    const resources = [{ type: 'local_file', values: { filename: 'a/b.txt', content: 'x' } }];
    const { exitCode, err } = await runCli(['report', `--state=${written(state(resources))}`]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('nothing-to-check: ')]);
  });

  test('of several states contains the nodes of all, and tells nodes with one name apart', async () => {
    const site = new Site(join(directory, 'site'));
    const [a, b] = [written(stateOf(site, 24), 'a.json'), written(stateOf(site, 24), 'b.json')];
    const { out } = await runCli(['report', '--format=text', `--state=${a}`, `--state=${b}`]);
    for (const file of [a, b]) for (const host of HOSTS) expect(out).toContain(`node@${host} (${file})  valid`);
  });

  test.each<[string, string[], string]>([
    ['a plan among states', ['a.json', 'b.json'], 'state-malformed: B: JSON is not what terraform show -json writes'],
    ['one state twice', ['b.json', 'b.json'], 'B is given twice: give each state once'],
  ])('%s is refused by name', async (_title, names, says) => {
    const site = new Site(join(directory, 'site'));
    written(stateOf(site, 24), 'a.json');
    const b = written({ format_version: '1.2', resource_changes: [] }, 'b.json');
    const { exitCode, err } = await runCli(['report', ...names.map((name) => `--state=${join(directory, name)}`)]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(`error: ${says.replace('B', b)}`)]);
  });

  function written(json: unknown, name = 'state.json'): string {
    const path = join(directory, name);
    writeFileSync(path, JSON.stringify(json));
    return path;
  }
});

/** What Terraform would say of a stack that writes the files of this site. */
interface Resource {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly tainted?: boolean;
}

function stateOf(site: Site, earlyRenewalHours: number, change = (one: Resource): Resource => one): object {
  const nodes = HOSTS.map((host) => site.directoryOf(host));
  const files = nodes.flatMap((node) => readdirSync(node).map((name) => join(node, name)));
  const resources: readonly Resource[] = [
    ...files.map((filename) => ({
      type: 'local_sensitive_file',
      values: { filename, content: readFileSync(filename, 'utf8'), file_permission: '0600' },
    })),
    ...nodes.map((node) => ({
      type: 'tls_locally_signed_cert',
      values: {
        cert_pem: /-----BEGIN CERTIFICATE[^]*/.exec(readFileSync(join(node, 'node.pem'), 'utf8'))?.[0],
        early_renewal_hours: earlyRenewalHours,
      },
    })),
  ];
  return state(resources.map(change));
}

function state(resources: readonly Resource[]): object {
  const addressed = resources.map((resource, index) => ({
    address: `${resource.type}.r${index}`,
    mode: 'managed',
    ...resource,
  }));
  return { format_version: '1.0', values: { root_module: { resources: addressed } } };
}
