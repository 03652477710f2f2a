import type { TerraformResource } from '../../terraform/resources';
import { textsOf } from './certificates';

/** What a witness of the rollover is called: `terraform_data.<cluster>_Rollover_Trusted-<id>_<hash>`. By hand, the part before is the user's. */
const WITNESS = /^terraform_data\.(.+?)(?:_Rollover)?_(?:Born|(?:Idle|Phase|Place|Known)-.+|Trusted-(.+))_[0-9A-F]{8}$/;

/** Whose witness this is; undefined where the resource is another one. */
export function witnessOf(address: string): { readonly cluster: string; readonly trusted?: string } | undefined {
  const [, cluster, trusted] = WITNESS.exec(address) ?? [];
  return cluster === undefined ? undefined : { cluster, trusted };
}

/** What the witnesses of one rollover know of its generations. */
export interface GenerationHistory {
  readonly cluster: string;
  /** Ids that an earlier deploy knew and the configuration does not name any more. */
  readonly removed: readonly string[];
  /** Ids that an earlier deploy knew, and that this plan makes a certificate for. */
  readonly reused: readonly string[];
}

/**
 * The guard of the plan asks the witnesses that stay. The one of a generation that was introduced last goes with its id, and the one of trust goes
 * when its generation is retired: here their absence tells.
 */
export function generationHistories(resources: readonly TerraformResource[]): readonly GenerationHistory[] {
  const histories = new Map<string, { known: Set<string>; named: Set<string>; made: Set<string> }>();
  const isMade = new Set(
    resources.filter(({ type, before }) => type === 'tls_self_signed_cert' && before === undefined).map(addressOf),
  );
  for (const { address, before, configured } of resources) {
    const witness = witnessOf(address);
    if (witness === undefined) continue;
    const { cluster, trusted } = witness;
    const history = histories.get(cluster) ?? { known: new Set(), named: new Set(), made: new Set() };
    histories.set(cluster, history);
    generationsOf(before?.input).forEach((id) => history.known.add(id));
    generationsOf(configured.expressions.get('input')?.value).forEach((id) => history.named.add(id));
    const certificates = configured.expressions.get('triggers_replace')?.references ?? [];
    if (trusted !== undefined && certificates.some((one) => isMade.has(one))) history.made.add(trusted);
  }
  return [...histories].map(([cluster, { known, named, made }]) => ({
    cluster,
    // A cluster that goes names nothing, which is no fault of its list.
    removed: named.size === 0 ? [] : [...known].filter((id) => !named.has(id)),
    reused: [...made].filter((id) => known.has(id)),
  }));
}

function addressOf({ address }: TerraformResource): string {
  return address;
}

function generationsOf(input: unknown): readonly string[] {
  return textsOf((input as { generations?: unknown } | null | undefined)?.generations) ?? [];
}
