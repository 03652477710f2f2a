/**
 * How golden files are kept: `<platform>/<variant>/<file>@<first release>-<last release>`, one for each text and the releases in a row that have it.
 * A text that is there already, of another file or variant, is a symbolic link to it.
 */
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What one case renders on one release: the text of each file, by its name. */
export interface Rendering {
  /** `<platform>/<variant>` */
  readonly name: string;
  readonly otp: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A golden file, or a link to one. */
export type Golden = { readonly text: string } | { readonly linkTo: string };

/** Golden files by their path below the directory of all. */
export type Layout = Readonly<Record<string, Golden>>;

/** The one layout in which these renderings are kept. The renderings of a case stand in the order of their releases. */
export function layoutOf(renderings: readonly Rendering[]): Layout {
  const texts = [...groupBy(renderings, ({ name }) => name)].flatMap(([name, ofCase]) => textsOf(name, ofCase));
  texts.sort(([one], [other]) => (one < other ? -1 : 1));
  const homes = new Map<string, string>();
  return Object.fromEntries(
    texts.map(([path, text]): [string, Golden] => {
      const home = homes.get(text);
      if (home !== undefined) return [path, { linkTo: relative(dirname(path), home) }];
      homes.set(text, path);
      return [path, { text }];
    }),
  );
}

/** Each text of a case by its path, the range of its releases included. */
function textsOf(name: string, renderings: readonly Rendering[]): [path: string, text: string][] {
  const fileNames = new Set(renderings.flatMap(({ files }) => Object.keys(files)));
  return [...fileNames].flatMap((fileName) =>
    runsOf(renderings.map(({ otp, files }) => ({ otp, text: files[fileName] }))).map(
      ({ first, last, text }): [string, string] => [join(name, `${fileName}@${rangeText(first, last)}`), text],
    ),
  );
}

interface Run {
  readonly first: string;
  readonly last: string;
  readonly text: string;
}

/** Neighbouring releases with the same text; none where the file is not rendered. */
function runsOf(releases: readonly { readonly otp: string; readonly text: string | undefined }[]): Run[] {
  const runs: Run[] = [];
  releases.forEach(({ otp, text }, index) => {
    if (text === undefined) return;
    const previous = runs.at(-1);
    if (previous?.text === text && releases[index - 1]?.text === text) {
      runs[runs.length - 1] = { ...previous, last: otp };
    } else {
      runs.push({ first: otp, last: otp, text });
    }
  });
  return runs;
}

function rangeText(first: string, last: string): string {
  return first === last ? first : `${first}-${last}`;
}

/** What a layout says of a case on a release. `releases` are all that there are, in order. */
export function filesAt(
  texts: ReadonlyMap<string, string>,
  name: string,
  otp: string,
  releases: readonly string[],
): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [path, text] of texts) {
    const [, fileName = '', first = '', last = first] = /([^/]+)@([\d.]+)(?:-([\d.]+))?$/.exec(path) ?? [];
    const place = releases.indexOf(otp);
    const isMeant = releases.indexOf(first) <= place && place <= releases.indexOf(last);
    if (dirname(path) !== name || !isMeant) continue;
    if (fileName in files) throw new Error(`${name} has two texts of ${fileName} for OTP ${otp}`);
    files[fileName] = text;
  }
  return files;
}

/** Replaces all files of the directory by those of the layout. */
export function writeLayout(directory: string, layout: Layout): void {
  rmSync(directory, { recursive: true, force: true });
  for (const [path, golden] of Object.entries(layout)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    if ('linkTo' in golden) symlinkSync(golden.linkTo, file);
    else writeFileSync(file, golden.text);
  }
}

export function readLayout(directory: string): Layout {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(
    (entry) => !entry.isDirectory(),
  );
  const layout = entries.map((entry): [string, Golden] => {
    const file = join(entry.parentPath, entry.name);
    const golden = entry.isSymbolicLink() ? { linkTo: readlinkSync(file) } : { text: readFileSync(file, 'utf8') };
    return [relative(directory, file), golden];
  });
  return Object.fromEntries(layout);
}

/** The text of every path, links followed. */
export function textsIn(directory: string, layout: Layout): ReadonlyMap<string, string> {
  return new Map(Object.keys(layout).map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
