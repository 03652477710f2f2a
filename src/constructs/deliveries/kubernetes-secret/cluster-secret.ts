import type { Construct } from 'constructs';

import { SECRET_DECLARED_TWICE, secretName } from '../../../model/deliveries/kubernetes-secret/names';
import {
  LARGEST_SECRET,
  leastBytes,
  mayBeTooLarge,
  SECRET_TOO_LARGE,
  type SizedFile,
} from '../../../model/deliveries/kubernetes-secret/size';
import type { NodeFile } from '../../../model/files/node-file';
import { describe, finding, refuse } from '../../../model/findings/finding';
import { type Precondition, TerraformStack } from '../../terraform/cdktf';
import { expression } from '../../terraform/expression';
import { IDS } from '../../terraform/ids';
import { PlainResource } from '../../terraform/plain-resource';
import { sortedRecord } from '../../terraform/sorted-record';
import { concrete, isToken, splitAtTokens } from '../../terraform/tokens';
import { claimedBefore } from '../claims';

/** Properties of the Secret, apart from its files. */
export interface ClusterSecretProps {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly immutable?: boolean;
  readonly provider?: string;
}

/** A Secret to which one node after the other adds its files. They are written at synth. */
export class ClusterSecret extends PlainResource {
  /** Name in Kubernetes. */
  public readonly name: string;

  private readonly data = new Map<string, string>();
  private readonly sizes: SizedFile[] = [];
  private leastBytes = 0;

  public constructor(scope: Construct, props: ClusterSecretProps) {
    const { namespace, labels, annotations, immutable, provider } = props;
    const name = isToken(props.name) ? props.name : secretName(props.name);
    claimName(scope, [provider, namespace, name].join(' '), name);
    super(scope, IDS.KUBERNETES_SECRET, {
      type: 'kubernetes_secret_v1',
      provider: concrete('provider', provider),
      attributes: { metadata: { namespace, name, labels, annotations }, type: 'Opaque', immutable },
    });
    this.name = name;
  }

  /** Adds a file, unless what the Secret holds is then too large for Kubernetes. */
  public add(key: string, { content, sensitive }: NodeFile): void {
    const parts = splitAtTokens(content);
    const knownBytes = Buffer.byteLength(parts.filter((part) => !isToken(part)).join(''));
    const size = { knownBytes, unknownTexts: parts.filter(isToken).length, sensitive };
    this.sizes.push(size);
    this.data.set(key, content);
    this.leastBytes += leastBytes(size);
    if (this.leastBytes > LARGEST_SECRET) refuse(SECRET_TOO_LARGE, this.evidence(`at least ${this.leastBytes} bytes`));
  }

  /** The condition on the size needs all files. */
  public override toTerraform(): object {
    if (mayBeTooLarge(this.sizes)) this.lifecycle = { ...this.lifecycle, precondition: [this.isSmallEnough()] };
    return super.toTerraform() as object;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...super.synthesizeAttributes(), data: sortedRecord(this.data) };
  }

  /** PEM texts are ASCII, so that their characters are bytes. */
  private isSmallEnough(): Precondition {
    const known = this.sizes.reduce((sum, { knownBytes }) => sum + knownBytes, 0);
    const texts = Object.values(sortedRecord(this.data)).flatMap(splitAtTokens).filter(isToken);
    return {
      condition: expression(`${known} + length(join("", [${texts.join(', ')}])) <= ${LARGEST_SECRET}`),
      errorMessage: describe(finding(SECRET_TOO_LARGE, this.evidence())),
    };
  }

  private evidence(detail?: string): { subject: string; got: string; detail?: string } {
    return { subject: 'Secret', got: this.node.path, detail };
  }
}

/** Kubernetes refuses to create a Secret that is there, and the apply fails. */
function claimName(scope: Construct, place: string, name: string): void {
  const other = claimedBefore(TerraformStack.of(scope), scope, `Secret ${place}`, name);
  if (other !== undefined)
    refuse(SECRET_DECLARED_TWICE, { subject: 'Secret', got: name, detail: `${other.by} writes it` });
}
