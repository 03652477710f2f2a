import { Construct } from 'constructs';

import { checkCanSign, type GenerationPlan } from '../../model/pki/generation-plan';
import { HANDOVER_FOREIGN, HANDOVER_OF_ANOTHER_KEY, HANDOVER_OUTDATED } from '../../model/pki/handover';
import { KeyAlgorithm } from '../../model/pki/key-algorithm';
import { intermediateLifetime, type Lifetime, ROOT_CA_VALIDITY_HOURS } from '../../model/pki/lifetime';
import { commonName } from '../../model/pki/subject-names';
import type { ClusterIssuer } from '../cluster/cluster-members';
import type { CaGeneration, DeclaredGeneration } from '../issuers/ca-generation';
import type { CertificateAuthorityOptions } from '../issuers/certificate-authority';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate, TrustMaterial } from '../issuers/issuer';
import { signRequest } from '../issuers/tls-provider-signing';
import { WatchedGenerations } from '../issuers/watched-generations';
import { CertRequest, Fn, Op, type Precondition, PrivateKey } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { privateKeyConfig } from '../terraform/private-key-config';
import { within } from '../terraform/report';
import { TerraformData } from '../terraform/terraform-data';
import { concrete } from '../terraform/tokens';
import { AUTHORITY_STACK, type HandoverFile } from './handover-file';

/** Properties of `ShardCa`. */
export interface ShardCaProps {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Id of the shard. */
  readonly shard: string;
  /** The ids of all member shards. Absent while this one is joining. */
  readonly members?: readonly string[];
  readonly generations: GenerationPlan<DeclaredGeneration>;
  /** Id of the generation that signs. */
  readonly signing: string;
  /** The options of the root CA, which its intermediate CAs have too. */
  readonly options: CertificateAuthorityOptions;
  /** Ids of the generations that sign for nodes of this shard. */
  readonly signers: readonly string[];
  /** What the stack of the root CA hands over. */
  readonly authority: HandoverFile;
}

/** The common name of a shard's CA. */
export function shardCaSubject(cluster: string, shard: string): string {
  return commonName(`${cluster} shard ${shard} CA`, `CA of shard "${shard}"`);
}

/** The lifetime of the certificate of a shard's CA in one generation. */
export function shardCaLifetime(
  shard: string,
  { validityHours }: CaGeneration,
  options: CertificateAuthorityOptions,
): Lifetime {
  const hours = concrete('validityHours', validityHours ?? options.validityHours ?? ROOT_CA_VALIDITY_HOURS);
  return intermediateLifetime(`CA of shard "${shard}"`, hours);
}

/**
 * The intermediate CA of a shard: a key and a request for each generation. The stack of the root CA signs the requests. Nodes trust the roots alone,
 * and present the certificate of this CA with their own.
 */
export class ShardCa extends Construct implements ClusterIssuer {
  public readonly commonName: string;
  public readonly trust: TrustMaterial;
  public readonly watched: WatchedGenerations;

  /** A sharded cluster always has a generation that signs. */
  public readonly canSign = true;

  private readonly keys: ReadonlyMap<string, ShardKey>;
  private readonly handed: TerraformData;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ShardCaProps,
  ) {
    super(scope, id);
    const { trusted } = props.generations;
    this.commonName = shardCaSubject(props.cluster, props.shard);
    this.keys = new Map(trusted.map(({ id: one, declared }) => [one, this.define(declared)]));
    this.handed = this.read();
    this.trust = { bundlePem: trusted.map((one) => this.handed.text(root(one.id))).join('') };
    this.watched = new WatchedGenerations(props.generations, (one) => this.rootChecksum(one));
    for (const signer of props.signers) this.watched.signs(signer);
  }

  /** The request for the certificate of a generation. */
  public requestPem(generation: string): string | undefined {
    return this.keys.get(generation)?.request.certRequestPem;
  }

  /** Checksum of the root certificate of a generation, which tells one root CA from another. */
  public rootChecksum(generation: string): string {
    return Fn.sha256(this.handed.text(root(generation)));
  }

  public issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    return this.issuer(this.props.signing).issue(scope, order);
  }

  public issuer(generationId: string): ICertificateIssuer {
    const { commonName, trust } = this;
    within(this, () => {
      checkCanSign(generationId, this.props.generations);
      this.watched.signs(generationId);
    });
    const { key, lifetime } = this.keys.get(generationId) ?? neverDefined(generationId);
    const chainPem = this.handed.text(chain(generationId));
    const signer = {
      certificatePem: chainPem,
      chainPem,
      key: { pem: key.privateKeyPem },
      // A certificate of its last renewal period is valid for at least so long.
      validityHours: lifetime.earlyRenewalHours,
    };
    return { commonName, trust, issue: (scope, order) => signRequest(scope, order, signer) };
  }

  private define(generation: CaGeneration): ShardKey {
    const { options, shard } = this.props;
    const scope = new Construct(this, generation.id);
    const algorithm = generation.keyAlgorithm ?? options.keyAlgorithm ?? KeyAlgorithm.ECDSA_P256;
    const key = new PrivateKey(scope, IDS.PRIVATE_KEY, privateKeyConfig(algorithm));
    const request = new CertRequest(scope, IDS.REQUEST, {
      privateKeyPem: key.privateKeyPem,
      subject: [{ commonName: this.commonName, organizationalUnit: `generation ${generation.id}` }],
    });
    return { key, request, lifetime: within(this, () => shardCaLifetime(shard, generation, options)) };
  }

  /** What has been handed over, read once. What depends on it is planned only if all conditions hold. */
  private read(): TerraformData {
    const { authority, shard, signers, generations } = this.props;
    const roots = generations.trusted.map(({ id }) => [root(id), authority.text('generations', id, 'root')]);
    const chains = signers.map((id) => [chain(id), authority.text('chains', id, shard, 'certificate')]);
    return new TerraformData(this, IDS.HANDOVER, {
      input: Object.fromEntries(this.props.members === undefined ? roots : [...roots, ...chains]) as Record<
        string,
        string
      >,
      lifecycle: { precondition: this.conditions() },
    });
  }

  private conditions(): Precondition[] {
    const { authority, cluster, shard, members, signers, generations } = this.props;
    const ofCluster = authority.must(
      HANDOVER_FOREIGN,
      `it is not of cluster "${cluster}"`,
      Op.eq(authority.text('cluster'), cluster),
    );
    const phases = [...generations.trusted, ...generations.retired].map(({ id, phase }) =>
      authority.must(
        HANDOVER_OUTDATED,
        `CA generation "${id}" is not ${phase} there`,
        Op.eq(authority.text('generations', id, 'phase'), phase),
      ),
    );
    const always = [authority.required(AUTHORITY_STACK), ofCluster, ...phases];
    if (members === undefined) return always;
    return [
      ...always,
      authority.must(
        HANDOVER_OUTDATED,
        `the members are not ${members.join(', ')} there`,
        Op.eq(authority.text('members'), members.join(',')),
      ),
      ...signers.flatMap((id) => [
        authority.must(
          HANDOVER_OUTDATED,
          `it has no certificate of CA generation "${id}" for shard "${shard}"`,
          authority.has('chains', id, shard, 'certificate'),
        ),
        authority.must(
          HANDOVER_OF_ANOTHER_KEY,
          `CA generation "${id}"`,
          Op.eq(authority.text('chains', id, shard, 'request'), Fn.sha256(this.requestPem(id) ?? '')),
        ),
      ]),
    ];
  }
}

interface ShardKey {
  readonly key: PrivateKey;
  readonly request: CertRequest;
  readonly lifetime: Lifetime;
}

function neverDefined(generation: string): never {
  throw new Error(`no key of generation ${generation}`);
}

function root(generation: string): string {
  return `root_${generation}`;
}

function chain(generation: string): string {
  return `chain_${generation}`;
}
