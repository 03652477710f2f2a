import { absolutePath } from '../../model/cluster/absolute-path';
import { type ClusterPlan, planCluster } from '../../model/plan/cluster-plan';
import type { AlarmChoice, ClusterSpec, NodeSpec, SharedSpec } from '../../model/plan/cluster-spec';
import { certificateChoice } from '../certificates/certificate-options';
import { nodeChoice } from '../certificates/node-certificate';
import { tlsSpec } from '../config/dist-options-input';
import { distributionInput } from '../config/distribution-input';
import { IDS } from '../terraform/ids';
import { concrete, showTokens } from '../terraform/tokens';
import { revocationSpec } from './cluster-revocation';
import type { DeclaredNode } from './declared-nodes';
import type { SharedMember } from './shared-member';
import type { ClusterOptions, ExpiryAlarmOptions } from './tls-cluster-props';

/** The plan of a cluster, with the files of a platform that the user implements checked: they may have tokens. */
export function plannedCluster(
  props: ClusterOptions,
  declared: readonly DeclaredNode[],
  trustedGenerations: ClusterSpec['trustedGenerations'],
  shared?: SharedMember,
): ClusterPlan {
  const profile = props.platform._profile;
  const plan = planCluster(clusterSpec(props, declared, trustedGenerations, shared), profile);
  const nodes = new Set(plan.nodes.map(({ boot }) => boot.bootFiles));
  for (const bootFiles of nodes) concrete(`files of ${profile.name}`, bootFiles);
  concrete('files of the tools', plan.tools?.boot.bootFiles);
  return plan;
}

/** The common name of the root CA. */
export function rootCommonName({ platform, certificateAuthority }: ClusterOptions): string {
  return certificateAuthority?.commonName ?? `${platform.name} Root CA`;
}

/** The cluster in the form of the model, with defaults and without tokens. */
export function clusterSpec(
  props: ClusterOptions,
  declared: readonly DeclaredNode[],
  trustedGenerations: ClusterSpec['trustedGenerations'],
  shared?: SharedMember,
): ClusterSpec {
  return {
    otp: props.otp,
    nodes: declared.map(nodeSpec),
    shared: shared && sharedSpec(shared, props, declared),
    installDirectory: absolutePath('installDirectory', concrete('installDirectory', props.installDirectory)),
    tls: { ...tlsSpec(props.tls ?? {}), sharedNames: shared?.identity._shared().names },
    distribution: distributionInput(props.distribution, props.otp),
    flags: concrete('flags', props.flags ?? []),
    certificates: certificateChoice(props.certificates ?? {}),
    separateKeyFile: props.separateKeyFile ?? false,
    trustedGenerations,
    alarms: alarmChoice(props.expiryAlarms ?? {}),
    revocation: revocationSpec(props),
    toolsId: IDS.TOOLS,
    takenIds: Object.values(IDS),
  };
}

function nodeSpec({ node, props, hasOwnDirectory }: DeclaredNode): NodeSpec {
  return { node, label: showTokens(props.name), hasOwnDirectory, certificate: nodeChoice(props) };
}

function sharedSpec(
  { identity, member }: SharedMember,
  { certificates }: ClusterOptions,
  declared: readonly DeclaredNode[],
): SharedSpec {
  const ownOptions = declared.map(({ node, props }) => {
    const given = Object.entries(props).filter(([option, value]) => !/^(name|id)$/.test(option) && value !== undefined);
    return [node.name.text, given.map(([option]) => option)] as const;
  });
  const beside = { ownOptions: new Map(ownOptions), isKeyOnNode: certificates?.key?.isOnNode === true };
  return { identity: identity._shared(), node: nodeSpec(member), beside };
}

function alarmChoice({ caHours, certificateHours, crlHours }: ExpiryAlarmOptions): AlarmChoice {
  return {
    caHours: concrete('expiryAlarms.caHours', caHours),
    certificateHours: concrete('expiryAlarms.certificateHours', certificateHours),
    crlHours: concrete('expiryAlarms.crlHours', crlHours),
  };
}
