import type { Finding } from '../errors';
import type { InstalledNode } from '../installed/installed-node';
import { candidatesOf, chainOf, leafOf, type Material, type Signatures } from '../installed/material';
import type { CertificateFacts } from '../pki/certificate-reader';
import type { PictureCertificate, PictureGeneration, PictureNode, TrustPicture } from './picture';

/** What a picture says beside what is in the files. */
export interface PictureFrame {
  readonly title: string;
  readonly now: number;
  readonly findings: readonly Finding[];
  /** From when on the next apply renews a certificate, by its fingerprint: no file of a node says it. */
  readonly renewals: ReadonlyMap<string, number>;
}

/** The picture of installed nodes. */
export function installedPicture(
  nodes: readonly InstalledNode[],
  { renewals, ...frame }: PictureFrame,
  signatures: Signatures,
): TrustPicture {
  const materials = nodes.map((node) => ({ node, material: node.sides[0]?.material ?? { others: [] } }));
  const lookup = { renewals, now: frame.now, signatures };
  const issuers = new Set(materials.flatMap(({ material }) => issuerOf(material, lookup) ?? []));
  return {
    ...frame,
    generations: generations(
      materials.map(({ material }) => material),
      issuers,
      signatures,
    ),
    nodes: materials.map(({ node, material }) => pictureNode(node.label, material, lookup)),
  };
}

function generations(
  materials: readonly Material[],
  issuers: ReadonlySet<string>,
  { fingerprint }: Signatures,
): readonly PictureGeneration[] {
  const found = new Map<string, PictureGeneration>();
  for (const one of materials.flatMap(({ trust }) => trust?.certificates ?? [])) {
    const print = fingerprint(one);
    const { notBefore, notAfter } = one;
    if (!found.has(print))
      found.set(print, { fingerprint: print, name: nameOf(one), notBefore, notAfter, signs: issuers.has(print) });
  }
  return [...found.values()];
}

/** `CouchDB Root CA, generation 2026`: the unit tells generations apart. */
function nameOf({ subject: { text, commonName } }: CertificateFacts): string {
  const unit = /(?:^|, )OU=([^,]*)/.exec(text)?.[1];
  return [commonName ?? text, ...(unit === undefined ? [] : [unit])].join(', ');
}

interface Lookup {
  readonly renewals: ReadonlyMap<string, number>;
  readonly now: number;
  readonly signatures: Signatures;
}

function pictureNode(name: string, material: Material, lookup: Lookup): PictureNode {
  return {
    name,
    certificate: pictureCertificate(material, lookup),
    trusts: (material.trust?.certificates ?? []).map(lookup.signatures.fingerprint),
  };
}

function pictureCertificate(material: Material, lookup: Lookup): PictureCertificate | undefined {
  const { renewals, signatures } = lookup;
  const leaf = leafOf(material);
  if (leaf === undefined) return undefined;
  const { notBefore, notAfter, publicKey } = leaf;
  const fingerprint = signatures.fingerprint(leaf);
  return {
    fingerprint,
    notBefore,
    notAfter,
    renewFrom: renewals.get(fingerprint),
    issuer: issuerOf(material, lookup),
    keyAlgorithm: [publicKey.kind, publicKey.bits ?? publicKey.curve].filter((one) => one !== undefined).join(' '),
  };
}

/** The root that the certificate leads to, where the node itself has it. */
function issuerOf(material: Material, lookup: Lookup): string | undefined {
  const leaf = leafOf(material);
  if (leaf === undefined) return undefined;
  const root = chainOf(leaf, candidatesOf(material), lookup).at(-1);
  return root === undefined || root === leaf ? undefined : lookup.signatures.fingerprint(root);
}
