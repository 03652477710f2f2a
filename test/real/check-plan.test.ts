import { rm, writeFile } from 'node:fs/promises';

import {
  CaGeneration,
  Delivery,
  type IDelivery,
  KeyAlgorithm,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterNodeProps,
  type TlsClusterProps,
  TlsVersions,
} from 'cdktf-erlang-tls';

import { runCli } from '../support/cli/run-cli';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { mustSucceed } from '../support/terraform';

const SLOW_MS = 180_000;

const retired = (id: string): CaGeneration => CaGeneration.retired(id);
const signing = (id: string, options = {}): CaGeneration => CaGeneration.signing(id, options);
const trusted = (id: string): CaGeneration => CaGeneration.trusted(id);

const SIX = [1, 2, 3, 4, 5, 6].map((number) => ({ name: `a@h${number}.x.test` }));

/** The start script of the release replaces it. */
const TEMPLATE_FLAGS = [{ name: 'setcookie', values: ['${NODE_COOKIE}'] }];

/** What differs from one deploy to the next. */
interface Step extends Partial<TlsClusterProps> {
  readonly generations?: CaGeneration[];
}

const DELIVERIES: Readonly<Record<string, (outputDirectory: string) => IDelivery>> = {
  'local files': (outputDirectory) => Delivery.localFiles({ outputDirectory }),
  'an install script': (outputDirectory) => Delivery.installScript({ outputDirectory }),
};

requires('terraform', 'go')('erlang-tls check-plan', () => {
  describe.each(Object.entries(DELIVERIES))('with %s', (_kind, deliver) => {
    let deployment: Deployment;

    beforeEach(async () => {
      deployment = await Deployment.create();
    }, SLOW_MS);

    afterEach(() => deployment?.remove());

    test(
      'finds nothing in the steps of a rollover, and shows each step',
      async () => {
        const walk: [Step, string][] = [
          [{ generations: [signing('1')] }, 'generation 1  generation 1  joins'],
          [
            { generations: [signing('1'), trusted('2')] },
            'generation 1  generation 1 → generation 1 + generation 2  install',
          ],
          [
            { generations: [trusted('1'), signing('2')] },
            'generation 1 → generation 2  generation 1 + generation 2  install',
          ],
          [
            { generations: [retired('1'), signing('2')] },
            'generation 2  generation 1 + generation 2 → generation 2  install',
          ],
        ];
        for (const [step, row] of walk) {
          const { exitCode, out } = await checked(step);
          expect([exitCode, row, squeezed(out)]).toEqual([0, row, expect.stringContaining(row)]);
          expect(out).toContain('2 nodes and the tools: every pair can connect, with old files and with new ones.');
          mustSucceed(await deployment.terraform.apply());
        }
        expect((await checked({ generations: [retired('1'), signing('2')] })).out).toMatch(
          /generation 2 +generation 2 +nothing$/m,
        );
        // A fresh runner does not have the files of the last apply.
        await rm(deployment.outputDirectory, { recursive: true });
        const fresh = await checked({ generations: [retired('1'), signing('2')] });
        expect([fresh.exitCode, fresh.out]).toEqual([
          0,
          expect.stringMatching(/generation 2 +generation 2 +nothing \(files written again\)$/m),
        ]);
      },
      SLOW_MS,
    );

    test.each<[string, Step, Step, string]>([
      [
        'one node that switches before the others',
        { generations: [signing('1'), trusted('2')] },
        { generations: [signing('1'), trusted('2')], nodes: nodes({ signedBy: '2' }) },
        'generation 1 → generation 2',
      ],
      [
        'a group of nodes that switch before the others',
        { generations: [signing('1'), trusted('2')], nodes: SIX },
        {
          generations: [signing('1'), trusted('2')],
          nodes: SIX.map((node, index) => (index < 4 ? { ...node, signedBy: '2' } : node)),
        },
        'a@h1.x.test, a@h2.x.test, a@h3.x.test and 1 more generation 1 → generation 2',
      ],
      ['new keys', {}, { certificates: { keyGeneration: 'b' } }, 'generation 1 (renewed)'],
      ['another algorithm', {}, { certificates: { keyAlgorithm: KeyAlgorithm.RSA_3072 } }, 'generation 1 (renewed)'],
      [
        'a node that joins',
        {},
        { nodes: [...nodes(), { name: 'a@h3.x.test' }] },
        'a@h3.x.test generation 1 generation 1 joins',
      ],
      [
        'a node that leaves',
        { nodes: [...nodes(), { name: 'a@h3.x.test' }] },
        {},
        'a@h3.x.test generation 1 generation 1 leaves',
      ],
      ['a restart', {}, { tls: { versions: TlsVersions.TLS_1_3_AND_1_2 } }, 'install, restart'],
    ])(
      'finds nothing in %s',
      async (_title, before, after, shown) => {
        await deploy(before);
        const { exitCode, out } = await checked(after);
        expect([exitCode, out]).toEqual([0, expect.anything()]);
        expect(out.replace(/ +/g, ' ')).toContain(shown);
      },
      SLOW_MS,
    );

    test.each<[string, string, Step, Step]>([
      [
        'a new CA all at once',
        'untrusted-by-peer: the old certificate of a@h1.x.test, a@h2.x.test, tools is not trusted by another node (signed by CouchDB Root CA, generation 1, which is not in the new trust bundle of a@h1.x.test, a@h2.x.test, tools)',
        {},
        { generations: [retired('1'), signing('2')] },
      ],
      [
        'a CA that signs before it is trusted',
        'untrusted-by-peer: the new certificate of a@h1.x.test, a@h2.x.test, tools',
        {},
        { generations: [trusted('1'), signing('2')] },
      ],
      [
        'a reissued CA certificate',
        'untrusted-by-peer: the new certificate of',
        {},
        { generations: [signing('1', { validityHours: 50_000 })] },
      ],
      [
        'removing the newest generation without a guard',
        'generation-removed: the list of CA generations lacks ids that it had (2)',
        { generations: [signing('1'), trusted('2')] },
        { generations: [signing('1')] },
      ],
      [
        'TLS versions without one in common',
        'no-common-tls-version: a@h1.x.test, a@h2.x.test, tools with old files cannot agree on a TLS version with another node (versions offered: tlsv1.3; accepted by a@h1.x.test, a@h2.x.test with new files: tlsv1.2)',
        {},
        { tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } },
      ],
      [
        'another protocol',
        'protocol-mismatch: -proto_dist of a@h1.x.test, a@h2.x.test with old files "couch" differs from that of another node (a@h1.x.test, a@h2.x.test, tools with new files: inet6_tls)',
        {},
        { platform: Platform.erl({ protoDist: 'inet6_tls' }) },
      ],
      [
        'the reuse of a retired id',
        'generation-id-reused: CA generation "1" was used before, and would now stand for another key',
        { generations: [retired('1'), signing('2')] },
        { generations: [trusted('1'), signing('2')] },
      ],
      [
        'another port for all nodes',
        'port-discovery-mismatch: port discovery of a@h1.x.test, a@h2.x.test with old files "at port 9100" does not find another node (a@h1.x.test, a@h2.x.test with new files: at port 9200)',
        { distribution: { portWithoutEpmd: 9100 } },
        { distribution: { portWithoutEpmd: 9200 } },
      ],
      [
        'TLS versions in flags without one in common',
        'no-common-tls-version: ',
        { platform: Platform.mongooseIm(), tls: { versions: TlsVersions.TLS_1_3 } },
        { platform: Platform.mongooseIm(), tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } },
      ],
      [
        'another protocol in a template with variables',
        'protocol-mismatch: -proto_dist of a@h1.x.test, a@h2.x.test with old files "inet_tls" differs from that of another node (a@h1.x.test, a@h2.x.test with new files: inet6_tls)',
        { platform: Platform.relxRelease({ template: true }), flags: TEMPLATE_FLAGS },
        { platform: Platform.relxRelease({ template: true, protoDist: 'inet6_tls' }), flags: TEMPLATE_FLAGS },
      ],
      ['the removal of a cluster', 'plan-removes-all-nodes: plan leaves no node', {}, { nodes: [] }],
    ])(
      'finds %s',
      async (_title, says, before, after) => {
        await deploy(before);
        const { exitCode, out } = await checked(after);
        expect(out).toContain(`error: ${says}`);
        expect(exitCode).toBe(1);
      },
      SLOW_MS,
    );

    test(
      'warns if a certificate loses a name, and not if it gains one',
      async () => {
        const named = { nodes: nodes({ additionalDnsNames: ['db.x.test'] }) };
        await deploy(named);
        const { exitCode, out } = await checked({});
        expect([exitCode, out]).toEqual([
          0,
          expect.stringContaining(
            'warning: certificate-name-removed: certificate of a@h1.x.test ["db.x.test"] no longer holds',
          ),
        ]);
        mustSucceed(await deployment.terraform.apply());
        expect((await checked(named)).out).not.toContain('certificate-name-removed');
      },
      SLOW_MS,
    );

    test(
      'lists what is destroyed permanently, and which CA was the last one trusted',
      async () => {
        await deploy({ generations: [trusted('1'), signing('2')] });
        const destroyedIn = async (step: Step): Promise<string[]> =>
          (await checked(step)).out.match(/^ {2}(?:CA's|private).*?(?= {2}tls_)/gm) ?? [];
        expect(await destroyedIn({ generations: [retired('1'), signing('2')] })).toEqual([
          "  CA's private key",
          "  CA's certificate",
        ]);
        expect(await destroyedIn({ generations: [retired('1'), retired('2'), signing('3')] })).toEqual([
          ...["  CA's private key", "  CA's private key"],
          ...["  CA's certificate, the last one trusted", "  CA's certificate, the last one trusted"],
        ]);
      },
      SLOW_MS,
    );

    test(
      'checks two clusters of one stack separately',
      async () => {
        const declareBoth = async (generations: CaGeneration[]): Promise<void> =>
          deployment.declare((stack, target) => {
            new TlsCluster(stack, 'one', propsOf({}, target.path('one')));
            new TlsCluster(stack, 'two', propsOf({ generations, platform: Platform.rabbitMq() }, target.path('two')));
          });
        await declareBoth([signing('1')]);
        const first = await checkedAsDeclared();
        expect([first.exitCode, first.out]).toEqual([0, expect.stringMatching(/^Cluster one:\n[^]*^Cluster two:\n/m)]);
        mustSucceed(await deployment.terraform.apply());

        await declareBoth([retired('1'), signing('2')]);
        const { exitCode, out } = await checkedAsDeclared();
        expect([exitCode, out]).toEqual([1, expect.stringContaining('error: untrusted-by-peer: cluster two: the old')]);
        expect(out).not.toContain('untrusted-by-peer: cluster one');
        expect(out).toContain('Cluster one: 2 nodes and the tools: every pair can connect');
      },
      SLOW_MS,
    );

    test(
      'prints no key',
      async () => {
        await deploy({});
        const { out, err } = await checked({ generations: [retired('1'), signing('2')] });
        expect(out + err).not.toMatch(/PRIVATE KEY-----|BEGIN/);
      },
      SLOW_MS,
    );

    /** Without nodes, nothing at all is declared. */
    async function declare(step: Step): Promise<void> {
      await deployment.declare((stack, target) =>
        step.nodes?.length === 0 ? undefined : new TlsCluster(stack, 'c', propsOf(step, target.outputDirectory)),
      );
    }

    /** Without a guard, so that there is a plan to look at. */
    function propsOf({ generations = [signing('1')], ...props }: Step, outputDirectory: string): TlsClusterProps {
      return {
        platform: Platform.couchDb(),
        otp: OtpRelease.OTP_27,
        nodes: nodes(),
        installDirectory: '/t',
        certificateAuthority: { generations, rollover: { settleMinutes: 0, unsafeWithoutGuard: true } },
        delivery: deliver(outputDirectory),
        ...props,
      };
    }

    async function deploy(step: Step): Promise<void> {
      await declare(step);
      mustSucceed(await deployment.terraform.apply());
    }

    async function checked(step: Step): ReturnType<typeof runCli> {
      await declare(step);
      return checkedAsDeclared();
    }

    async function checkedAsDeclared(): ReturnType<typeof runCli> {
      const { json } = mustSucceed(await deployment.terraform.plan());
      const file = deployment.path('plan.json');
      await writeFile(file, JSON.stringify(json), { mode: 0o600 });
      return runCli(['check-plan', file]);
    }
  });
});

function nodes(first: Partial<TlsClusterNodeProps> = {}): TlsClusterNodeProps[] {
  return [{ name: 'a@h1.x.test', ...first }, { name: 'a@h2.x.test' }];
}

/** Columns of any width with two blanks between them. */
function squeezed(table: string): string {
  return table.replace(/ {2,}/g, '  ');
}
