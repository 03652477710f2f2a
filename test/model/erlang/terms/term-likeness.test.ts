import { termLikeness } from '../../../../src/model/erlang/terms/term-likeness';
import { PARAMETER_WORDS } from '../../../support/erlang/parameter-words';

test.each(PARAMETER_WORDS.map(({ word, likeness }) => [word, likeness]))(
  'the VM takes %j as a parameter of an application: %s',
  (word, likeness) => expect(termLikeness(word)).toBe(likeness),
);

test('texts beyond the limits of the reader are not called wrong', () => {
  expect(termLikeness('[['.repeat(501) + ']]'.repeat(501))).toBe('unknown');
  expect(termLikeness(`"${'a'.repeat(5000)}"`)).toBe('term');
});
