import type { Finding } from '../../findings/finding';
import { addTo } from '../../findings/lists';
import { type ChainContext, chainShownBy } from '../../observed/files/chain';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import type { Signatures } from '../../observed/files/material';
import { type CertificateFacts, nameWithUnit } from '../../x509/certificate-reader';
import { publicKeyText } from '../../x509/public-key-reader';
import type { PictureGeneration, PictureMember, TrustPicture } from './picture';

/** Content of a picture that is not in the files of nodes. */
export interface PictureFrame {
  readonly title: string;
  readonly now: number;
  readonly findings: readonly Finding[];
  /** When renewal of a certificate starts, by its fingerprint: no file of a node contains it. */
  readonly renewals: ReadonlyMap<string, number>;
}

/** The picture of installed nodes. */
export function installedPicture(
  nodes: readonly InstalledNode[],
  { renewals, ...frame }: PictureFrame,
  signatures: Signatures,
): TrustPicture {
  const portraits = nodes.flatMap((node) => portraitsOf(node, { now: frame.now, signatures }));
  const draft = { renewals, signatures, findingsOf: findingsByNode(frame.findings) };
  return {
    ...frame,
    generations: generationsOf(portraits, draft),
    members: portraits.map((one) => memberOf(one, draft)),
  };
}

/** The certificate and trust of a node, or of one side if the two differ. */
interface Portrait extends Pick<PictureMember, 'name' | 'side' | 'isTools'> {
  /** By which findings name the node. */
  readonly label: string;
  /** Its own certificate and the known CAs above it, the root last. */
  readonly chain: readonly CertificateFacts[];
  readonly trusts: readonly CertificateFacts[];
}

function portraitsOf(node: InstalledNode, context: ChainContext): readonly Portrait[] {
  const { label, name = label, isTools, sides } = node;
  const trusted = sides.flatMap(({ material }) => material.trust?.certificates ?? []);
  const portrait = ({ side, material }: InstalledSide): Portrait => {
    const chain = chainShownBy(material, trusted, context) ?? [];
    return { label, name, side, isTools, chain, trusts: material.trust?.certificates ?? [] };
  };
  const [first = { label, name, isTools, chain: [], trusts: [] }, ...others] = sides.map(portrait);
  const keyOf = ({ chain: [leaf], trusts }: Portrait): string =>
    [...(leaf === undefined ? [] : [leaf]), ...trusts].map(context.signatures.fingerprint).join();
  const isAlike = (one: Portrait): boolean => keyOf(one) === keyOf(first);
  return others.every(isAlike) ? [{ ...first, side: undefined }] : [first, ...others];
}

interface Draft extends Pick<PictureFrame, 'renewals'> {
  readonly signatures: Signatures;
  readonly findingsOf: ReadonlyMap<string, readonly Finding[]>;
}

function findingsByNode(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const one of findings) {
    for (const node of one.nodes ?? []) addTo(found, node, one);
  }
  return found;
}

function generationsOf(portraits: readonly Portrait[], { signatures }: Draft): readonly PictureGeneration[] {
  const all = portraits.flatMap(({ chain, trusts }) => [...trusts, ...chain.slice(1)]);
  const signing = new Set(newestChain(portraits).slice(1).map(signatures.fingerprint));
  const known = new Map(all.map((one) => [signatures.fingerprint(one), one]));
  return [...known].map(([fingerprint, one]) => {
    const { notBefore, notAfter } = one;
    return { fingerprint, name: nameWithUnit(one), notBefore, notAfter, signs: signing.has(fingerprint) };
  });
}

/** The chain of the newest certificate: the same CAs sign the next ones. */
function newestChain(portraits: readonly Portrait[]): readonly CertificateFacts[] {
  const since = ({ chain: [leaf] }: Portrait): number => leaf?.notBefore ?? -Infinity;
  return (
    portraits.reduce<Portrait | undefined>((one, other) => (one && since(one) >= since(other) ? one : other), undefined)
      ?.chain ?? []
  );
}

function memberOf({ label, chain, trusts, ...member }: Portrait, draft: Draft): PictureMember {
  const { renewals, signatures, findingsOf } = draft;
  const [leaf, ...issuers] = chain;
  const fingerprint = leaf && signatures.fingerprint(leaf);
  return {
    ...member,
    trusts: trusts.map(signatures.fingerprint),
    findings: findingsOf.get(label) ?? [],
    certificate: leaf && {
      notBefore: leaf.notBefore,
      notAfter: leaf.notAfter,
      renewFrom: renewals.get(fingerprint ?? ''),
      issuers: issuers.map(signatures.fingerprint),
      keyAlgorithm: publicKeyText(leaf.publicKey),
    },
  };
}
