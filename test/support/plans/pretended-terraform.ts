/**
 * Plans of synthesized stacks as `terraform show -json` would write them, for tests that need many of them: what is replaced, what is known
 * while planning, what refers to what. Nothing is checked and no certificate is one. Real plans are in `test/real`.
 */
import { createHash } from 'node:crypto';

import type { TerraformStack } from 'cdktf';

import { Template } from '../stacks/template';

type Values = Record<string, unknown>;

/** By address. */
type State = ReadonlyMap<string, Values>;

/** The JSON of a plan, as far as the tests touch it. */
export interface PlanJson {
  format_version: string;
  timestamp: string;
  complete?: boolean;
  resource_changes: { address: string; mode: string; type: string; change: { before: unknown; after: unknown } }[];
  configuration: { root_module: { resources: Values[] } };
}

export type Define = (stack: TerraformStack) => unknown;

const PLANNED_AT = '2026-06-01T00:00:00Z';

/** The plan of the last stack, where those before it have been deployed one after the other. */
export function planAfter(...stacks: readonly Define[]): PlanJson {
  let state: State = new Map();
  let plan: PlanJson | undefined;
  for (const define of stacks) ({ plan, state } = planned(state, Template.of(define)));
  if (plan === undefined) throw new Error('no stack');
  return plan;
}

const TYPES = [
  ...['tls_private_key', 'tls_self_signed_cert', 'tls_cert_request', 'tls_locally_signed_cert'],
  ...[
    'company_certificate',
    'local_file',
    'local_sensitive_file',
    'kubernetes_secret_v1',
    'aws_ssm_parameter',
    'terraform_data',
  ],
];

/** What only an apply tells, by the type of the resource. */
const COMPUTED: Readonly<Record<string, readonly string[]>> = {
  tls_private_key: ['private_key_pem', 'private_key_pem_pkcs8', 'public_key_pem'],
  tls_self_signed_cert: ['cert_pem', 'validity_end_time'],
  tls_cert_request: ['cert_request_pem', 'key_algorithm'],
  tls_locally_signed_cert: ['cert_pem', 'validity_end_time'],
  // Of an issuer that the library does not know.
  company_certificate: ['pem'],
};

function planned(state: State, template: Template): { plan: PlanJson; state: State } {
  const all = TYPES.flatMap((type) =>
    Object.entries(template.resources(type)).map(([name, config]) => [`${type}.${name}`, config] as const),
  );
  const declared = new Map([...all.filter(([, one]) => !refersToOthers(one)), ...all]);
  const [after, applied] = [new Map<string, Values>(), new Map<string, Values>()];
  // Texts that files share refer to nothing. Behind those, in the order of TYPES, everything that is referred to comes first.
  for (const [address, config] of declared) {
    const before = state.get(address);
    const given = evaluated(givenIn(config), after);
    const isKept = before !== undefined && isSame(namesIn(config, given), given, before);
    const whole = evaluated(givenIn(config), applied);
    after.set(address, isKept ? before : known(given));
    applied.set(address, isKept ? before : { ...known(whole), ...computed(address, whole, before) });
  }
  const addresses = [...new Set([...state.keys(), ...after.keys()])].sort();
  return {
    plan: {
      format_version: '1.2',
      timestamp: PLANNED_AT,
      resource_changes: addresses.map((address) => ({
        address,
        mode: 'managed',
        type: typeOf(address),
        change: { before: state.get(address) ?? null, after: after.get(address) ?? null },
      })),
      configuration: {
        root_module: { resources: [...declared].map(([address, config]) => configured(address, config)) },
      },
    },
    state: applied,
  };
}

function typeOf(address: string): string {
  return address.slice(0, address.indexOf('.'));
}

const META = ['//', 'depends_on', 'lifecycle', 'provider'];

/** What is write-only is in no plan and no state. */
function givenIn(config: Values): Values {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !META.includes(name) && !name.endsWith('_wo')));
}

const UNKNOWN = Symbol('known after the apply');

function known(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== UNKNOWN));
}

/** The attributes of which a new value makes a change. The time of a witness stays as it was. */
function namesIn({ lifecycle }: Values, given: Values): readonly string[] {
  const ignored = (lifecycle as { ignore_changes?: readonly string[] } | undefined)?.ignore_changes ?? [];
  return Object.keys(given).filter((name) => !ignored.includes(name));
}

function isSame(names: readonly string[], given: Values, before: Values): boolean {
  return names.every((name) => given[name] !== UNKNOWN && JSON.stringify(given[name]) === JSON.stringify(before[name]));
}

const LABELS: Readonly<Record<string, string>> = {
  cert_pem: 'CERTIFICATE',
  cert_request_pem: 'CERTIFICATE REQUEST',
};

function computed(address: string, given: Values, before: Values | undefined): Values {
  const id = createHash('sha256')
    .update(JSON.stringify([address, given, before?.id]))
    .digest('base64');
  const algorithm = typeof given.algorithm === 'string' ? given.algorithm : '';
  const valueOf = (name: string): unknown => {
    if (name === 'validity_end_time') return '2027-01-01T00:00:00Z';
    if (name === 'key_algorithm') return /ED25519|RSA|ECDSA/.exec(String(given.private_key_pem))?.[0];
    const label = LABELS[name] ?? 'PRIVATE KEY';
    return `${algorithm}\n-----BEGIN ${label}-----\n${id}\n-----END ${label}-----\n`;
  };
  return { id, ...Object.fromEntries((COMPUTED[typeOf(address)] ?? []).map((name) => [name, valueOf(name)])) };
}

const EXPRESSION = /(\$\$|%%)\{|\$\{((?:[^{}"]|"[^"]*")*)\}/g;
const REFERENCE = /\b((?:tls|local|terraform|company|aws)_\w+\.[\w-]+)\.(\w+)(?:\["([^"]+)"\])?/g;

function refersToOthers(config: Values): boolean {
  return new RegExp(REFERENCE.source).test(JSON.stringify(givenIn(config)));
}

function valueAt(attribute: unknown, key: string | undefined): unknown {
  return key === undefined ? attribute : (attribute as Values | undefined)?.[key];
}

/** Every attribute, or that it is not known. */
function evaluated(values: Values, state: State): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, evaluate(value, state)]));
}

function evaluate(value: unknown, state: State): unknown {
  if (typeof value === 'string') return evaluateText(value, state);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => evaluate(one, state));
  const parts = evaluated(value as Values, state);
  return Object.values(parts).includes(UNKNOWN) ? UNKNOWN : parts;
}

function evaluateText(text: string, state: State): unknown {
  let isKnown = true;
  const result = text.replace(EXPRESSION, (_all, escaped: string | undefined, expression: string | undefined) => {
    if (escaped !== undefined) return `${escaped.slice(1)}{`;
    const references = [...(expression ?? '').matchAll(REFERENCE)];
    const values = references.map(([, address = '', name = '', key]) => valueAt(state.get(address)?.[name], key));
    isKnown &&= !values.includes(undefined);
    if (references[0]?.[0] === expression) return String(values[0]);
    if (expression === `chomp(${references[0]?.[0] ?? ''})`) return String(values[0]).replace(/[\r\n]+$/, '');
    // Other functions are not evaluated: they give the same whenever what they are given is known.
    return PLANNED_AT;
  });
  return isKnown ? result : UNKNOWN;
}

function configured(address: string, config: Values): Values {
  const expressions = Object.entries(givenIn(config)).map(([name, value]) => {
    const references = [...JSON.stringify(value).matchAll(REFERENCE)].flatMap(([all, of]) => [all, of]);
    return [name, { constant_value: value, references }];
  });
  return {
    address,
    mode: 'managed',
    type: typeOf(address),
    expressions: Object.fromEntries(expressions) as Values,
    depends_on: config.depends_on,
  };
}
