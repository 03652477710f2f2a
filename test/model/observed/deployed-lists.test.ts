import { deployedNodes } from '../../../src/model/observed/terraform/deployed-nodes';
import { NOT_CONFIGURED, type TerraformResource } from '../../../src/model/terraform/resources';

const OPTIONS = '[{client,[{cacertfile,"/t/ca.pem"},{crl_cache,{ssl_crl_hash_dir,{internal,[{dir,"/t/crls"}]}}}]}].\n';

function written(filename: string, content: string): TerraformResource {
  const values = { filename, content, file_permission: '0644' };
  return { address: `local_file.${filename}`, type: 'local_file', before: values, configured: NOT_CONFIGURED };
}

test('lists in a directory below that of a node belong to the node, and other directories do not', () => {
  const nodes = deployedNodes([
    written('out/a@h/ca.pem', 'CA'),
    written('out/a@h/ssl_dist.conf', OPTIONS),
    written('out/a@h/crls/01234567.r0', 'LIST'),
    written('out/a@h/other/01234567.r1', 'OTHER'),
  ]);
  expect(nodes.map(({ label }) => label)).toEqual(['a@h']);
  const found = [...(nodes[0]?.filesIn('/t/crls') ?? [])];
  expect(found.map(([name, { bytes }]) => [name, new TextDecoder().decode(bytes)])).toEqual([['01234567.r0', 'LIST']]);
});
