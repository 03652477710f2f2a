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
}

/** The picture of installed nodes. When certificates are renewed stands in no file, so it is not in it. */
export function installedPicture(
  nodes: readonly InstalledNode[],
  frame: PictureFrame,
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
    nodes: materials.map(({ node, material }) => pictureNode(node.label, material, signatures)),
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

function pictureNode(name: string, material: Material, signatures: Signatures): PictureNode {
  const leaf = leafOf(material);
  return {
    name,
    certificate: leaf && pictureCertificate(leaf, issuerOf(material, signatures), signatures),
    trusts: (material.trust?.certificates ?? []).map(signatures.fingerprint),
  };
}

function pictureCertificate(
  leaf: CertificateFacts,
  issuer: string | undefined,
  { fingerprint }: Signatures,
): PictureCertificate {
  const { notBefore, notAfter, publicKey } = leaf;
  const keyAlgorithm = [publicKey.kind, publicKey.bits ?? publicKey.curve].filter((one) => one !== undefined).join(' ');
  return { fingerprint: fingerprint(leaf), notBefore, notAfter, issuer, keyAlgorithm };
}

/** The root that the certificate leads to, where the node itself has it. */
function issuerOf(material: Material, signatures: Signatures): string | undefined {
  const leaf = leafOf(material);
  if (leaf === undefined) return undefined;
  const candidates = [...(material.identity?.certificates ?? []), ...(material.trust?.certificates ?? [])];
  const root = chainOf(leaf, candidates, signatures).at(-1);
  return root === undefined || root === leaf ? undefined : signatures.fingerprint(root);
}
