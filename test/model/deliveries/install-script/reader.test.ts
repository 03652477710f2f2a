import fc from 'fast-check';

import { readInstallScript } from '../../../../src/model/deliveries/install-script/reader';
import { scriptText } from '../../../support/installing/script-text';

const FILES = [
  { name: 'ca.pem', mode: '0644', content: 'one\n', checksum: 'a', readAtBoot: false, isCommon: true },
  {
    name: 'sub/vm.args',
    mode: '0600',
    content: "  1)\n      cat <<'END_OF_FILE_1'\ntwo\n",
    checksum: 'b',
    readAtBoot: true,
    isCommon: true,
  },
];

test('reads the files that the writer put into a script', () => {
  const script = scriptText({
    subject: "a@h'1",
    installDirectory: '/etc/it is',
    owner: '',
    reload: 'x',
    files: FILES,
  });
  expect(readInstallScript(script)).toEqual({
    subject: "a@h'1",
    installDirectory: '/etc/it is',
    files: FILES.map(({ name, mode, content }) => ({ name, mode, content })),
  });
});

test.each(['', 'x', '#!/bin/sh\necho\n', "subject='a'\ninstall_directory='/b'\n"])(
  '%j is no install script',
  (text) => {
    expect(readInstallScript(text)).toBeUndefined();
  },
);

test('never throws or hangs, whatever the text', () => {
  const script = scriptText({ subject: 'a', installDirectory: '/b', owner: '', reload: '', files: FILES });
  fc.assert(
    fc.property(fc.nat(script.length), fc.nat(script.length), (one, other) => {
      readInstallScript(script.slice(0, one) + script.slice(other));
    }),
  );
});
