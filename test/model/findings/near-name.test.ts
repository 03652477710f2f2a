import { meantText } from '../../../src/model/findings/near-name';

const NAMES = ['verify', 'cacertfile', 'certfile', 'fail_if_no_peer_cert', 'serverOptions', 'otp'];

test.each([
  ['cacert_file', 'perhaps cacertfile was meant'],
  ['evrify', 'perhaps verify was meant'],
  ['noe', undefined],
  ['opt', 'perhaps otp was meant'],
  ['Verify', 'perhaps verify was meant'],
  ['serveroptions', 'perhaps serverOptions was meant'],
  ['fail_if_no_peer_certificate', undefined],
  ['xyzzy', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%.40s: %s', (name, text) => {
  expect(meantText(name, NAMES)).toBe(text);
});

test('no name is near, if there are none', () => {
  expect(meantText('verify', [])).toBeUndefined();
});
