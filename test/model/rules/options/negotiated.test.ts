/** Every option that two nodes negotiate is judged in a plan by what old and new have in common, and never as a change that is not examined. */
import { NEGOTIATED_OPTIONS, SSL_OPTION_TABLE } from '../../../../src/model/erlang/options/ssl-option-table';
import { exampleFor } from '../../../support/options/examples';
import { NAMED_PKI } from '../../../support/options/pki';
import { cluster, codes } from '../../../support/plans/judged-plan';

const LISTS = NEGOTIATED_OPTIONS.map(([option, what]) => {
  const row = SSL_OPTION_TABLE.find((one) => one.option === option);
  if (row === undefined) throw new Error(`no row for ${option}`);
  const { given, telling } = exampleFor(row, NAMED_PKI);
  return { option, what, some: given as readonly string[], others: telling.match(/[\w-]+/g) ?? [] };
});

describe.each(LISTS)('$option', ({ option, some, others }) => {
  const property = option.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const changed = (before: readonly string[], after: readonly string[]): readonly string[] =>
    codes(...[before, after].map((names) => cluster({ tls: onBothSides({ [property]: names }) })));
  const both = [...some, ...others];

  test('one more value separates no nodes', () => {
    expect(others.length).toBeGreaterThan(0);
    expect(changed(some, both)).toEqual([]);
  });

  test('one value less separates no nodes', () => {
    expect(changed(both, some)).toEqual([]);
  });

  test('old and new without a common value cannot connect', () => {
    const found = changed(some, others);
    expect(found).not.toEqual([]);
    expect(found).not.toContain('plan-change-not-examined');
  });
});

function onBothSides(options: Readonly<Record<string, readonly string[]>>): object {
  return { serverOptions: options, clientOptions: options };
}
