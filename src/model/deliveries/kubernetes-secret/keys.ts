/** The keys of a Secret, each with the id of a node and the name of a file. */
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';

/** `validation.IsConfigMapKey` in `kubernetes/kubernetes:staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go`. */
const LONGEST_KEY = 253;

/** A file of a node. */
export interface SecretPlace {
  /** Id of the node, or of the tools. */
  readonly nodeId: string;
  /** Name of the file below the install directory of the node. */
  readonly name: string;
}

/**
 * The key for a file. Letters, digits, dots and dashes stay as they are. An underscore is doubled, and every other character becomes an underscore
 * with two hexadecimal digits for each byte, so that no two files have the same key.
 */
export function secretKey({ nodeId, name }: SecretPlace): string {
  const key = [...new TextEncoder().encode(`${nodeId}/${name}`)].map(written).join('');
  if (key.length > LONGEST_KEY) refuse(SECRET_KEY_TOO_LONG, { subject: 'file', got: `${nodeId}/${name}` });
  return key;
}

function written(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === '_') return '__';
  return /[0-9A-Za-z.-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
}

/** The file that a key is for. Absent if this library has not written the key. */
export function placeIn(key: string): SecretPlace | undefined {
  if (!/^(?:[0-9A-Za-z.-]|__|_[0-9a-f]{2})+$/.test(key)) return undefined;
  const bytes = [...key.matchAll(/_(_|[0-9a-f]{2})|[^_]/g)].map(([one, escaped]) =>
    escaped === undefined || escaped === '_' ? one.charCodeAt(0) : Number.parseInt(escaped, 16),
  );
  const path = new TextDecoder().decode(Uint8Array.from(bytes));
  const at = path.indexOf('/');
  return at < 0 ? undefined : { nodeId: path.slice(0, at), name: path.slice(at + 1) };
}

export const SECRET_KEY_TOO_LONG = rule({
  code: 'secret-key-too-long',
  severity: 'error',
  problem: 'has a key in the Secret that is too long for Kubernetes',
  expected: `at most ${LONGEST_KEY} characters, of which "_" takes two and every other sign than "." and "-" three`,
  remedy: 'give the node a shorter id',
  source:
    'IsConfigMapKey in kubernetes/kubernetes:staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go; test/model/deliveries/kubernetes-secret/keys.test.ts',
});
