/** Faults in revocation lists, and revoked certificates. */
import type { Fault } from '../../../support/broken/fault';
import { addList, askForRevocation, listOf } from '../../../support/broken/revocation';

export const REVOCATION_FAULTS: readonly Fault[] = [
  {
    code: 'crl-missing',
    title: 'revocation checks without a revocation list',
    breakIt: (site) => askForRevocation(site),
  },
  {
    code: 'crl-missing',
    title: 'crl_check without crl_cache',
    breakIt: (site) => site.options({ server: { crl_check: 'true' } }),
  },
  {
    code: 'crl-missing',
    title: 'a revocation list whose file is not named after a hash',
    breakIt: (site) => {
      askForRevocation(site);
      addList(site, site.ca, 24);
      site.rename(listOf(site), 'crls/site.crl');
    },
  },
  {
    code: 'crl-missing',
    title: 'a revocation list whose file is named after another hash',
    breakIt: (site) => {
      askForRevocation(site);
      addList(site, site.ca, 24);
      site.rename(listOf(site), 'crls/00000000.r0');
    },
  },
  {
    code: 'crl-missing',
    title: 'a second revocation list without a first one',
    breakIt: (site) => {
      askForRevocation(site);
      addList(site, site.ca, 24, { number: 1 });
    },
  },
  {
    code: 'crl-missing',
    title: 'a revocation list of another CA with the same name',
    breakIt: (site) => {
      askForRevocation(site);
      addList(site, site.workshop.root('Site CA'), 24);
    },
  },
  {
    code: 'crl-missing',
    title: 'no revocation list of the intermediate CA, with crl_check true',
    breakIt: (site) => {
      const between = site.intermediate();
      site.reissueBoth({}, between, [between]);
      askForRevocation(site);
      addList(site, site.ca, 24);
    },
  },
  {
    code: 'crl-expired',
    title: 'a revocation list that expired yesterday',
    breakIt: (site) => {
      askForRevocation(site);
      addList(site, site.ca, -2);
    },
  },
  {
    code: 'certificate-revoked',
    title: 'a certificate on the revocation list of its CA',
    breakIt: (site) => {
      askForRevocation(site);
      const own = site.reissue({});
      addList(site, site.ca, 24, { revoked: [own] });
      // The other node asks for the same list.
      site.changeOther(() => site.read('ssl_dist.conf').replace(/(certfile,"[^"]*)node@db1/g, '$1node@db2'));
    },
  },
  {
    code: 'crl-issuer-cannot-sign',
    title: 'a revocation list from a CA that may not sign one',
    breakIt: (site) => {
      const between = site.intermediate({ keyUsage: 'keyCertSign' });
      site.reissueBoth({}, between, [between]);
      askForRevocation(site);
      addList(site, site.ca, 24);
      addList(site, between, 24);
    },
  },
];
