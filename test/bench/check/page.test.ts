import { checkSection } from '../../../bench/check/page';
import type { CheckRow } from '../../../bench/check/results';

function section(...rows: readonly Partial<CheckRow>[]): string {
  const row = { command: 'check', way: 'local files', nodes: 1000, processor: 2, wall: 9, megabytes: 150.4 };
  const all = rows.map((one) => ({ ...row, ...one }));
  return checkSection({ date: '2026-11-30', node: 'v20.0.0', cores: 2, rows: all });
}

test('each row has its processor time, as a whole and for each node', () => {
  expect(section({}).replace(/ +/g, ' ')).toContain('| `check` | local files | 1,000 | 2.0 s | 2.0 ms | 150 MB |');
});

test('an aim is judged by the slowest delivery, and only if it was measured', () => {
  expect(section({}, { processor: 4.9 })).toContain(
    'The aim for `check` is 1,000 nodes in less than 5 s. It is reached.',
  );
  expect(section({}, { processor: 5 })).toContain('It is **not** reached.');
  expect(section({ command: 'check-plan', processor: 9 }, { nodes: 10 })).not.toContain('The aim');
});
