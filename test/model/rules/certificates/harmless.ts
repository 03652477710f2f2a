/** What looks like a fault in certificates, and is none. */
import type { Harmless } from '../../../support/broken/fault';
import { addList, askForRevocation, listOf } from '../../../support/broken/revocation';
import { HOSTS, type Site } from '../../../support/broken/site';
import { openssl } from '../../../support/programs/openssl';

export const HARMLESS_CERTIFICATES: readonly Harmless[] = [
  {
    title: 'an intermediate CA whose name constraint differs from the name in case only',
    change: (site) => between(site, ['nameConstraints=critical,permitted;DNS:x.test'], 'DNS:DB1.X.TEST'),
  },
  {
    title: 'an intermediate CA that may sign for some addresses only, and a certificate without an address',
    change: (site) => between(site, ['nameConstraints=critical,permitted;IP:10.0.0.0/255.0.0.0']),
  },
  {
    title: 'a root whose path length is 0, and an intermediate CA below it',
    change: (site) => {
      const more = ['basicConstraints=critical,CA:TRUE,pathlen:0'];
      const root = site.workshop.root('Short CA', { more });
      const below = site.workshop.issue(root, { commonName: 'Between', isCa: true });
      site.reissueBelow(below);
      site.trustOnBoth(root);
    },
  },
  {
    title: 'a depth of 0, and no intermediate CA',
    change: (site) => site.bothSides({ depth: '0' }),
  },
  {
    title: 'CAs behind the certificate in any order, with the root and an unrelated CA',
    change: (site) => {
      const upper = site.intermediate({ commonName: 'Upper CA' });
      const lower = site.workshop.issue(upper, { commonName: 'Lower CA', isCa: true });
      site.reissue({}, lower, [upper, site.workshop.root('Another CA'), lower, site.ca]);
    },
  },
  {
    title: 'the root behind the certificate',
    change: (site) => site.append('node.pem', site.ca.certificate),
  },
  {
    title: 'a second pair of certs_keys, of a kind that OTP does not prefer, with the name of another host',
    change: (site) => {
      site.writePair('rsa.pem', site.workshop.issue(site.ca, { commonName: 'db9.x.test', key: ['rsa:2048'] }));
      site.bothSides({ certfile: undefined, certs_keys: site.pairsIn('rsa.pem', 'node.pem') });
    },
  },
  {
    title: 'a depth of 0, and an intermediate CA for this node only',
    change: (site) => {
      site.reissueBelow(site.intermediate());
      site.bothSides({ depth: '0' });
    },
  },
  {
    title: "client cipher suites of TLS 1.2 for the other node's kind of key",
    change: (site) => {
      site.changeBoth('ssl_dist.conf', (text) => text.replaceAll("'tlsv1.3'", "'tlsv1.2'"));
      site.reissueOther({ key: ['rsa:2048'] });
      site.options({
        server: { versions: "['tlsv1.2']" },
        client: { versions: "['tlsv1.2']", ciphers: '["ECDHE-RSA-AES256-GCM-SHA384"]' },
      });
    },
  },
  {
    title: 'a certificate for each side, of which only the one for servers names the host',
    change: (site) => {
      site.reissue({ extendedKeyUsage: 'serverAuth' });
      const client = site.workshop.issue(site.ca, { commonName: 'client', extendedKeyUsage: 'clientAuth' });
      site.writePair('client.pem', client);
      site.options({ client: { certfile: `"${site.path('client.pem')}"` } });
    },
  },
  {
    title: 'an issuer name that differs in case and spaces only',
    change: (site) => site.reissue({}, site.workshop.root('SITE  CA', { existingKey: site.ca.key })),
  },
  {
    title: 'an unknown extension whose value is not DER',
    change: (site) => site.reissue({ more: ['1.2.3.4=DER:ff'] }),
  },
  {
    title: 'the name of another host, which no client verifies',
    change: (site) => {
      site.reissue({ alternativeNames: 'DNS:db9.x.test' });
      site.options({ client: { server_name_indication: 'disable' } });
      site.changeOther((text) => text.replace('{client,[', '{client,[{server_name_indication,disable},'));
    },
    from: 27,
    found: ['peer-verified-less'],
  },
  {
    title: 'crl_check peer, and a revocation list of the issuing CA only',
    change: (site) => {
      const ca = site.intermediate();
      site.reissueBoth({}, ca, [ca]);
      askForRevocation(site, 'peer');
      addList(site, ca, 24);
      addList(site, ca, -24, { number: 1 });
    },
  },
  {
    title: 'a revocation list in DER',
    change: (site) => {
      askForRevocation(site);
      addList(site, site.ca, 24);
      const list = site.path(listOf(site));
      openssl(['crl', '-in', list, '-outform', 'DER', '-out', list]);
    },
  },
  {
    title: 'wildcards, and a function call that makes them match on both nodes',
    change: (site) => {
      site.reissueBoth({ alternativeNames: 'DNS:*.x.test' });
      site.changeBoth('ssl_dist.conf', matchingWildcards);
    },
    found: ['peer-verified-less'],
  },
  {
    title: 'a wildcard, which only the other node accepts',
    change: (site) => {
      site.reissue({ alternativeNames: 'DNS:*.x.test' });
      site.changeOther(matchingWildcards);
    },
    found: ['peer-verified-less'],
  },
  {
    title: 'critical certificate policies',
    change: (site) => site.reissue({ more: ['certificatePolicies=critical,1.2.3.4'] }),
    from: 27,
  },
  {
    title: 'an intermediate CA whose permitted names begin with a dot',
    change: (site) => between(site, ['nameConstraints=critical,permitted;DNS:.x.test']),
    from: 27,
  },
  {
    title: 'an intermediate CA for any use, with allow_any_ca_purpose',
    change: (site) => {
      between(site, ['extendedKeyUsage=anyExtendedKeyUsage']);
      site.changeBoth('ssl_dist.conf', (text) =>
        text.replaceAll(/\{(server|client),\[/g, '{$1,[{allow_any_ca_purpose,true},'),
      );
    },
    from: 27,
    found: ['peer-verified-less'],
  },
  {
    title: 'one name for all hosts',
    change: (site) => {
      site.reissueBoth({ commonName: 'cluster.x.test' });
      site.changeBoth('ssl_dist.conf', (text) =>
        text.replace('{client,[', '{client,[{server_name_indication,"cluster.x.test"},'),
      );
    },
    from: 27,
    found: ['peer-verified-less'],
  },
  {
    title: 'a key on the curve P-521',
    change: (site) => site.reissue({ key: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'] }),
  },
  {
    title: 'a key on a Brainpool curve',
    change: (site) => site.reissue({ key: ['ec', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'] }),
    from: 27,
  },
];

/** A CA in the middle with these extensions, and a certificate with that name beside the host's. */
function between(site: Site, more: readonly string[], name = `DNS:${HOSTS[0]}`): void {
  site.reissueBelow(site.intermediate({ more }), { alternativeNames: `DNS:${HOSTS[0]},${name}` });
}

/** Names of servers are compared as `https` does it, by a function that the option file calls for. */
function matchingWildcards(options: string): string {
  const match = '{customize_hostname_check,[{match_fun,public_key:pkix_verify_hostname_match_fun(https)}]}';
  return options.replace('{client,[', `{client,[${match},`);
}
