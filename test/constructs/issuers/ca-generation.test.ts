import { CaGeneration } from '../../../src/constructs/issuers/ca-generation';

test('a generation has an id and a phase', () => {
  const { id, phase, validityHours } = CaGeneration.trusted('2027', { validityHours: 100 });
  expect([id, phase, validityHours]).toEqual(['2027', 'trusted', 100]);
  expect(CaGeneration.signing('a').phase).toBe('signing');
  expect(CaGeneration.retired('a').phase).toBe('retired');
});

test.each(['', '-a', 'a/b', 'a b', 'x'.repeat(33), 'é', '${x}', 'constructor', 'toString'])(
  'the id %j is refused',
  (id) => {
    expect(() => CaGeneration.signing(id)).toThrow('generation-id-illegal: CA generation id');
  },
);
