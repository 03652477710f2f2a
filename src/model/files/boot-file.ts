import { terraformLiteral } from '../terraform/terraform-literal';
import { PUBLIC_MODE } from './file-set';
import type { NodeFile } from './node-file';

/** A text that a node or a tool reads when it starts. */
export function bootFile(path: string, text: string): NodeFile {
  return { path, content: terraformLiteral(text), mode: PUBLIC_MODE, sensitive: false, readAtBoot: true };
}
