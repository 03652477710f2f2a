import type { Construct } from 'constructs';

import { checkCall } from '../../../model/api/check-call';
import { ownValue } from '../../../model/api/own-values';
import { checkTextForStore } from '../../../model/deliveries/secret-stores/script-size';
import {
  checkedPrefix,
  SECRET_WRITTEN_TWICE,
  secretName,
  type SecretPlace,
} from '../../../model/deliveries/secret-stores/secret-name';
import type { SecretStoreFacts } from '../../../model/deliveries/secret-stores/stores';
import { refuse } from '../../../model/findings/finding';
import { type TerraformResource, type TerraformResourceLifecycle, TerraformStack } from '../../terraform/cdktf';
import { expression } from '../../terraform/expression';
import { IDS } from '../../terraform/ids';
import { TerraformData } from '../../terraform/terraform-data';
import { concrete, isToken } from '../../terraform/tokens';
import { claimedBefore } from '../claims';
import type { DeliveryResult } from '../delivery';
import type { NodeScript } from '../node-script';
import { checkedId } from '../output';
import { ScriptDelivery, type ScriptDeliveryProps } from '../script-delivery';
import { definePieces } from './pieces';
import { sizeConditions } from './size-conditions';

/** Properties that all secret stores have. */
export interface SecretStoreProps extends ScriptDeliveryProps {
  /**
   * What the names of all secrets of this delivery begin with. The id of the node follows, and `secretName` returns the whole name. Each cluster
   * needs a prefix of its own.
   */
  readonly prefix: string;
  /**
   * Whether Terraform writes the script without keeping it in plans and states. This takes Terraform 1.11 or later, and a provider that has the
   * write-only argument. Terraform then does not see if somebody else changes the secret, which is why it is not the default, and the state has
   * the private keys of the nodes all the same, as long as Terraform makes them (`docs/custody.md`).
   *
   * Also defines a `terraform_data` with the files without their private keys, which `erlang-tls check-plan` reads.
   *
   * @default false
   */
  readonly writeOnly?: boolean;
  /**
   * Provider with its alias, such as `aws.eu`.
   *
   * @default - the provider without an alias
   */
  readonly provider?: string;
}

/** A text that a store takes. */
export interface Secret {
  readonly scope: Construct;
  readonly id: string;
  readonly name: string;
  /** Whether it may contain a private key. */
  readonly isConfidential: boolean;
  readonly lifecycle: TerraformResourceLifecycle;
  /** The argument of the resource that takes the text: `value`, or `value_wo` and `value_wo_version`. */
  readonly valueAs: (argument: string, written?: (text: string) => string) => Readonly<Record<string, unknown>>;
}

/** What is special about a store. */
export interface SecretStoreDefinition {
  readonly facts: SecretStoreFacts;
  readonly props: SecretStoreProps;
  /** What the names of secrets are unique in, beside the provider: a key vault, a project, a mount. */
  readonly container?: string;
  /** Defines a secret. The result is the resource that contains the text. */
  readonly define: (secret: Secret) => TerraformResource;
}

/** A delivery that puts the script of each node into a secret store, from which the node fetches it. `docs/secret-stores.md` has the program that does so. */
export class SecretStore extends ScriptDelivery {
  /** @internal */
  public static _of(definition: SecretStoreDefinition): SecretStore {
    return new SecretStore(definition);
  }

  private readonly prefix: string;

  private constructor(private readonly definition: SecretStoreDefinition) {
    super({ owner: definition.props.owner });
    this.prefix = checkedPrefix(definition.facts, concrete('prefix', definition.props.prefix));
  }

  /**
   * Name of the secret with the script of a node: what the node fetches, and what it has to be allowed to read.
   *
   * @param nodeId Id of the node, which is its name if it has none, or `"tools"`.
   * @param shard Id of its shard. Absent if the cluster has no shards.
   */
  public secretName(nodeId: string, shard?: string): string {
    checkCall('SecretStore.secretName', nodeId, shard);
    return secretName(this.definition.facts, this.placeOf(shard), checkedId(nodeId));
  }

  protected deliverScript(scope: Construct, script: NodeScript): DeliveryResult {
    const { facts, props, define } = this.definition;
    const { nodeId, shard } = script;
    const place = this.placeOf(shard);
    const name = this.secretName(nodeId, shard);
    this.claim(scope, name);
    checkTextForStore(facts, `script of ${nodeId}`, script._fullHead);
    const names = facts.isDivided ? definePieces(scope, script, place, this.definition) : undefined;
    const text = names === undefined ? script.content : `${script.head}${names}`;
    const isWriteOnly = props.writeOnly === true;
    const resource = define({
      ...{ scope, id: IDS.SECRET, name, isConfidential: true },
      lifecycle: { precondition: sizeConditions(scope, script, facts, names) },
      valueAs: (argument, written = (one) => one) =>
        isWriteOnly
          ? { [`${argument}_wo`]: written(text), [`${argument}_wo_version`]: versionOf(script.checksum) }
          : { [argument]: written(text) },
    });
    const input = { script: script.publicContent };
    const manifests = isWriteOnly ? [new TerraformData(scope, IDS.MANIFEST, { input, dependsOn: [resource] })] : [];
    return ownValue('DeliveryResult', { outputs: [], resources: [resource, ...manifests] });
  }

  private placeOf(shard: string | undefined): SecretPlace {
    return { prefix: this.prefix, shard: shard && checkedId(shard) };
  }

  private claim(scope: Construct, name: string): void {
    const { facts, props, container = '' } = this.definition;
    const key = JSON.stringify([facts.name, props.provider, container, name.toLowerCase()]);
    const other = claimedBefore(TerraformStack.of(scope), scope, key, name);
    if (other === undefined) return;
    refuse(SECRET_WRITTEN_TWICE, { subject: 'secret', got: name, detail: `${other.by} writes it` });
  }
}

/** A number that changes whenever the script does. Providers for processors with 32 bits take no larger one. */
function versionOf(checksum: string): string | number {
  if (!isToken(checksum)) return Number.parseInt(checksum.slice(0, VERSION_DIGITS), 16);
  return expression(`parseint(substr(${checksum}, 0, ${VERSION_DIGITS}), 16)`);
}

const VERSION_DIGITS = 7;
