import { ALGORITHMS } from './rows/algorithms';
import { FILES } from './rows/files';
import { FOREIGN_OPTIONS } from './rows/foreign';
import { PROCESSES } from './rows/processes';
import { SESSIONS } from './rows/sessions';
import { VERIFICATION } from './rows/verification';
import type { FileRole, Lessening, Side, SslOption, SslOptionRow } from './ssl-option';

/**
 * Every option that this library has a verdict for, in the order of docs/ssl-options.md. Any other option is refused: to the server side it
 * would mean nothing, and on the client side it would make every connection fail, both without a word in a log.
 *
 * Each row is held to real nodes of OTP 25, 27 and 29 by `test/real/ssl-option-table.test.ts`.
 */
export const SSL_OPTIONS: readonly SslOption[] = [...FILES, ...VERIFICATION, ...ALGORITHMS, ...SESSIONS, ...PROCESSES];

export const SSL_OPTION_TABLE: readonly SslOptionRow[] = SSL_OPTIONS.flatMap(({ rows }) => rows);
export const FOREIGN_OPTION_ROWS: readonly SslOptionRow[] = FOREIGN_OPTIONS.flatMap(({ rows }) => rows);

const BY_NAME: ReadonlyMap<string, SslOption> = new Map(SSL_OPTIONS.map((option) => [option.name, option]));
const FOREIGN_NAMES: ReadonlySet<string> = new Set(FOREIGN_OPTIONS.map(({ name }) => name));

/** Everything about the option of that name. Absent if the table does not have it. */
export function sslOption(name: string): SslOption | undefined {
  return BY_NAME.get(name);
}

/** Whether the table has an option of that name, on whichever side and for whatever value. */
export function isInTable(name: string): boolean {
  return BY_NAME.has(name);
}

/** Whether OTP has an option of that name which the table does not have. */
export function isForeignOption(name: string): boolean {
  return FOREIGN_NAMES.has(name);
}

/** The values of an option with which a side verifies less than by default. */
export function lesseningsOf(name: string, side: Side): readonly Lessening[] {
  const all = LESSENINGS.get(name) ?? [];
  return all.filter((one) => one.side === undefined || one.side === side);
}

const LESSENINGS: ReadonlyMap<string, readonly Lessening[]> = new Map(
  [...SSL_OPTIONS, ...FOREIGN_OPTIONS].map(({ name, verifiesLess = [] }) => [name, verifiesLess]),
);

/** Options of which two nodes that both give a list need something in common. */
export const NEGOTIATED_OPTIONS: readonly (readonly [name: string, what: string])[] = SSL_OPTIONS.flatMap(
  ({ name, negotiated }) => (negotiated === undefined ? [] : [[name, negotiated] as const]),
);

/** The sides and options by which a node judges the certificate of another one. */
export const PEER_JUDGING_OPTIONS: readonly (readonly [side: Side, name: string])[] = SSL_OPTIONS.flatMap(
  ({ name, judgesPeerOn = [] }) => judgesPeerOn.map((side) => [side, name] as const),
);

/** The names of the options that name files of this role. */
export function optionsNaming(role: FileRole): readonly string[] {
  return SSL_OPTIONS.filter(({ file }) => file === role).map(({ name }) => name);
}

/** The row for `option` on `side`, narrowed to the value where rows differ by it. */
export function optionRow(
  option: string,
  side: Side,
  value?: unknown,
  table = SSL_OPTION_TABLE,
): SslOptionRow | undefined {
  const rows = table.filter((row) => row.option === option && row.side === side);
  return (
    rows.find((row) => row.value !== undefined && row.value === value) ??
    rows.find((row) => row.value === undefined && hasForm(row, value))
  );
}

function hasForm({ form }: SslOptionRow, value: unknown): boolean {
  return form === undefined || value === undefined || (typeof value === 'string' && form.test(value));
}
