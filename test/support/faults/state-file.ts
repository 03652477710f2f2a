/** Terraform's local state as it lies on the disk, also where Terraform was killed while it wrote it. */
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What of the file the tests look at (format 4). */
interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** Text values by type and name: of keys and certificates, the PEM. */
export interface KnownState {
  /** Private keys by Terraform's name: of the CA's generations, of nodes, of the tools. */
  readonly keys: Readonly<Record<string, string>>;
  /** Certificates of the CA's generations by id. */
  readonly authorities: Readonly<Record<string, string>>;
  /** Ids of generations for which it is known that every node trusts them, and that nothing is signed with them. */
  readonly witnesses: { readonly trusted: readonly string[]; readonly idle: readonly string[] };
}

/** The name that Terraform gives to its state. */
const STATE = 'terraform.tfstate';
/** Its state from before the last command that changed it. */
const BACKUP = `${STATE}.backup`;

/** Absent if there is none, or if it is truncated. */
export function readState(directory: string): KnownState | undefined {
  const state = parsed(join(directory, STATE));
  if (state === undefined) return undefined;
  const ids = (kind: string): string[] => idsOf(state, kind);
  return {
    keys: valuesOf(state, 'tls_private_key', 'private_key_pem'),
    authorities: Object.fromEntries(
      Object.entries(valuesOf(state, 'tls_self_signed_cert', 'cert_pem')).map(([name, pem]) => [
        generationIn(name),
        pem,
      ]),
    ),
    witnesses: { trusted: ids('Trusted'), idle: ids('Idle') },
  };
}

/** Whether a state was begun and is not whole. Terraform empties the file each time before it writes it. */
export function isStateCutOff(directory: string): boolean {
  return existsSync(join(directory, STATE)) && parsed(join(directory, STATE)) === undefined;
}

/**
 * What an operator does with a state that was cut off: Terraform's backup takes its place. Without a backup it was the first deploy,
 * and there is nothing to lose.
 */
export function putStateBack(directory: string): void {
  if (existsSync(join(directory, BACKUP))) copyFileSync(join(directory, BACKUP), join(directory, STATE));
  else rmSync(join(directory, STATE));
}

/** The generation's id in the name of a resource below the CA. */
function generationIn(name: string): string | undefined {
  return /_CertificateAuthority_([^_]+)_/.exec(name)?.[1];
}

function parsed(path: string): StateFile | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as StateFile;
  } catch {
    return undefined;
  }
}

function valuesOf({ resources }: StateFile, type: string, attribute: string): Record<string, string> {
  const found = resources.filter((one) => one.type === type && one.instances.length > 0);
  return Object.fromEntries(found.map((one) => [one.name, String(one.instances[0]?.attributes[attribute])]));
}

function idsOf({ resources }: StateFile, kind: string): string[] {
  return resources.flatMap(({ type, name, instances }) => {
    const id = new RegExp(`_Rollover_${kind}-([^_]+)_`).exec(name)?.[1];
    return type === 'terraform_data' && id !== undefined && instances.length > 0 ? [id] : [];
  });
}
