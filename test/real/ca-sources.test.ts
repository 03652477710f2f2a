/** A cluster on its way from one source of its CA to another, with the nodes' keys on the nodes. */
import { readFileSync, writeFileSync } from 'node:fs';

import { type TerraformStack, TerraformVariable } from 'cdktf';
import { CaGeneration, CaSource, CertificateAuthority, SignedOutside } from 'cdktf-erlang-tls';

import { onAllRuntimes } from '../support/erlang/blocks';
import { install } from '../support/installing/operator';
import { judgedTogether } from '../support/plans/judged-plan';
import { openssl } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { DB1, DB2, DB3, type Generations, type KeysOnNodes, PROBE, withKeys } from '../support/stacks/keys-on-nodes';
import { unwrapped } from '../support/terraform';
import { authority, type Issued } from '../support/x509/issued';

const SLOW_MS = 180_000;

const COMPANY = authority('Company Root');
const COMPANY_CA = authority('Company CA', COMPANY);
const ELSEWHERE = authority('Root elsewhere');

const MEMBERS = [DB1, DB2, DB3, PROBE];

requires(
  'terraform',
  'go',
  'erl',
)('the CA of a cluster', () => {
  onAllRuntimes('whose nodes call each other', (runtimes) => {
    test(
      'goes from Terraform to an imported one, to a chain of two, to somebody else and back; no call is lost, and in between no private key is anywhere',
      () => withKeys(runtimes, walk),
      SLOW_MS,
    );
  });
});

async function walk(cluster: KeysOnNodes): Promise<void> {
  cluster.deployment.terraform.env.TF_VAR_company_key = COMPANY_CA.keyPem;
  await cluster.deploy({});
  for (const name of [...MEMBERS, 'tools']) cluster.handIn(name);
  await cluster.deploy({});
  await cluster.start([DB1, DB2, DB3]);

  const retired = (id: string): CaGeneration => CaGeneration.retired(id);
  const generated = (phase: Phase): CaGeneration => CaGeneration[phase]('1');
  const steps: Generations[] = [
    (stack) => [generated('signing'), imported(stack, 'trusted')],
    (stack) => [generated('trusted'), imported(stack, 'signing'), chain(stack, 'trusted')],
    (stack) => [retired('1'), imported(stack, 'trusted'), chain(stack, 'signing'), outside(cluster, 'trusted')],
    (stack) => [retired('1'), retired('company'), chain(stack, 'trusted'), outside(cluster, 'signing')],
    () => [retired('1'), retired('company'), retired('chain'), outside(cluster, 'signing')],
    () => [retired('1'), retired('company'), retired('chain'), outside(cluster, 'signing'), back('trusted')],
    () => [retired('1'), retired('company'), retired('chain'), outside(cluster, 'trusted'), back('signing')],
  ];

  // A generation that nobody trusts yet may not sign, whatever its source.
  for (const early of [
    (stack: TerraformStack) => [generated('trusted'), imported(stack, 'signing')],
    () => [generated('trusted'), outside(cluster, 'signing')],
  ]) {
    const refusal = await cluster.plan({ generations: early });
    expect([refusal.exitCode, unwrapped(refusal)]).toEqual([1, expect.stringContaining('generation-not-trusted-yet')]);
  }

  for (const [index, generations] of steps.entries()) {
    const { json } = await cluster.take({ generations });
    const errors = judgedTogether(json).findings.filter(({ severity }) => severity === 'error');
    expect([index, errors]).toEqual([index, []]);
    expect([index, await cluster.shown()]).toEqual([index, cluster.fingerprints()]);
    if (index === 4) expect(await keysAnywhere(cluster)).toEqual([]);
  }
  expect(await cluster.placesOfKeys()).toEqual([]);

  // The negative twin: the guard is right, for the nodes would not know the CA.
  await cluster.deploy({
    generations: () => [...['1', 'company', 'chain', 'outside', 'back'].map(retired), CaGeneration.signing('sudden')],
    unsafeWithoutGuard: true,
  });
  install(cluster.node(PROBE));
  expect(await cluster.shown()).not.toContain(':');
}

type Phase = 'trusted' | 'signing';

function imported(stack: TerraformStack, phase: Phase): CaGeneration {
  const key = new TerraformVariable(stack, 'company_key', { sensitive: true, type: 'string' });
  const source = CaSource.imported({
    certificatePem: COMPANY_CA.certificatePem,
    chainPem: COMPANY.certificatePem,
    privateKeyPem: key.stringValue,
  });
  return CaGeneration[phase]('company', { source });
}

/** A root, a CA below it, and the CA of the cluster below that. */
function chain(stack: TerraformStack, phase: Phase): CaGeneration {
  const root = new CertificateAuthority(stack, 'root', { commonName: 'Group Root' });
  const between = new CertificateAuthority(stack, 'between', {
    commonName: 'Department CA',
    // Each CA outlives what it signs, also shortly before its renewal, when a third of its validity is left.
    generations: [
      CaGeneration.signing('1', { source: CaSource.intermediate({ issuer: root }), validityHours: 80_000 }),
    ],
  });
  const source = CaSource.intermediate({ issuer: between });
  return CaGeneration[phase]('chain', { source, commonName: 'Cluster CA', validityHours: 26_600 });
}

/** Somebody who gets requests and returns certificates. */
function outside(cluster: KeysOnNodes, phase: Phase): CaGeneration {
  const signed = [...MEMBERS, 'tools'].map((name): [string, string] => [name, signedBy(ELSEWHERE, name, cluster)]);
  const certificatePems = Object.fromEntries(signed);
  const source = CaSource.issuer(new SignedOutside({ certificatePems, trustPem: ELSEWHERE.certificatePem }));
  return CaGeneration[phase]('outside', { source });
}

const back = (phase: Phase): CaGeneration => CaGeneration[phase]('back', { commonName: 'CouchDB Root CA, the second' });

const issuedOutside = new Map<string, string>();

/** The certificate of a request, which is signed once. */
function signedBy(ca: Issued, name: string, cluster: KeysOnNodes): string {
  const known = issuedOutside.get(name);
  if (known !== undefined) return known;
  const path = (end: string): string => cluster.deployment.path(`outside.${end}`);
  writeFileSync(path('ca.pem'), ca.certificatePem);
  writeFileSync(path('ca.key'), ca.keyPem, { mode: 0o600 });
  writeFileSync(path('csr'), cluster.handedIn(name));
  const authorityArgs = ['-CA', path('ca.pem'), '-CAkey', path('ca.key'), '-CAcreateserial', '-days', '20'];
  openssl(['x509', '-req', '-in', path('csr'), '-out', path('pem'), '-copy_extensions', 'copyall', ...authorityArgs]);
  const certificate = readFileSync(path('pem'), 'utf8');
  issuedOutside.set(name, certificate);
  return certificate;
}

/** Where any private key is: in the state, in a plan, in what was synthesized, or in a script. */
async function keysAnywhere(cluster: KeysOnNodes): Promise<string[]> {
  const { terraform, outputDirectory } = cluster.deployment;
  const plan = await terraform.plan();
  const texts: Record<string, string> = {
    state: JSON.stringify(await terraform.show()),
    plan: JSON.stringify(plan.json) + plan.stdout,
    configuration: readFileSync(cluster.deployment.path('cdk.tf.json'), 'utf8'),
    ...Object.fromEntries(
      [...MEMBERS, 'tools'].map((name) => [name, readFileSync(`${outputDirectory}/${name}.sh`, 'utf8')]),
    ),
  };
  // The script names what it looks for in a key.
  const isKey = /BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n|\n)[A-Za-z0-9]/;
  return Object.entries(texts).flatMap(([place, text]) => (isKey.test(text) ? [place] : []));
}
