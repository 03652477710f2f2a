import type { TerraformResource } from '../../terraform/resources';
import { textsOf } from './certificates';

/**
 * Address of a witness of a rollover: `terraform_data.<cluster>_Rollover_Trusted-<id>_<hash>`. For a `CaRollover` outside a `TlsCluster`,
 * the user chooses the part before `_Trusted`.
 */
const WITNESS =
  /^terraform_data\.(.+?)(?:_Rollover)?_(?:Delivered|Born|(?:Idle|Phase|Place|Known)-.+|Trusted-(.+))_[0-9A-F]{8}$/;

/** Cluster and generation of a witness, or of what stands for all deliveries. Absent for other resources. */
export function witnessOf(address: string): { readonly cluster: string; readonly trusted?: string } | undefined {
  const [, cluster, trusted] = WITNESS.exec(address) ?? [];
  return cluster === undefined ? undefined : { cluster, trusted };
}

/** The history of the generations of one cluster, from the witnesses of its rollover. */
export interface GenerationHistory {
  readonly cluster: string;
  /** Ids of earlier deploys that are no longer in the configuration. */
  readonly removed: readonly string[];
  /** Ids of earlier deploys for which this plan creates a certificate. */
  readonly reused: readonly string[];
}

/**
 * The guard in the plan can read only witnesses that remain. The witness of the last generation is destroyed with its id, and the witness
 * of trust is destroyed when its generation is retired. This function finds both cases.
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
    // A cluster that is removed has no ids, which is not a removal from its list.
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
