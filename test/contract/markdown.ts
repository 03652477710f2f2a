/** Finds what goes stale first in documentation: links, anchors and the names of npm scripts. */
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

import manifest from '../../package.json';
import type { TextFile } from './repository';

/** Answers for the checkout; the tests of these functions answer for invented ones. */
export interface Surroundings {
  /** The text of a file, or an empty text for a directory. Absent if neither exists. */
  readonly read: (path: string) => string | undefined;
  /** Names of the npm scripts. */
  readonly scripts: readonly string[];
}

/** One line per link of the page that leads nowhere. Links to other sites are not followed, except to this repository's files. */
export function deadLinks(page: TextFile, { read }: Surroundings): string[] {
  return linksIn(page.text)
    .filter((link) => isOurs(link) || !isAddress(link))
    .filter((link) => {
      const target = targetOf(page, link);
      const [, anchor] = link.split('#');
      const text = target === page.path ? page.text : read(target);
      if (text === undefined) return true;
      return anchor !== undefined && !anchorsIn(text).includes(anchor);
    })
    .map((link) => `${page.path}: ${link}`);
}

/** One line per relative link of a packed page that leaves the package: a reader in `node_modules` does not have that file. */
export function linksOutOfPackage(page: TextFile, isPacked: (path: string) => boolean): string[] {
  return linksIn(page.text)
    .filter((link) => !isAddress(link) && !isPacked(targetOf(page, link)))
    .map((link) => `${page.path}: ${link}`);
}

/** The file or directory that a link of a page leads to, from the checkout. */
function targetOf(page: TextFile, link: string): string {
  const [file = ''] = link.split('#');
  if (isOurs(link)) return decodeURI(file.slice(REPOSITORY.length));
  return file === '' ? page.path : path.posix.join(path.posix.dirname(page.path), decodeURI(file));
}

/** Files of this project, on its site. */
const REPOSITORY = `${manifest.homepage}/blob/main/`;

function isOurs(link: string): boolean {
  return link.startsWith(REPOSITORY);
}

function isAddress(link: string): boolean {
  return /^[a-z]+:/i.test(link);
}

/** One line per npm script that the page tells the reader to run and that does not exist. */
export function unknownScripts(page: TextFile, { scripts }: Surroundings): string[] {
  const told = [...page.text.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
  return told.filter((script) => !scripts.includes(script)).map((script) => `${page.path}: npm run ${script}`);
}

/** One line per file of the project that the page names as code and that is not there. */
export function unknownFiles(page: TextFile, { read }: Surroundings): string[] {
  const named = [...withoutBlocks(page.text).matchAll(/`((?:src|test|examples|docs|scripts|bench)\/[\w./-]*)`/g)];
  return named
    .map((match) => (match[1] ?? '').replace(/\/$/, ''))
    .filter((file) => read(file) === undefined)
    .map((file) => `${page.path}: ${file}`);
}

/** The tables below a heading, down to the next heading, as rows of cells without their heads. */
export function tablesOf({ text }: TextFile, heading: string): string[][][] {
  const section = text.split(/^(?=#{1,6} )/m).find((part) => part.replace(/^#+ /, '').startsWith(`${heading}\n`)) ?? '';
  const tables = [...section.matchAll(/(?:^\|.*\|\n)+/gm)];
  return tables.map(([table]) => table.trimEnd().split('\n').slice(2).map(cellsOf));
}

function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function linksIn(text: string): string[] {
  const prose = withoutBlocks(text).replace(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const references = [...prose.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)];
  return [...inline, ...references].map((match) => match[1] ?? '');
}

/** Anchors as hosting sites make them of headings, and those written as HTML. */
function anchorsIn(text: string): string[] {
  const headings = [...withoutBlocks(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) => slug(match[1] ?? ''));
  const numbered = headings.map((heading, index) => {
    const before = headings.slice(0, index).filter((other) => other === heading).length;
    return before === 0 ? heading : `${heading}-${before}`;
  });
  return [...numbered, ...[...text.matchAll(/<a\s+(?:name|id)="([^"]+)"/g)].map((match) => match[1] ?? '')];
}

function slug(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function withoutBlocks(text: string): string {
  return text.replace(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1\s*$/gm, '');
}

/** The real surroundings. */
export function surroundingsOf(checkout: string): Surroundings {
  const { scripts } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as { scripts: object };
  return {
    scripts: Object.keys(scripts),
    read: (file) => {
      const absolute = path.join(checkout, file);
      if (!existsSync(absolute)) return undefined;
      return file.endsWith('.md') ? readFileSync(absolute, 'utf8') : '';
    },
  };
}
