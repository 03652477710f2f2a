import { Delivery } from 'cdktf-erlang-tls';

import { planText } from '../../../../src/model/report/text/plan-text';
import { cluster, type ClusterProps, found, judged, signing, trusted } from '../../../support/plans/judged-plan';
import type { Define } from '../../../support/plans/pretended-terraform';
import { revocationList } from '../../../support/x509/revocation-list';

/** The cluster with lists of these generations. */
const step = (lists: readonly string[], ...generations: NonNullable<ClusterProps['generations']>): Define =>
  cluster({
    generations,
    revocation: { lists: lists.map((generation) => revocationList({ generation })) },
    ...DELIVERY,
  });

let DELIVERY: Partial<ClusterProps> = {};

describe.each<[string, Partial<ClusterProps>]>([
  ['install scripts', {}],
  ['plain files', { delivery: Delivery.localFiles({ outputDirectory: 'out' }) }],
])('with %s', (_title, delivery) => {
  beforeEach(() => {
    DELIVERY = delivery;
  });

  const missing = (...steps: readonly Define[]): readonly string[] =>
    found(...steps).filter((text) => text.startsWith('crl-missing: '));

  test('a CA that signs in the deploy that brings its list is found: nodes get their files one after the other', () => {
    const introduced = step(['1'], signing('1'), trusted('2'));
    expect(missing(introduced, step(['1', '2'], trusted('1'), signing('2')))).toEqual([
      expect.stringMatching(
        /^crl-missing: a@h1\.x\.test, a@h2\.x\.test.* with old files "CouchDB Root CA, generation 2" has no revocation list of the CA \(it signed the new certificate of a@h1/,
      ),
    ]);
  });

  test('with the list one deploy before, nothing is found, and neither when lists come to a cluster', () => {
    const before = step(['1', '2'], signing('1'), trusted('2'));
    expect(missing(before, step(['1', '2'], trusted('1'), signing('2')))).toEqual([]);
    expect(missing(cluster({ ...DELIVERY }), step(['1'], signing('1')))).toEqual([]);
  });

  test('a list with another entry is to be installed, and the same list again is not', () => {
    const revoked = (...serials: readonly string[]): Define =>
      cluster({ revocation: { lists: [revocationList({ revoked: serials })] }, ...DELIVERY });
    const one = revoked('01');
    expect(planText(judged(one, revoked('01', '02')))).toMatch(/a@h1\.x\.test, a@h2\.x\.test, tools .* install$/m);
    expect(planText(judged(one, one))).toMatch(/ nothing$/m);
  });
});
