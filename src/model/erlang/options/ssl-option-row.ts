import type { Side, SslOptionRow, ValueKind, Verdicts } from './ssl-option';

export const OK: Verdicts = { 24: 'ok' };
export const IGNORED: Verdicts = { 24: 'ignored' };
export const ERROR: Verdicts = { 24: 'error' };

/** From OTP 26 on each side refuses what belongs to the other (`ssl.erl`, `opt_*` and `assert_*_only`); before, it was ignored. */
export const WRONG_SIDE: Verdicts = { 24: 'ignored', 26: 'error' };

/** OTP 25, 27 and 29: nodes. 24 and 26: pairs of `ssl:handshake/3` and `ssl:connect/4`, the calls of `inet_tls_dist`. */
export const RUN = 'run on OTP 24, 25, 26, 27 and 29';
/** Nodes. 24 is taken as 25, and a release between two as the stricter of them, where the row's source says no more. */
export const NODES = 'run on OTP 25, 27 and 29';

export type Rest = Partial<SslOptionRow>;

export function on(side: Side, option: string, kind: ValueKind, rest: Rest = {}): SslOptionRow {
  return { option, side, kind, verdicts: OK, source: RUN, ...rest };
}

export function both(option: string, kind: ValueKind, rest: Rest = {}): readonly SslOptionRow[] {
  return [on('server', option, kind, rest), on('client', option, kind, rest)];
}
