/** The deliveries that `docs/write-a-delivery.md` shows, compiled and run: Terraform's own resource stands in for those of Consul and Nomad. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readRepository } from '../contract/repository';
import { blocksOf, FRAGMENT, PROGRAM, type Snippet, synthesize } from '../contract/snippets';
import { codesOf } from '../support/cli/run-cli';
import { judgedTogether } from '../support/plans/judged-plan';
import { requires } from '../support/programs/requires';
import { mustSucceed, prepareProviders, TerraformDirectory } from '../support/terraform';

const SLOW_MS = 120_000;
const [page] = readRepository('docs/write-a-delivery.md');
const blocks = page === undefined ? [] : blocksOf(page);
const [program] = blocks.filter(({ info }) => info === PROGRAM) as [Snippet];
const [fragment] = blocks.filter(({ info }) => info === FRAGMENT) as [Snippet];

/** The text with one part replaced, which has to be there. */
function replaced(text: string, part: string | RegExp, by: string): string {
  const changed = text.replace(part, () => by);
  if (changed === text) throw new Error(`the page has no ${String(part)}`);
  return changed;
}

const ofConsul = replaced(
  replaced(program.text, `'consul_keys'`, `'terraform_data'`),
  /'key', \[(\{.*), delete: true \}\]\);/,
  `'input', { path: \`erlang-tls/\${script.nodeId}\`, value: script.content });`,
);

/** The same program with the class of the other form. */
const nomadClass = fragment.text
  .slice(0, fragment.text.indexOf('new TlsCluster'))
  .replace("'nomad_variable'", "'terraform_data'")
  .replace("'path',", "'triggers_replace',")
  .replace("'items',", "'input',");

/** The same program with the class of the other form. */
const ofNomad = replaced(
  replaced(program.text, /class ConsulDelivery[\s\S]*?\n\}\n/, nomadClass),
  /new ConsulDelivery\(.*\)/,
  'new NomadDelivery()',
);

requires('terraform', 'go')('the deliveries that the page shows', () => {
  let terraform: TerraformDirectory;

  beforeAll(async () => {
    terraform = await TerraformDirectory.create(await prepareProviders());
  }, SLOW_MS);

  afterAll(() => terraform?.remove());

  test(
    'a script by any resource: installed from standard input, read by check-plan, and empty at the second plan',
    async () => {
      await terraform.write(synthesize({ ...program, text: ofConsul }));
      mustSucceed(await terraform.init());
      mustSucceed(await terraform.apply());
      expect((await terraform.plan()).hasChanges).toBe(false);

      const { values } = await terraform.show();
      const scripts = (values?.root_module.resources ?? []).flatMap(({ values: { input } }) => {
        const { path, value } = (input ?? {}) as { path?: string; value?: string };
        return path === undefined || value === undefined ? [] : [{ path, value }];
      });
      const ids = ['app1', 'app2', 'app3'].map((host) => `app@${host}.example.com`);
      expect(scripts.map(({ path }) => path).sort()).toEqual([...ids, 'tools'].map((id) => `erlang-tls/${id}`));
      for (const [index, id] of ids.entries()) {
        const { value: script = '' } = scripts.find(({ path }) => path.endsWith(id)) ?? {};
        const root = join(terraform.path, `node${index}`);
        install(script, root);
        expect(readdirSync(join(root, 'etc/app/tls')).sort()).toEqual(
          expect.arrayContaining(['ca.pem', 'node.pem', 'vm.args']),
        );
        expect(readFileSync(join(root, 'etc/app/tls/node.pem'), 'utf8')).toContain('PRIVATE KEY');
      }
      const roots = ids.map((_id, index) => join(terraform.path, `node${index}`, 'etc/app/tls'));
      expect(await codesOf(['check', ...roots, '--user=root'])).toEqual([]);

      const [address = ''] = (await terraform.stateList()).filter(
        (one) => one.includes('app1') && one.includes('signed_cert'),
      );
      const { json } = await terraform.plan({ args: [`-replace=${address}`] });
      const { clusters, findings } = judgedTogether(json);
      expect(findings).toEqual([]);
      expect(clusters.flatMap(({ members }) => members).map(({ name }) => name)).toEqual([...ids, 'tools']);
    },
    SLOW_MS,
  );

  test(
    'each file by itself: Terraform has every file, and check-plan says that it cannot read them',
    async () => {
      await terraform.write(synthesize({ ...program, text: ofNomad }));
      const { json } = await terraform.plan();
      const planned = (json?.resource_changes ?? []).map(({ change }) => change.after?.input ?? {});
      expect(planned.flatMap((input) => Object.keys(input))).toEqual(expect.arrayContaining(['ca_pem', 'node_pem']));
      const codes = judgedTogether(json).findings.map(({ code }) => code);
      // The nodes are there before this deploy, by the script.
      expect(codes).toContain('delivery-not-read');
    },
    SLOW_MS,
  );
});

/** As the command of the page does it, below a root of its own. */
function install(script: string, root: string): void {
  execFileSync('install', ['-d', '-m', '0755', join(root, 'etc/app')]);
  execFileSync('sh', ['-s', '--', '--root', root, '--owner', 'root'], {
    input: script,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
