/**
 * Plans of stacks that make one cluster, with real certificates: each signs for its own nodes with a CA below a root that is in none of them, and
 * whose certificate is only a text there.
 */
import { authority, type Issued, leaf } from '../x509/issued';
import type { PlanJson } from './pretended-terraform';

export const ROOT = authority('Root of couch');
export const NEXT_ROOT = authority('Next root of couch');

/** The CA of one shard, below a root. */
export function shardCa(shard: string, root = ROOT): Issued {
  return authority(`CA of shard ${shard}`, root);
}

/** What a node has at one moment. */
export interface NodeFiles {
  readonly ca: Issued;
  readonly trusts: readonly Issued[];
  /** CAs behind its own certificate. @default - the CA that signed it */
  readonly sends?: readonly Issued[];
}

export interface ShardNode {
  readonly before?: NodeFiles;
  readonly after?: NodeFiles;
  /** Where the chain stands while the certificate is yet to be made. @default - in the text itself */
  readonly chainIn?: 'terraform_data' | 'a function';
}

type Change = PlanJson['resource_changes'][number];

const CLUSTER = 'couch';

/** The plan of a shard, with its nodes by their names. Addresses are the same in each shard. */
export function shardPlan(nodes: Readonly<Record<string, ShardNode>>, directory = 'out'): PlanJson {
  const all = Object.entries(nodes).map(([name, node]) => resourcesOf(name, node, directory));
  const files = all
    .flatMap(({ changes }) => changes.map(({ address }) => address))
    .filter((one) => one.startsWith('local'));
  const witness = `terraform_data.${CLUSTER}_Rollover_Born_919F39B1`;
  return {
    format_version: '1.2',
    timestamp: '2026-06-01T00:00:00Z',
    complete: true,
    resource_changes: [...all.flatMap(({ changes }) => changes), change(witness, { id: '1' }, { id: '1' })],
    configuration: {
      root_module: {
        resources: [
          ...all.flatMap(({ configured }) => configured),
          { address: witness, mode: 'managed', type: 'terraform_data', expressions: {}, depends_on: files },
        ],
      },
    },
  };
}

function resourcesOf(
  name: string,
  { before, after, chainIn }: ShardNode,
  directory: string,
): { readonly changes: readonly Change[]; readonly configured: readonly Record<string, unknown>[] } {
  const id = name.replace(/[^a-z0-9]/g, '');
  const key = `tls_private_key.${id}`;
  const certificate = `tls_locally_signed_cert.${id}`;
  const handover = `terraform_data.${id}_Handover`;
  const old = before && issued(name, before);
  // A node that stays keeps its certificate.
  const isKept = before !== undefined && before.ca === after?.ca;
  const chain = chainOf(after);
  const next = isKept && old !== undefined ? old.key + old.leaf + chain : undefined;
  const end =
    chainIn === 'a function' ? '${file("a.json")}' : chainIn === undefined ? chain : `\${${handover}.input.chain}`;
  const path = (file: string): string => `${directory}/${name}/${file}`;
  return {
    changes: [
      change(
        key,
        old && { id: `key ${name}`, private_key_pem: old.key },
        after && (isKept ? { id: `key ${name}`, private_key_pem: old?.key } : {}),
      ),
      change(
        certificate,
        before && old && { ...signed(before), cert_pem: old.leaf },
        after && { ...signed(after), ...(isKept && { cert_pem: old?.leaf }) },
      ),
      change(handover, undefined, after && { input: { chain } }),
      file('local_file', path('ca.pem'), before && [pemOf(before.trusts)], after && [pemOf(after.trusts)]),
      file(
        'local_sensitive_file',
        path('node.pem'),
        old && before && [old.key + old.leaf + chainOf(before)],
        after && [next],
      ),
      file('local_file', path('ssl_dist.conf'), before && [OPTIONS], after && [OPTIONS]),
    ].filter(({ change: { before: one, after: other } }) => one !== null || other !== null),
    configured: [
      {
        ...{ address: `local_sensitive_file.${slug(path('node.pem'))}`, mode: 'managed', type: 'local_sensitive_file' },
        expressions: {
          content: {
            constant_value: `\${${key}.private_key_pem}\${${certificate}.cert_pem}${end}`,
            references: [
              `${key}.private_key_pem`,
              key,
              `${certificate}.cert_pem`,
              certificate,
              `${handover}.input.chain`,
              handover,
            ],
          },
        },
      },
    ],
  };
}

const OPTIONS =
  '[{server,[{certfile,"/t/node.pem"},{cacertfile,"/t/ca.pem"},{verify,verify_peer},{fail_if_no_peer_cert,true}]},{client,[{certfile,"/t/node.pem"},{cacertfile,"/t/ca.pem"},{verify,verify_peer}]}].\n';

function issued(name: string, { ca }: NodeFiles): { readonly key: string; readonly leaf: string } {
  const { keyPem, certificatePem } = leaf(name.replace(/.*@/, ''), ca);
  return { key: keyPem, leaf: certificatePem };
}

function signed({ ca }: NodeFiles): Record<string, unknown> {
  return { ca_cert_pem: ca.certificatePem, validity_end_time: '2027-01-01T00:00:00Z' };
}

function chainOf(files: NodeFiles | undefined): string {
  return files === undefined ? '' : pemOf(files.sends ?? [files.ca]);
}

function pemOf(authorities: readonly Issued[]): string {
  return authorities.map(({ certificatePem }) => certificatePem).join('');
}

/** A file with its text, which is not known yet while a certificate in it is to be made. */
type Text = readonly [content: string | undefined];

function file(type: string, filename: string, before: Text | undefined, after: Text | undefined): Change {
  const values = ([content]: Text): Record<string, unknown> => ({ filename, file_permission: '0644', content });
  return change(`${type}.${slug(filename)}`, before && values(before), after && values(after));
}

function slug(path: string): string {
  return path.replace(/\W/g, '_');
}

function change(address: string, before: unknown, after: unknown): Change {
  return {
    address,
    mode: 'managed',
    type: address.replace(/\..*/, ''),
    change: { before: before ?? null, after: after ?? null },
  };
}
