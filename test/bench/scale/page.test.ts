import { scaleSection } from '../../../bench/scale/page';
import { byHand, cost, deployment, results, synth } from './results';

test('the page says that every aim is reached, and which were not measured', () => {
  const page = scaleSection(results());
  expect(page).toContain('Every aim that was measured is reached');
  expect(page).toMatch(
    /\| synth, to by hand +\| 1\.15 +\| 1\.10 +\| 100 nodes, install script, plain Node +\| yes +\|/,
  );
  expect(page).toMatch(/\| wait for the apply +\| 100 s +\| +\| +\| not measured +\|/);
});

test('the page names every aim that is not reached, also one that noise would excuse', () => {
  const page = scaleSection(results({ synths: [synth({ ratio: 1.2 })] }));
  expect(page).toMatch(/\| synth, to by hand +\| 1\.15 +\| 1\.20 .*\| \*\*no\*\* +\|/);
  expect(page).toContain(
    'Not reached:\n\n- synth, to by hand, 100 nodes, install script, plain Node: 1.20. CDKTF resolves',
  );
  expect(page).not.toContain('Every aim');
});

test('the page shows what was too slow, and has times by hand and ratios of the others', () => {
  const edits = { 'from nothing': { plan: cost(9, 9.5), apply: { abandonedAfterSeconds: 60 } } };
  const page = scaleSection(results({ deployments: [deployment({ edits }), byHand()] }));
  expect(page).toMatch(/\| from nothing: plan +\| 10\.0 s +\| 10\.0 s +\| 0\.90 +\| 9\.5 s +\|/);
  expect(page).toMatch(/\| from nothing: apply +\| 10\.0 s +\| 10\.0 s +\| +\| over 60 s +\|/);
  expect(page).toContain('- apply, to by hand, 100 nodes, install script, http backend: not done');
});

test('the page says when and with what it was measured', () => {
  const later = deployment({ date: '2026-12-01T12:00:00.000Z', load: 2.25 });
  expect(scaleSection(results({ deployments: [byHand(), later] }))).toContain(
    'Measured from 2026-11-30 to 2026-12-01 with Node 20.0.0, CDKTF 0.21.0, Terraform 1.11.4 and the\noffline providers, on 2 cores with a load between 0.5 and 2.3.',
  );
});
