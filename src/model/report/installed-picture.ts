import type { Finding } from '../errors';
import type { InstalledNode } from '../installed/installed-node';
import { chainOf, leafOf, type Material, type Signatures } from '../installed/material';
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
  const materials = nodes.map((node) => ({ node, material: node.sides[0]?.material ?? {} }));
  const issuers = new Set(materials.flatMap(({ material }) => issuerOf(material, signatures) ?? []));
  return {
    ...frame,
    generations: generations(
      materials.map(({ material }) => material),
      issuers,
      signatures,
    ),
    nodes: materials.map(({ node, material }) => pictureNode(node.label, material, { renewals, signatures })),
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
  readonly signatures: Signatures;
}

function pictureNode(name: string, material: Material, lookup: Lookup): PictureNode {
  return {
    name,
    certificate: pictureCertificate(material, lookup),
    trusts: (material.trust?.certificates ?? []).map(lookup.signatures.fingerprint),
  };
}

function pictureCertificate(material: Material, { renewals, signatures }: Lookup): PictureCertificate | undefined {
  const leaf = leafOf(material);
  if (leaf === undefined) return undefined;
  const { notBefore, notAfter, publicKey } = leaf;
  const fingerprint = signatures.fingerprint(leaf);
  return {
    fingerprint,
    notBefore,
    notAfter,
    renewFrom: renewals.get(fingerprint),
    issuer: issuerOf(material, signatures),
    keyAlgorithm: [publicKey.kind, publicKey.bits ?? publicKey.curve].filter((one) => one !== undefined).join(' '),
  };
}

/** The root that the certificate leads to, where the node itself has it. */
function issuerOf(material: Material, signatures: Signatures): string | undefined {
  const leaf = leafOf(material);
  if (leaf === undefined) return undefined;
  const candidates = [...(material.identity?.certificates ?? []), ...(material.trust?.certificates ?? [])];
  const root = chainOf(leaf, candidates, signatures).at(-1);
  return root === undefined || root === leaf ? undefined : signatures.fingerprint(root);
}
