/** The behaviour of OTP releases is data of `src/model/otp`: no other file reads the number of a release. */
import * as ts from 'typescript';

import { readRepository } from './repository';

const HOME = 'src/model/otp/';

/** Places where code reads the number of a release, or handles an optional release itself. */
function comparisonsIn(path: string, text: string): string[] {
  if (path.startsWith(HOME)) return [];
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ([readsNumber, namesRelease, isMaybeRelease, isComparison].some((isIn) => isIn(node)))
      found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function readsNumber(node: ts.Node): boolean {
  const name = ts.isPropertyAccessExpression(node)
    ? node.name
    : ts.isBindingElement(node)
      ? (node.propertyName ?? node.name)
      : undefined;
  return name !== undefined && ['major', 'minor'].includes(name.getText());
}

/** `OtpRelease.OTP_27`. */
function namesRelease(node: ts.Node): boolean {
  return (
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
    /^OtpRelease\b.*OTP_\d/.test(node.getText())
  );
}

/** `OtpRelease | undefined`, or an optional parameter or property: rules take `Releases`. */
function isMaybeRelease(node: ts.Node): boolean {
  const isOptional = (ts.isParameter(node) || ts.isPropertySignature(node)) && node.questionToken !== undefined;
  const type =
    isOptional || (ts.isParameter(node) && node.type && ts.isUnionTypeNode(node.type)) ? node.type : undefined;
  return type !== undefined && /\bOtpRelease\b/.test(type.getText());
}

const COMPARING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** A comparison of a number, or of one in quotes, with something that is named like a release. */
function isComparison(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node) || !COMPARING.has(node.operatorToken.kind)) return false;
  const sides = [node.left, node.right];
  return sides.some(isNumber) && sides.some((side) => /\b(otp|release)\b/i.test(side.getText()));
}

function isNumber(node: ts.Node): boolean {
  return ts.isNumericLiteral(node) || (ts.isStringLiteralLike(node) && /^\d+(?:\.\d+)*$/.test(node.text));
}

const sources = readRepository('src/*.ts');

test('only the files of src/model/otp compare a release with a number', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(({ path, text }) => comparisonsIn(path, text).map((code) => `${path}: ${code}`))).toEqual([]);
});

test.each([
  'const isOld = otp.major < 26;',
  'const isOld = ({ minor }: OtpRelease) => minor > 2;',
  'function f(otp: OtpRelease | undefined): void {}',
  'function f(otp?: OtpRelease): void {}',
  'interface A { readonly otp?: OtpRelease }',
  'const isOld = Number(release) <= 25;',
  "const isOld = release === '25';",
  "const isOld = otp.toString() < '27.2';",
  'const isOld = otp === OtpRelease.OTP_25;',
  "const oldest = OtpRelease['OTP_24'];",
])('%s is reported', (text) => {
  expect(comparisonsIn('src/model/rules/a.ts', text)).not.toEqual([]);
});

test.each(["const isOld = releases.every('speaksTls13ByDefault');", 'const x = Releases.only(otp);'])(
  '%s is accepted',
  (text) => {
    expect(comparisonsIn('src/model/rules/a.ts', text)).toEqual([]);
  },
);
