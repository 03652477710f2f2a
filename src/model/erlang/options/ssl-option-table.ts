import type { Side, SslOptionRow } from './ssl-option';
import { SSL_OPTION_ROWS } from './ssl-option-rows';

/**
 * Every option that this library has a verdict for. An option that is not here is refused: to the server side it would mean nothing, and
 * on the client side it would make every connection fail, both without a word in a log.
 *
 * Each row is held to real nodes of OTP 25, 27 and 29 by `test/real/ssl-option-table.test.ts`.
 */
export const SSL_OPTION_TABLE: readonly SslOptionRow[] = SSL_OPTION_ROWS;

/** Whether there is a verdict for an option of that name, on whichever side and for whatever value. */
export function isInTable(option: string): boolean {
  return SSL_OPTION_TABLE.some((row) => row.option === option);
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
