import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { AUTHORITY } from '../../model/cluster/shard';
import { describe, finding } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { ROOT_CA_USES } from '../../model/pki/certificate-uses';
import { HANDOVER_FOREIGN, HANDOVER_OUTDATED, SHARDS_CHANGED_RECENTLY } from '../../model/pki/handover';
import { GENERATION_IN_USE, GENERATION_NOT_TRUSTED_YET } from '../../model/pki/rollover-guard';
import { CERTIFICATE_EXPIRES_SOON } from '../../model/rules/certificates/validity';
import { defineAlarms, generationKey } from '../cluster/cluster-alarms';
import { rootCommonName } from '../cluster/cluster-spec';
import { CertificateAuthority } from '../issuers/certificate-authority';
import type { IssuedCertificate } from '../issuers/issuer';
import { isOver } from '../issuers/rollover-conditions';
import { type RolloverStep, RolloverWitnesses } from '../issuers/rollover-witnesses';
import { Fn, Op, type Precondition, TerraformStack } from '../terraform/cdktf';
import type { Condition } from '../terraform/condition';
import { IDS } from '../terraform/ids';
import { report, within } from '../terraform/report';
import { TerraformData } from '../terraform/terraform-data';
import { HandoverFile } from './handover-file';
import { shardCaLifetime, shardCaSubject } from './shard-ca';
import { ROOT_CA, type ShardedCluster } from './sharded-cluster';

/** Properties of `TlsClusterAuthority`. */
export interface TlsClusterAuthorityProps {
  /** The cluster whose root CA it is. */
  readonly cluster: ShardedCluster;
}

/**
 * The root CA of a sharded cluster, in a stack of its own. It signs the CAs of the shards and hands over what is public: the root certificates and
 * the certificates of the shards' CAs.
 *
 * Defines: a `CertificateAuthority`, one `tls_locally_signed_cert` for each shard and generation that signs, one `local_file`, the witnesses and the
 * guard of a rollover, which sees all shards, and a `check` block. The state contains the keys of the root CA, and no key of a shard or a node.
 */
export class TlsClusterAuthority extends Construct {
  /** The root CA. */
  public readonly certificateAuthority: CertificateAuthority;
  /** The `terraform_data` resource with the conditions of a rollover. Absent with `unsafeWithoutGuard`. */
  public readonly guardResource?: Construct;
  /** The `local_file` in the hand-over directory. */
  public readonly handoverResource: Construct;

  private readonly cluster: ShardedCluster;
  private readonly handoverScope: Construct;
  private readonly signedScope: Construct;
  private readonly files: ReadonlyMap<string, HandoverFile>;

  public constructor(scope: Construct, id: string, props: TlsClusterAuthorityProps) {
    super(scope, id);
    within(this, () => checkCall('new TlsClusterAuthority', props));
    const { cluster } = props;
    this.cluster = cluster;
    this.handoverScope = new Construct(this, IDS.HANDOVER);
    this.signedScope = new Construct(this, IDS.SIGNED);
    within(this, () => cluster._placed(ROOT_CA, TerraformStack.of(this)));
    report(this, cluster._plan.findings);
    const { rollover, ...authority } = cluster._props.certificateAuthority ?? {};
    this.certificateAuthority = new CertificateAuthority(this, IDS.CERTIFICATE_AUTHORITY, {
      ...authority,
      commonName: rootCommonName(cluster._props),
    });
    this.files = new Map(cluster.members.map((one) => [one, new HandoverFile(this, cluster._handoverDirectory, one)]));

    const signed = [...this.files].flatMap(([shard, file]) => this.signShard(shard, file));
    this.handoverResource = this.handOver(signed);
    const witnesses = new RolloverWitnesses(new Construct(this, IDS.ROLLOVER), this.certificateAuthority._watched, {
      ...rollover,
      deliveries: [this.handoverResource],
      elsewhere: (step, generation, settle) =>
        [...this.files].flatMap(([shard, file]) => this.elsewhere(shard, file, step, generation, settle)),
    });
    this.guardResource = witnesses.guard();
    this.defineAlarms(signed);
  }

  private signShard(shard: string, file: HandoverFile): SignedShard[] {
    const { cluster } = this;
    const signers = cluster._signersIn(shard);
    const handed = new TerraformData(this.handoverScope, shard, {
      input: Object.fromEntries(signers.map((id) => [request(id), file.text('generations', id, 'request')])),
      lifecycle: { precondition: this.handedOver(shard, file, signers) },
    });
    const scope = new Construct(this.signedScope, shard);
    return signers.map((generation) => {
      const lifetime = within(this, () =>
        shardCaLifetime(shard, cluster._generation(generation), cluster._props.certificateAuthority ?? {}),
      );
      const order = {
        subject: `CA of shard "${shard}"`,
        requestPem: handed.text(request(generation)),
        commonName: shardCaSubject(cluster.name, shard),
        isCertificateAuthority: true,
        uses: [...ROOT_CA_USES],
        ...lifetime,
      };
      const issued = this.certificateAuthority.issuer(generation).issue(new Construct(scope, generation), order);
      return {
        shard,
        generation,
        issued,
        requestPem: order.requestPem,
        alarmHours: Math.floor(lifetime.earlyRenewalHours / 2),
      };
    });
  }

  private handedOver(shard: string, file: HandoverFile, signers: readonly string[]): Precondition[] {
    const { name } = this.cluster;
    const isOwn = Op.and(Op.eq(file.text('cluster'), name), Op.eq(file.text('shard'), shard));
    return [
      file.required(`the stack of shard "${shard}"`),
      file.must(HANDOVER_FOREIGN, `it is not of shard "${shard}" of cluster "${name}"`, isOwn),
      ...signers.flatMap((id) => [
        file.must(
          HANDOVER_OUTDATED,
          `it has no request for CA generation "${id}"; deploy shard "${shard}" before, with that generation as trusted`,
          file.has('generations', id, 'request'),
        ),
        file.must(
          HANDOVER_FOREIGN,
          `its CA generation "${id}" has another root certificate`,
          // A file without a request has no root certificate either, and is refused as outdated.
          Op.or(
            Op.not(file.has('generations', id, 'request')),
            Op.eq(file.text('generations', id, 'root'), Fn.sha256(this.certificateAuthority.generation(id).trustPem)),
          ),
        ),
      ]),
    ];
  }

  private handOver(signed: readonly SignedShard[]): Construct {
    const { cluster, certificateAuthority } = this;
    const { trusted, retired } = cluster._generations;
    const chains = cluster._generations.ids.map((id): [string, object] => {
      const ofGeneration = signed.filter(({ generation }) => generation === id);
      const parts = ofGeneration.map(({ shard, issued: { certificatePem, chainPem = '' }, requestPem }) => {
        return [shard, { certificate: `${certificatePem}${chainPem}`, request: Fn.sha256(requestPem) }];
      });
      return [id, Object.fromEntries(parts) as object];
    });
    const generations = [
      ...trusted.map(({ id, phase }) => [id, { phase, root: certificateAuthority.generation(id).trustPem }]),
      ...retired.map(({ id, phase }) => [id, { phase }]),
    ];
    return new HandoverFile(this, cluster._handoverDirectory, AUTHORITY).write(this, IDS.HANDOVER_FILE, {
      cluster: cluster.name,
      members: cluster.members.join(','),
      generations: Object.fromEntries(generations) as object,
      chains: Object.fromEntries(chains) as object,
    });
  }

  /** The conditions of a step in the state of one shard, as its file shows them. */
  private elsewhere(
    shard: string,
    file: HandoverFile,
    step: RolloverStep,
    generation: string,
    settle: string,
  ): Precondition[] {
    const detail = `shard "${shard}" does not show it in ${file.shown}; long enough is ${settle} here`;
    const message = (code: Rule, subject: string, got: string): string =>
      describe(finding(code, { subject, got, detail }));
    const settled = (...keys: readonly string[]): Condition =>
      Fn.try([isOver(file.text(...keys), settle), false]) as Condition;
    const ofStep = {
      signing: {
        condition: settled('generations', generation, 'trusted'),
        errorMessage: message(GENERATION_NOT_TRUSTED_YET, 'CA generation', generation),
      },
      retired: {
        // A generation that the shard has never heard of has never signed there.
        condition: Op.or(
          Op.not(file.has('generations', generation, 'phase')),
          settled('generations', generation, 'idle'),
        ),
        errorMessage: message(GENERATION_IN_USE, 'CA generation', generation),
      },
    };
    const sameMembers = Op.eq(file.text('members'), this.cluster.members.join(','));
    return [
      ofStep[step],
      {
        condition: Op.and(sameMembers, settled('membersSince')),
        errorMessage: message(SHARDS_CHANGED_RECENTLY, 'shard', shard),
      },
    ];
  }

  private defineAlarms(signed: readonly SignedShard[]): void {
    const generations = this.certificateAuthority.trustedGenerations;
    const ofRoots = this.cluster._plan.alarms.filter(({ of }) => 'generation' in of);
    const owner = ({ shard, generation }: SignedShard): string => `CA of shard "${shard}", generation "${generation}"`;
    const ofShards = signed.map((one) => ({
      rule: CERTIFICATE_EXPIRES_SOON,
      subject: owner(one),
      of: { member: owner(one) },
      hours: one.alarmHours,
    }));
    defineAlarms(
      this,
      [...ofRoots, ...ofShards],
      [
        ...generations.map(({ node, expiresAt }) => [generationKey(node.id), expiresAt] as const),
        ...signed.map((one) => [owner(one), one.issued.expiresAt] as const),
      ],
    );
  }
}

/** The certificate of a shard's CA in one generation. */
interface SignedShard {
  readonly shard: string;
  readonly generation: string;
  readonly issued: IssuedCertificate;
  readonly requestPem: string;
  readonly alarmHours: number;
}

function request(generation: string): string {
  return `request_${generation}`;
}
