import type { SslOption } from '../ssl-option';
import { isText } from '../value-rules';
import { both, NODES, on, option } from './row';

const SINCE_25 = `new in OTP 25; ${NODES}`;

/** A password in a file beside the key protects nothing: only a fun is offered. Among certificates, no password and no key itself. */
const FUN_WITHOUT_ARGUMENTS = /^\s*fun\s.*\/\s*0\s*$/s;
const NO_SECRET = /^(?!.*password'?\s*=>(?!\s*fun\s))(?!.*\bkey'?\s*=>\s*\{)/s;

/** The certificate of a side, its key, and what it trusts. */
export const FILES: readonly SslOption[] = [
  option('certfile', 'path', both({ writtenFrom: 'certfile' }), {
    file: 'certificate',
    flat: { as: 'string' },
    inPlan: 'judged',
  }),
  option('keyfile', 'path', both({ writtenFrom: 'keyfile' }), {
    file: 'key',
    flat: { as: 'string' },
    inPlan: 'judged',
  }),
  option('cacertfile', 'path', both({ writtenFrom: 'cacertfile' }), {
    file: 'trust',
    flat: { as: 'string' },
    inPlan: 'judged',
  }),
  option('password', 'term', both({ form: FUN_WITHOUT_ARGUMENTS, source: `fun Module:Function/0 only; ${NODES}` }), {
    takes: { expected: 'a string, or a fun', takes: (value) => isText(value) || value.kind === 'fun' },
    flat: { as: 'string' },
  }),
  option('certs_keys', 'term', [
    on('server', { form: NO_SECRET, verdicts: { 24: 'ignored', 25: 'ok' }, source: SINCE_25 }),
    on('client', { form: NO_SECRET, verdicts: { 24: 'error', 25: 'ok' }, source: SINCE_25 }),
  ]),
];
