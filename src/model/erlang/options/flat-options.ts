import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { behaves } from '../../otp/behaviour';
import type { OtpRelease } from '../../otp/otp-release';
import { Releases } from '../../otp/releases';
import { type VmFlag, vmFlag } from '../flags/vm-flags';
import type { List, Term } from '../terms/term';
import { writeTerm } from '../terms/term-writer';
import type { DistOptions, SideOptions } from './dist-options';
import type { Side } from './ssl-option';
import { sslOption } from './ssl-option-table';

/** Whether one of the releases knows a word such as `server_certfile`. */
export function isFlatOption(word: string, releases: Releases): boolean {
  const [, side, name = ''] = /^(server|client)_(.*)$/.exec(word) ?? [];
  const flat = sslOption(name)?.flat;
  if (side === undefined || flat === undefined) return false;
  return (flat.side ?? side) === side && (flat.since === undefined || releases.some(flat.since));
}

/**
 * The same options as one `-ssl_dist_opt server_certfile … client_certfile …` flag: the older form, which cannot say everything. What it
 * cannot say is refused, never left out.
 */
export function flatOptionsFlag(options: DistOptions, otp: OtpRelease): VmFlag {
  const server = flatSide('server', options.server ?? [], otp);
  return vmFlag('ssl_dist_opt', ...server, ...flatSide('client', options.client, otp));
}

/** An option that the release does not have in this form is left out where its value holds anyway. */
function flatSide(side: Side, options: SideOptions, otp: OtpRelease): readonly string[] {
  return options
    .filter(([name, value]) => !holdsAnyway(name, value, otp))
    .flatMap(([name, value]) => [`${side}_${name}`, flatValue(side, name, value, otp)]);
}

function holdsAnyway(name: string, value: Term, otp: OtpRelease): boolean {
  const { since, otherwise } = sslOption(name)?.flat ?? {};
  return since !== undefined && !behaves(otp, since) && writeTerm(value) === otherwise;
}

function flatValue(side: Side, name: string, value: Term, otp: OtpRelease): string {
  if (!isFlatOption(`${side}_${name}`, Releases.only(otp)))
    return refuseFlat(side, name, writeTerm(value), `OTP ${otp.toString()} does not know it there`);
  if (value.kind === 'list') return onlyElement(side, name, value);
  return sslOption(name)?.flat?.as === 'callback' ? callback(side, name, value) : plainText(value);
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

/** A list holds one value in this form. */
function onlyElement(side: Side, name: string, value: List): string {
  const [only, ...others] = value.elements;
  if (only === undefined || others.length > 0)
    return refuseFlat(side, name, writeTerm(value), 'it holds one value there');
  return plainText(only);
}

/** Written as `{Module,Function,State}` here, and as `{fun Module:Function/3,State}` in an option file. */
function callback(side: Side, name: string, value: Term): string {
  const [fun, state] = value.kind === 'tuple' ? value.elements : [];
  if (fun?.kind !== 'fun' || fun.arity !== 3 || state === undefined) {
    return refuseFlat(side, name, writeTerm(value), 'it is a fun of arity 3 and a state there');
  }
  const names = [fun.module, fun.name].map((word) => writeTerm({ kind: 'atom', name: word }));
  return `{${names.join(',')},${writeTerm(state)}}`;
}

function refuseFlat(side: Side, name: string, written: string, detail: string): never {
  return refuse(FLAT_FORM_CANNOT_EXPRESS, { subject: `${side} option "${name}"`, got: written, detail });
}

export const FLAT_FORM_CANNOT_EXPRESS = rule({
  code: 'flat-form-cannot-express',
  severity: 'error',
  problem: 'cannot be expressed with -ssl_dist_opt',
  expected: 'an option, and a value, that the flat form has',
  remedy:
    'use the option file, or another value (up to OTP 25 the flat form speaks TLS 1.2 alone: TlsVersions.UNSAFE_TLS_1_2_ONLY)',
  source: '`ssl_option/2` in `erlang/otp:lib/ssl/src/inet_tls_dist.erl`; run on OTP 25, 27 and 29',
});
