import { isRefused, remedy } from './requires';

test('on a build machine a skip is refused', () => {
  expect(isRefused(['erl'], { CI: 'true' }, {})).toBe(true);
});

test('on a build machine a skip is accepted if the list names it', () => {
  expect(isRefused(['erl'], { CI: 'true' }, { erl: 'no package for this system' })).toBe(false);
});

test('the list excuses only the programs that it names', () => {
  expect(isRefused(['erl', 'go'], { CI: 'true' }, { erl: 'no package for this system' })).toBe(true);
});

test('on a developer machine a skip is accepted', () => {
  expect(isRefused(['erl'], {}, {})).toBe(false);
});

test('the remedy names every missing program and where to get it', () => {
  expect(remedy(['erl', 'go'])).toBe(
    'erl, go: on Debian: apt-get install erlang-base erlang-ssl; see https://go.dev/dl/',
  );
});
