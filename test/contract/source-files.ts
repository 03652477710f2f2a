/** The sources as the import rules see them: who imports whom, and which words the code (not its comments) uses. */
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

import * as ts from 'typescript';

import { checkout } from './repository';

/** One import, re-export, `require` or dynamic `import()` of a source file. */
export interface Import {
  /** As written, e.g. `../errors` or `cdktf`. */
  readonly specifier: string;
  /** Where a relative import leads, from the checkout and without extension, e.g. `src/model/findings/finding`. */
  readonly target?: string;
  /** Erased by the compiler, so it cannot take part in a load-order cycle. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the checkout and without extension, e.g. `src/model/pki/lifetime`. */
  readonly path: string;
  readonly imports: readonly Import[];
  /** Every identifier and every piece of literal text. */
  readonly words: readonly string[];
}

/** All sources of the package. */
export function readSources(): SourceFile[] {
  return readdirSync(path.join(checkout, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => path.posix.join('src', name.split(path.sep).join('/')))
    .map((name) => parseSource(name, readFileSync(path.join(checkout, name), 'utf8')));
}

/** Takes the text of one source apart; nothing is read from disk. */
export function parseSource(fileName: string, text: string): SourceFile {
  const tree = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2022, true);
  const imports: Import[] = [];
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    const found = specifierOf(node);
    if (found !== undefined) {
      imports.push({ ...found, target: resolve(fileName, found.specifier) });
    } else if (isWord(node)) {
      words.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path: fileName.replace(/\.ts$/, ''), imports, words };
}

function specifierOf(node: ts.Node): Omit<Import, 'target'> | undefined {
  if (ts.isImportDeclaration(node)) return literal(node.moduleSpecifier, isTypeOnlyImport(node));
  if (ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isExternalModuleReference(node)) return literal(node.expression, false);
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal, true) : undefined;
  if (ts.isCallExpression(node) && isLoader(node.expression)) return literal(node.arguments[0], false);
  return undefined;
}

function isTypeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  const named = namedBindings !== undefined && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  return name === undefined && named.length > 0 && named.every((element) => element.isTypeOnly);
}

function literal(node: ts.Node | undefined, typeOnly: boolean): Omit<Import, 'target'> | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? { specifier: node.text, typeOnly } : undefined;
}

function isLoader(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function resolve(fileName: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return path.posix.join(path.posix.dirname(fileName), specifier).replace(/\.(js|ts)$/, '');
}

type Word = ts.Identifier | ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

/** A module's path is not a word of the code: `platform.ts` has to be able to import every platform. */
function isWord(node: ts.Node): node is Word {
  const isText = ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
  const isRest = ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  return (isText || isRest) && !ts.isImportDeclaration(node.parent) && !ts.isExportDeclaration(node.parent);
}
