import { installScript, SCRIPT_BODY, type ScriptInput } from '../../../src/model/deliveries/install-script/writer';

/** The whole script, as a Terraform string. */
export function scriptText(input: ScriptInput): string {
  return [...installScript(input).map(({ text }) => text), SCRIPT_BODY].join('');
}
