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
    code: 'crl-missing',
    title: 'a file with two revocation lists',
    breakIt: (site) => {
      askForRevocation(site);
      addList(site, site.ca, 24);
      site.write(listOf(site), site.read(listOf(site)).repeat(2));
    },
  },
  {
    code: 'crl-malformed',
    title: 'a revocation list with its text before it, as openssl crl -text prints it, with crl_check best_effort',
    breakIt: (site) => {
      askForRevocation(site, 'best_effort');
      addList(site, site.ca, 24);
      site.write(listOf(site), `Certificate Revocation List (CRL):\n${site.read(listOf(site))}`);
    },
  },
  {
    code: 'crl-hidden',
    title: 'an older revocation list behind the newest one',
    breakIt: (site) => {
      askForRevocation(site);
      const gone = site.workshop.issue(site.ca, { commonName: 'gone.x.test' });
      addList(site, site.ca, 24, { revoked: [gone] });
      addList(site, site.ca, 12, { number: 1 });
    },
  },
  {
    code: 'crl-expires-soon',
    title: 'a revocation list for a day that ends in four hours',
    breakIt: (site) => {
      askForRevocation(site);
      addList(site, site.ca, 4);
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
