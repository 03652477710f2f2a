/**
 * Every refusal, warning and finding of the library and of its command line tool, derived from the files in which the rules stand. A new file with
 * rules is one more line here; a new rule is none.
 */
import * as apiTypeRules from './api/type-rules';
import * as clusterAbsolutePath from './cluster/absolute-path';
import * as clusterClusterNode from './cluster/cluster-node';
import * as clusterNodeName from './cluster/node-name';
import * as clusterNodeRange from './cluster/node-range';
import * as clusterShard from './cluster/shard';
import * as clusterShardDivision from './cluster/shard-division';
import * as deliveriesKubernetesSecretKeys from './deliveries/kubernetes-secret/keys';
import * as deliveriesKubernetesSecretNames from './deliveries/kubernetes-secret/names';
import * as deliveriesKubernetesSecretSize from './deliveries/kubernetes-secret/size';
import * as deliveriesNodeScriptOwner from './deliveries/node-script/owner';
import * as deliveriesNodeScriptWriter from './deliveries/node-script/writer';
import * as deliveriesOutputDirectory from './deliveries/output-directory';
import * as deliveriesOverSshAddress from './deliveries/over-ssh/address';
import * as deliveriesOverSshHostKeys from './deliveries/over-ssh/host-keys';
import * as deliveriesSecretStoresScriptSize from './deliveries/secret-stores/script-size';
import * as deliveriesSecretStoresSecretName from './deliveries/secret-stores/secret-name';
import * as erlangFlagsArgsFileWriter from './erlang/flags/args-file-writer';
import * as erlangFlagsDistributionFlags from './erlang/flags/distribution-flags';
import * as erlangFlagsNodeFlags from './erlang/flags/node-flags';
import * as erlangFlagsPorts from './erlang/flags/ports';
import * as erlangFlagsSecretFlags from './erlang/flags/secret-flags';
import * as erlangFlagsShellVariableWriter from './erlang/flags/shell-variable-writer';
import * as erlangFlagsVmFlags from './erlang/flags/vm-flags';
import * as erlangOptionsFlatOptions from './erlang/options/flat-options';
import * as erlangOptionsNearOption from './erlang/options/near-option';
import * as erlangOptionsOptionValues from './erlang/options/option-values';
import * as erlangTermsSourceText from './erlang/terms/source-text';
import * as filesFileSet from './files/file-set';
import { isRule, type Rule } from './findings/rule';
import * as networkIpAddress from './network/ip-address';
import * as observedTerraformTerraformPlan from './observed/terraform/terraform-plan';
import * as observedTerraformTerraformState from './observed/terraform/terraform-state';
import * as otpOtpRelease from './otp/otp-release';
import * as pkiCaKey from './pki/ca-key';
import * as pkiGeneration from './pki/generation';
import * as pkiGenerationPlan from './pki/generation-plan';
import * as pkiHandover from './pki/handover';
import * as pkiIssuerLimits from './pki/issuer-limits';
import * as pkiKeptKey from './pki/kept-key';
import * as pkiKeyAlgorithm from './pki/key-algorithm';
import * as pkiLifetime from './pki/lifetime';
import * as pkiMaxPathLength from './pki/max-path-length';
import * as pkiRevocationList from './pki/revocation-list';
import * as pkiRolloverGuard from './pki/rollover-guard';
import * as pkiSharedIdentity from './pki/shared-identity';
import * as pkiSubjectNames from './pki/subject-names';
import * as platformsCouchdb from './platforms/couchdb';
import * as platformsOwnProfile from './platforms/own-profile';
import * as platformsRelxReleaseTemplateWriter from './platforms/relx-release/template-writer';
import * as platformsTlsProtocol from './platforms/tls-protocol';
import * as rulesCertificatesChain from './rules/certificates/chain';
import * as rulesCertificatesDeclared from './rules/certificates/declared';
import * as rulesCertificatesDeclaredAuthority from './rules/certificates/declared-authority';
import * as rulesCertificatesExtensions from './rules/certificates/extensions';
import * as rulesCertificatesHandedIn from './rules/certificates/handed-in';
import * as rulesCertificatesHostNames from './rules/certificates/host-names';
import * as rulesCertificatesIssued from './rules/certificates/issued';
import * as rulesCertificatesIssuedChain from './rules/certificates/issued-chain';
import * as rulesCertificatesKeyTypes from './rules/certificates/key-types';
import * as rulesCertificatesKeyUses from './rules/certificates/key-uses';
import * as rulesCertificatesKeysOnNodes from './rules/certificates/keys-on-nodes';
import * as rulesCertificatesNameConstraints from './rules/certificates/name-constraints';
import * as rulesCertificatesPathLength from './rules/certificates/path-length';
import * as rulesCertificatesPemFiles from './rules/certificates/pem-files';
import * as rulesCertificatesPrivateKey from './rules/certificates/private-key';
import * as rulesCertificatesRequest from './rules/certificates/request';
import * as rulesCertificatesRequestNames from './rules/certificates/request-names';
import * as rulesCertificatesRevocation from './rules/certificates/revocation';
import * as rulesCertificatesRevocationLists from './rules/certificates/revocation-lists';
import * as rulesCertificatesSignatures from './rules/certificates/signatures';
import * as rulesCertificatesTrustBundle from './rules/certificates/trust-bundle';
import * as rulesCertificatesUnrelatedCertificates from './rules/certificates/unrelated-certificates';
import * as rulesCertificatesValidity from './rules/certificates/validity';
import * as rulesCertificatesVerifiers from './rules/certificates/verifiers';
import * as rulesCheckPlan from './rules/check-plan';
import * as rulesFilesAccess from './rules/files/access';
import * as rulesFilesOutputDirectory from './rules/files/output-directory';
import * as rulesFilesPresence from './rules/files/presence';
import * as rulesFilesSymlinks from './rules/files/symlinks';
import * as rulesFlagsApplicationParameters from './rules/flags/application-parameters';
import * as rulesFlagsArgsFiles from './rules/flags/args-files';
import * as rulesFlagsInterfaces from './rules/flags/interfaces';
import * as rulesFlagsMissingFlags from './rules/flags/missing-flags';
import * as rulesFlagsNodeNames from './rules/flags/node-names';
import * as rulesFlagsOptionChannels from './rules/flags/option-channels';
import * as rulesFlagsPlainTextListener from './rules/flags/plain-text-listener';
import * as rulesFlagsPlainTextOrder from './rules/flags/plain-text-order';
import * as rulesFlagsPlainTextPartition from './rules/flags/plain-text-partition';
import * as rulesFlagsPortDiscovery from './rules/flags/port-discovery';
import * as rulesFlagsProtocol from './rules/flags/protocol';
import * as rulesFlagsProtocolMismatch from './rules/flags/protocol-mismatch';
import * as rulesFlagsUnexamined from './rules/flags/unexamined';
import * as rulesNodesDeclaredListening from './rules/nodes/declared-listening';
import * as rulesNodesDeclaredNodes from './rules/nodes/declared-nodes';
import * as rulesNodesNodeNames from './rules/nodes/node-names';
import * as rulesNodesSharedIdentity from './rules/nodes/shared-identity';
import * as rulesNodesSurvey from './rules/nodes/survey';
import * as rulesOptionsAgreement from './rules/options/agreement';
import * as rulesOptionsDeclaredOptions from './rules/options/declared-options';
import * as rulesOptionsKernelTls from './rules/options/kernel-tls';
import * as rulesOptionsOptionFile from './rules/options/option-file';
import * as rulesOptionsOptionSides from './rules/options/option-sides';
import * as rulesOptionsSharedNames from './rules/options/shared-names';
import * as rulesOptionsVerdicts from './rules/options/verdicts';
import * as rulesOptionsVerification from './rules/options/verification';
import * as rulesPlans from './rules/plans';
import * as rulesProbeErlPair from './rules/probe/erl-pair';
import * as rulesProbeProbe from './rules/probe/probe';
import * as rulesProbeStaleCertificate from './rules/probe/stale-certificate';
import * as rulesTrustSharedKeys from './rules/trust/shared-keys';
import * as rulesTrustTransition from './rules/trust/transition';
import * as rulesTrustUnseenCertificates from './rules/trust/unseen-certificates';
import * as rulesTrustUntrustedByPeer from './rules/trust/untrusted-by-peer';
import * as rulesUnfinished from './rules/unfinished';
import * as terraformProviderFeatures from './terraform/provider-features';
import * as terraformTerraformText from './terraform/terraform-text';
import * as terraformVersionConstraint from './terraform/version-constraint';

/** In the order of the data flow. */
const MODULES = [
  networkIpAddress,
  apiTypeRules,
  otpOtpRelease,
  terraformTerraformText,
  terraformProviderFeatures,
  terraformVersionConstraint,
  clusterAbsolutePath,
  clusterClusterNode,
  clusterNodeName,
  clusterNodeRange,
  clusterShard,
  clusterShardDivision,
  pkiGenerationPlan,
  pkiCaKey,
  pkiGeneration,
  pkiHandover,
  pkiIssuerLimits,
  pkiKeyAlgorithm,
  pkiLifetime,
  pkiRevocationList,
  pkiKeptKey,
  pkiMaxPathLength,
  pkiRolloverGuard,
  pkiSharedIdentity,
  pkiSubjectNames,
  filesFileSet,
  erlangFlagsArgsFileWriter,
  erlangFlagsDistributionFlags,
  erlangFlagsNodeFlags,
  erlangFlagsPorts,
  erlangFlagsSecretFlags,
  erlangFlagsShellVariableWriter,
  erlangFlagsVmFlags,
  erlangOptionsFlatOptions,
  erlangOptionsNearOption,
  erlangOptionsOptionValues,
  erlangTermsSourceText,
  platformsCouchdb,
  platformsOwnProfile,
  platformsRelxReleaseTemplateWriter,
  platformsTlsProtocol,
  deliveriesKubernetesSecretKeys,
  deliveriesKubernetesSecretNames,
  deliveriesKubernetesSecretSize,
  deliveriesNodeScriptOwner,
  deliveriesNodeScriptWriter,
  deliveriesOutputDirectory,
  deliveriesSecretStoresScriptSize,
  deliveriesSecretStoresSecretName,
  deliveriesOverSshAddress,
  deliveriesOverSshHostKeys,
  observedTerraformTerraformPlan,
  observedTerraformTerraformState,
  rulesCertificatesChain,
  rulesCertificatesDeclared,
  rulesCertificatesHandedIn,
  rulesCertificatesDeclaredAuthority,
  rulesCertificatesHostNames,
  rulesCertificatesNameConstraints,
  rulesCertificatesRevocation,
  rulesCertificatesRevocationLists,
  rulesCertificatesExtensions,
  rulesCertificatesIssued,
  rulesCertificatesIssuedChain,
  rulesCertificatesKeysOnNodes,
  rulesCertificatesKeyTypes,
  rulesCertificatesKeyUses,
  rulesCertificatesPathLength,
  rulesCertificatesPemFiles,
  rulesCertificatesPrivateKey,
  rulesCertificatesRequest,
  rulesCertificatesRequestNames,
  rulesCertificatesSignatures,
  rulesCertificatesTrustBundle,
  rulesCertificatesUnrelatedCertificates,
  rulesCertificatesValidity,
  rulesCertificatesVerifiers,
  rulesCheckPlan,
  rulesFilesOutputDirectory,
  rulesFilesAccess,
  rulesFilesPresence,
  rulesFilesSymlinks,
  rulesFlagsApplicationParameters,
  rulesFlagsArgsFiles,
  rulesFlagsInterfaces,
  rulesFlagsNodeNames,
  rulesFlagsOptionChannels,
  rulesFlagsPlainTextListener,
  rulesFlagsProtocol,
  rulesFlagsMissingFlags,
  rulesFlagsPlainTextOrder,
  rulesFlagsPlainTextPartition,
  rulesFlagsPortDiscovery,
  rulesFlagsProtocolMismatch,
  rulesFlagsUnexamined,
  rulesNodesDeclaredNodes,
  rulesNodesDeclaredListening,
  rulesNodesNodeNames,
  rulesNodesSharedIdentity,
  rulesNodesSurvey,
  rulesOptionsAgreement,
  rulesOptionsDeclaredOptions,
  rulesOptionsKernelTls,
  rulesOptionsOptionFile,
  rulesOptionsOptionSides,
  rulesOptionsSharedNames,
  rulesOptionsVerdicts,
  rulesOptionsVerification,
  rulesPlans,
  rulesUnfinished,
  rulesProbeErlPair,
  rulesProbeProbe,
  rulesProbeStaleCertificate,
  rulesTrustSharedKeys,
  rulesTrustTransition,
  rulesTrustUnseenCertificates,
  rulesTrustUntrustedByPeer,
] as const;

type ExportOf<Module> = Module extends unknown ? Module[keyof Module] : never;
type RuleOf<Export> = Export extends Rule<infer Code> ? (string extends Code ? never : Code) : never;

/** The code of a rule. */
export type Code = RuleOf<ExportOf<(typeof MODULES)[number]>>;

/** Every rule by its code. */
export const CATALOGUE = Object.fromEntries(
  MODULES.flatMap((module) => Object.values<unknown>(module))
    .filter(isRule)
    .map((one) => [one.code, one]),
) as Readonly<Record<Code, Rule>>;
