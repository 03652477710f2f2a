import { type Configuration, DEFAULT } from '../../bench/wire/configurations';
import { type Figure, MEASURES } from '../../bench/wire/results';
import { measureGroup } from '../../bench/wire/sweep';
import { availableRuntimes } from '../support/erlang';
import { requires } from '../support/programs/requires';

const SLOW_MS = 60_000;

/** Says that it is TLS, and is not. */
const PLAIN: Configuration = { name: 'plain', tls: true, setup: () => ({ files: {}, args: [] }) };

requires('erl', 'openssl')('the benchmark of connections', () => {
  test(
    'measures pairs of nodes, and none whose connection is not what it has to be',
    async () => {
      const [runtime] = availableRuntimes();
      if (runtime === undefined) throw new Error('there is no Erlang');
      const group = {
        name: 'test',
        connections: 1,
        memory: true,
        configurations: [{ ...DEFAULT, name: 'twin' }, PLAIN],
      };
      const { rows, skipped } = await measureGroup(runtime, group, { loadMs: 20, fleets: 1, rounds: 2, memories: 1 });
      expect(skipped).toEqual({ plain: 'plain: the connection is tcp, and has to be tls' });
      expect(rows.map(({ name }) => name)).toEqual(['the default', 'twin']);
      for (const { figures, memory } of rows) {
        expect(Object.keys(figures).sort()).toEqual(Object.keys(MEASURES).sort());
        for (const figure of Object.values(figures))
          for (const value of numbersOf(figure)) expect(value).toBeGreaterThan(0);
        expect(memory?.idle).toBeGreaterThan(0);
        expect(memory?.highestPeak).toBeGreaterThanOrEqual(memory?.peak ?? NaN);
      }
    },
    SLOW_MS,
  );
});

function numbersOf({ rate, rateRatio, cpuMicroseconds, cpuRatio }: Figure): number[] {
  return [rate, cpuMicroseconds, ...Object.values(rateRatio), ...Object.values(cpuRatio)] as number[];
}
