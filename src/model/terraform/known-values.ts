import type { Moment, TerraformResource } from './resources';

/** An expression in the text of an attribute. */
export const EXPRESSION = /\$\{(?:[^{}"]|"[^"]*")*\}/g;

/** `${tls_self_signed_cert.ca.cert_pem}`, or `${terraform_data.read.input["root 1"]}`, which CDKTF writes `.root_1` where it can. */
const ATTRIBUTE = /^\$\{(?:chomp\()?([a-z]\w*\.[\w-]+)\.(\w+)(?:\["([^"]+)"\]|\.([\w-]+))?\)?\}$/;

/** Says for an expression that is an attribute of one of the resources which text that is. Absent if it is not known. */
export type KnownValues = (expression: string) => string | undefined;

export function knownValues(resources: readonly TerraformResource[], moment: Moment): KnownValues {
  const values = new Map(resources.map((one) => [one.address, one[moment]]));
  return (expression) => {
    const [, address = '', name = '', quoted, plain] = ATTRIBUTE.exec(expression) ?? [];
    const key = quoted ?? plain;
    const value = values.get(address)?.[name];
    const text: unknown = key === undefined ? value : (value as Record<string, unknown> | null | undefined)?.[key];
    return typeof text === 'string' ? text : undefined;
  };
}
