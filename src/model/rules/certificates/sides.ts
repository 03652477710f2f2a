import type { Finding } from '../../findings/finding';
import { chainShownBy } from '../../observed/files/chain';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import { contentsOf } from '../files/node-files';
import type { Judgement } from '../judgement';
import { chainFindings } from './chain';
import { leafFindings } from './leaf';
import { damageFindings } from './pem-files';
import { CERTIFICATE_NOT_FIRST, keyFindings } from './private-key';
import { revocationFindings } from './revocation';
import { bundleFindings } from './trust-bundle';
import { validityFindings } from './validity';
import { verifiedFindings } from './verifiers';

/** Findings about the keys and certificates of a node, each alone and together. */
export function certificateFindings(
  node: InstalledNode,
  judgement: Judgement,
  partners: readonly InstalledNode[],
): readonly Finding[] {
  return [
    ...contentsOf(node).flatMap(damageFindings),
    ...node.sides.flatMap((side) => [
      ...sideFindings(node, side, judgement, partners),
      ...revocationFindings(node, side, judgement),
    ]),
  ];
}

function sideFindings(
  node: InstalledNode,
  shown: InstalledSide,
  judgement: Judgement,
  partners: readonly InstalledNode[],
): readonly Finding[] {
  const { side, options, material } = shown;
  const verifier = verifierOf(node, shown);
  const ofKey = keyFindings(material, options, judgement.signatures);
  // A certificate that is not the node's own is not judged any further.
  const isOwn = !ofKey.some(({ code }) => code === CERTIFICATE_NOT_FIRST.code);
  const chain = isOwn ? chainShownBy(material, verifier?.material.trust?.certificates ?? [], judgement) : undefined;
  const path = material.identity?.file.path ?? '';
  const subject = `certificate in ${path}`;
  return [
    ...ofKey,
    ...bundleFindings(material.trust, chain, judgement),
    ...(chain === undefined
      ? []
      : [
          ...validityFindings(subject, chain[0], judgement),
          ...leafFindings(subject, chain[0], side, options, judgement.releases),
          ...verifiedFindings(path, chain, side, node.host, partners, judgement.releases),
          ...chainFindings(path, chain, shown, verifier, judgement),
        ]),
  ];
}

/** The accepting side verifies the dialling side, and the other way round; other nodes are assumed to use the same options as this one. */
function verifierOf({ sides }: InstalledNode, { side }: InstalledSide): InstalledSide | undefined {
  return sides.find((one) => one.side !== side) ?? sides[0];
}
