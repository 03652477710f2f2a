/** What looks like a fault in certificates, and is none. */
import type { Harmless } from '../../../support/broken/fault';
import { addList, askForRevocation } from '../../../support/broken/revocation';
import { HOSTS, type Site } from '../../../support/broken/site';

export const HARMLESS_CERTIFICATES: readonly Harmless[] = [
  {
    title: 'a CA between whose constraint is in other letters than the name',
    change: (site) => between(site, ['nameConstraints=critical,permitted;DNS:x.test'], 'DNS:DB1.X.TEST'),
  },
  {
    title: 'a CA between that may sign for some addresses, and a certificate without one',
    change: (site) => between(site, ['nameConstraints=critical,permitted;IP:10.0.0.0/255.0.0.0']),
  },
  {
    title: 'a root that may have no CA below it, and one below it',
    change: (site) => {
      const more = ['basicConstraints=critical,CA:TRUE,pathlen:0'];
      const root = site.workshop.root('Short CA', { more });
      const below = site.workshop.issue(root, { commonName: 'Between', isCa: true });
      site.reissueBelow(below);
      site.trustOnBoth(root);
    },
  },
  {
    title: 'a depth of 0, and no CA between',
    change: (site) => site.bothSides({ depth: '0' }),
  },
  {
    title: 'CAs behind the certificate in whatever order, with the root and one that has nothing to do with them',
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
    title: 'a depth of 0, and a CA between for the node itself alone',
    change: (site) => {
      site.reissueBelow(site.intermediate());
      site.bothSides({ depth: '0' });
    },
  },
  {
    title: 'suites of TLS 1.2 for the key of the other node, on the side that dials it',
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
    title: 'one certificate for each side, with the use of that side, of which one names the host',
    change: (site) => {
      site.reissue({ extendedKeyUsage: 'serverAuth' });
      const client = site.workshop.issue(site.ca, { commonName: 'client', extendedKeyUsage: 'clientAuth' });
      site.writePair('client.pem', client);
      site.options({ client: { certfile: `"${site.path('client.pem')}"` } });
    },
  },
  {
    title: 'an issuer in other letters',
    change: (site) => site.reissue({}, site.workshop.root('SITE  CA', { existingKey: site.ca.key })),
  },
  {
    title: 'an extension of somebody whose value is no DER',
    change: (site) => site.reissue({ more: ['1.2.3.4=DER:ff'] }),
  },
  {
    title: 'another host, and clients that do not look at it',
    change: (site) => {
      site.reissue({ alternativeNames: 'DNS:db9.x.test' });
      site.options({ client: { server_name_indication: 'disable' } });
      site.changeOther((text) => text.replace('{client,[', '{client,[{server_name_indication,disable},'));
    },
    from: 27,
  },
  {
    title: 'crl_check peer, and a list of the CA that signs alone',
    change: (site) => {
      const ca = site.intermediate();
      site.reissueBoth({}, ca, [ca]);
      askForRevocation(site, 'peer');
      addList(site, ca, 24);
      addList(site, ca, -24, { number: 1 });
    },
  },
  {
    title: 'wildcards, and a call that lets them match',
    change: (site) => {
      site.reissueBoth({ alternativeNames: 'DNS:*.x.test' });
      site.changeBoth('ssl_dist.conf', matchingWildcards);
    },
    found: ['option-file-calls-function'],
  },
  {
    title: 'a wildcard, which the other node alone takes',
    change: (site) => {
      site.reissue({ alternativeNames: 'DNS:*.x.test' });
      site.changeOther(matchingWildcards);
    },
    found: ['option-file-calls-function'],
  },
  {
    title: 'critical policies',
    change: (site) => site.reissue({ more: ['certificatePolicies=critical,1.2.3.4'] }),
    from: 27,
  },
  {
    title: 'a CA between whose names begin with a dot',
    change: (site) => between(site, ['nameConstraints=critical,permitted;DNS:.x.test']),
    from: 27,
  },
  {
    title: 'a CA between for whatever use, where that is taken',
    change: (site) => {
      between(site, ['extendedKeyUsage=anyExtendedKeyUsage']);
      site.changeBoth('ssl_dist.conf', (text) =>
        text.replaceAll(/\{(server|client),\[/g, '{$1,[{allow_any_ca_purpose,true},'),
      );
    },
    from: 27,
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
  },
  {
    title: 'a key on the curve P-521',
    change: (site) => site.reissue({ key: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'] }),
  },
  {
    title: 'a key on a curve of the Brainpool',
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
