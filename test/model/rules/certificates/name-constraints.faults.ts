/** CAs that may not sign for that host. */
import type { Fault } from '../../../support/broken/fault';
import { HOSTS } from '../../../support/broken/site';

export const NAME_CONSTRAINTS_FAULTS: readonly Fault[] = [
  {
    code: 'host-violates-name-constraints',
    title: 'a name that the intermediate CA may not sign for',
    breakIt: (site) => {
      const more = ['nameConstraints=critical,permitted;DNS:y.test'];
      site.reissueBelow(site.intermediate({ more }));
    },
  },
  {
    code: 'host-violates-name-constraints',
    title: 'an intermediate CA that may sign for other addresses only, and a certificate with an address',
    breakIt: (site) => {
      const more = ['nameConstraints=critical,permitted;IP:10.0.0.0/255.0.0.0'];
      site.reissueBelow(site.intermediate({ more }), { alternativeNames: `DNS:${HOSTS[0]},IP:127.0.0.1` });
    },
  },
  ...(
    [
      ['an intermediate CA that may sign for other subjects only', 'permitted;dirName:names', 'O=Other', undefined],
      ['an intermediate CA that may not sign for this subject', 'excluded;dirName:names', `CN=${HOSTS[0]}`, undefined],
      [
        'an intermediate CA whose permitted names begin with a dot, in releases that reject them',
        'permitted;DNS:.x.test',
        '',
        25,
      ],
      ['an intermediate CA whose excluded names begin with a dot', 'excluded;DNS:.x.test', '', undefined],
    ] as const
  ).map(([title, constraint, names, otp]): Fault => ({
    code: 'host-violates-name-constraints',
    title,
    breakIt: (site) => {
      const more = [`nameConstraints=critical,${constraint}`, '[names]', names];
      site.reissueBelow(site.intermediate({ more }));
    },
    otp,
  })),
];
