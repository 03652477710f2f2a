import { Construct } from 'constructs';

import { absolutePath, inDirectory } from '../../model/cluster/absolute-path';
import type { ClusterNode } from '../../model/cluster/cluster-node';
import { NODE_UNKNOWN } from '../../model/cluster/cluster-node';
import { isShortName } from '../../model/cluster/node-name';
import { TlsVersions } from '../../model/erlang/options/tls-versions';
import { allowExpression } from '../../model/erlang/programs/allow-expression';
import { type TlsPaths, tlsPaths } from '../../model/files/tls-paths';
import { refuse } from '../../model/findings/finding';
import { KeyAlgorithm } from '../../model/pki/key-algorithm';
import { alarmHours } from '../../model/pki/lifetime';
import type { IPlatformProfile, IToolProfile, ToolBoot } from '../../model/platforms/profile';
import { keyFindings } from '../../model/rules/certificates/declared';
import { CA_EXPIRES_SOON, CERTIFICATE_EXPIRES_SOON } from '../../model/rules/certificates/validity';
import { clusterFindings, listenFindings } from '../../model/rules/nodes/declared-nodes';
import type { CertificateOptions } from '../certificates/certificate-options';
import { NodeCertificate } from '../certificates/node-certificate';
import { pemFiles } from '../certificates/pem-files';
import { ToolCertificate } from '../certificates/tool-certificate';
import { distributionInput } from '../config/distribution-input';
import { SslDistOptFile } from '../config/ssl-dist-opt-file';
import { CaRollover } from '../issuers/ca-rollover';
import type { ICertificateIssuer } from '../issuers/issuer';
import { RootCa } from '../issuers/root-ca';
import { platformPreconditions } from '../terraform/deferred-host';
import { ExpiryCheck } from '../terraform/expiry-check';
import { IDS } from '../terraform/ids';
import { report, within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { type BootFiles, defineBootFiles, nodeFiles, toolBoot } from './boot-files';
import { type DeclaredNode, declareNodes } from './declared-nodes';
import type { TlsClusterNode, TlsClusterNodeProps, TlsClusterTools } from './tls-cluster-node';
import type { ExpiryAlarmOptions, TlsClusterProps } from './tls-cluster-props';

/**
 * The TLS material of one Erlang cluster: a root CA, a certificate for each node, option files and flags for the platform, and what its
 * tools need, delivered as files.
 *
 * Defines a `RootCa`, for each node a `NodeCertificate` and its files, and on platforms with tools of their own a `ToolCertificate` and its
 * files. Every private key rests in the Terraform state.
 */
export class TlsCluster extends Construct {
  /** The CA. */
  public readonly certificateAuthority: RootCa;
  /** The nodes, in the order they were given. */
  public readonly nodes: TlsClusterNode[];
  /** What tools need; undefined where the platform's tools cannot be given an identity of their own. */
  public readonly tools?: TlsClusterTools;
  /** What guards the steps from one generation of the CA to the next. */
  public readonly rollover: CaRollover;
  /**
   * An Erlang expression, `net_kernel:allow([…])` with the nodes of this cluster: a node that has evaluated it connects to these nodes and
   * to nobody else. Over TLS, OTP then also wants the certificate of whoever dials to be for the host of its name, and that host to be a listed
   * node's. That excludes the tools of this cluster, whose certificate names no host (`docs/identity.md`).
   */
  public readonly allowExpression: string;

  private readonly profile: IPlatformProfile;
  private readonly longNames: boolean;
  private readonly toolBoot?: ToolBoot;
  private commonBootFiles?: BootFiles;

  public constructor(scope: Construct, id: string, props: TlsClusterProps) {
    super(scope, id);
    this.profile = props.platform._profile;
    const declared = within(this, () => declareNodes(props.nodes, props.installDirectory));
    this.check(
      props,
      declared.map(({ node }) => node),
    );

    this.certificateAuthority = new RootCa(this, IDS.CERTIFICATE_AUTHORITY, {
      ...props.certificateAuthority,
      commonName: props.certificateAuthority?.commonName ?? `${this.profile.name} Root CA`,
    });
    this.allowExpression = allowExpression(declared.map(({ node }) => node.name.text));
    this.longNames = !declared.some(({ node }) => isShortName(node.name));
    this.toolBoot = within(this, () => this.declareTools(declared, props));
    this.nodes = declared.map(({ props: nodeProps, node }) => this.defineNode(node, nodeProps, props));
    this.tools = this.profile.tools && this.toolBoot && this.defineTools(this.profile.tools, this.toolBoot, props);
    this.rollover = this.defineRollover(props);
    this.defineAlarms(props);
  }

  /** The node of that name or id. */
  public clusterNode(nameOrId: string): TlsClusterNode {
    const node = this.nodes.find(({ id, name }) => id === nameOrId || name === nameOrId);
    return node ?? within(this, () => refuse(NODE_UNKNOWN, { subject: 'node', got: nameOrId }));
  }

  private check(props: TlsClusterProps, nodes: readonly ClusterNode[]): void {
    const key = props.certificates?.keyAlgorithm ?? KeyAlgorithm.ECDSA_P256;
    const nodeKeys = props.nodes.map((node) => node.keyAlgorithm ?? key);
    const versions = props.tls?.versions ?? TlsVersions.TLS_1_3;
    report(this, [
      ...clusterFindings(nodes, this.profile, Object.values(IDS)),
      ...listenFindings(distributionInput(props.distribution, props.otp), this.profile),
      ...[key, ...nodeKeys].flatMap((one) => keyFindings('nodes', one, versions)),
    ]);
  }

  private issuerOf({ signedBy }: TlsClusterNodeProps): ICertificateIssuer {
    const id = concrete('signedBy', signedBy);
    return id === undefined ? this.certificateAuthority : this.certificateAuthority.issuer(id);
  }

  private defineRollover({ certificateAuthority }: TlsClusterProps): CaRollover {
    const deliveries = [...this.nodes, ...(this.tools === undefined ? [] : [this.tools])];
    return new CaRollover(this, IDS.ROLLOVER, {
      ...certificateAuthority?.rollover,
      certificateAuthority: this.certificateAuthority,
      deliveries: deliveries.flatMap(({ delivered }) => delivered.resources),
    });
  }

  private defineAlarms({ expiryAlarms = {} }: TlsClusterProps): void {
    const given = (name: keyof ExpiryAlarmOptions): number | undefined => {
      const subject = `expiryAlarms.${name}`;
      return within(this, () => alarmHours(subject, concrete(subject, expiryAlarms[name])));
    };
    const [caHours, certificateHours] = [given('caHours'), given('certificateHours')];
    const certificates = [
      ...this.nodes.map(({ id, certificate }) => ({ subject: `certificate of node "${id}"`, certificate })),
      ...(this.tools === undefined ? [] : [{ subject: 'certificate of the tools', ...this.tools }]),
    ];
    const longest = Math.max(...certificates.map(({ certificate }) => certificate._lifetime.validityHours));
    new ExpiryCheck(this, IDS.EXPIRY, [
      ...this.certificateAuthority.trustedGenerations.map(({ node, expiresAt }) => ({
        rule: CA_EXPIRES_SOON,
        subject: `CA generation "${node.id}"`,
        expiresAt,
        alarmHours: caHours ?? longest,
      })),
      ...certificates.flatMap(({ subject, certificate: { expiresAt, _lifetime } }) =>
        expiresAt === undefined
          ? []
          : [
              {
                rule: CERTIFICATE_EXPIRES_SOON,
                subject,
                expiresAt,
                alarmHours: certificateHours ?? Math.floor(_lifetime.earlyRenewalHours / 2),
              },
            ],
      ),
    ]);
  }

  private defineNode(node: ClusterNode, nodeProps: TlsClusterNodeProps, props: TlsClusterProps): TlsClusterNode {
    const { id, installDirectory } = node;
    const scope = new Construct(this, id);
    const paths = tlsPaths(installDirectory, 'node', props.separateKeyFile ?? false);
    const certificate = new NodeCertificate(scope, IDS.CERTIFICATE, {
      ...nodeProps,
      ...certificateOptions(nodeProps, props.certificates),
      issuer: this.issuerOf(nodeProps),
      nodeName: nodeProps.name,
    });
    certificate._require(platformPreconditions(node.name, this.profile));
    const boot = this.bootFiles(scope, nodeProps, paths, props);
    const files = [...pemFiles(paths, certificate, this.certificateAuthority.trust.bundlePem), ...boot.files];
    const delivered = props.delivery.bind(scope, {
      nodeId: id,
      installDirectory,
      files,
      reload: this.profile.reload,
    });
    return { ...boot, id, name: nodeProps.name, installDirectory, certificate, files, delivered };
  }

  /** Where the directory is the cluster's, one option file and one set of flags serve every node, and are written once. */
  private bootFiles(scope: Construct, node: TlsClusterNodeProps, paths: TlsPaths, props: TlsClusterProps): BootFiles {
    const define = (owner: Construct, installDirectory: string): BootFiles =>
      within(owner, () =>
        defineBootFiles(owner, this.profile, {
          ...props,
          installDirectory,
          paths,
          longNames: this.longNames,
          tools: this.toolBoot,
        }),
      );
    if (node.installDirectory !== undefined) return define(scope, node.installDirectory);
    this.commonBootFiles ??= define(this, props.installDirectory);
    return this.commonBootFiles;
  }

  /** The tools' files lie in a directory of their own: who may use the tools need not see a node's key. */
  private declareTools(declared: readonly DeclaredNode[], props: TlsClusterProps): ToolBoot | undefined {
    const { tools } = this.profile;
    if (tools === undefined) return undefined;
    const directory = inDirectory(absolutePath('installDirectory', props.installDirectory), IDS.TOOLS);
    const nodeName = declared[0]?.node.name.text ?? '';
    return toolBoot(tools, directory, props.distribution, { nodeName, longNames: this.longNames });
  }

  private defineTools(tools: IToolProfile, boot: ToolBoot, props: TlsClusterProps): TlsClusterTools {
    const { directory, optionFile: path } = boot;
    const scope = new Construct(this, IDS.TOOLS);
    const paths = tlsPaths(directory, 'tool', false);
    const certificate = new ToolCertificate(scope, IDS.CERTIFICATE, {
      ...props.certificates,
      issuer: this.certificateAuthority,
    });
    const optionFile = new SslDistOptFile(scope, IDS.OPTION_FILE, {
      ...props.tls,
      ...paths,
      path,
      otp: props.otp,
      clientOnly: true,
    });
    const bootFiles = within(scope, () => concrete('files of the tools', tools.bootFiles(boot)));
    const trust = this.certificateAuthority.trust.bundlePem;
    const files = [...pemFiles(paths, certificate, trust), ...nodeFiles(directory, optionFile, bootFiles)];
    return {
      certificate,
      optionFile,
      bootFiles,
      files,
      command: tools.command(boot),
      delivered: props.delivery.bind(scope, { nodeId: IDS.TOOLS, installDirectory: directory, files, reload: '' }),
    };
  }
}

/** What the node says, or else what the cluster says. */
function certificateOptions(node: CertificateOptions, cluster: CertificateOptions = {}): CertificateOptions {
  return {
    keyAlgorithm: node.keyAlgorithm ?? cluster.keyAlgorithm,
    validityHours: node.validityHours ?? cluster.validityHours,
    earlyRenewalHours: node.earlyRenewalHours ?? cluster.earlyRenewalHours,
    keyGeneration: node.keyGeneration ?? cluster.keyGeneration,
  };
}
