/** Faults in the certificate of a node. */
import type { Fault } from '../../../support/broken/fault';
import { HOSTS } from '../../../support/broken/site';

export const LEAF_FAULTS: readonly Fault[] = [
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for any use',
    breakIt: (site) => site.reissue({ extendedKeyUsage: 'anyExtendedKeyUsage' }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for servers alone',
    breakIt: (site) => site.reissue({ extendedKeyUsage: 'serverAuth' }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a certificate for clients alone',
    breakIt: (site) => site.reissue({ extendedKeyUsage: 'clientAuth' }),
  },
  {
    code: 'extended-key-usage-missing',
    title: 'a CA between for servers alone',
    breakIt: (site) => {
      site.reissueBelow(site.intermediate({ more: ['extendedKeyUsage=serverAuth'] }));
    },
  },
  {
    code: 'key-usage-without-signature',
    title: 'a key usage without digitalSignature',
    breakIt: (site) => site.reissue({ keyUsage: 'keyEncipherment' }),
  },
  {
    code: 'common-name-too-long',
    title: 'a common name of 70 characters',
    otp: 29,
    breakIt: (site) => site.reissue({ commonName: `${'a'.repeat(63)}.x.test`, alternativeNames: `DNS:${HOSTS[0]}` }),
  },
  {
    code: 'signature-algorithm-rejected',
    title: 'a signature with SHA-1',
    breakIt: (site) => site.reissue({ digest: 'sha1' }),
  },
  {
    code: 'signature-algorithm-rejected',
    title: 'a signature with SHA-224',
    breakIt: (site) => site.reissue({ digest: 'sha224' }),
  },
  {
    code: 'signature-algorithm-rejected',
    title: 'a CA between signed with SHA-1',
    breakIt: (site) => {
      site.reissueBelow(site.intermediate({ digest: 'sha1' }));
    },
  },
  {
    code: 'certificate-weak',
    title: 'an RSA key of 1024 bits',
    breakIt: (site) => site.reissue({ key: ['rsa:1024'] }),
  },
  {
    code: 'key-without-algorithm',
    title: 'signature algorithms for another kind of key',
    breakIt: (site) => site.bothSides({ signature_algs: '[rsa_pss_rsae_sha256]' }),
  },
  {
    code: 'key-without-algorithm',
    title: 'signature algorithms for another curve',
    breakIt: (site) => site.bothSides({ signature_algs: '[ecdsa_secp384r1_sha384]' }),
  },
  {
    code: 'key-without-algorithm',
    title: 'suites of TLS 1.2 for another kind of key',
    breakIt: (site) => {
      site.otherSpeaks("['tlsv1.2']");
      site.bothSides({ versions: "['tlsv1.2']", ciphers: '["ECDHE-RSA-AES256-GCM-SHA384"]' });
    },
  },
  {
    code: 'key-without-algorithm',
    title: 'an Ed25519 key, and signature algorithms for others',
    breakIt: (site) => {
      site.reissue({ key: ['ed25519'] });
      site.bothSides({ signature_algs: '[ecdsa_secp256r1_sha256]' });
    },
  },
  {
    code: 'key-needs-tls-1-3',
    title: 'Ed25519 without TLS 1.3',
    breakIt: (site) => {
      site.reissue({ key: ['ed25519'] });
      site.bothSides({ versions: "['tlsv1.2']" });
    },
    also: ['no-common-tls-version'],
  },
  ...(['P-224', 'prime192v1', 'secp256k1', 'brainpoolP256r1', 'brainpoolP384r1'] as const).map((curve): Fault => ({
    code: 'key-type-unsupported',
    otp: curve.startsWith('brainpool') ? 25 : undefined,
    title: `a key on the curve ${curve}`,
    breakIt: (site) => site.reissue({ key: ['ec', '-pkeyopt', `ec_paramgen_curve:${curve}`] }),
  })),
  {
    code: 'key-type-unsupported',
    title: 'an RSA key of 512 bits',
    breakIt: (site) => site.reissue({ key: ['rsa:512'] }),
  },
  {
    code: 'key-type-unsupported',
    title: 'an RSASSA-PSS key of 1024 bits',
    otp: 25,
    breakIt: (site) => site.reissue({ key: ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:1024'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'a critical extension that nobody knows',
    breakIt: (site) => site.reissue({ more: ['1.2.3.4=critical,ASN1:UTF8String:x'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'a critical alternative name of the issuer',
    breakIt: (site) => site.reissue({ more: ['issuerAltName=critical,DNS:x.test'] }),
  },
  {
    code: 'critical-extension-unknown',
    title: 'critical policies, before releases that know them',
    breakIt: (site) => site.reissue({ more: ['certificatePolicies=critical,1.2.3.4'] }),
    otp: 25,
  },
];
