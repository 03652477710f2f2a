import type { Construct } from 'constructs';

import { piecesOf } from '../../../model/deliveries/secret-stores/script-size';
import { pieceName, SECRET_WRITTEN_TWICE, type SecretPlace } from '../../../model/deliveries/secret-stores/secret-name';
import { refuse } from '../../../model/findings/finding';
import { attribute } from '../../terraform/attribute';
import { TerraformStack } from '../../terraform/cdktf';
import { sha256 } from '../../terraform/checksums';
import type { NodeScript } from '../node-script';
import type { SecretStoreDefinition } from './secret-store';

const DIGEST_DIGITS = 12;

/** The last lines of the heads of a stack, by the names of the pieces. */
const definedIn = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * The body in secrets of its own, once for all nodes of the stack, and the line at the end of a head that names them in their order. The names have
 * the checksum of the body: a head never meets pieces of another release of this package. New pieces are there before a head names them, and
 * old ones as long as one does.
 */
export function definePieces(
  scope: Construct,
  { body, _bodyId }: NodeScript,
  place: SecretPlace,
  { facts, props, container = '', define }: SecretStoreDefinition,
): string {
  const stack = TerraformStack.of(scope);
  const digest = sha256(body).slice(0, DIGEST_DIGITS);
  const pieces = piecesOf(body, facts.largestValue);
  const names = pieces.map((_piece, index) => pieceName(facts, place, digest, index + 1));
  const key = JSON.stringify([facts.name, props.provider, container, names]);
  const defined = definedIn.get(stack) ?? new Map<string, string>();
  definedIn.set(stack, defined);
  const known = defined.get(key);
  if (known !== undefined) return known;
  const parts = [_bodyId, props.provider, place.prefix.replace(/^\//, ''), place.shard];
  const group = parts.filter((part) => part !== undefined).join('-');
  if (stack.node.tryFindChild(`${group}-1`) !== undefined) {
    const detail = 'another secret store of this stack has parts of scripts under the same name';
    refuse(SECRET_WRITTEN_TWICE, { subject: 'prefix', got: place.prefix, detail });
  }
  const resources = pieces.map((piece, index) =>
    define({
      ...{ scope: stack, id: `${group}-${index + 1}`, name: names[index] ?? '', isConfidential: false },
      lifecycle: { createBeforeDestroy: true },
      valueAs: (argument) => ({ [argument]: piece }),
    }),
  );
  const line = `# continued in: ${resources.map((resource) => attribute(resource, 'name')).join(' ')}\n`;
  defined.set(key, line);
  return line;
}
