/**
 * What the checks are given for many nodes, without Terraform and without waiting for it: a cluster of one node is synthesized, and its node is
 * repeated under other names. Each node has a key and a certificate of its own, so that none can be judged by looking at another one.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { type CaGeneration, Delivery } from 'cdktf-erlang-tls';

import { cluster, signing, trusted } from '../../test/support/plans/judged-plan';
import { type Define, planAfter, type PlanJson } from '../../test/support/plans/pretended-terraform';
import { authority, type Issued, leaf } from '../../test/support/x509/issued';

/** One line for each delivery. */
const DELIVERIES = {
  'local files': Delivery.localFiles({ outputDirectory: 'out' }),
  'install scripts': Delivery.installScript({ outputDirectory: 'out' }),
};

export type Way = keyof typeof DELIVERIES;

export const WAYS = Object.keys(DELIVERIES) as Way[];

/** The node that is repeated: nothing but its name has this text. */
const MODEL = 'h000000';
const DOMAIN = 'x.test';

const models = new Map<Way, PlanJson>();

/** A step of a cluster of one node that changes every trust bundle, synthesized once. */
function modelOf(way: Way): PlanJson {
  const step = (...generations: CaGeneration[]): Define =>
    cluster({ nodes: [{ name: `a@${MODEL}.${DOMAIN}` }], delivery: DELIVERIES[way], generations });
  const model = models.get(way) ?? planAfter(step(signing('1')), step(signing('1'), trusted('2')));
  models.set(way, model);
  return model;
}

/** The same step of a cluster of many nodes, and the state before it. */
export class ManyNodes {
  private readonly plan: PlanJson;
  /** The CA of a pretended certificate or key, by its text. */
  private readonly authorities: ReadonlyMap<string, Issued>;
  private readonly signer: Issued;
  private readonly tools: Issued;

  constructor(
    private readonly count: number,
    way: Way,
  ) {
    this.plan = modelOf(way);
    this.signer = authority('CA 1');
    this.tools = leaf('tools', this.signer);
    this.authorities = authoritiesIn(this.plan, this.signer);
  }

  /** Writes what Terraform writes for every node. */
  writeFiles(directory: string): void {
    for (const { change } of this.repeated(this.plan.resource_changes)) {
      const { filename, content, file_permission: mode } = (change.before ?? {}) as Record<string, string>;
      if (filename === undefined || content === undefined || mode === undefined) continue;
      const path = join(directory, filename.replace(/^.*\bout\//, ''));
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, content, { mode: Number.parseInt(mode, 8) });
    }
  }

  planJson(): string {
    const { resources } = this.plan.configuration.root_module;
    return JSON.stringify({
      ...this.plan,
      complete: true,
      resource_changes: [...this.repeated(this.plan.resource_changes)],
      configuration: {
        root_module: { resources: [...this.repeated(resources)].map((one) => this.dependingOnAll(one)) },
      },
    });
  }

  stateJson(): string {
    const resources = [...this.repeated(this.plan.resource_changes)].flatMap(({ address, mode, type, change }) =>
      change.before === null ? [] : [{ address, mode, type, values: change.before }],
    );
    return JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } });
  }

  /** What belongs to the model once for each node, after everything else. */
  private *repeated<T extends { address?: unknown }>(resources: readonly T[]): Iterable<T> {
    const isOfNode = ({ address }: T): boolean => String(address).includes(MODEL);
    for (const one of resources) if (!isOfNode(one)) yield this.withPem(one, 0, this.tools);
    const ofNode = resources.filter(isOfNode);
    for (const index of this.indices()) {
      const own = leaf(`${hostOf(index)}.${DOMAIN}`, this.signer);
      for (const one of ofNode) yield this.withPem(one, index, own);
    }
  }

  private withPem<T>(resource: T, index: number, own: Issued): T {
    const text = JSON.stringify(resource).replace(PRETENDED, (_all, label: string, id: string) => {
      const { certificatePem, keyPem } = this.authorities.get(id) ?? own;
      const texts: Record<string, string> = { CERTIFICATE: certificatePem, 'PRIVATE KEY': keyPem };
      return JSON.stringify(texts[label] ?? `request ${index}`).slice(1, -1);
    });
    return JSON.parse(text.replaceAll(MODEL, hostOf(index))) as T;
  }

  /** A resource that depends on files of the model depends on those of every node. */
  private dependingOnAll(resource: Record<string, unknown>): Record<string, unknown> {
    const { depends_on: given } = resource;
    if (!Array.isArray(given)) return resource;
    const all = (given as string[]).flatMap((address) =>
      address.includes(MODEL) ? this.indices().map((index) => address.replace(MODEL, hostOf(index))) : [address],
    );
    return { ...resource, depends_on: all };
  }

  private indices(): number[] {
    return Array.from({ length: this.count }, (_none, index) => index + 1);
  }
}

/** A PEM text of the pretended Terraform within JSON, with the algorithm before it. */
const PRETENDED = /(?:[A-Z]+\d*)?\\n-----BEGIN ([A-Z ]+)-----\\n([^\\]+)\\n-----END \1-----\\n/g;

function hostOf(index: number): string {
  return `h${String(index).padStart(MODEL.length - 1, '0')}`;
}

/** Certificates for the pretended CAs, by the text of their certificates and of their keys. The first one signs. */
function authoritiesIn({ resource_changes: changes }: PlanJson, signer: Issued): ReadonlyMap<string, Issued> {
  const texts = changes
    .filter(({ type }) => type === 'tls_self_signed_cert')
    .map(({ change }) => JSON.stringify(change.before ?? change.after));
  return new Map(
    texts.flatMap((text, index) => {
      const ca = index === 0 ? signer : authority(`CA ${index + 1}`);
      return [...text.matchAll(PRETENDED)].map(([, , id = '']) => [id, ca] as const);
    }),
  );
}
