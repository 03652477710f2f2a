/** Faults in the type of a key, and in the algorithms for it. */
import type { Fault } from '../../../support/broken/fault';

export const KEY_TYPES_FAULTS: readonly Fault[] = [
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
    title: 'cipher suites of TLS 1.2 for another kind of key',
    breakIt: (site) => {
      site.otherSpeaks("['tlsv1.2']");
      site.bothSides({ versions: "['tlsv1.2']", ciphers: '["ECDHE-RSA-AES256-GCM-SHA384"]' });
    },
  },
  {
    code: 'key-without-algorithm',
    title: 'an Ed25519 key, and signature algorithms for other kinds of key',
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
];
