/**
 * The architecture as rules over imports. Each takes all sources and gives one line per violation.
 *
 * Inside `src/model` data flows down the list of chapters below; `src/constructs` and `src/cli` use the model; `src/index.ts` is the door and
 * nobody inside goes through it.
 */
import type { Import, SourceFile } from './source-files';

export type ImportRule = (sources: readonly SourceFile[]) => string[];

/** In the order of the data flow: first what the worlds outside have, then what is declared, then what is there and what is wrong with it. */
const CHAPTERS = [
  'findings',
  'network',
  ...['terraform', 'api', 'x509', 'otp'],
  ...['cluster', 'pki', 'files', 'erlang', 'platforms', 'deliveries'],
  ...['observed', 'rules', 'plan', 'adoption', 'report'],
];

/** Derived from all chapters. */
const CATALOGUE = 'src/model/catalogue';

/** What jsii knows of the public API, with all of its names. */
const PUBLIC_API = 'src/model/api/public-api.generated';

/** The only platform files that platforms may use: what several of them have in common. */
const SHARED_BY_PLATFORMS = ['profile', 'own-profile', 'protocol', 'reader', 'remote-shell', 'tls-protocol'].map(
  (name) => `src/model/platforms/${name}`,
);

/** The lists of all platforms: of what a user can choose, and of files with flags of their own form. */
const LISTS_OF_PLATFORMS = ['src/constructs/cluster/platform', 'src/model/platforms/registry', CATALOGUE, PUBLIC_API];

/** The only files of deliveries that deliveries may use. The folder of the script that several of them bring to nodes is one of them. */
const SHARED_BY_DELIVERIES = [
  ...['delivered', 'file-resource', 'resource-texts', 'output-directory', 'node-script'].map(
    (name) => `src/model/deliveries/${name}`,
  ),
  ...['claims', 'delivery', 'output', 'script-delivery', 'node-script'].map(
    (name) => `src/constructs/deliveries/${name}`,
  ),
];

/** The lists of all deliveries, and the one of all construct ids. */
const LISTS_OF_DELIVERIES = [
  'src/model/deliveries/registry',
  'src/constructs/deliveries/factory',
  'src/constructs/terraform/ids',
  CATALOGUE,
  PUBLIC_API,
];

/** Words that belong to one platform and are no part of its file's name. */
const WORDS_OF_PLATFORMS: Readonly<Record<string, RegExp>> = {
  couchdb: /(?<![\w])(?:couch|couch_dist|no_tls)(?![\w-])/,
  'relx-release': /relx/i,
  'elixir-release': /elixir/i,
};

/** The only file that loads the framework and its providers. */
const FRAMEWORK_DOOR = 'src/constructs/terraform/cdktf';

/** The only packages that the published code may load; each is a peer dependency. */
const PEERS = /^(?:cdktf|constructs|@cdktf\/provider-tls|@cdktf\/provider-local)(?:\/|$)/;

/** A chapter uses itself and the chapters before it. The catalogue uses all that have rules, and only the report uses the catalogue. */
export const chaptersFollowTheDataFlow: ImportRule = eachImport((file, { target }) => {
  if (!file.path.startsWith('src/model/') || target === undefined) return undefined;
  if (file.path === CATALOGUE) return undefined;
  const from = chapterOf(file.path);
  const to = chapterOf(target);
  if (to === undefined) return `${target} belongs to no chapter of the model`;
  if (from === undefined) return `only chapters use ${target}`;
  return CHAPTERS.indexOf(to) <= CHAPTERS.indexOf(from) ? undefined : `${to} comes after ${from}`;
});

/** Every folder of the model is a chapter, so that a new one takes its place in the order. */
export const everyModelFileHasAChapter: ImportRule = (sources) =>
  sources
    .filter((file) => file.path.startsWith('src/model/') && file.path !== CATALOGUE)
    .filter((file) => chapterOf(file.path) === undefined)
    .map((file) => `${file.path}: belongs to no chapter of the model`);

/** The model is pure: no constructs, no cdktf, no fs, no built-in module of Node. */
export const modelImportsOnlyItself: ImportRule = eachImport((file, { specifier, target }) => {
  if (!file.path.startsWith('src/model/')) return undefined;
  return target?.startsWith('src/model/') === true ? undefined : `${specifier} is outside the model`;
});

/** No file of the package goes through the door. */
export const nobodyImportsTheIndex: ImportRule = eachImport((_file, { specifier, target }) => {
  const isOwnName = specifier === 'cdktf-erlang-tls' || specifier.startsWith('cdktf-erlang-tls/');
  const isIndex = target !== undefined && (/(?:^|\/)index$/.test(target) || /(?:^|\/)\.{1,2}\/?$/.test(specifier));
  return isOwnName || isIndex ? 'import the file itself, not an index' : undefined;
});

/** What one platform needs of another belongs to a chapter before it. */
export const platformsAreStrangers: ImportRule = eachImport((file, { target }) => {
  if (chapterOf(file.path) !== 'platforms' || target === undefined || chapterOf(target) !== 'platforms')
    return undefined;
  if (LISTS_OF_PLATFORMS.includes(file.path)) return undefined;
  return SHARED_BY_PLATFORMS.includes(target) || platformOf(file.path) === platformOf(target)
    ? undefined
    : `platforms share only ${SHARED_BY_PLATFORMS.join(', ')}`;
});

/** What one delivery needs of another belongs to what they share. */
export const deliveriesAreStrangers: ImportRule = eachImport((file, { target }) => {
  if (target === undefined || !FOLDER_OF_DELIVERIES.test(file.path) || LISTS_OF_DELIVERIES.includes(file.path)) {
    return undefined;
  }
  const [from, to] = [deliveryOf(file.path), deliveryOf(target)];
  return to === undefined || from === to ? undefined : `deliveries share only ${SHARED_BY_DELIVERIES.join(', ')}`;
});

/** The constructs and the command line tool both stand on the model, not on each other. */
export const constructsAndCliAreStrangers: ImportRule = eachImport((file, { target }) => {
  const from = topFolder(file.path);
  const to = target === undefined ? undefined : topFolder(target);
  const pair = [from, to].sort().join();
  return pair === 'cli,constructs' ? `${String(from)} must not need ${String(to)}` : undefined;
});

/** Another framework is then a matter of one file. `constructs` belongs to every CDK. */
export const oneFileLoadsTheFramework: ImportRule = eachImport((file, { specifier }) =>
  /^@?cdk(?:tf|tn)(?:\/|$)/.test(specifier) && file.path !== FRAMEWORK_DOOR
    ? `only ${FRAMEWORK_DOOR} loads the framework`
    : undefined,
);

/** Visibility is no topic: a file lies where its subject is. */
export const noFolderIsNamedAfterVisibility: ImportRule = (sources) =>
  sources
    .filter(({ path }) => /\/(?:private|internal|public|common|shared|utils?|helpers?|misc)\//.test(path))
    .map(({ path }) => `${path}: a folder is named after what is in it`);

/** The only file of the constructs that reads files: requests, which are committed like the program. */
const READER_OF_REQUESTS = 'src/constructs/certificates/request-directory';

/** Constructs load the peers, and of Node only what computes; other files and processes are for the command line tool. */
export const onlyPeersAreLoaded: ImportRule = eachImport((file, { specifier, target }) => {
  if (target !== undefined || PEERS.test(specifier)) return undefined;
  if (specifier === 'node:fs' && file.path === READER_OF_REQUESTS) return undefined;
  if (
    specifier === 'node:path' ||
    specifier === 'node:crypto' ||
    (specifier.startsWith('node:') && topFolder(file.path) === 'cli')
  )
    return undefined;
  return `${specifier} is no peer dependency`;
});

/**
 * What is special about a platform is in its own file: elsewhere in the code its name would be the start of an
 * `if (platform === …)`. Comments may cite it, and `couchdb@db1.example.com` is an example of a node name.
 */
export const platformNamesStayAtHome: ImportRule = (sources) => {
  const names = [...new Set(sources.map((file) => platformOf(file.path)).filter((name) => name !== undefined))];
  return sources
    .filter((file) => file.path !== 'src/index' && !LISTS_OF_PLATFORMS.includes(file.path))
    .flatMap((file) =>
      names
        .filter((name) => name !== platformOf(file.path))
        .flatMap((name) =>
          [...wordsWith(name, file), ...file.words.filter((word) => WORDS_OF_PLATFORMS[name]?.test(word))].map(
            (word) => `${file.path}: ${JSON.stringify(word)} names ${name}`,
          ),
        ),
    );
};

/** What is special about a delivery is in its own files: one that writes, one that reads, under one name. */
export const deliveryNamesStayAtHome: ImportRule = (sources) => {
  const names = [...new Set(sources.map((file) => deliveryOf(file.path)).filter((name) => name !== undefined))];
  return sources
    .filter((file) => file.path !== 'src/index' && !LISTS_OF_DELIVERIES.includes(file.path))
    .flatMap((file) =>
      names
        .filter((name) => name !== deliveryOf(file.path))
        .flatMap((name) => wordsWith(name, file).map((word) => `${file.path}: ${JSON.stringify(word)} names ${name}`)),
    );
};

/** A cycle makes the result depend on which file is loaded first. Imports of types are erased and cannot. */
export const noCycles: ImportRule = (sources) => {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const done = new Set<string>();
  const walk = (name: string, trail: readonly string[]): string[] => {
    if (trail.includes(name)) return [[...trail.slice(trail.indexOf(name)), name].join(' → ')];
    if (done.has(name)) return [];
    const targets = (byPath.get(name)?.imports ?? []).filter(({ typeOnly }) => !typeOnly).map(({ target }) => target);
    const cycles = targets.filter((target) => target !== undefined).flatMap((target) => walk(target, [...trail, name]));
    done.add(name);
    return cycles;
  };
  return sources.flatMap((file) => walk(file.path, []));
};

function eachImport(judge: (file: SourceFile, imported: Import) => string | undefined): ImportRule {
  return (sources) =>
    sources.flatMap((file) =>
      file.imports
        .map((imported) => ({ imported, violation: judge(file, imported) }))
        .filter(({ violation }) => violation !== undefined)
        .map(({ imported, violation }) => `${file.path} imports ${imported.specifier}: ${String(violation)}`),
    );
}

function chapterOf(path: string): string | undefined {
  const chapter = /^src\/model\/([^/]+)\//.exec(path)?.[1];
  return chapter !== undefined && CHAPTERS.includes(chapter) ? chapter : undefined;
}

/** A platform is a file of the chapter, or a folder where one file would be too long. */
function platformOf(path: string): string | undefined {
  if ([...SHARED_BY_PLATFORMS, ...LISTS_OF_PLATFORMS].includes(path)) return undefined;
  return /^src\/model\/platforms\/([^/]+)/.exec(path)?.[1];
}

const FOLDER_OF_DELIVERIES = /^src\/(?:model|constructs)\/deliveries\/([^/]+)/;

/** A delivery is a file of each half, or a folder where one file would be too long. */
function deliveryOf(path: string): string | undefined {
  const isShared = SHARED_BY_DELIVERIES.some((shared) => path === shared || path.startsWith(`${shared}/`));
  return isShared || LISTS_OF_DELIVERIES.includes(path) ? undefined : FOLDER_OF_DELIVERIES.exec(path)?.[1];
}

function topFolder(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function wordsWith(name: string, file: SourceFile): string[] {
  const compact = name.replace(/-/g, '');
  return file.words.filter((word) =>
    word.toLowerCase().replace(/-|_/g, '').replaceAll(`${compact}@`, '').includes(compact),
  );
}
