/** Nodes whose server side asks for revocation lists. */
import { mkdirSync, readdirSync } from 'node:fs';

import { openssl } from '../programs/openssl';
import type { Site } from './site';
import type { Pair } from './workshop';

/** The broken node looks for lists in a directory, which is empty. */
export function askForRevocation(site: Site, check = 'true'): void {
  mkdirSync(site.path('crls'));
  const cache = `{ssl_crl_hash_dir,{internal,[{dir,"${site.path('crls')}"}]}}`;
  site.options({ server: { crl_check: check, crl_cache: cache } });
}

/** Puts a list there whose next update is so many hours from now, under the hash of its issuer. */
export function addList(
  site: Site,
  issuer: Pair,
  nextUpdate: number,
  { number = 0, revoked = [] }: { readonly number?: number; readonly revoked?: readonly Pair[] } = {},
): void {
  const certificate = site.workshop.file('issuer.pem', issuer.certificate);
  const hash = openssl(['x509', '-subject_hash', '-noout', '-in', certificate]).trim();
  site.write(`crls/${hash}.r${number}`, site.workshop.revocationList(issuer, nextUpdate, revoked));
}

/** The only list that is there. */
export function listOf(site: Site): string {
  const [name = ''] = readdirSync(site.path('crls'));
  return `crls/${name}`;
}
