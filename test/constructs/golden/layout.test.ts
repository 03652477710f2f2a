import { filesAt, layoutOf, type Rendering } from './layout';

const RELEASES = ['25', '26', '27', '27.2', '28'];

describe('the layout of golden files', () => {
  test('stores a text once for consecutive releases', () => {
    expect(layoutOf(renderings('a/default', ['one', 'one', 'one', 'one', 'one']))).toEqual({
      'a/default/vm.args@25-28': { text: 'one' },
    });
  });

  test('starts a new range where the text changes', () => {
    expect(layoutOf(renderings('a/default', ['one', 'two', 'two', 'two', 'three']))).toEqual({
      'a/default/vm.args@25': { text: 'one' },
      'a/default/vm.args@26-27.2': { text: 'two' },
      'a/default/vm.args@28': { text: 'three' },
    });
  });

  test('has no file for a release that does not render it', () => {
    expect(layoutOf(renderings('a/default', ['one', undefined, undefined, 'one', 'one']))).toEqual({
      'a/default/vm.args@25': { text: 'one' },
      'a/default/vm.args@27.2-28': { linkTo: 'vm.args@25' },
    });
  });

  test('links to a text that another case already has', () => {
    const both = [...renderings('b/inet6', ['one', 'one']), ...renderings('a/default', ['one', 'one'])];
    expect(layoutOf(both)).toEqual({
      'a/default/vm.args@25-26': { text: 'one' },
      'b/inet6/vm.args@25-26': { linkTo: '../../a/default/vm.args@25-26' },
    });
  });
});

describe('the golden files of a case on one release', () => {
  const texts = new Map([
    ['a/default/vm.args@25', 'one'],
    ['a/default/vm.args@26-27.2', 'two'],
    ['a/default/ssl_dist.conf@25-28', 'options'],
    ['a/inet6/vm.args@25-28', 'other'],
  ]);

  test.each([
    ['25', { 'vm.args': 'one', 'ssl_dist.conf': 'options' }],
    ['27', { 'vm.args': 'two', 'ssl_dist.conf': 'options' }],
    ['28', { 'ssl_dist.conf': 'options' }],
  ])('are those whose range contains OTP %s', (otp, files) => {
    expect(filesAt(texts, 'a/default', otp, RELEASES)).toEqual(files);
  });

  test('are refused if ranges overlap', () => {
    const overlapping = new Map([...texts, ['a/default/vm.args@27-28', 'three']]);
    expect(() => filesAt(overlapping, 'a/default', '27', RELEASES)).toThrow(
      'a/default has two texts of vm.args for OTP 27',
    );
  });
});

/** A case that renders `vm.args` with these texts on the first releases. */
function renderings(name: string, texts: readonly (string | undefined)[]): Rendering[] {
  return texts.map((text, index): Rendering => {
    const files: Record<string, string> = text === undefined ? {} : { 'vm.args': text };
    return { name, otp: RELEASES[index] ?? '', files };
  });
}
