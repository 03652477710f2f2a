/** The TypeScript of the documentation, compiled and run as a user would. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

import * as ts from 'typescript';

import * as library from '../../src/index';
import { checkout, type TextFile } from './repository';

/** A fenced block of a page. */
export interface Snippet {
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** What follows the three backticks: `ts`, `ts fragment`, `erlang`. */
  readonly info: string;
  readonly text: string;
}

/** Every fenced block of a page. */
export function blocksOf({ path: page, text }: TextFile): Snippet[] {
  return [...text.matchAll(/^```([^\n`]*)\n([\s\S]*?)^```$/gm)].map(({ 1: info = '', 2: body = '', index }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    info,
    text: body,
  }));
}

/** A whole program, with its own imports. */
export const PROGRAM = 'ts';
/** Statements for a stack's constructor. */
export const FRAGMENT = 'ts fragment';

/**
 * What a fragment may take for granted, on one line so that the compiler's line numbers stay those of the page: the library's names, the usual
 * three of `cdktf`, a function that reads files, a stack as `this`, and the nodes and the CA that the text around it is about.
 */
const FIXTURE = [
  `import { readFileSync } from 'node:fs';`,
  `import { TerraformResource, TerraformStack, TerraformVariable, Testing } from 'cdktf';`,
  `import { ${Object.keys(library).sort().join(', ')}, type TlsClusterProps } from 'cdktf-erlang-tls';`,
  `import type { CertificateOrder, DeliveryRequest, DeliveryResult, ICertificateIssuer, IDelivery, IssuedCertificate } from 'cdktf-erlang-tls';`,
  `import type { Construct } from 'constructs';`,
  `declare const props: TlsClusterProps;`,
  `declare const rootCaPem: string;`,
  `declare const ca: CertificateAuthority;`,
  `class Stack extends TerraformStack { define(): void {`,
].join(' ');

/** One line for each thing that the compiler has to say, with page and line. */
export function compile(snippets: readonly Snippet[]): string[] {
  const sources = new Map(snippets.map((snippet, index) => [virtualPath(index), { snippet, text: sourceOf(snippet) }]));
  const options = compilerOptions();
  const host = hostWith(options, new Map([...sources].map(([name, { text }]) => [name, text])));
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources].flatMap(([name, { snippet }]) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map((diagnostic) => show(diagnostic, snippet)),
  );
}

/** What `cdktf synth` would write for the one stack of a program: the text of its `cdk.tf.json`. */
export function synthesize(program: Snippet): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'erlang-tls-snippet-'));
  try {
    run(program, directory);
    const [stack, ...others] = readdirSync(path.join(directory, 'stacks'));
    if (stack === undefined || others.length > 0) throw new Error(`${program.page}:${program.line} has not one stack`);
    return readFileSync(path.join(directory, 'stacks', stack, 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs a program as an ES module of this package, which then finds itself by its name, and returns what it wrote for its one stack. */
export function runAsModule({ text }: Snippet): string[] {
  const directory = mkdtempSync(path.join(checkout, 'cdktf.out/module-'));
  try {
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(path.join(directory, 'main.mjs'), outputText);
    const stacks = path.join(directory, 'synthesized');
    execFileSync(process.execPath, ['main.mjs'], { cwd: directory, env: { ...process.env, CDKTF_OUTDIR: stacks } });
    return readdirSync(path.join(stacks, 'stacks')).flatMap((stack) => readdirSync(path.join(stacks, 'stacks', stack)));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run({ text }: Snippet, directory: string): void {
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = directory;
  try {
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the programs are this project's own
    new Function('require', 'exports', outputText)(require, {});
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
  }
}

/** Beside the examples, so that imports are found as theirs are. */
function virtualPath(index: number): string {
  return path.join(checkout, 'examples', `snippet-${index}.ts`);
}

function sourceOf({ info, line, text }: Snippet): string {
  const blankLines = '\n'.repeat(line);
  return info === FRAGMENT ? `${FIXTURE}${blankLines}${text}}}\nvoid Stack;\n` : `${blankLines}${text}\nexport {};\n`;
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(checkout, 'tsconfig.dev.json'), (name) => ts.sys.readFile(name)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, checkout);
  // The fixture of fragments has more than each of them needs.
  return { ...options, incremental: false, tsBuildInfoFile: undefined, noUnusedLocals: false };
}

function hostWith(options: ts.CompilerOptions, texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    readFile: (name) => texts.get(name) ?? host.readFile(name),
    getSourceFile: (name, ...rest) => {
      const text = texts.get(name);
      return text === undefined ? host.getSourceFile(name, ...rest) : ts.createSourceFile(name, text, rest[0]);
    },
  };
}

function show({ file, start, messageText }: ts.Diagnostic, { page, line }: Snippet): string {
  const at = file === undefined || start === undefined ? line : file.getLineAndCharacterOfPosition(start).line + 1;
  return `${page}:${at}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}
