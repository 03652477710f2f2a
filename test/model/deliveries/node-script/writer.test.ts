import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { NODE_SCRIPT_BODY } from '../../../../src/model/deliveries/node-script/body.generated';
import { scriptText } from '../../../support/installing/script-text';

const SCRIPT = join(__dirname, '../../../../src/model/deliveries/node-script/install-script.sh');
const CONTENT = '-proto_dist inet_tls\n';

/** The file as it is, beside the comment in the middle that speaks to its readers. */
const [head = '', comment = '', body = ''] = readFileSync(SCRIPT, 'utf8').split(
  /^((?:# .*\n|#\n)+# -+ embedded from the next line on -+\n)/m,
);

test('the body of every script is that of install-script.sh', () => {
  expect(comment).toContain('writer.ts');
  // Not `toBe`: its report would be both scripts in full.
  if (NODE_SCRIPT_BODY !== body) throw new Error('body.generated.ts is out of date: run "npm run build" and commit it');
});

test('install-script.sh begins with the head that the writer makes for its example', () => {
  const written = scriptText({
    subject: 'app@db1.example.com',
    installDirectory: '/etc/app/tls',
    owner: '',
    reload: 'pem_cache:clear()',
    files: [
      {
        name: 'vm.args',
        mode: '0644',
        content: CONTENT,
        checksum: createHash('sha256').update(CONTENT).digest('hex'),
        readAtBoot: true,
        isCommon: true,
      },
    ],
  });
  expect(head).toBe(written.slice(0, head.length));
});
