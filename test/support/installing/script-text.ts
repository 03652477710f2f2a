import { KEY_SCRIPT_BODY } from '../../../src/model/deliveries/install-script/key-part';
import { installScript, SCRIPT_BODY, type ScriptInput } from '../../../src/model/deliveries/install-script/writer';

/** The whole script, as a Terraform string. */
export function scriptText(input: ScriptInput): string {
  const body = input.key === undefined ? SCRIPT_BODY : KEY_SCRIPT_BODY;
  return [...installScript(input).map(({ text }) => text), body].join('');
}
