/** The way from plain TCP to TLS, walked in every order for clusters of up to four nodes, by the rules that `couch_dist` decides by. */
import { canDial, dialsWith } from '../../../src/model/platforms/couchdb/no-tls';
import {
  listenInPlainText,
  nodesWith,
  onPlainTcp,
  ordersOf,
  outOfReachOf,
  pairsApart,
  restarted,
  type RunningNodes,
  selectionsOf,
  startedWith,
} from '../../support/platforms/couchdb-migration';

// Names that a pattern with plain dots, or without an end, would take for each other.
const CLUSTERS = [1, 2, 3, 4].map((size) =>
  ['couchdb@db1.x.test', 'couchdb@db1.xatest', 'couchdb@db1.x.test2', 'acouchdb@db1.x.test'].slice(0, size),
);

/** One restart, and what is true after it. */
interface Moment {
  readonly name: string;
  readonly running: RunningNodes;
}

describe.each(CLUSTERS.map((names) => [names.length, names] as const))('a cluster of %d', (_size, names) => {
  const lists = selectionsOf(names);

  test('uses plain text for exactly the names in the list', () => {
    for (const list of lists) {
      for (const asking of names) {
        const node = startedWith(asking, list);
        const plain = names.filter((name) => dialsWith(node, name) === 'tcp');
        expect([list, [...plain].sort()]).toEqual([list, [...list].sort()]);
      }
    }
  });

  test('keeps all directions open and all nodes in plain text during its first deploy, in every order', () => {
    for (const order of ordersOf(names)) {
      for (const { running } of walk(nodesWith(names, onPlainTcp), order, names)) {
        expect(everyDirection(running)).toEqual([true]);
        expect(listenInPlainText(running)).toEqual(names);
      }
    }
  });

  describe.each(['out of', 'back into'])('one node %s the list', (way) => {
    const steps = lists.flatMap((list) =>
      list.map((moved) => {
        const without = list.filter((name) => name !== moved);
        return way === 'out of' ? { moved, from: list, to: without } : { moved, from: without, to: list };
      }),
    );

    test('keeps a direction open in every pair, in every order of restarts', () => {
      for (const { running } of steps.flatMap((step) => walksOf(step))) expect(pairsApart(running)).toEqual([]);
    });

    test('lets each restarted node dial all others if the moved node restarts first', () => {
      for (const step of steps) {
        for (const { name, running } of walksOf(step, (order) => order[0] === step.moved)) {
          expect(outOfReachOf(name, running)).toEqual([]);
        }
      }
    });

    test('leaves the moved node out of reach of the first restarted node if that is another node', () => {
      for (const step of steps) {
        for (const order of ordersOf(names).filter(([first]) => first !== step.moved)) {
          const [{ name, running }] = walk(nodesWithList(step.from), order, step.to) as [Moment];
          expect(outOfReachOf(name, running)).toEqual([step.moved]);
        }
      }
    });

    test('ends with both directions open in every pair', () => {
      for (const step of steps) {
        for (const order of ordersOf(names)) {
          const [end] = walk(nodesWithList(step.from), order, step.to).slice(-1) as [Moment];
          expect(everyDirection(end.running)).toEqual([true]);
        }
      }
    });

    test('keeps a direction open in every pair if nodes crash and restart with either list', () => {
      for (const { from, to } of steps) {
        for (const renewed of selectionsOf(names)) {
          const running = nodesWith(names, (name) => startedWith(name, renewed.includes(name) ? to : from));
          expect(pairsApart(running)).toEqual([]);
        }
      }
    });
  });

  test('two nodes that leave the list at once cannot connect for a time, in every order', () => {
    const waves = lists.flatMap((list) =>
      selectionsOf(list)
        .filter((moved) => moved.length > 1)
        .map((moved) => ({ moved, from: list, to: list.filter((name) => !moved.includes(name)) })),
    );
    expect(waves.length > 0).toBe(names.length > 1);
    for (const { moved, from, to } of waves) {
      for (const order of ordersOf(names)) {
        const apart = walk(nodesWithList(from), order, to).map(({ running }) => pairsApart(running).length);
        expect(Math.max(...apart)).toBeGreaterThan(0);
        expect(apart.at(-1)).toBe(0);
        expect(moved.length).toBeGreaterThan(1);
      }
    }
  });

  describe('if each deploy restarts only the node that left the list, and the others restart once at the end', () => {
    const walks = ordersOf(names).map((order) => {
      let running = nodesWithList(names);
      const moments = order.map((name, index): Moment => {
        running = restarted(running, startedWith(name, order.slice(index + 1)));
        return { name, running };
      });
      return { moments, running };
    });
    const ends = walks.flatMap(({ running }) => ordersOf(names).map((order) => walk(running, order, [])));

    test('a direction is open in every pair, and each restarted node can dial all others', () => {
      for (const { name, running } of [...walks.flatMap(({ moments }) => moments), ...ends.flat()]) {
        expect(pairsApart(running)).toEqual([]);
        expect(outOfReachOf(name, running)).toEqual([]);
      }
    });

    test('no node listens in plain text after one restart each, and all directions are open after the second', () => {
      for (const { running } of walks) expect(listenInPlainText(running)).toEqual([]);
      for (const [end] of ends.map((moments) => moments.slice(-1) as [Moment])) {
        expect(everyDirection(end.running)).toEqual([true]);
      }
    });
  });

  describe('if each deploy moves the greatest name and restarts it, and then the nodes with greater names', () => {
    const inOrder = [...names].sort();
    const there = inOrder.map((_name, place) => inOrder.slice(0, names.length - place - 1));
    const back = inOrder.map((_name, place) => inOrder.slice(names.length - place - 1));

    test.each([
      ['out of', inOrder, there],
      ['back into', [], back],
    ])('the greater name of each pair dials the other one as that listens, %s the list', (_way, from, lists) => {
      let running = nodesWithList(from);
      for (const [deploy, list] of lists.entries()) {
        const restarts = inOrder.slice(names.length - deploy - 1);
        for (const name of restarts) running = restarted(running, startedWith(name, list));
        const nodes = inOrder.map((name) => running.get(name) ?? startedWith(name, []));
        const vain = nodes.flatMap((one, place) => nodes.slice(place + 1).filter((greater) => !canDial(greater, one)));
        expect(vain).toEqual([]);
        expect(list.filter((name) => !listenInPlainText(running).includes(name))).toEqual([]);
      }
      expect(everyDirection(running)).toEqual([true]);
    });
  });

  describe('if each deploy restarts only the node that left the list, and nodes crash', () => {
    /** What is installed after each deploy: all names, then one less each time. */
    const installed = [...names, undefined].map((_name, deploy) => names.slice(deploy));

    test('a direction is open in every pair, whichever installed list each node started with', () => {
      for (const deploy of installed.keys()) {
        // A node that has left the list was started with a list that it is not in; the others may run with any list so far.
        const lists = names.map((_name, place) => installed.slice(place < deploy ? place + 1 : 0, deploy + 1));
        for (const choice of choicesOf(lists)) {
          const running = new Map(names.map((name, place) => [name, startedWith(name, choice[place] ?? [])]));
          expect(pairsApart(running)).toEqual([]);
        }
      }
    });

    test('two nodes cannot connect if one got the next list before the node that leaves it was restarted', () => {
      const [first, second] = names;
      if (first === undefined || second === undefined) return;
      const running = new Map([first, second].map((name) => [name, startedWith(name, installed[1] ?? [])]));
      const before = restarted(running, startedWith(second, names));
      expect(pairsApart(before)).toEqual([]);
      expect(pairsApart(restarted(before, startedWith(first, installed[2] ?? [])))).toEqual([`${first} ${second}`]);
    });
  });

  function nodesWithList(list: readonly string[]): RunningNodes {
    return nodesWith(names, (name) => startedWith(name, list));
  }

  function walksOf(
    { from, to }: { readonly from: readonly string[]; readonly to: readonly string[] },
    isWanted: (order: readonly string[]) => boolean = () => true,
  ): readonly Moment[] {
    return ordersOf(names)
      .filter(isWanted)
      .flatMap((order) => walk(nodesWithList(from), order, to));
  }

  function everyDirection(running: RunningNodes): readonly boolean[] {
    const nodes = [...running.values()];
    return [...new Set([true, ...nodes.flatMap((one) => nodes.map((other) => one === other || canDial(one, other)))])];
  }
});

/** Restarts one node after the other with that list. */
function walk(from: RunningNodes, order: readonly string[], list: readonly string[]): readonly Moment[] {
  let running = from;
  return order.map((name) => {
    running = restarted(running, startedWith(name, list));
    return { name, running };
  });
}

/** One of each, in every combination. */
function choicesOf<T>(all: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return all.reduce<readonly (readonly T[])[]>(
    (choices, ones) => choices.flatMap((choice) => ones.map((one) => [...choice, one])),
    [[]],
  );
}
