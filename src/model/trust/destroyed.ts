import { textOf, textsOf } from './certificates';
import type { TerraformResource } from './terraform-resources';

/** Something that a plan destroys and that cannot be had back. */
export interface Destroyed {
  readonly address: string;
  readonly what: string;
}

const WORTH_A_WORD: ReadonlyMap<string, string> = new Map([
  ['tls_private_key', 'private key'],
  ['tls_self_signed_cert', "CA's certificate"],
]);

/** Keys and CAs that go, also where others take their place. The key of a CA is one whose certificate is self-signed. */
export function destroyed(resources: readonly TerraformResource[]): readonly Destroyed[] {
  const ofCa = new Set(
    resources
      .filter(({ type }) => type === 'tls_self_signed_cert')
      .map(({ before }) => before?.private_key_pem)
      .filter((pem) => typeof pem === 'string'),
  );
  return resources.filter(isGone).flatMap(({ address, type, before }) => {
    const what = WORTH_A_WORD.get(type);
    if (what === undefined) return [];
    return [
      {
        address,
        what: ofCa.has(textOf(before?.private_key_pem) ?? '') && type === 'tls_private_key' ? `CA's ${what}` : what,
      },
    ];
  });
}

function isGone({ before, after }: TerraformResource): boolean {
  return before !== undefined && before.id !== after?.id;
}

/** What a witness of the rollover is called: `terraform_data.<cluster>_Rollover_Trusted-<id>_<hash>`. */
const WITNESS = /^terraform_data\.(.*)_(?:Born|Idle-.*|Trusted-.*)_[0-9A-F]{8}$/;

/**
 * Generations that an earlier deploy knew and the configuration does not name any more. The guard of the plan does not notice the one that
 * was introduced last; here its own witness tells.
 */
export function removedGenerations(resources: readonly TerraformResource[]): readonly string[] {
  const clusters = new Map<string, { known: Set<string>; named: Set<string> }>();
  for (const { address, before, configured } of resources) {
    const cluster = WITNESS.exec(address)?.[1];
    if (cluster === undefined) continue;
    const { known, named } = clusters.get(cluster) ?? { known: new Set(), named: new Set() };
    generationsOf(before?.input).forEach((id) => known.add(id));
    generationsOf(configured.expressions.get('input')?.value).forEach((id) => named.add(id));
    clusters.set(cluster, { known, named });
  }
  return [...clusters.values()].flatMap(({ known, named }) => [...known].filter((id) => !named.has(id)));
}

function generationsOf(input: unknown): readonly string[] {
  return textsOf((input as { generations?: unknown } | null | undefined)?.generations) ?? [];
}
