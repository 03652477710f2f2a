/** Faults in the chain from a certificate to a root. */
import type { Fault } from '../../../support/broken/fault';
import { certificateIn } from '../../../support/broken/pem';
import { HOSTS } from '../../../support/broken/site';

export const CHAIN_FAULTS: readonly Fault[] = [
  {
    code: 'certificate-outlives-issuer',
    title: 'a certificate that outlives its CA',
    breakIt: (site) => site.reissue({ to: 4000 }),
  },
  {
    code: 'chain-incomplete',
    title: 'a chain without one of its intermediate CAs',
    breakIt: (site) => {
      const upper = site.intermediate({ commonName: 'Upper CA' });
      const lower = site.workshop.issue(upper, { commonName: 'Lower CA', isCa: true });
      site.reissueBelow(lower);
    },
    also: ['untrusted-by-peer'],
  },
  {
    code: 'issuer-not-trusted',
    title: 'a certificate from another CA',
    breakIt: (site) => site.reissue({}, site.workshop.root('Another CA')),
    also: ['untrusted-by-peer'],
  },
  {
    code: 'certificate-self-issued',
    title: 'a self-signed certificate that is trusted',
    breakIt: (site) => {
      const keyUsage = 'digitalSignature,keyCertSign';
      const own = site.workshop.root(HOSTS[0], { keyUsage, more: [`subjectAltName=DNS:${HOSTS[0]}`] });
      site.write('node.pem', own.key + own.certificate);
      site.trustOnBoth(own);
    },
  },
  {
    code: 'certificate-self-issued',
    title: 'a CA with the name of the node',
    breakIt: (site) => {
      const ca = site.workshop.root(HOSTS[0]);
      site.reissue({}, ca);
      site.trustOnBoth(ca);
    },
    also: ['untrusted-by-peer'],
  },
  {
    code: 'issuer-not-a-ca',
    title: 'a certificate signed by another node',
    breakIt: (site) => site.reissueByLeaf(),
  },
  {
    code: 'path-length-exceeded',
    title: 'a CA below one whose path length is 0',
    breakIt: (site) => {
      const upper = site.intermediate({
        commonName: 'Upper CA',
        more: ['basicConstraints=critical,CA:TRUE,pathlen:0'],
      });
      const lower = site.workshop.issue(upper, { commonName: 'Lower CA', isCa: true });
      site.reissue({}, lower, [lower, upper]);
    },
  },
  {
    code: 'unrelated-certificate-in-chain',
    title: 'an unrelated root behind the certificate',
    breakIt: (site) => site.append('node.pem', site.workshop.root('Another CA').certificate),
  },
  {
    code: 'unrelated-certificate-in-chain',
    title: 'the certificate twice',
    breakIt: (site) => {
      const text = site.read('node.pem');
      site.write('node.pem', text + certificateIn(text));
    },
  },
];
