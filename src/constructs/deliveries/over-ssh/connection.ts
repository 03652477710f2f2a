import {
  FIRST_PORT,
  HOST_EXPRESSION,
  LAST_PORT,
  SSH_HOST_ILLEGAL,
  sshHost,
  sshNumber,
  sshUser,
} from '../../../model/deliveries/over-ssh/address';
import {
  HOST_KEY_EXPRESSION,
  hostKey,
  hostKeyText,
  SSH_HOST_KEY_ILLEGAL,
  SSH_HOST_KEY_MISSING,
} from '../../../model/deliveries/over-ssh/host-keys';
import { describe, finding, refuse } from '../../../model/findings/finding';
import type { Rule } from '../../../model/findings/rule';
import type { Precondition, SSHProvisionerConnection } from '../../terraform/cdktf';
import { expression, operand, quoted } from '../../terraform/expression';
import { concrete, isToken, withoutListToken } from '../../terraform/tokens';
import type { SshBastion, SshHost, SshProps } from './props';

/** How Terraform gets to a host, and what has to be true of values that only it knows. */
export interface Connection {
  readonly attributes: SSHProvisionerConnection;
  readonly conditions: readonly Precondition[];
}

/** A server, checked as far as it is known. */
interface Server {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly keys: readonly string[];
}

type Common = Pick<SshProps, 'user' | 'port' | 'hostKeys' | 'privateKey' | 'bastion' | 'unsafeAnyHostKey'>;

export const SSH_PORT = 22;

/** The connection to the host of that id. */
export function connectionTo(id: string, address: string, own: SshHost, common: Common, seconds: number): Connection {
  const { privateKey, bastion: through } = common;
  const subject = `host of ${id}`;
  const target = server(subject, { ...common, ...own, host: address }, common);
  const bastion = through && server('bastion', through, common);
  const isChecked = target.keys.length > 0;
  checkKeys(subject, target, bastion, common);
  return {
    attributes: {
      ...{ type: 'ssh', host: target.host, port: target.port, user: target.user, timeout: `${seconds}s` },
      ...{ agent: String(privateKey === undefined), privateKey },
      hostKey: hostKeyText(`hostKeys of ${id}`, target, isChecked ? bastion : undefined),
      ...(bastion && bastionAttributes(bastion, through.privateKey ?? privateKey)),
    },
    conditions: [...conditionsOf(id, target), ...(bastion === undefined ? [] : conditionsOf(id, bastion))],
  };
}

/** Every server needs a key, or none does: Terraform would compare the bastion with the key of the host. */
function checkKeys(subject: string, target: Server, bastion: Server | undefined, { unsafeAnyHostKey }: Common): void {
  const isChecked = target.keys.length > 0;
  const isNoneSafe = unsafeAnyHostKey === true && !isChecked;
  if (!isChecked && !isNoneSafe) refuse(SSH_HOST_KEY_MISSING, { subject });
  if (bastion?.keys.length === 0 && !isNoneSafe) refuse(SSH_HOST_KEY_MISSING, { subject: 'bastion' });
}

function conditionsOf(id: string, { host, keys }: Server): readonly Precondition[] {
  return [
    ...condition(SSH_HOST_ILLEGAL, `host of ${id}`, HOST_EXPRESSION, host),
    ...keys.flatMap((key) => condition(SSH_HOST_KEY_ILLEGAL, `hostKeys of ${id}`, HOST_KEY_EXPRESSION, key)),
  ];
}

function server(subject: string, given: SshBastion, common: Common): Server {
  const { host, port = SSH_PORT, user = common.user, hostKeys = [] } = given;
  withoutListToken(`hostKeys of ${subject}`, hostKeys);
  return {
    host: isToken(host) ? host : sshHost(subject, host),
    port: sshNumber(`port of ${subject}`, concrete(`port of ${subject}`, port), { from: FIRST_PORT, to: LAST_PORT }),
    user: sshUser(`user of ${subject}`, concrete(`user of ${subject}`, user)),
    keys: hostKeys.map((key) =>
      isToken(key) ? expression(`trimspace(${operand(key)})`) : hostKey(`hostKeys of ${subject}`, key),
    ),
  };
}

function bastionAttributes({ host, port, user, keys }: Server, privateKey?: string): Partial<SSHProvisionerConnection> {
  return {
    ...{ bastionHost: host, bastionPort: port, bastionUser: user, bastionPrivateKey: privateKey },
    bastionHostKey: keys[0],
  };
}

/** Terraform makes the check of what it knows alone, before it connects. */
function condition(rule: Rule, subject: string, regularExpression: string, text: string): readonly Precondition[] {
  if (!isToken(text)) return [];
  return [
    {
      condition: expression(`can(regex(${quoted(regularExpression)}, ${operand(text)}))`),
      errorMessage: describe(finding(rule, { subject })),
    },
  ];
}
