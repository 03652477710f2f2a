import { NODE_DECLARED_TWICE } from '../cluster/cluster-node';
import { parseNodeName } from '../cluster/node-name';
import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { writeShellWords } from '../erlang/flags/shell-variable-writer';
import { collectedFlag, type VmFlag } from '../erlang/flags/vm-flags';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { noTlsExpression, noTlsValue } from './couchdb/no-tls';
import { APPLICATION, COUCH, NO_TLS } from './couchdb/reader';
import type { IPlatformProfile, IToolProfile, ToolBoot } from './profile';
import { tlsProtocol } from './tls-protocol';

/** Options of `Platform.couchDb`. */
export interface CouchDbOptions {
  /**
   * Patterns of the names of nodes to which connections have no TLS, such as `"clouseau@127.0.0.1"` for the search node. `*` stands for any
   * sequence of characters, and `?` for exactly one.
   *
   * The traffic to these nodes is in plain text, so keep it on the loopback interface. Refused: patterns without a host, which match
   * nothing, and patterns that match a node of the cluster, which would listen in plain text for everybody.
   *
   * @default - none: every connection uses TLS
   */
  readonly plainTextNodes?: string[];
  /**
   * Sets `no_tls true`, so that every connection is in plain text, for a cluster that is configured for TLS but has not switched yet.
   *
   * @default false
   */
  readonly unsafePlainText?: boolean;
  /**
   * Full names of the nodes of this cluster that do not use TLS yet. They listen in plain text, and every node connects to them in plain
   * text. A running cluster moves from plain TCP to TLS with this list: it first names all nodes, then one less with each deploy
   * (`docs/migration.md`).
   *
   * The cluster is not protected until the list is empty. Anybody who can reach a listed node and knows the cookie can run code on every
   * node, and anybody on the network can read its traffic.
   *
   * @default - none: every node of the cluster uses TLS
   */
  readonly unsafePlainTextMembers?: string[];
  /**
   * Value of `-proto_dist`: `"couch"`, `"inet_tls"` or `"inet6_tls"`. CouchDB's own module `couch` is `inet_tls` with exceptions, over
   * IPv4.
   *
   * @default "couch"
   */
  readonly protoDist?: string;
}

const REMSH: IToolProfile = {
  protoDist: 'inet_tls',
  optionFileName: 'remsh.conf',
  bootFiles: () => [],
  command: remshCommand,
};

/** Apache CouchDB 3: `vm.args`, `couch_dist.conf` and `remsh -t`. */
export function couchDb(options: CouchDbOptions = {}): IPlatformProfile {
  const { plainTextNodes = [], unsafePlainTextMembers = [], unsafePlainText = false, protoDist = COUCH } = options;
  checkProtocol(protoDist, [...plainTextNodes, ...unsafePlainTextMembers], unsafePlainText);
  const patterns = plainTextNodes.map(checkPattern);
  checkMembers(unsafePlainTextMembers);
  return {
    name: 'CouchDB',
    protoDist,
    optionFileName: 'couch_dist.conf',
    flags: protoDist === COUCH ? noTlsFlags([...patterns, ...unsafePlainTextMembers], unsafePlainText) : [],
    needsPlainPaths: true, // `remsh -t` passes the path on without quotes.
    plainTextNodes: patterns.map((pattern) => ({ pattern, expression: noTlsExpression(noTlsValue(pattern)) })),
    unsafePlainTextMembers: [...unsafePlainTextMembers],
    // `remsh -t` always uses `inet_tls`.
    tools: protoDist === 'inet6_tls' ? undefined : REMSH,
    bootFiles: ({ flags }) => [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

function checkProtocol(protoDist: string, excepted: readonly string[], unsafePlainText: boolean): void {
  tlsProtocol('CouchDB', protoDist, [COUCH]);
  const hasPlainText = excepted.length > 0 || unsafePlainText;
  if (protoDist !== COUCH && hasPlainText) {
    refuse(PLAIN_TEXT_NEEDS_OWN_PROTOCOL, { subject: 'protoDist of CouchDB', got: protoDist });
  }
  if (unsafePlainText && excepted.length > 0) {
    refuse(PLAIN_TEXT_GIVEN_TWICE, { subject: 'list of plain-text nodes of CouchDB', got: excepted });
  }
}

export const PLAIN_TEXT_NEEDS_OWN_PROTOCOL = rule({
  code: 'plain-text-needs-own-protocol',
  severity: 'error',
  problem: 'has no exceptions for nodes without TLS',
  expected: 'the protocol of the platform if nodes are excepted',
  remedy: 'leave protoDist out, or leave the plain-text nodes out',
  source: 'apache/couchdb:src/couch_dist/src/couch_dist.erl; docs/platforms/couchdb.md',
});

export const PLAIN_TEXT_GIVEN_TWICE = rule({
  code: 'plain-text-given-twice',
  severity: 'error',
  problem: 'makes no difference beside unsafePlainText',
  expected: 'either the list or unsafePlainText',
  remedy: 'remove one of the two',
  source: 'apache/couchdb:src/couch_dist/src/couch_dist.erl; docs/platforms/couchdb.md',
});

/** `couch_dist` reads every `no_tls`. The default is written out, so that the file says it. */
function noTlsFlags(patterns: readonly string[], unsafePlainText: boolean): VmFlag[] {
  if (patterns.length === 0) return [collectedFlag(APPLICATION, NO_TLS, String(unsafePlainText))];
  return patterns.map((pattern) => collectedFlag(APPLICATION, NO_TLS, noTlsValue(pattern)));
}

/** Rejects partial names and duplicates: a name that is listed twice would remain when one is removed. */
function checkMembers(members: readonly string[]): void {
  for (const [index, member] of members.entries()) {
    parseNodeName(member);
    if (members.indexOf(member) < index) {
      refuse(NODE_DECLARED_TWICE, { subject: 'unsafePlainTextMembers of CouchDB', got: member });
    }
  }
}

/** Characters of node names and the two wildcards: no other operator of regular expressions. */
function checkPattern(pattern: string): string {
  if (!/^[0-9A-Za-z_*?-]+@[0-9A-Za-z_.:*?-]+$/.test(pattern)) {
    refuse(NODE_PATTERN_ILLEGAL, { subject: 'plainTextNodes of CouchDB', got: pattern });
  }
  return pattern;
}

export const NODE_PATTERN_ILLEGAL = rule({
  code: 'node-pattern-illegal',
  severity: 'error',
  problem: 'is no pattern of node names',
  expected: '"name@host" of node name characters, "*" and "?"',
  remedy: 'write the host too, e.g. "clouseau@127.0.0.1": a pattern is compared with the whole name',
  source:
    'apache/couchdb:src/couch_dist/src/couch_dist.erl; docs/platforms/couchdb.md; test/real/plain-text-patterns.test.ts',
});

/**
 * `remsh -t` adds protocol and option file itself. It takes node and cookie from `ERL_FLAGS`, and all of that text if neither is in it. So the flags are in
 * `ERL_ZFLAGS`, which it leaves alone (`apache/couchdb:rel/overlay/bin/remsh`).
 */
function remshCommand({ optionFile, flagsWithoutEpmd }: ToolBoot): string {
  const remsh = `remsh -t ${optionFile}`;
  return flagsWithoutEpmd.length === 0 ? remsh : `ERL_ZFLAGS="${writeShellWords(flagsWithoutEpmd)}" ${remsh}`;
}
