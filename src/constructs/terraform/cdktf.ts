/**
 * The parts of the framework and its prebuilt providers that this package uses. No other file imports them, so that a build for another
 * framework replaces only this file.
 */
export { File } from '@cdktf/provider-local/lib/file';
export { SensitiveFile } from '@cdktf/provider-local/lib/sensitive-file';
export { CertRequest } from '@cdktf/provider-tls/lib/cert-request';
export { DataTlsCertificate } from '@cdktf/provider-tls/lib/data-tls-certificate';
export { DataTlsPublicKey } from '@cdktf/provider-tls/lib/data-tls-public-key';
export { LocallySignedCert, type LocallySignedCertConfig } from '@cdktf/provider-tls/lib/locally-signed-cert';
export { PrivateKey, type PrivateKeyConfig } from '@cdktf/provider-tls/lib/private-key';
export { SelfSignedCert } from '@cdktf/provider-tls/lib/self-signed-cert';
export {
  Annotations,
  App,
  Aspects,
  DefaultTokenResolver,
  Fn,
  type IResolvable,
  type IResolveContext,
  Op,
  type Precondition,
  propertyAccess,
  type SSHProvisionerConnection,
  StringConcat,
  TerraformBackend,
  TerraformElement,
  TerraformLocal,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  type TerraformResourceLifecycle,
  TerraformStack,
  TerraformVariable,
  Token,
  Tokenization,
} from 'cdktf';
