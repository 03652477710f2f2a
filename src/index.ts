export type { CertificateOptions } from './constructs/certificates/certificate-options';
export {
  Identity,
  type SharedByNameOptions,
  type SharedByWildcardOptions,
  type SharedIdentityOptions,
} from './constructs/certificates/identity';
export {
  NodeCertificate,
  type NodeCertificateOptions,
  type NodeCertificateProps,
} from './constructs/certificates/node-certificate';
export { NodeKey, type OnNodeOptions } from './constructs/certificates/node-key';
export { ToolCertificate, type ToolCertificateProps } from './constructs/certificates/tool-certificate';
export { Platform } from './constructs/cluster/platform';
export { TlsCluster } from './constructs/cluster/tls-cluster';
export type { TlsClusterNode, TlsClusterNodeProps, TlsClusterTools } from './constructs/cluster/tls-cluster-node';
export type {
  ClusterCaOptions,
  ClusterOptions,
  ExpiryAlarmOptions,
  RevocationOptions,
  TlsClusterProps,
} from './constructs/cluster/tls-cluster-props';
export type { DistributionOptions } from './constructs/config/distribution-options';
export { SslDist } from './constructs/config/ssl-dist';
export { SslDistOptFile, type SslDistOptFileProps } from './constructs/config/ssl-dist-opt-file';
export type { SslDistOptions, TlsOptions } from './constructs/config/ssl-dist-options';
export { VmArgs, type VmArgsProps } from './constructs/config/vm-args';
export type { DeliveryRequest, DeliveryResult, IDelivery, KeyOnNode } from './constructs/deliveries/delivery';
export { Delivery } from './constructs/deliveries/factory';
export type { InstallScriptProps } from './constructs/deliveries/install-script';
export { KubernetesSecret, type KubernetesSecretProps } from './constructs/deliveries/kubernetes-secret';
export type { KubernetesPod } from './constructs/deliveries/kubernetes-secret/pod';
export type { LocalFilesProps } from './constructs/deliveries/local-files';
export { NodeScript } from './constructs/deliveries/node-script';
export type { SshBastion, SshHost, SshProps } from './constructs/deliveries/over-ssh/props';
export { SshReload } from './constructs/deliveries/over-ssh/reload';
export { ScriptDelivery, type ScriptDeliveryProps } from './constructs/deliveries/script-delivery';
export type { AwsParameterStoreProps } from './constructs/deliveries/secret-stores/aws-parameter-store';
export type { AwsSecretsManagerProps } from './constructs/deliveries/secret-stores/aws-secrets-manager';
export type { AzureKeyVaultProps } from './constructs/deliveries/secret-stores/azure-key-vault';
export type { GoogleSecretManagerProps } from './constructs/deliveries/secret-stores/google-secret-manager';
export { SecretStore, type SecretStoreProps } from './constructs/deliveries/secret-stores/secret-store';
export type { VaultKvProps } from './constructs/deliveries/secret-stores/vault-kv';
export { AwsPrivateCaIssuer, type AwsPrivateCaIssuerProps } from './constructs/issuers/aws-private-ca-issuer';
export { CaGeneration, type CaGenerationOptions } from './constructs/issuers/ca-generation';
export { CaRollover, type CaRolloverOptions, type CaRolloverProps } from './constructs/issuers/ca-rollover';
export { CaSource } from './constructs/issuers/ca-source';
export {
  CertificateAuthority,
  type CertificateAuthorityOptions,
  type CertificateAuthorityProps,
} from './constructs/issuers/certificate-authority';
export {
  CertificateAuthorityGeneration,
  type CertificateAuthorityGenerationProps,
} from './constructs/issuers/certificate-authority-generation';
export { GoogleCasIssuer, type GoogleCasIssuerProps } from './constructs/issuers/google-cas-issuer';
export type {
  CertificateOrder,
  ICertificateIssuer,
  IssuedCertificate,
  TrustMaterial,
} from './constructs/issuers/issuer';
export { KubernetesIssuer, type KubernetesIssuerProps } from './constructs/issuers/kubernetes-issuer';
export { SignedOutside, type SignedOutsideProps } from './constructs/issuers/signed-outside';
export type { ImportedCaProps, WriteOnlyKey } from './constructs/issuers/sources/imported';
export type { IntermediateCaProps } from './constructs/issuers/sources/intermediate';
export { VaultIssuer, type VaultIssuerProps } from './constructs/issuers/vault-issuer';
export { ShardedCluster, type ShardedClusterProps, type ShardedNodeProps } from './constructs/shards/sharded-cluster';
export { TlsClusterAuthority, type TlsClusterAuthorityProps } from './constructs/shards/tls-cluster-authority';
export { TlsClusterShard, type TlsClusterShardProps } from './constructs/shards/tls-cluster-shard';
export { TlsProviderVersion } from './constructs/terraform/tls-provider-version';
export { Shard } from './model/cluster/shard';
export type { VmFlag } from './model/erlang/flags/vm-flags';
export { CrlCheck } from './model/erlang/options/crl-check';
export type { ClientSslOptions, CommonSslOptions, ServerSslOptions } from './model/erlang/options/ssl-options';
export { TlsVersions } from './model/erlang/options/tls-versions';
export type { NodeFile } from './model/files/node-file';
export { OtpRelease } from './model/otp/otp-release';
export { KeyAlgorithm } from './model/pki/key-algorithm';
export type { CouchDbOptions } from './model/platforms/couchdb';
export type { EjabberdOptions } from './model/platforms/ejabberd';
export type { ElixirReleaseOptions } from './model/platforms/elixir-release';
export type { EmqxOptions } from './model/platforms/emqx';
export type { MongooseImOptions } from './model/platforms/mongooseim';
export type { ErlOptions } from './model/platforms/plain-erl';
export type {
  BootFile,
  IPlatformProfile,
  IToolProfile,
  NodeBoot,
  PlainTextPattern,
  ToolBoot,
} from './model/platforms/profile';
export type { RabbitMqOptions } from './model/platforms/rabbitmq';
export type { RelxReleaseOptions } from './model/platforms/relx-release';
export type { VerneMqOptions } from './model/platforms/vernemq';
