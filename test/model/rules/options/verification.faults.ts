/** Values by which a side that says verify_peer lets in whoever shows no certificate. */
import type { Fault } from '../../../support/broken/fault';

export const VERIFICATION_FAULTS: readonly Fault[] = [
  {
    code: 'client-certificate-not-required',
    title: 'fail_if_no_peer_cert false beside verify_peer, and another node that shows no certificate',
    breakIt: (site) => {
      site.options({ server: { fail_if_no_peer_cert: 'false' } });
      site.changeOther((text) => text.replace(/(\{client,\[)\{certfile,[^}]*\},/, '$1'));
    },
    also: ['certificate-option-missing'],
  },
  {
    code: 'peer-not-verified',
    title: 'cipher suites without certificates, and another node that shows none',
    breakIt: (site) => {
      site.changeBoth('ssl_dist.conf', (text) => text.replaceAll("'tlsv1.3'", "'tlsv1.2'"));
      const suites = '["ECDHE-ECDSA-AES256-GCM-SHA384","ADH-AES256-GCM-SHA384"]';
      site.bothSides({ versions: "['tlsv1.2']", ciphers: suites });
      site.changeOther((text) =>
        text.replace(/(\{client,\[)\{certfile,[^}]*\},/, '$1{ciphers,["ADH-AES256-GCM-SHA384"]},'),
      );
    },
    also: ['certificate-option-missing'],
  },
];
