import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { behaves } from '../../otp/behaviour';
import type { OtpRelease } from '../../otp/otp-release';
import { Releases } from '../../otp/releases';
import { type VmFlag, vmFlag } from '../flags/vm-flags';
import type { Term } from '../terms/term';
import { writeTerm } from '../terms/term-writer';
import type { DistOptions, SideOptions } from './dist-options';
import type { Side } from './ssl-option';

/** What `ssl_option/2` in `inet_tls_dist.erl` knows for both sides; anything else breaks every connection, and only then. */
const COMMON_NAMES: ReadonlySet<string> = new Set(
  (
    'certfile cacertfile keyfile password verify verify_fun crl_check crl_cache reuse_sessions secure_renegotiate depth ' +
    'hibernate_after ciphers'
  ).split(' '),
);
const SERVER_NAMES: ReadonlySet<string> = new Set(['dhfile', 'fail_if_no_peer_cert']);
/** Known from OTP 26 on. */
const LATER_NAMES: ReadonlySet<string> = new Set(['versions', 'ktls']);

/** Whether one of the releases knows a word such as `server_certfile`. */
export function isFlatOption(word: string, releases: Releases): boolean {
  const [, side, name = ''] = /^(server|client)_(.*)$/.exec(word) ?? [];
  const isLater = LATER_NAMES.has(name) && releases.some('flatFormHasVersions');
  return COMMON_NAMES.has(name) || isLater || (side === 'server' && SERVER_NAMES.has(name));
}

/**
 * The same options as one `-ssl_dist_opt server_certfile … client_certfile …` flag: the older form, which cannot say everything. What it
 * cannot say is refused, never left out.
 */
export function flatOptionsFlag(options: DistOptions, otp: OtpRelease): VmFlag {
  const server = flatSide('server', options.server ?? [], otp);
  return vmFlag('ssl_dist_opt', ...server, ...flatSide('client', options.client, otp));
}

/**
 * Up to OTP 25 the form has no `versions` and every flat configuration speaks TLS 1.2 alone (`dist_defaults/1`), so exactly that needs no
 * saying.
 */
function flatSide(side: Side, options: SideOptions, otp: OtpRelease): readonly string[] {
  return options
    .filter(([name, value]) => !(name === 'versions' && isOldDefault(value, otp)))
    .flatMap(([name, value]) => [`${side}_${name}`, flatValue(side, name, value, otp)]);
}

function isOldDefault(versions: Term, otp: OtpRelease): boolean {
  return !behaves(otp, 'flatFormHasVersions') && writeTerm(versions) === "['tlsv1.2']";
}

function flatValue(side: Side, name: string, value: Term, otp: OtpRelease): string {
  if (!isFlatOption(`${side}_${name}`, Releases.only(otp)))
    return cannotSay(side, name, writeTerm(value), `OTP ${otp.toString()} does not know it there`);
  if (name === 'versions' || name === 'ciphers') return onlyElement(side, name, value);
  if (name === 'verify_fun') return verifyFun(side, value);
  return plainText(value);
}

/**
 * The parser takes the text as it is for files, and as an atom, an integer or a term for the rest. A path is decoded and encoded by the
 * same locale here, so its UTF-8 form names the file under every one (run on 25, 27 and 29, under C and C.UTF-8).
 */
function plainText(value: Term): string {
  if (value.kind === 'atom') return value.name;
  if (value.kind === 'text') return value.text;
  return value.kind === 'binary' ? new TextDecoder().decode(Uint8Array.from(value.bytes)) : writeTerm(value);
}

/** `versions` and `ciphers` hold one value in this form. */
function onlyElement(side: Side, name: string, value: Term): string {
  const [only, ...others] = value.kind === 'list' ? value.elements : [];
  if (only === undefined || others.length > 0)
    return cannotSay(side, name, writeTerm(value), 'it holds one value there');
  return plainText(only);
}

/** Written as `{Module,Function,State}` here, and as `{fun Module:Function/3,State}` in an option file. */
function verifyFun(side: Side, value: Term): string {
  const [callback, state] = value.kind === 'tuple' ? value.elements : [];
  if (callback?.kind !== 'fun' || callback.arity !== 3 || state === undefined) {
    return cannotSay(side, 'verify_fun', writeTerm(value), 'it is a fun of arity 3 and a state there');
  }
  const names = [callback.module, callback.name].map((name) => writeTerm({ kind: 'atom', name }));
  return `{${names.join(',')},${writeTerm(state)}}`;
}

function cannotSay(side: Side, name: string, written: string, detail: string): never {
  return refuse(FLAT_FORM_CANNOT_EXPRESS, { subject: `${side} option "${name}"`, got: written, detail });
}

export const FLAT_FORM_CANNOT_EXPRESS = rule({
  code: 'flat-form-cannot-express',
  severity: 'error',
  problem: 'cannot be said with -ssl_dist_opt',
  expected: 'an option, and a value, that the flat form has',
  remedy:
    'use the option file, or another value (up to OTP 25 the flat form speaks TLS 1.2 alone: TlsVersions.UNSAFE_TLS_1_2_ONLY)',
});
