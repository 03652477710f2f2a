/** What each secret store allows: its names, and the size of a value. */
export interface SecretStoreFacts {
  /** Its name, for people. */
  readonly name: string;
  /** Stands between prefix, shard and node. No encoded id contains it. */
  readonly separator: string;
  readonly prefix: RegExp;
  /** The prefixes that are allowed, in words. */
  readonly prefixes: string;
  /** The characters of an id that stay as they are. */
  readonly kept: RegExp;
  /** Stands before the hexadecimal code of any other character. It is none of those that stay. */
  readonly escape: string;
  readonly longestName: number;
  /** Bytes of the largest value. */
  readonly largestValue: number;
  /** Whether the body of the script has secrets of its own, because it leaves too little room for the files of a node. */
  readonly isDivided: boolean;
  /** Values that contain it are refused. */
  readonly refused?: string;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html: advanced parameters, names, `{{` */
export const AWS_PARAMETER_STORE: SecretStoreFacts = {
  name: 'Parameter Store of AWS Systems Manager',
  separator: '/',
  prefix: /^\/(?!aws|ssm)[\w.-]+(?:\/[\w.-]+){0,11}$/i,
  prefixes:
    '"/" and up to twelve words of letters, digits, "_", "." and "-" with "/" between them, not beginning with aws or ssm',
  kept: /[0-9A-Za-z.-]/,
  escape: '_',
  longestName: 1011,
  largestValue: 8192,
  isDivided: true,
  refused: '{{',
};

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
export const AWS_SECRETS_MANAGER: SecretStoreFacts = {
  name: 'AWS Secrets Manager',
  separator: '/',
  prefix: /^[\w.@+-]+(?:\/[\w.@+-]+)*$/,
  prefixes: 'words of letters, digits, "_", ".", "@", "+" and "-" with "/" between them',
  kept: /[\w.@-]/,
  escape: '=',
  longestName: 512,
  largestValue: 65_536,
  isDivided: false,
};

/** https://cloud.google.com/secret-manager/quotas and https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create */
export const GOOGLE_SECRET_MANAGER: SecretStoreFacts = {
  name: 'Google Secret Manager',
  separator: '__',
  prefix: /^[0-9A-Za-z][\w-]*$/,
  prefixes: 'letters, digits, "_" and "-", beginning with a letter or a digit',
  kept: /[0-9A-Za-z-]/,
  escape: '_',
  longestName: 255,
  largestValue: 65_536,
  isDivided: false,
};

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates: 25 kB, and names that ignore case */
export const AZURE_KEY_VAULT: SecretStoreFacts = {
  name: 'Azure Key Vault',
  separator: '--',
  prefix: /^[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*$/,
  prefixes: 'letters and digits, with single "-" between them',
  kept: /[0-9a-z]/,
  escape: '-',
  longestName: 127,
  largestValue: 25_000,
  isDivided: true,
};

/** https://developer.hashicorp.com/vault/docs/internals/limits: the default of integrated storage. With Consul, it is half of that. */
export const VAULT_KV: SecretStoreFacts = {
  name: 'Vault KV',
  separator: '/',
  prefix: /^[\w.@:-]+(?:\/[\w.@:-]+)*$/,
  prefixes: 'words of letters, digits, "_", ".", "@", ":" and "-" with "/" between them',
  kept: /[\w.@:-]/,
  escape: '=',
  longestName: 512,
  largestValue: 1_048_576,
  isDivided: false,
};
