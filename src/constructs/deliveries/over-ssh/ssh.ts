import { createHash } from 'node:crypto';

import type { Construct } from 'constructs';

import { ownValue } from '../../../model/api/own-values';
import { NODE_DIRECTORY_SHARED } from '../../../model/cluster/cluster-node';
import {
  hostFromPattern,
  plainDirectory,
  SSH_HOST_UNKNOWN,
  SSH_ID_UNKNOWN,
  SSH_RELOAD_UNKNOWN,
  sshCommand,
  sshNumber,
} from '../../../model/deliveries/over-ssh/address';
import { BEGIN_BODY, FINISH_BODY, steps } from '../../../model/deliveries/over-ssh/steps';
import { describe, finding, refuse } from '../../../model/findings/finding';
import { notTyped } from '../../../model/pki/ca-key';
import { TerraformStack } from '../../terraform/cdktf';
import { IDS } from '../../terraform/ids';
import { sharedBody } from '../../terraform/shared-texts';
import { TerraformData } from '../../terraform/terraform-data';
import { concrete, isToken, splitAtTokens } from '../../terraform/tokens';
import { refuseTypedKey } from '../../terraform/typed-key';
import { claimedBefore } from '../claims';
import type { DeliveryResult } from '../delivery';
import type { NodeScript } from '../node-script';
import { ScriptDelivery } from '../script-delivery';
import { Chain } from './chain';
import { connectionTo, SSH_PORT } from './connection';
import type { SshProps } from './props';

/** Defaults that are not those of a connection. */
const TIMEOUT_SECONDS = 300;
const HEALTH_SECONDS = 120;
const LONGEST_SECONDS = 24 * 3600;
const PLACE_OF_HOST = '{host}';

/** Terraform brings the script to each host, runs it, and removes it. */
export class Ssh extends ScriptDelivery {
  private readonly props: SshProps;
  private readonly timeoutSeconds: number;
  private readonly healthSeconds: number;
  private readonly staging: string;
  private readonly health: string;
  /** The ids of all hosts that a script went to. */
  private readonly reached = new Set<string>();
  private readonly chains = new WeakMap<TerraformStack, Chain>();

  public constructor(props: SshProps) {
    super({ owner: props.owner });
    // Other properties may be tokens.
    const { host = PLACE_OF_HOST, stagingDirectory, healthCommand } = concreteParts(props);
    this.props = { ...props, host };
    this.timeoutSeconds = seconds('timeoutSeconds', props.timeoutSeconds ?? TIMEOUT_SECONDS);
    this.healthSeconds = seconds('healthSeconds', props.healthSeconds ?? HEALTH_SECONDS);
    this.staging = stagingDirectory === undefined ? '.' : plainDirectory('stagingDirectory', stagingDirectory);
    this.health = healthCommand === undefined ? '' : sshCommand('healthCommand', healthCommand);
  }

  protected deliverScript(scope: Construct, script: NodeScript): DeliveryResult {
    this.checkStack(scope);
    const isOfTools = script.nodeId === IDS.TOOLS;
    const { privateKey, bastion } = this.props;
    for (const key of [privateKey, bastion?.privateKey]) {
      if (key === undefined) continue;
      notTyped('privateKey', splitAtTokens(key), isToken);
      refuseTypedKey(scope, 'privateKey', key);
    }
    const hosts = this.hostsOf(script, isOfTools);
    const resources = hosts.map(([id, host]) =>
      this.define(scope, id === script.nodeId ? IDS.INSTALLED : `${IDS.INSTALLED_ON}${id}`, {
        id,
        host,
        script,
        isOfTools,
      }),
    );
    return ownValue('DeliveryResult', { outputs: [], resources });
  }

  /** Where the script goes to, by id. */
  private hostsOf({ nodeId, hosts }: NodeScript, isOfTools: boolean): readonly (readonly [string, string])[] {
    const { toolsOn } = this.props;
    const declared = Object.keys(hosts);
    const ids = isOfTools ? (toolsOn ?? declared) : declared.length > 0 ? declared : [nodeId];
    if (ids.length === 0) refuse(SSH_HOST_UNKNOWN, { subject: 'delivery of', got: nodeId });
    const addresses = new Map(ids.map((id) => [id, this.addressOf(id, hosts[id])]));
    // Installations into one directory at the same time are in each other's way.
    return [...addresses].filter(
      ([id, address], index) =>
        ![...addresses]
          .slice(0, index)
          .some(([other, one]) => one === address && this.portOf(other) === this.portOf(id)),
    );
  }

  private addressOf(id: string, host: string | undefined): string {
    const { hosts: given = {}, host: pattern = PLACE_OF_HOST } = this.props;
    this.reached.add(id);
    const address = given[id]?.host ?? (host === undefined ? undefined : placed(pattern, id, host));
    return address ?? refuse(SSH_HOST_UNKNOWN, { subject: 'id', got: id });
  }

  private portOf(id: string): number {
    const { hosts = {}, port = SSH_PORT } = this.props;
    return hosts[id]?.port ?? port;
  }

  private define(scope: Construct, constructId: string, { id, host, script, isOfTools }: Installation): TerraformData {
    const { hosts = {}, reinstall = {} } = this.props;
    const { attributes, conditions } = connectionTo(id, host, hosts[id] ?? {}, this.props, this.timeoutSeconds);
    this.claim(scope, id, host, script);
    const chain = this.chainOf(scope);
    const path = `${scope.node.path}/${constructId}`;
    const place = createHash('sha256').update(`${path}\n${script.installDirectory}`).digest('hex').slice(0, 12);
    const isWaiting = script.keyOnNode !== undefined && script.keyOnNode.certificatePath === undefined;
    const resource: TerraformData = new TerraformData(scope, constructId, {
      input: { script: script.publicContent },
      triggersReplace: { script: script.checksum, reinstall: reinstall[id] },
      lifecycle: conditions.length === 0 ? undefined : { precondition: [...conditions] },
      waitsFor: () => chain?.before(resource),
      provisioning: {
        connection: attributes,
        scripts: steps(
          {
            directory: `${this.staging}/.erlang-tls-${place}`,
            limit: 2 * this.timeoutSeconds,
            installDirectory: script.installDirectory,
            sudo: this.props.sudo ?? false,
            kept: script.keyOnNode && `erlang-tls-${script.nodeId}.sh`,
            isWaiting,
            ...(isOfTools
              ? { reload: '', health: '', healthSeconds: 0 }
              : { reload: this.reloadOf(script), health: this.health, healthSeconds: this.healthSeconds }),
          },
          {
            begin: sharedBody(scope, BEGIN_BODY, IDS.SSH_BEGIN),
            install: script.content,
            finish: sharedBody(scope, FINISH_BODY, IDS.SSH_FINISH),
          },
        ),
      },
    });
    chain?.add({ resource, isOfTools });
    return resource;
  }

  /** Each would replace the files of the other one. */
  private claim(scope: Construct, id: string, host: string, { nodeId, installDirectory }: NodeScript): void {
    const place = JSON.stringify([this.props.bastion?.host, host, this.portOf(id), installDirectory]);
    const other = claimedBefore(TerraformStack.of(scope), scope, `ssh ${place}`, installDirectory);
    if (other === undefined) return;
    const detail = `${other.by} installs into ${installDirectory} on the same host`;
    const expected = 'for each node on a host another installDirectory';
    refuse(NODE_DIRECTORY_SHARED, { subject: 'node', got: nodeId, detail, expected });
  }

  private reloadOf({ reloadCommand }: NodeScript): string {
    const { reload } = this.props;
    if (reload === undefined) return '';
    return reload._command ?? reloadCommand ?? refuse(SSH_RELOAD_UNKNOWN, { subject: 'platform of the nodes' });
  }

  /** Absent if the hosts do not wait for each other. */
  private chainOf(scope: Construct): Chain | undefined {
    if (this.props.oneAtATime !== true) return undefined;
    const stack = TerraformStack.of(scope);
    const chain = this.chains.get(stack) ?? new Chain();
    this.chains.set(stack, chain);
    return chain;
  }

  /** Once all scripts have gone somewhere, an id that none went to is a mistake. */
  private checkStack(scope: Construct): void {
    if (this.reached.size > 0) return;
    const { hosts = {}, reinstall = {} } = this.props;
    TerraformStack.of(scope).node.addValidation({
      validate: () =>
        [...Object.keys(hosts).map((id) => ['hosts', id]), ...Object.keys(reinstall).map((id) => ['reinstall', id])]
          .filter(([, id = '']) => !this.reached.has(id))
          .map(([property = '', id]) => describe(finding(SSH_ID_UNKNOWN, { subject: property, got: id }))),
    });
  }
}

interface Installation {
  readonly id: string;
  readonly host: string;
  readonly script: NodeScript;
  readonly isOfTools: boolean;
}

function concreteParts(props: SshProps): Pick<SshProps, 'host' | 'stagingDirectory' | 'healthCommand'> {
  const { host, stagingDirectory, healthCommand, toolsOn } = props;
  concrete('toolsOn', toolsOn);
  return {
    host: concrete('host', host),
    stagingDirectory: concrete('stagingDirectory', stagingDirectory),
    healthCommand: concrete('healthCommand', healthCommand),
  };
}

function seconds(subject: string, value: number): number {
  return sshNumber(subject, concrete(subject, value), { from: 1, to: LONGEST_SECONDS });
}

/** The pattern is known, and the host may be a token. */
function placed(pattern: string, id: string, host: string): string {
  return hostFromPattern('host', pattern, { id, host });
}
