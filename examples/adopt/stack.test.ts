import { Testing } from 'cdktf';

import { AdoptStack, type AdoptStackProps } from './stack';

/** What `cdktf synth` writes for a deploy, after the checks that it makes. */
function synthesized(deploy: AdoptStackProps['deploy']): string {
  return Testing.synth(new AdoptStack(Testing.app(), 'adopt', { deploy }), true);
}

function resourcesOf(text: string, type: string): string[] {
  const { resource } = JSON.parse(text) as { resource: Record<string, object> };
  return Object.keys(resource[type] ?? {});
}

test('the first deploy brings the trust bundle alone: no certificate, no options and no flags', () => {
  const text = synthesized(1);
  expect(resourcesOf(text, 'tls_locally_signed_cert')).toEqual([]);
  expect(text).toContain('ca.pem');
  expect(text).not.toContain('ssl_dist.conf');
});

test('the second deploy brings a certificate for each node and the tools', () => {
  const text = synthesized(2);
  expect(resourcesOf(text, 'tls_locally_signed_cert')).toHaveLength(4);
  expect(text).toContain("{versions,['tlsv1.3','tlsv1.2']}");
});

test('the third deploy trusts the hand-made CA no more', () => {
  expect(synthesized(2)).toContain('BEGIN CERTIFICATE');
  expect(synthesized(3)).not.toContain('BEGIN CERTIFICATE');
});

test('the hand-made CA has no key here, in no deploy', () => {
  for (const deploy of [1, 2, 3] as const) expect(synthesized(deploy)).not.toContain('PRIVATE KEY');
});
