import manifest from '../../package.json';
import {
  deadLinks,
  linksOutOfPackage,
  type Surroundings,
  surroundingsOf,
  unknownFiles,
  unknownScripts,
} from './markdown';
import { checkout, readRepository, type TextFile } from './repository';

const real = surroundingsOf(checkout);

/** API.md is generated, and is checked separately. */
const pages = readRepository('*.md').filter((file) => file.path !== 'API.md');

test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'])(
  'there is a %s',
  (page) => {
    expect(pages.map(({ path }) => path)).toContain(page);
  },
);

describe.each(pages.map((page) => [page.path, page] as const))('%s', (_path, page) => {
  test('has no dead link', () => {
    expect(deadLinks(page, real)).toEqual([]);
  });

  test('names only npm scripts that exist', () => {
    expect(unknownScripts(page, real)).toEqual([]);
  });

  test('names only files that exist', () => {
    expect(unknownFiles(page, real)).toEqual([]);
  });
});

/** What npm packs beside the `files` of package.json. */
const ALWAYS_PACKED = ['README.md', 'LICENSE', 'package.json'];

function isPacked(path: string): boolean {
  return [...manifest.files, ...ALWAYS_PACKED].some((one) => path === one || path.startsWith(`${one}/`));
}

test.each(pages.filter(({ path }) => isPacked(path)).map((page) => [page.path, page] as const))(
  '%s is packed, and so is what it links to',
  (_path, page) => {
    expect(linksOutOfPackage(page, isPacked)).toEqual([]);
  },
);

describe('the tests above find mistakes', () => {
  const invented: Surroundings = {
    scripts: ['build'],
    read: (file) => ({ 'docs/a.md': '# Two Words\n\n## `code` & more', src: '' })[file],
  };

  test.each([
    ['[x](b.md)', ['docs/page.md: b.md']],
    ['[x](a.md#two)', ['docs/page.md: a.md#two']],
    ['[x](#here)', ['docs/page.md: #here']],
    ['[x][y]\n\n[y]: ../gone.md', ['docs/page.md: ../gone.md']],
    ['[x](a.md#two-words) [y](a.md#code--more) [z](https://example.com/) `[no](link.md)`', []],
    [`[x](${manifest.homepage}/blob/main/docs/gone.md)`, [`docs/page.md: ${manifest.homepage}/blob/main/docs/gone.md`]],
    [`[x](${manifest.homepage}/blob/main/docs/a.md#two-words) [y](${manifest.homepage}/issues)`, []],
    ['# Here\n[x](#here)\n```\n[no](link.md)\n```', []],
  ])('in the links of %j', (text, dead) => {
    expect(deadLinks(page(text), invented)).toEqual(dead);
  });

  test('in a link out of the package', () => {
    const links = page(
      `[x](../examples/x.md) [y](../docs/a.md#b) [z](#here) [s](${manifest.homepage}/blob/main/examples/x.md)`,
    );
    expect(linksOutOfPackage(links, isPacked)).toEqual(['docs/page.md: ../examples/x.md']);
  });

  test('in the name of a script', () => {
    expect(unknownScripts(page('`npm run build` and `npm run bild`'), invented)).toEqual([
      'docs/page.md: npm run bild',
    ]);
  });

  test('in the name of a file', () => {
    expect(unknownFiles(page('`src/` has `src/gone.ts`'), invented)).toEqual(['docs/page.md: src/gone.ts']);
  });
});

function page(text: string): TextFile {
  return { path: 'docs/page.md', text };
}
