import { inDirectory } from '../cluster/absolute-path';
import { CrlCheck } from '../erlang/options/crl-check';
import { PUBLIC_MODE } from '../files/file-set';
import type { NodeFile } from '../files/node-file';
import { LIST_DIRECTORY, type TlsPaths } from '../files/tls-paths';
import { type Finding, finding } from '../findings/finding';
import type { Signatures } from '../observed/files/material';
import type { Generation } from '../pki/generation';
import {
  type DeclaredList,
  REVOCATION_DECLARED_TWICE,
  REVOCATION_LIST_MISSING,
  REVOCATION_LIST_OF_ANOTHER_KEY,
} from '../pki/revocation-list';
import { CRL_ISSUER_CANNOT_SIGN, maySignLists } from '../rules/certificates/revocation-lists';
import { HOUR, secondsText } from '../x509/calendar';
import type { CertificateFacts } from '../x509/certificate-reader';
import { identityOfAttributes } from '../x509/name-reader';
import type { ClusterSpec, TlsSpec } from './cluster-spec';

/** The revocation lists of a cluster. */
export interface RevocationSpec {
  /** The names of the files, with the lists as Terraform strings. */
  readonly texts: readonly (readonly [name: string, text: string])[];
  /** Those whose text is known at synth. */
  readonly lists: readonly DeclaredList[];
}

/** A CA that signs certificates which nodes show. */
export interface ListIssuerName {
  /** For messages. */
  readonly label: string;
  /** In the form of `CertificateName.identity`. Absent if nobody knows it at synth. */
  readonly identity?: string;
  /** Its certificate, if it is known at synth. */
  readonly certificate?: CertificateFacts;
}

/** The paths of a node that has the lists below its directory. */
export function withLists(paths: TlsPaths, directory: string, { revocation }: ClusterSpec): TlsPaths {
  return revocation === undefined ? paths : { ...paths, crlDirectory: inDirectory(directory, LIST_DIRECTORY) };
}

/** The lists of a node. They come before the certificates that need them. */
export function listFiles({ crlDirectory }: TlsPaths, { revocation }: ClusterSpec): readonly NodeFile[] {
  if (revocation === undefined || crlDirectory === undefined) return [];
  return revocation.texts.map(([name, content]) => ({
    path: inDirectory(crlDirectory, name),
    content,
    mode: PUBLIC_MODE,
    sensitive: false,
  }));
}

/** Findings about a directory that something else fills. */
export function listOptionFindings({ tls, revocation }: Pick<ClusterSpec, 'tls' | 'revocation'>): readonly Finding[] {
  const { crlDirectory: got } = tls;
  if (revocation === undefined || got === undefined) return [];
  return [finding(REVOCATION_DECLARED_TWICE, { subject: 'tls.crlDirectory', got })];
}

/** Whether nodes are refused where a list is missing or out of date. */
export function requiresLists({ crlCheck }: Pick<TlsSpec, 'crlCheck'>): boolean {
  return crlCheck !== CrlCheck.UNSAFE_BEST_EFFORT;
}

/**
 * The ids of the generations whose certificates nodes show: the signing one and those before it, which have signed until they are retired, and those
 * that a node asks for.
 */
export function generationsShown(
  generations: readonly Pick<Generation, 'id' | 'phase'>[],
  asked: readonly string[],
): readonly string[] {
  const last = generations.findIndex(({ phase }) => phase === 'signing');
  return generations
    .filter(({ id, phase }, index) => phase !== 'retired' && (index <= last || asked.includes(id)))
    .map(({ id }) => id);
}

/** The subject of a CA that Terraform's TLS provider makes for a generation. Go writes the unit before the common name. */
export function generationName(commonName: string, id: string): string {
  return identityOfAttributes([
    ['OU', `generation ${id}`],
    ['CN', commonName],
  ]);
}

/** CAs without a list. Lists whose text only Terraform knows may be of any of them. */
export function missingListFindings(
  { texts, lists }: RevocationSpec,
  issuers: readonly ListIssuerName[],
): readonly Finding[] {
  const there = new Set(lists.map(({ facts }) => facts.issuer));
  if (texts.length > lists.length) return [];
  return issuers
    .filter(({ identity }) => identity !== undefined && !there.has(identity))
    .map(({ label }) => finding(REVOCATION_LIST_MISSING, { subject: label }));
}

/** Lists that the CA of that name has not signed, or may not sign, as far as its certificate is known. */
export function listSignatureFindings(
  { lists }: RevocationSpec,
  issuers: readonly ListIssuerName[],
  { isListSignedBy }: Signatures,
): readonly Finding[] {
  return issuers.flatMap(({ label, certificate }) => {
    const list = lists.find(({ facts }) => facts.issuer === certificate?.subject.identity);
    if (certificate === undefined || list === undefined) return [];
    const evidence = { subject: `revocation list of ${label}`, got: list.facts.issuerText };
    if (!maySignLists(certificate)) return [finding(CRL_ISSUER_CANNOT_SIGN, { ...evidence, subject: 'every node' })];
    return isListSignedBy(list.facts, certificate) === false ? [finding(REVOCATION_LIST_OF_ANOTHER_KEY, evidence)] : [];
  });
}

/** How long before its end a list is reported: a third of its time, as for certificates. */
export function listNoticeHours({ facts: { thisUpdate }, nextUpdate }: DeclaredList): number {
  return Math.max(1, Math.floor((nextUpdate - thisUpdate) / HOUR / 3));
}

/** The end of a list, as RFC 3339 has it. */
export function listEnd({ nextUpdate }: DeclaredList): string {
  return secondsText(nextUpdate);
}
