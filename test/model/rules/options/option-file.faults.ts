/** Faults in the option file, and options that it lacks. */
import { mkdirSync, symlinkSync } from 'node:fs';

import type { Fault } from '../../../support/broken/fault';

const BOTH_VERSIONS = "['tlsv1.3','tlsv1.2']";

export const OPTION_FILE_FAULTS: readonly Fault[] = [
  {
    code: 'option-file-missing',
    title: 'no option file',
    breakIt: (site) => site.remove('ssl_dist.conf'),
  },
  {
    code: 'option-file-unreadable',
    title: 'a directory in place of the option file',
    breakIt: (site) => {
      site.remove('ssl_dist.conf');
      mkdirSync(site.path('ssl_dist.conf'));
    },
  },
  ...(
    [
      ['without its final dot', (text: string) => text.replace(/\.\n$/, '\n')],
      ['with two terms', (text: string) => `${text}[].\n`],
      ['that is empty', () => ''],
      ['with a comment in the syntax of another language', (text: string) => `# options\n${text}`],
      ['with a byte order mark', (text: string) => `\ufeff${text}`],
      ['with a variable', (text: string) => text.replace(/"[^"]*ca.pem"/, 'CaFile')],
      ['with a bracket that is not closed', (text: string) => text.replace(']}]', ']}')],
    ] as const
  ).map(([title, change]): Fault => ({
    code: 'option-file-not-literal',
    title: `an option file ${title}`,
    breakIt: (site) => site.change('ssl_dist.conf', change),
  })),
  {
    code: 'option-file-calls-function',
    title: 'an option file with a call, which the VM runs',
    breakIt: (site) =>
      site.change('ssl_dist.conf', (text) => text.replace('verify_peer', 'list_to_atom("verify_peer")')),
  },
  {
    code: 'option-file-malformed',
    title: 'options without sides',
    breakIt: (site) => site.write('ssl_dist.conf', `[{certfile,"${site.path('node.pem')}"}].\n`),
  },
  {
    code: 'option-file-malformed',
    title: 'a misspelled side',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace('{client,', '{clinet,')),
  },
  {
    code: 'option-file-malformed',
    title: 'a server side twice, the second one empty',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace(/\]\}\]\.\n$/, ']},{server,[]}].\n')),
    also: ['certificate-option-missing', 'no-common-tls-version', 'peer-not-verified', 'versions-not-set'],
  },
  {
    code: 'option-file-malformed',
    title: 'a server side twice, the first one empty',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace(/^\[/, '[{server,[]},')),
  },
  {
    code: 'option-file-malformed',
    title: 'an extra word beside the sides',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace(/^\[/, '[debug,')),
  },
  {
    code: 'option-file-malformed',
    title: 'an option of three parts on the client side',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace('{client,[', '{client,[{depth,2,3},')),
  },
  {
    code: 'option-file-malformed',
    title: 'an option of three parts on the server side',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace('{server,[', '{server,[{depth,2,3},')),
  },
  {
    code: 'option-file-side-missing',
    title: 'no client side',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace(/,\s*\{client,[^]*$/, '].\n')),
  },
  {
    code: 'option-file-side-missing',
    title: 'no server side',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace(/\{server,[^]*\]\},\s*(?=\{client)/, '')),
  },
  {
    code: 'option-file-encoding',
    title: 'a path beyond ASCII in a string',
    breakIt: (site) => {
      symlinkSync(site.path('node.pem'), site.path('nöde.pem'));
      site.options({ server: { certfile: `"${site.path('nöde.pem')}"` } });
    },
  },
  {
    code: 'option-file-encoding',
    title: 'a comment in Latin-1, in a file that says it is UTF-8',
    breakIt: (site) => {
      const head = Buffer.from(
        '%% coding: utf-8\n%% caf\xe9\n%% a comment that is long enough to be all that is told\n',
        'latin1',
      );
      site.write('ssl_dist.conf', Buffer.concat([head, Buffer.from(site.read('ssl_dist.conf'))]));
    },
  },
  {
    code: 'option-given-twice',
    title: 'an option twice on one side',
    breakIt: (site) => site.change('ssl_dist.conf', (text) => text.replace('{verify,', '{depth,3},{depth,2},{verify,')),
  },
  {
    code: 'peer-not-verified',
    title: 'a server side that verifies no client',
    breakIt: (site) => site.options({ server: { verify: 'verify_none', fail_if_no_peer_cert: undefined } }),
  },
  {
    code: 'peer-not-verified',
    title: 'verify_none before verify_peer',
    breakIt: (site) =>
      site.change('ssl_dist.conf', (text) => text.replace('{verify,', '{verify,verify_none},{verify,')),
    also: ['option-given-twice'],
  },
  {
    code: 'peer-not-verified',
    title: 'verify_none after verify_peer',
    breakIt: (site) =>
      site.change('ssl_dist.conf', (text) =>
        text.replace('{verify,verify_peer}', '{verify,verify_peer},{verify,verify_none}'),
      ),
    also: ['option-given-twice'],
  },
  {
    code: 'client-certificate-not-required',
    title: 'a server side that requires no client certificate',
    breakIt: (site) => site.options({ server: { fail_if_no_peer_cert: undefined } }),
    otp: 25,
  },
  {
    code: 'trust-anchors-missing',
    title: 'a client side without trust anchors',
    breakIt: (site) => site.options({ client: { cacertfile: undefined } }),
  },
  {
    code: 'certificate-option-missing',
    title: 'no certificate',
    breakIt: (site) => site.bothSides({ certfile: undefined }),
  },
  {
    code: 'versions-not-set',
    title: 'no versions, while the other node speaks TLS 1.3',
    breakIt: (site) => site.bothSides({ versions: undefined }),
    also: ['no-common-tls-version'],
  },
  {
    code: 'versions-not-set',
    title: 'an Ed25519 key, and the default versions of the release',
    breakIt: (site) => {
      site.reissue({ key: ['ed25519'] });
      site.bothSides({ versions: undefined });
    },
    also: ['key-needs-tls-1-3', 'no-common-tls-version'],
  },
  {
    code: 'no-cipher-suite-for-tls-1-3',
    title: 'cipher suites of TLS 1.2 only, with TLS 1.2 and 1.3 enabled',
    breakIt: (site) => {
      site.bothSides({ versions: BOTH_VERSIONS, ciphers: '["ECDHE-ECDSA-AES256-GCM-SHA384"]' });
      site.otherSpeaks(BOTH_VERSIONS);
    },
  },
];
