/** What the specification of a pod says about a volume with Secrets. */

/** A file in the volume. */
export interface VolumeItem {
  /** Key in the Secret. */
  readonly key: string;
  /** Path below the mount. */
  readonly path: string;
  /** In octal digits. */
  readonly mode: string;
}

/** The part of a Secret that a volume shows. */
export interface SecretItems {
  readonly secretName: string;
  readonly items: readonly VolumeItem[];
}

/** Data for Kubernetes, or for the bindings of a provider. */
export type PodData = Record<string, unknown>;

/** How permissions are written. */
export type ModeForm = (mode: string) => unknown;

/** Permissions in a manifest: JSON has no octal numbers. */
export const NUMBER: ModeForm = (mode) => Number.parseInt(mode, 8);
/** Permissions in the bindings of the Terraform provider. */
export const DIGITS: ModeForm = (mode) => mode;

/** Of files with a key. The kubelet lets the group of the volume read them, if the pod has an `fsGroup`. */
export const KEY_ITEM_MODE = '0400';
/** Of all other files. Nobody can write to the volume. */
export const PUBLIC_ITEM_MODE = '0444';

/** The volume for a manifest: several Secrets are projected into one volume. */
export function manifestVolume(name: string, [first, ...others]: readonly SecretItems[]): PodData {
  const defaultMode = NUMBER(KEY_ITEM_MODE);
  if (first === undefined || others.length === 0) {
    return { name, secret: { secretName: first?.secretName, defaultMode, items: itemsOf(first, NUMBER) } };
  }
  const sources = [first, ...others].map((one) => ({
    secret: { name: one.secretName, items: itemsOf(one, NUMBER) },
  }));
  return { name, projected: { defaultMode, sources } };
}

/** The volume for the bindings of the Terraform provider: a projection is a list there, and so are the Secrets of its source. */
export function providerVolume(name: string, [first, ...others]: readonly SecretItems[]): PodData {
  const defaultMode = DIGITS(KEY_ITEM_MODE);
  if (first === undefined || others.length === 0) {
    return { name, secret: { secretName: first?.secretName, defaultMode, items: itemsOf(first, DIGITS) } };
  }
  const secret = [first, ...others].map((one) => ({ name: one.secretName, items: itemsOf(one, DIGITS) }));
  return { name, projected: [{ defaultMode, sources: [{ secret }] }] };
}

function itemsOf(secret: SecretItems | undefined, form: ModeForm): readonly PodData[] {
  return (secret?.items ?? []).map(({ key, path, mode }) => ({ key, path, mode: form(mode) }));
}
