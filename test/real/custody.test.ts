/** The ladder of custody: where private keys are with each source of a CA and each place of a node's key. SECURITY.md has the table. */
import { spawnSync } from 'node:child_process';
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaSource,
  CertificateAuthority,
  Delivery,
  NodeKey,
  OtpRelease,
  Platform,
  SignedOutside,
  TlsCluster,
  TlsProviderVersion,
} from 'cdktf-erlang-tls';

import { markdownTable } from '../../scripts/docs/markdown-table';
import { mustEnd } from '../support/installing/install-scripts';
import { EasyRsa } from '../support/issuers/easy-rsa';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { contentOf, mustSucceed, prepareOfflineProviders } from '../support/terraform';
import { authority } from '../support/x509/issued';
import { has, privateKeysIn, publicKeyOf, strangeBlocks } from '../support/x509/private-keys';

const SLOW_MS = 120_000;

const PAGE = join(__dirname, '../../SECURITY.md');
const [BEGIN, END] = ['<!-- Found by test/real/custody.test.ts. Do not edit. -->', '<!-- End of what was found. -->'];

/** The CAs whose keys Terraform is given, by rung. */
const HANDED_IN = {
  imported: authority('Imported CA'),
  'write-only': authority('Write-only CA'),
  'write-only-on-nodes': authority('Write-only CA of nodes with keys'),
};

/** The places that are searched, as the table names them. */
const PLACES = [
  '`cdk.tf.json`',
  'saved plan',
  'state',
  'output of Terraform',
  'files in the output directory',
] as const;
type Place = (typeof PLACES)[number];

/** Whose keys they are, as the table names them. */
const OWNERS = ['the CA that signs', 'the CA above it', 'nodes and tools'] as const;
type Owner = (typeof OWNERS)[number];

interface Rung {
  readonly id: string;
  readonly title: string;
  readonly nodesHaveKeys?: boolean;
  readonly withPlainFiles?: boolean;
  readonly generations?: (ladder: Ladder) => CaGeneration[];
}

const RUNGS: readonly Rung[] = [
  { id: 'generated', title: 'generated' },
  { id: 'plain', title: 'generated, with `Delivery.localFiles`', withPlainFiles: true },
  {
    id: 'imported',
    title: 'imported, with `privateKeyPem`',
    generations: ({ keys }) =>
      imported({ certificatePem: HANDED_IN.imported.certificatePem, privateKeyPem: keys.imported }),
  },
  {
    id: 'write-only',
    title: 'imported, with a write-only key',
    generations: ({ keys }) => imported(writeOnly(HANDED_IN['write-only'].certificatePem, keys['write-only'])),
  },
  {
    id: 'below',
    title: 'intermediate, below a CA of the same state',
    generations: ({ stack }) => {
      const issuer = new CertificateAuthority(stack, 'root', { commonName: 'Root above' });
      return [CaGeneration.signing('below', { source: CaSource.intermediate({ issuer }) })];
    },
  },
  { id: 'outside', title: 'signed elsewhere', generations: (ladder) => ladder.signedOutside('outside') },
  { id: 'on-nodes', title: 'generated, keys on nodes', nodesHaveKeys: true },
  {
    id: 'write-only-on-nodes',
    title: 'imported with a write-only key, keys on nodes',
    nodesHaveKeys: true,
    generations: ({ keys }) =>
      imported(writeOnly(HANDED_IN['write-only-on-nodes'].certificatePem, keys['write-only-on-nodes'])),
  },
  {
    id: 'outside-on-nodes',
    title: 'signed elsewhere, keys on nodes',
    nodesHaveKeys: true,
    generations: (ladder) => ladder.signedOutside('outside-on-nodes'),
  },
];

requires(
  'terraform',
  'go',
  'openssl',
  'easyrsa',
)('private keys', () => {
  let ladder: Ladder;

  beforeAll(async () => {
    ladder = new Ladder(await Deployment.create(await prepareOfflineProviders()));
    await ladder.climb();
  }, SLOW_MS);

  afterAll(() => ladder?.deployment.remove());

  test('are where SECURITY.md says, for each source of a CA and each place of a node’s key', () => {
    const rows = RUNGS.map((rung) => [rung.title, ...OWNERS.map((owner) => ladder.cell(rung, owner))]);
    const table = markdownTable(['rung', ...OWNERS.map((owner) => `key of ${owner}`)], rows);
    const page = readFileSync(PAGE, 'utf8');
    const found = page.replace(
      new RegExp(`(${BEGIN}\n\n)[^]*?(\n\n${END})`),
      (_, before, after) => `${before}${table}${after}`,
    );
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(PAGE, found);
    else expect(page).toBe(found);
    expect(page).toContain(BEGIN);
  });

  test.each(['write-only-on-nodes', 'outside-on-nodes'])('are nowhere in Terraform and its files: %s', (id) => {
    expect(OWNERS.flatMap((owner) => ladder.keysOf(id, owner).flatMap((key) => ladder.placesOf(key)))).toEqual([]);
  });

  test('are all known: each that is found belongs to a certificate of some cluster', () => {
    expect(ladder.strangers()).toEqual([]);
  });

  test('of nodes are on the nodes alone, if the nodes make them', () => {
    const made = RUNGS.filter(({ nodesHaveKeys }) => nodesHaveKeys === true).map(({ id }) =>
      ladder.keysOf(id, 'nodes and tools'),
    );
    expect(made.map(({ length }) => length)).toEqual([3, 3, 3]);
    expect(made.flat().flatMap((key) => ladder.placesOf(key))).toEqual([]);
  });

  test('are found in every form', () => {
    const { key, keyPem } = HANDED_IN.imported;
    const other = HANDED_IN['write-only'].key;
    const forms = [
      ...[
        keyPem,
        JSON.stringify(keyPem),
        JSON.stringify(JSON.stringify(keyPem)),
        Buffer.from(keyPem).toString('base64'),
      ],
      ...(['sec1', 'pkcs8'] as const).flatMap((type) => {
        const der = key.export({ type, format: 'der' });
        return [key.export({ type, format: 'pem' }).toString(), der.toString('latin1'), der.toString('hex')];
      }),
    ];
    expect(forms.map((form) => has(`text ${form} text`, key))).toEqual(forms.map(() => true));
    expect(forms.map((form) => has(`text ${form} text`, other))).toEqual(forms.map(() => false));
    expect(strangeBlocks(forms[1] ?? '', [other])).toHaveLength(1);
    expect(strangeBlocks(forms[1] ?? '', [other, key])).toEqual([]);
  });
});

/** A cluster for each rung, in one state, so that no key of one is overlooked as that of another. */
class Ladder {
  stack!: TerraformStack;
  /** Values of the variables with keys, by rung. */
  keys: Record<string, string> = {};

  private readonly easyRsa: EasyRsa;
  private readonly signed: Record<string, Record<string, string>> = {};
  private readonly texts: { readonly place: Place; readonly text: string }[] = [];
  private secrets = new Map<string, KeyObject>();

  constructor(readonly deployment: Deployment) {
    this.easyRsa = new EasyRsa(deployment.path('elsewhere'));
    const { env } = deployment.terraform;
    for (const [id, { keyPem }] of Object.entries(HANDED_IN)) env[`TF_VAR_key-${id}`] = keyPem;
  }

  /** Two deploys: nodes make keys, and others sign, from what the first one has written. The second plan has its state. */
  async climb(): Promise<void> {
    await this.deploy();
    this.handIn();
    await this.signElsewhere();
    await this.deploy();
    this.learnKeys();
  }

  signedOutside(rung: string): CaGeneration[] {
    const trustPem = this.easyRsa.pems.certificatePem;
    const issuer = new SignedOutside({ trustPem, certificatePems: this.signed[rung] ?? {} });
    return [CaGeneration.signing('elsewhere', { source: CaSource.issuer(issuer) })];
  }

  cell({ id, nodesHaveKeys = false }: Rung, owner: Owner): string {
    if (owner === 'the CA above it' && this.ownersOf(id)[owner].length === 0) return '–';
    const places = new Set(this.keysOf(id, owner).flatMap((key) => this.placesOf(key)));
    if (places.size > 0) return PLACES.filter((place) => places.has(place)).join(', ');
    return nodesHaveKeys && owner === 'nodes and tools' ? 'nowhere: on the node alone' : 'nowhere';
  }

  placesOf(key: KeyObject): Place[] {
    return this.texts.flatMap(({ place, text }) => (has(text, key) ? [place] : []));
  }

  /** The keys that the test knows: handed in, made on a node, or found. */
  keysOf(rung: string, owner: Owner): KeyObject[] {
    return this.ownersOf(rung)[owner].map((publicKey) => {
      const key = this.secrets.get(publicKey);
      if (key === undefined) throw new Error(`nobody has shown the key of ${owner} of ${rung}`);
      return key;
    });
  }

  /** Blocks of unknown keys, and keys that belong to nobody. */
  strangers(): string[] {
    const known = [...this.secrets.values()];
    const owned = new Set(RUNGS.flatMap(({ id }) => Object.values(this.ownersOf(id)).flat()));
    return [
      ...this.texts.flatMap(({ place, text }) => strangeBlocks(text, known).map(() => `an unknown key in: ${place}`)),
      ...[...this.secrets.keys()].filter((publicKey) => !owned.has(publicKey)),
    ];
  }

  private async deploy(): Promise<void> {
    await this.deployment.declare((stack) => this.define(stack));
    const planFile = await this.planned();
    const applied = mustSucceed(await this.deployment.terraform.apply({ planFile }));
    this.texts.push({ place: 'output of Terraform', text: applied.stdout + applied.stderr });
    this.texts.push({ place: 'state', text: contentOf(this.deployment.path('terraform.tfstate')) });
    for (const file of filesBelow(this.deployment.outputDirectory)) {
      this.texts.push({ place: 'files in the output directory', text: contentOf(file) });
    }
    this.texts.push({ place: '`cdk.tf.json`', text: contentOf(this.deployment.path('cdk.tf.json')) });
  }

  private async planned(): Promise<string> {
    const { planFile, json, stdout, stderr } = mustSucceed(await this.deployment.terraform.plan());
    this.texts.push({ place: 'output of Terraform', text: stdout + stderr });
    this.texts.push(
      { place: 'saved plan', text: JSON.stringify(json) },
      { place: 'saved plan', text: contentOf(planFile) },
    );
    return planFile;
  }

  private define(stack: TerraformStack): void {
    TlsProviderVersion.require(stack, '~> 4.4');
    this.stack = stack;
    for (const id of Object.keys(HANDED_IN)) {
      const variable = new TerraformVariable(stack, `key-${id}`, { type: 'string', sensitive: true });
      if (id !== 'imported') variable.addOverride('ephemeral', true);
      this.keys[id] = variable.stringValue;
    }
    for (const rung of RUNGS) this.cluster(rung);
  }

  private cluster({ id, nodesHaveKeys = false, withPlainFiles = false, generations }: Rung): void {
    const outputDirectory = this.outputOf(id);
    new TlsCluster(this.stack, id, {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_27,
      nodes: nodesOf(id).map((name) => ({ name, installDirectory: this.deployment.path('nodes', name) })),
      installDirectory: this.deployment.path('nodes', id),
      delivery: withPlainFiles ? Delivery.localFiles({ outputDirectory }) : Delivery.installScript({ outputDirectory }),
      certificates: nodesHaveKeys ? { key: NodeKey.onNode({ requestDirectory: this.requestsOf(id) }) } : {},
      certificateAuthority: { generations: generations?.(this) },
    });
  }

  /** Each node prints its request, and so do the tools. */
  private handIn(): void {
    for (const { id } of RUNGS.filter(({ nodesHaveKeys }) => nodesHaveKeys === true)) {
      mkdirSync(this.requestsOf(id), { recursive: true });
      for (const member of [...nodesOf(id), 'tools']) {
        const script = join(this.outputOf(id), `${member}.sh`);
        const { stdout } = mustEnd(spawnSync('sh', [script, '--request'], { encoding: 'utf8' }));
        writeFileSync(join(this.requestsOf(id), `${member}.csr`), stdout);
      }
    }
  }

  private async signElsewhere(): Promise<void> {
    const { values } = await this.deployment.terraform.show();
    const outputs = Object.entries(values?.outputs ?? {});
    for (const rung of ['outside', 'outside-on-nodes']) {
      const requests = [...nodesOf(rung), 'tools'].map((member) => {
        if (rung !== 'outside')
          return [member, readFileSync(join(this.requestsOf(rung), `${member}.csr`), 'utf8')] as const;
        const output = outputs.find(([name]) => name.startsWith(`${rung}_${member.replace(/\W/g, '')}_`));
        return [member, String(output?.[1].value)] as const;
      });
      this.sign(rung, requests);
    }
  }

  private sign(rung: string, requests: readonly (readonly [string, string])[]): void {
    this.signed[rung] = Object.fromEntries(
      requests.map(([id, request]) => {
        const type = id === 'tools' ? 'client' : 'serverClient';
        return [id, this.easyRsa.sign(`${rung}-${id.replace(/\W/g, '-')}`, request, type)];
      }),
    );
  }

  private learnKeys(): void {
    const made = filesBelow(this.deployment.path('nodes')).map(contentOf);
    const handedIn = Object.values(HANDED_IN).map(({ key }) => key);
    const keys = [
      ...[...handedIn, createPrivateKey(this.easyRsa.pems.privateKeyPem)],
      ...[...made, ...this.texts.map(({ text }) => text)].flatMap(privateKeysIn),
    ];
    this.secrets = new Map(keys.map((key) => [publicKeyOf(key), key]));
  }

  /** Public keys. A cluster's own certificates say who signed them. */
  private ownersOf(rung: string): Record<Owner, string[]> {
    const all = this.certificatesOf(rung);
    const members = all.filter(({ ca }) => !ca);
    const above = (below: readonly X509Certificate[]): X509Certificate[] =>
      all.filter((one) => one.ca && below.some((two) => two !== one && two.verify(one.publicKey)));
    const signers = above(members);
    const keysOf = (certificates: readonly X509Certificate[]): string[] => [
      ...new Set(
        certificates.map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'der' }).toString('base64')),
      ),
    ];
    expect([keysOf(members).length, keysOf(signers).length]).toEqual([3, 1]);
    return {
      'nodes and tools': keysOf(members),
      'the CA that signs': keysOf(signers),
      'the CA above it': keysOf(above(signers)).filter((key) => !keysOf(signers).includes(key)),
    };
  }

  private certificatesOf(rung: string): X509Certificate[] {
    const text = filesBelow(this.outputOf(rung)).map(contentOf).join('\n');
    return [...new Set(text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g))].map(
      (pem) => new X509Certificate(pem),
    );
  }

  private outputOf(rung: string): string {
    return join(this.deployment.outputDirectory, rung);
  }

  private requestsOf(rung: string): string {
    return this.deployment.path('requests', rung);
  }
}

function imported(props: Parameters<typeof CaSource.imported>[0]): CaGeneration[] {
  return [CaGeneration.signing('imported', { source: CaSource.imported(props) })];
}

function writeOnly(certificatePem: string, value = ''): Parameters<typeof CaSource.imported>[0] {
  return { certificatePem, privateKeyWriteOnly: { value, version: 1 } };
}

function nodesOf(rung: string): string[] {
  return ['db1', 'db2'].map((host) => `node@${host}.${rung}.x.test`);
}

function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
