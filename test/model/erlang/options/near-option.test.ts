import { meantText } from '../../../../src/model/erlang/options/near-option';

test.each([
  ['cacert_file', 'perhaps cacertfile was meant'],
  ['Verify', 'perhaps verify was meant'],
  ['fail_if_no_peer_certificate', undefined],
  ['xyzzy', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%.40s: %s', (name, text) => {
  expect(meantText(name)).toBe(text);
});
