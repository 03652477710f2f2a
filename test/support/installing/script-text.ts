import { KEY_SCRIPT_BODY } from '../../../src/model/deliveries/node-script/key-part';
import { nodeScript, SCRIPT_BODY, type ScriptInput } from '../../../src/model/deliveries/node-script/writer';

/** The whole script, as a Terraform string. */
export function scriptText(input: ScriptInput): string {
  const body = input.key === undefined ? SCRIPT_BODY : KEY_SCRIPT_BODY;
  return [...nodeScript(input).map(({ text }) => text), body].join('');
}
