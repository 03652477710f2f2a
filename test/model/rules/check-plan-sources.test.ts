import { TerraformResource, TerraformVariable } from 'cdktf';
import { CaGeneration, CaSource, type ICertificateIssuer } from 'cdktf-erlang-tls';

import { planText } from '../../../src/model/report/text/plan-text';
import { cluster, codes, found, judged, signing, trusted } from '../../support/plans/judged-plan';
import type { Define } from '../../support/plans/pretended-terraform';
import { authority } from '../../support/x509/issued';

const HAND_MADE = authority('Hand-made CA');
const COMPANY = authority('Company Root');
const MIDDLE = authority('Company CA', COMPANY);

const handMade = (): CaGeneration =>
  CaGeneration.trusted('hand-made', { source: CaSource.certificate(HAND_MADE.certificatePem) });

const withGenerations = (...generations: CaGeneration[]): Define => cluster({ generations });

describe('a cluster with hand-made certificates', () => {
  const first = withGenerations(handMade(), trusted('2027'));
  const second = withGenerations(handMade(), signing('2027'));

  test('is told which certificates were not looked at, and nothing else', () => {
    expect(found(first)).toEqual([
      expect.stringMatching(/^certificate-not-signed-here: a@h1\.x\.test, a@h2\.x\.test gets what it is to trust/),
    ]);
    expect(planText(judged(first, first))).toMatch(/ not signed here .* nothing$/m);
    expect(judged(first).clusters.map(({ members }) => members.map(({ name }) => name))).toEqual([
      ['a@h1.x.test', 'a@h2.x.test'],
    ]);
  });

  test('goes over to certificates of ours in a second deploy, each node as the same member', () => {
    expect(codes(first, second)).toEqual([]);
    const members = judged(first, second).clusters.flatMap((one) => one.members);
    const nodes = members.filter(({ name }) => name.includes('@'));
    expect(nodes.map(({ before, after }) => [before?.unseen, after?.unseen])).toEqual([
      ['not signed here', undefined],
      ['not signed here', undefined],
    ]);
  });

  test('is to be restarted when it gets certificates of ours, and not for what it trusts', () => {
    expect(planText(judged(withGenerations(handMade()), first))).toMatch(/ not signed here .* install$/m);
    expect(planText(judged(first, second))).toMatch(/ not signed here → .* install, restart$/m);
  });

  test('is kept from signing with a CA that the nodes do not trust yet', () => {
    expect(codes(withGenerations(handMade()), second)).toContain('untrusted-by-peer');
  });
});

describe('a CA whose certificate is in the program', () => {
  const imported =
    (phase: 'signing' | 'trusted'): Define =>
    (stack) => {
      const privateKeyPem = new TerraformVariable(stack, 'key', {}).stringValue;
      const source = CaSource.imported({
        certificatePem: MIDDLE.certificatePem,
        chainPem: COMPANY.certificatePem,
        privateKeyPem,
      });
      const own = CaGeneration[phase]('own', { source });
      withGenerations(...(phase === 'signing' ? [trusted('1'), own] : [signing('1'), own]))(stack);
    };

  test('is judged like one that Terraform makes', () => {
    expect(codes(withGenerations(signing('1')), imported('trusted'))).toEqual([]);
    expect(codes(withGenerations(signing('1')), imported('trusted'), imported('signing'))).toEqual([]);
    expect(codes(withGenerations(signing('1')), imported('signing'))).toEqual(['untrusted-by-peer']);
  });
});

test('certificates that an issuer makes in the apply are said not to be judged', () => {
  const issuer: ICertificateIssuer = {
    trust: { bundlePem: COMPANY.certificatePem },
    issue: (scope, order) => {
      const resource = new TerraformResource(scope, 'Signed', { terraformResourceType: 'company_certificate' });
      resource.addOverride('request', order.requestPem);
      return { certificatePem: resource.getStringAttribute('pem'), resources: [resource] };
    },
  };
  expect(codes(withGenerations(CaGeneration.signing('there', { source: CaSource.issuer(issuer) })))).toEqual([
    'certificate-made-in-apply',
  ]);
});

test('a CA that is in a variable is not judged as long as the plan does not show it', () => {
  const define: Define = (stack) => {
    const [certificatePem, privateKeyPem] = ['ca', 'key'].map((id) => new TerraformVariable(stack, id, {}).stringValue);
    if (certificatePem === undefined || privateKeyPem === undefined) throw new Error('no variables');
    const source = CaSource.imported({ certificatePem, privateKeyPem });
    withGenerations(CaGeneration.signing('own', { source }))(stack);
  };
  expect(codes(define)).toEqual(['trust-not-in-plan']);
});
