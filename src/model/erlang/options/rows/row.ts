import { otherSide, type Side, SIDES, type SslOption, type SslOptionRow, type Verdicts } from '../ssl-option';
import type { ValueKind } from '../value-rules';

export const OK: Verdicts = { 24: 'ok' };
export const IGNORED: Verdicts = { 24: 'ignored' };
export const ERROR: Verdicts = { 24: 'error' };

/** From OTP 26 on, each side refuses options of the other (`assert_server_only` and `assert_client_only`); before, it ignored them. */
export const WRONG_SIDE: Verdicts = { 24: 'ignored', 26: 'error' };

/** OTP 25, 27 and 29: nodes. 24 and 26: pairs of `ssl:handshake/3` and `ssl:connect/4`, the calls of `inet_tls_dist`. */
export const RUN = 'run on OTP 24, 25, 26, 27 and 29';
/** Nodes. 24 is taken as 25, and a release between two as the stricter of them, where the row's source says no more. */
export const NODES = 'run on OTP 25, 27 and 29';
export const ROLES = `assert_server_only and assert_client_only in ssl.erl, from OTP 28 on ssl_config.erl; ${RUN}`;
export const VERSIONS = `assert_version_dep in ssl.erl, from OTP 28 on ssl_config.erl; ${RUN}`;

/** A row before it is known for which option. */
export type Placement = Omit<SslOptionRow, 'option' | 'kind'>;

export type Rest = Partial<Omit<Placement, 'side'>>;

export function on(side: Side, rest: Rest = {}): Placement {
  return { side, verdicts: OK, source: RUN, ...rest };
}

export function both(rest: Rest = {}): readonly Placement[] {
  return SIDES.map((side) => on(side, rest));
}

/** An option of one side. `elsewhere`: the verdicts on the other one. */
export function only(side: Side, rest: Rest = {}, elsewhere = WRONG_SIDE): readonly Placement[] {
  return [on(side, { source: ROLES, ...rest }), on(otherSide(side), { verdicts: elsewhere, source: ROLES })];
}

/** One option with everything that is known of it. */
export function option(
  name: string,
  kind: ValueKind,
  rows: readonly Placement[],
  rest: Omit<SslOption, 'name' | 'kind' | 'rows'> = {},
): SslOption {
  return { ...rest, name, kind, rows: rows.map((row) => ({ option: name, kind, ...row })) };
}
