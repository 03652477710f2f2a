/** Two nodes with the files that a deploy would have given them, of which the first one can be broken. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Pair, type Wish, Workshop } from './workshop';

export const HOSTS = ['db1.x.test', 'db2.x.test'] as const;

/** Options of both sides, as Erlang text. */
export interface Options {
  readonly server: Readonly<Record<string, string>>;
  readonly client: Readonly<Record<string, string>>;
}

export class Site {
  readonly workshop: Workshop;
  readonly ca: Pair;

  constructor(readonly directory: string) {
    this.workshop = new Workshop(join(directory, 'workshop'));
    whole ??= madeIn(this.workshop);
    this.ca = whole.ca;
    for (const [host, pair] of whole.nodes) this.build(host, pair);
  }

  /** The directory of the node that is broken. */
  get broken(): string {
    return this.directoryOf(HOSTS[0]);
  }

  directoryOf(host: string): string {
    return join(this.directory, `node@${host}`);
  }

  path(name: string): string {
    return join(this.broken, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  write(name: string, text: string | Uint8Array): void {
    writeFileSync(this.path(name), text);
  }

  /** Another text for a file of the broken node. */
  change(name: string, change: (text: string) => string): void {
    this.write(name, change(this.read(name)));
  }

  append(name: string, text: string): void {
    this.change(name, (before) => before + text);
  }

  /** Another text for the file of that name of each node. */
  changeBoth(name: string, change: (text: string, host: string) => string): void {
    for (const host of HOSTS) {
      const path = join(this.directoryOf(host), name);
      writeFileSync(path, change(readFileSync(path, 'utf8'), host));
    }
  }

  remove(name: string): void {
    rmSync(this.path(name));
  }

  rename(name: string, to: string): void {
    renameSync(this.path(name), this.path(to));
  }

  chmod(name: string, mode: number): void {
    chmodSync(this.path(name), mode);
  }

  /** A file of the broken node that its user alone can read, with a key and its certificate. */
  writePair(name: string, { key, certificate }: Pair): void {
    this.write(name, key + certificate);
    this.chmod(name, 0o600);
  }

  /** Another certificate for the broken node, by the site's CA or by another one. */
  reissue(wish: Wish, issuer = this.ca, chain: readonly Pair[] = []): Pair {
    return this.reissueFor(HOSTS[0], wish, issuer, chain);
  }

  /** Another certificate for the other node. */
  reissueOther(wish: Wish, issuer = this.ca, chain: readonly Pair[] = []): void {
    this.reissueFor(HOSTS[1], wish, issuer, chain);
  }

  /** Another certificate for each node. */
  reissueBoth(wish: Wish, issuer = this.ca, chain: readonly Pair[] = []): void {
    for (const host of HOSTS) this.reissueFor(host, wish, issuer, chain);
  }

  /** A CA that is not trusted itself, but signed by one that is. */
  intermediate(wish: Wish = {}): Pair {
    return this.workshop.issue(this.ca, { commonName: 'Between', isCa: true, ...wish });
  }

  /** Another certificate for the broken node, by a CA that it sends along. */
  reissueBelow(between: Pair, wish: Wish = {}): void {
    this.reissue(wish, between, [between]);
  }

  /** A certificate by one of a node, which the CA of the site issued, and which may sign by its usage alone. */
  reissueByLeaf(): Pair {
    const keyUsage = 'digitalSignature,keyCertSign';
    const leaf = this.workshop.issue(this.ca, { commonName: 'leaf', keyUsage, to: 2100 });
    this.reissueBelow(leaf);
    return leaf;
  }

  /** Trusted by each node beside the CA of the site. */
  trustOnBoth({ certificate }: Pair): void {
    this.changeBoth('ca.pem', (text) => text + certificate);
  }

  /** The same option file with other options: `undefined` takes one away. */
  options(change: { server?: Record<string, string | undefined>; client?: Record<string, string | undefined> }): void {
    const { server, client } = optionsIn(this.broken);
    this.write(
      'ssl_dist.conf',
      optionFile({ server: changed(server, change.server), client: changed(client, change.client) }),
    );
  }

  /** The same options on both sides of the broken node; `undefined` takes one away. */
  bothSides(options: Record<string, string | undefined>): void {
    this.options({ server: options, client: options });
  }

  /** The value of `certs_keys` for files of the broken node that hold a certificate and its key each. */
  pairsIn(...names: readonly string[]): string {
    const pairs = names.map((name) => `#{certfile=>"${this.path(name)}",keyfile=>"${this.path(name)}"}`);
    return `[${pairs.join(',')}]`;
  }

  /** Another text for the option file of the other node. */
  changeOther(change: (text: string) => string): void {
    const path = join(this.directoryOf(HOSTS[1]), 'ssl_dist.conf');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  }

  /** One more option on both sides of the other node. */
  otherHas(option: string, value: string): void {
    this.changeOther((text) => text.replaceAll('{verify,', `{${option},${value}},{verify,`));
  }

  /** Other versions for the other node. */
  otherSpeaks(versions: string): void {
    this.changeOther((text) => text.replaceAll("['tlsv1.3']", versions));
  }

  private reissueFor(host: string, wish: Wish, issuer: Pair, chain: readonly Pair[]): Pair {
    const pair = this.workshop.issue(issuer, { commonName: host, ...wish });
    const certificates = [pair, ...chain].map(({ certificate }) => certificate);
    writeFileSync(join(this.directoryOf(host), 'node.pem'), pair.key + certificates.join(''));
    return pair;
  }

  private build(host: string, pair: Pair): void {
    const directory = this.directoryOf(host);
    mkdirSync(directory, { mode: 0o755 });
    const files: readonly (readonly [string, string, number])[] = [
      ['ca.pem', this.ca.certificate, 0o644],
      ['node.pem', pair.key + pair.certificate, 0o600],
      ['ssl_dist.conf', optionFile(optionsIn(directory)), 0o644],
      ['vm.args', `-proto_dist inet_tls\n-ssl_dist_optfile ${directory}/ssl_dist.conf\n`, 0o644],
    ];
    for (const [name, text, mode] of files) writeFileSync(join(directory, name), text, { mode });
  }
}

/** What every site begins with. Made once: hundreds of tests begin with it. */
interface Whole {
  readonly ca: Pair;
  readonly nodes: readonly (readonly [host: string, pair: Pair])[];
}

let whole: Whole | undefined;

function madeIn(workshop: Workshop): Whole {
  const ca = workshop.root('Site CA');
  return { ca, nodes: HOSTS.map((host) => [host, workshop.issue(ca, { commonName: host })]) };
}

function optionsIn(directory: string): Options {
  const common = {
    certfile: `"${directory}/node.pem"`,
    cacertfile: `"${directory}/ca.pem"`,
    verify: 'verify_peer',
    versions: "['tlsv1.3']",
  };
  return { server: { ...common, fail_if_no_peer_cert: 'true' }, client: common };
}

function changed(
  options: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const entries = Object.entries<string | undefined>({ ...options, ...change });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

export function optionFile({ server, client }: Options): string {
  const side = (options: Readonly<Record<string, string>>): string =>
    Object.entries(options)
      .map(([name, value]) => `{${name},${value}}`)
      .join(',\n   ');
  return `[{server,[${side(server)}]},\n {client,[${side(client)}]}].\n`;
}
