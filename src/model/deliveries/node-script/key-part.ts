import { shellQuoted } from '../../erlang/flags/shell-variable-writer';
import { terraformLiteral } from '../../terraform/terraform-literal';
import { NODE_SCRIPT_BODY } from './body.generated';
import { KEY_ON_NODE } from './key-on-node.generated';

/** The key of a node that makes it itself. */
export interface ScriptKey {
  /** Name of the file that begins with the key, below the install directory. */
  readonly name: string;
  /** Name of the file with the certificate, below the install directory. Absent as long as there is no certificate. */
  readonly certificateName?: string;
  /** Options of `openssl genpkey`. */
  readonly options: string;
  /** A configuration file of `openssl req`, as a Terraform string. It ends with a line break. */
  readonly requestConfiguration: string;
}

const LAST_LINE = /^\{ main "\$@"; \}\n$/m;

/** What a script does whose node keeps its key: the functions of that part replace those of the body. */
export const KEY_SCRIPT_BODY = terraformLiteral(
  functionsIn(KEY_ON_NODE)
    .reduce((body, name) => body.replace(definitionOf(name), ''), NODE_SCRIPT_BODY)
    .replace(LAST_LINE, (last) => `${KEY_ON_NODE}\n${last}`),
);

function functionsIn(script: string): readonly string[] {
  return [...script.matchAll(/^(\w+)\(\) \{$/gm)].map(([, name = '']) => name);
}

function definitionOf(name: string): RegExp {
  return new RegExp(String.raw`^${name}\(\) \{\n[^]*?^\}\n\n`, 'm');
}

/** What the first lines say about secrets. */
export function secrecy(key: ScriptKey | undefined): string {
  return key === undefined
    ? 'They may hold a private key: keep this file from others, and delete it after use.'
    : 'The private key stays on the node, and is not in this file.';
}

/** The variables that the part needs. `names`: of the files, in their order. */
export function keyVariables({ name, certificateName, options }: ScriptKey, names: readonly string[]): string {
  const numberOf = (file: string | undefined): string => String(names.indexOf(file ?? '') + 1).replace(/^0$/, '');
  return [
    `key_name=${shellQuoted(name)}`,
    `key_in='${numberOf(name)}'`,
    `certificate_in='${numberOf(certificateName)}'`,
    `key_options=${shellQuoted(options)}`,
    '',
  ].join('\n');
}

const END = 'END_OF_REQUEST_CONFIGURATION';

/** The function that prints the configuration. Names in it have no line breaks, so none is the last line of the here-document. */
export function configurationFunction({ requestConfiguration }: ScriptKey): string {
  return `request_configuration() {\n  cat <<'${END}'\n${requestConfiguration}${END}\n}\n\n`;
}
