import { namesFor } from '../erlang/options/algorithm-offers';
import type { Option } from '../erlang/options/option-file-reader';
import { propertyTerm } from '../erlang/options/option-values';
import { type Side, SIDES, type SslOptionRow, verdictOf } from '../erlang/options/ssl-option';
import { isInTable, optionRow, sslOption } from '../erlang/options/ssl-option-table';
import { isAtom, namesIn, textIn, valueOf, versionsOf } from '../erlang/options/tls-settings';
import { TlsVersions } from '../erlang/options/tls-versions';
import type { Term } from '../erlang/terms/term';
import { writeTerm } from '../erlang/terms/term-writer';
import { InvalidInput } from '../findings/finding';
import type { OtpRelease } from '../otp/otp-release';
import { Releases } from '../otp/releases';
import { plainValue } from '../rules/options/verdicts';
import { type FoundCluster, nodesOf } from './found-cluster';

/** The `tls` property of the stack. */
export interface AdoptedTls {
  readonly versions: TlsVersions;
  /** By the names of their properties. */
  readonly options: Readonly<Record<Side, Readonly<Record<string, unknown>>>>;
  /** Options that the new nodes do not have, with the reason. */
  readonly left: readonly string[];
}

/** The options of the nodes that the library does not set itself, as far as all nodes have the same and the release takes them. */
export function adoptedTls(cluster: FoundCluster): AdoptedTls {
  const versions = versionsFor(cluster);
  const found = SIDES.map((side) => [side, optionsOf(side, cluster, versions)] as const);
  return {
    versions,
    options: Object.fromEntries(found.map(([side, options]) => [side, takenIn(options)])) as AdoptedTls['options'],
    left: found.flatMap(([side, options]) =>
      options.flatMap(({ name, why }) => (why === undefined ? [] : [`${name} on the ${side} side: ${why}`])),
    ),
  };
}

function takenIn(options: readonly Outcome[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(options.flatMap(({ taken }) => (taken === undefined ? [] : [taken])));
}

/** TLS 1.3 alone, unless a node does not speak it. */
function versionsFor(cluster: FoundCluster): TlsVersions {
  const releases = Releases.only(cluster.otp);
  const all = cluster.members.flatMap(({ installed: { settings = {} } }) =>
    SIDES.flatMap((side) => (settings[side] === undefined ? [] : [versionsOf(settings[side], releases)])),
  );
  const speaksTls13 = all.every((versions) => versions?.includes('tlsv1.3') === true);
  return speaksTls13 ? TlsVersions.TLS_1_3 : TlsVersions.TLS_1_3_AND_1_2;
}

/** One option, and the property that it becomes or the reason for which it becomes none. */
interface Outcome {
  readonly name: string;
  readonly taken?: readonly [property: string, value: unknown];
  readonly why?: string;
}

function optionsOf(side: Side, cluster: FoundCluster, versions: TlsVersions): readonly Outcome[] {
  const all = nodesOf(cluster).map(({ installed }) => installed.settings?.[side] ?? []);
  const names = [...new Set(all.flatMap((options) => options.map(([name]) => name)))];
  return names.map((name) => ({ name, ...outcome(side, name, all, cluster, versions) }));
}

function outcome(
  side: Side,
  name: string,
  all: readonly (readonly Option[])[],
  { otp }: FoundCluster,
  versions: TlsVersions,
): Omit<Outcome, 'name'> {
  const values = all.map((options) => valueOf(name, options));
  const [value] = values;
  const own = ownReason(name, value);
  if (own !== undefined) return { why: own === '' ? undefined : own };
  const texts = new Set(values.map((one) => one && shown(one)));
  if (value === undefined || texts.size > 1) return { why: 'the nodes differ in it' };
  const row = optionRow(name, side, plainValue(value));
  if (row === undefined) return { why: `the library does not offer ${isInTable(name) ? 'this value' : 'it'}` };
  return outcomeOf(row, value, otp, versions);
}

function outcomeOf(row: SslOptionRow, value: Term, otp: OtpRelease, versions: TlsVersions): Omit<Outcome, 'name'> {
  const verdict = verdictOf(row, otp, versions._set);
  if (verdict !== 'ok') return { why: `OTP ${otp.toString()} ${EFFECTS[verdict]} with the new TLS versions` };
  // TLS 1.2 is there for as long as old nodes are.
  const isOf13 = verdictOf(row, otp, '1.3 only') === 'ok' && !namesNothingFor13(row.option, value);
  if (!isOf13) return { why: 'TLS 1.3 has no use for it' };
  const property = propertyOf(row, value);
  if (property === undefined) return { why: 'its value is no literal term' };
  return { taken: [row.option.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()), property] };
}

const EFFECTS = { error: 'refuses it', ignored: 'ignores it' } as const;

function namesNothingFor13(name: string, value: Term): boolean {
  const names = sslOption(name)?.negotiated === undefined ? undefined : namesIn(name, [[name, value]]);
  return names !== undefined && namesFor('tlsv1.3', { names, versions: [] }).length === 0;
}

/** Why an option is replaced that the library writes itself. Empty if there is nothing to say about it. Absent for every other option. */
function ownReason(name: string, value: Term | undefined): string | undefined {
  if (name === 'verify' && isAtom(value, 'verify_none')) return 'nodes of the stack verify each other';
  if (name === 'crl_check' && !isAtom(value, 'false')) return 'the new CA has no revocation list yet';
  // Other ways to give the key and the certificate, which are new ones.
  if (name === 'certs_keys' || name === 'password') return '';
  return SIDES.some((side) => optionRow(name, side)?.writtenFrom !== undefined) ? '' : undefined;
}

/** Text to compare values by. A call has no literal form. */
function shown(value: Term): string {
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one));
}

/** The value of the property. Absent if the term cannot be written literally, or is none that the property takes. */
function propertyOf(row: SslOptionRow, value: Term): unknown {
  try {
    const property = READERS[row.kind](value, row.option);
    if (property !== undefined) propertyTerm(row, property);
    return property;
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

const nameOf = (value: Term): unknown => (value.kind === 'atom' ? value.name : undefined);
const namesOf = (value: Term, option: string): unknown => namesIn(option, [[option, value]]);

const READERS: Readonly<Record<SslOptionRow['kind'], (value: Term, option: string) => unknown>> = {
  boolean: (value) => (value.kind === 'atom' ? value.name === 'true' : undefined),
  integer: (value) => (value.kind === 'integer' ? Number(value.value) : undefined),
  atom: nameOf,
  atoms: namesOf,
  string: textIn,
  strings: namesOf,
  path: textIn,
  term: (value) => writeTerm(value),
};
