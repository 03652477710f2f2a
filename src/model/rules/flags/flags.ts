import { type FlagUse, isPlaceholder } from '../../erlang/flags/flag-use';
import { illegalWords } from '../../erlang/options/flat-options-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { type Finding, finding } from '../../errors';
import type { InstalledNode } from '../../observed/files/installed-node';
import type { OtpRelease } from '../../otp/otp-release';
import { isNoTlsValue, listensWith } from '../../platforms/couchdb/no-tls';

/** What the flags of a node make of distribution, wherever they come from. */
export function flagFindings(node: InstalledNode, otp: OtpRelease | undefined): readonly Finding[] {
  const { label, flags, isTools } = node;
  if (flags === undefined) return [];
  const uses = (name: string): readonly FlagUse[] => flags.uses.filter((use) => use.name === name);
  return [
    ...flags.missing.map((path) => finding('args-file-missing', { subject: `a file of ${label}`, got: path })),
    ...[...new Set(flags.loops)].map((path) => finding('args-file-loop', { subject: `a file of ${label}`, got: path })),
    ...flags.marked.map((path) => finding('args-file-byte-order-mark', { subject: path })),
    ...flags.unclosed.map((path) => finding('args-file-quote-open', { subject: path })),
    ...nameFindings(label, uses('name'), uses('sname')),
    ...[...uses('name'), ...uses('sname')].flatMap(illegalName),
    ...protocolFindings(label, uses('proto_dist'), isTools),
    ...flags.withoutTools.map((path) => finding('tools-without-tls', { subject: path })),
    ...exceptionFindings(node, uses('couch_dist')),
    ...flatFindings(node, uses('ssl_dist_opt'), otp),
    ...(flags.namesOptionFile
      ? []
      : channelFindings(
          label,
          uses('ssl_dist_optfile'),
          uses('ssl_dist_opt').filter(({ values }) => values.length > 0),
        )),
  ];
}

/** The short one counts (`erlang/otp:lib/kernel/src/net_kernel.erl`). */
function nameFindings(label: string, [long]: readonly FlagUse[], [short]: readonly FlagUse[]): readonly Finding[] {
  if (long === undefined || short === undefined) return [];
  const detail = `-name in ${long.carrier} and -sname in ${short.carrier}`;
  return [finding('node-name-long-and-short', { subject: label, detail })];
}

/** Neither is a name that the kernel takes (`erlang/otp:lib/kernel/src/net_kernel.erl`; run on OTP 25, 27 and 29). */
function illegalName({ name: flag, values, carrier }: FlagUse): readonly Finding[] {
  const isDotted = flag === 'sname' && /@[^@]*\./.test(values[0] ?? '');
  if (values.some(isPlaceholder) || (values.length === 1 && !isDotted)) return [];
  return [finding('node-name-illegal', { subject: `-${flag} in ${carrier}`, got: shown(values) })];
}

function protocolFindings(label: string, uses: readonly FlagUse[], isTools: boolean): readonly Finding[] {
  const [use, ...others] = uses;
  // Tools may get the flag from their own start script, as remsh does.
  if (use === undefined) return isTools ? [] : [finding('distribution-without-tls', { subject: `flags of ${label}` })];
  return [
    ...twice('proto_dist', uses, 'up to OTP 27.0 distribution is plain text then, without a word'),
    ...(others.length === 0 ? valueFindings(`-proto_dist in ${use.carrier}`, use.values) : []),
  ];
}

/** Of several protocols a node takes each, and plain text is the one that serves. */
function valueFindings(subject: string, values: readonly string[]): readonly Finding[] {
  const got = shown(values);
  if (values.some((one) => /^inet6?_tcp$/.test(one))) return [finding('proto-dist-plain-text', { subject, got })];
  if (values.length !== 1) return [finding('proto-dist-illegal', { subject, got })];
  return PROTOCOLS.has(got) ? [] : [finding('proto-dist-unknown', { subject, got })];
}

/** Behind the first word may stand what was meant for another flag, such as a cookie. */
function shown([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** Of OTP and of CouchDB. What EMQX calls `ekka` may be either of TLS and plain text. */
const PROTOCOLS: ReadonlySet<string> = new Set(['inet_tls', 'inet6_tls', 'couch']);

/** A node listens by its own name: where one of its patterns matches that, it listens in plain text. */
function exceptionFindings({ label, name }: InstalledNode, uses: readonly FlagUse[]): readonly Finding[] {
  const patterns = uses.flatMap(({ values: [parameter, ...values] }) => (parameter === 'no_tls' ? values : []));
  const [excepting] = patterns.filter(
    (pattern) => isNoTlsValue(pattern) && listensWith({ name: name ?? '', noTls: [pattern] }) === 'tcp',
  );
  return excepting === undefined ? [] : [finding('node-excepted-from-tls', { subject: label, got: excepting })];
}

function flatFindings(
  { label, settings, isTools, optionFile }: InstalledNode,
  uses: readonly FlagUse[],
  otp: OtpRelease | undefined,
): Finding[] {
  const subject = `-ssl_dist_opt of ${label}`;
  const isMissing = (side: Side): boolean => settings?.[side] === undefined;
  const missing = SIDES.filter((side) => isMissing(side) && !isTools && uses.length > 0 && optionFile === undefined);
  return [
    ...illegalWords(uses, otp).map((got) => finding('flat-option-illegal', { subject, got })),
    ...missing.map((got) => finding('option-file-side-missing', { subject, got })),
  ];
}

const SIDES: readonly Side[] = ['server', 'client'];

function channelFindings(label: string, files: readonly FlagUse[], flat: readonly FlagUse[]): readonly Finding[] {
  if (files.length === 0 && flat.length === 0)
    return [finding('tls-options-missing', { subject: `flags of ${label}` })];
  return [
    ...twice('ssl_dist_optfile', files, 'the node does not boot'),
    ...files
      .filter(({ values: [path = '/'] }) => !path.startsWith('/') && !isPlaceholder(path))
      .map(({ values: [got], carrier }) =>
        finding('path-relative', { subject: `-ssl_dist_optfile in ${carrier}`, got }),
      ),
    ...files
      .filter(({ values }) => values.length !== 1)
      .map(({ values, carrier }) =>
        finding('path-split-by-platform', { subject: `-ssl_dist_optfile in ${carrier}`, got: shown(values) }),
      ),
    ...(files.length > 0 && flat.length > 0
      ? [finding('option-channels-both', { subject: `-ssl_dist_optfile and -ssl_dist_opt of ${label}` })]
      : []),
  ];
}

function twice(flag: string, uses: readonly FlagUse[], detail: string): readonly Finding[] {
  if (uses.length < 2) return [];
  const carriers = [...new Set(uses.map(({ carrier }) => carrier))].join(' and ');
  return [finding('flag-given-twice', { subject: `-${flag}`, detail: `in ${carriers}; ${detail}` })];
}
