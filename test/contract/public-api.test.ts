import { readFileSync } from 'node:fs';
import * as path from 'node:path';

import * as ts from 'typescript';

import { type Assembly, foreignTypes, looseTypes, readAssembly, undocumented } from './assembly';
import { checkout } from './repository';

describe('the entry point, src/index.ts', () => {
  test('contains only named exports from other modules', () => {
    expect(otherThanNamedExports(readFileSync(path.join(checkout, 'src/index.ts'), 'utf8'))).toEqual([]);
  });

  test.each([
    "export * from './model/findings/finding';",
    'export const x = 1;',
    "import { x } from './x';",
    'export default 1;',
  ])('would be refused with %j', (statement) => {
    expect(otherThanNamedExports(`export { A } from './a';\n${statement}`)).toEqual([statement]);
  });
});

describe('the assembly', () => {
  const assembly = readAssembly();

  test('has the version of package.json', () => {
    expect(assembly).toMatchObject({ name: 'cdktf-erlang-tls', version: packageJson().version });
  });

  test('has types', () => {
    expect(Object.keys(assembly.types)).not.toHaveLength(0);
  });

  test('uses no class of another package except Construct', () => {
    expect(foreignTypes(assembly)).toEqual([]);
  });

  test('has no unions, and no `any` but in data whose schema belongs to others', () => {
    expect(looseTypes(assembly).filter((one) => !one.startsWith('cdktf-erlang-tls.KubernetesPod has '))).toEqual([]);
  });

  test('documents every type and member', () => {
    expect(undocumented(assembly)).toEqual([]);
  });

  test('depends on peer dependencies only', () => {
    expect(Object.keys(packageJson().peerDependencies)).toEqual(
      expect.arrayContaining(Object.keys(assembly.dependencies ?? {})),
    );
  });
});

describe('the tests of the assembly find', () => {
  test('a class of cdktf as a parameter, a base or an interface', () => {
    const broken = assemblyWith({
      base: 'cdktf.TerraformElement',
      interfaces: ['cdktf.ITerraformDependable'],
      methods: [{ name: 'bind', docs: { summary: 'x' }, parameters: [{ name: 'stack', type: { fqn: 'cdktf.App' } }] }],
    });
    expect(foreignTypes(broken)).toEqual([
      'cdktf-erlang-tls.Broken mentions cdktf.App',
      'cdktf-erlang-tls.Broken mentions cdktf.TerraformElement',
      'cdktf-erlang-tls.Broken mentions cdktf.ITerraformDependable',
    ]);
  });

  test('a union and an any', () => {
    const types = [{ union: { types: [{ primitive: 'string' }] } }, { primitive: 'any' }];
    const broken = assemblyWith({ properties: types.map((type) => ({ name: 'x', type })) });
    expect(looseTypes(broken)).toEqual(
      types.map((type) => `cdktf-erlang-tls.Broken has a loose type: ${JSON.stringify(type)}`),
    );
  });

  test('a type, a property, a method and an enum member without documentation', () => {
    const broken = assemblyWith({ properties: [{ name: 'p' }], methods: [{ name: 'm' }], members: [{ name: 'E' }] });
    expect(undocumented(broken)).toEqual(['', '.p', '.m', '.E'].map((end) => `cdktf-erlang-tls.Broken${end}`));
  });

  test('no fault in a method that its base type documents', () => {
    const fine = assemblyWith({
      docs: { summary: 'x' },
      methods: [{ name: 'toString', overrides: 'constructs.Construct' }],
    });
    expect(undocumented(fine)).toEqual([]);
  });
});

describe('package.json', () => {
  test('has no runtime dependency beyond the peers', () => {
    expect(packageJson()).not.toHaveProperty('dependencies');
    expect(packageJson()).not.toHaveProperty('optionalDependencies');
    expect(packageJson()).not.toHaveProperty('bundledDependencies');
    expect(Object.keys(packageJson().peerDependencies).sort()).toEqual([
      '@cdktf/provider-local',
      '@cdktf/provider-tls',
      'cdktf',
      'constructs',
    ]);
  });

  test('uses the oldest accepted peers for development', () => {
    const { peerDependencies, devDependencies } = packageJson();
    for (const [peer, range] of Object.entries(peerDependencies)) expect(`^${devDependencies[peer]}`).toBe(range);
  });
});

interface PackageJson {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function packageJson(): PackageJson {
  return JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as PackageJson;
}

function otherThanNamedExports(text: string): string[] {
  const tree = ts.createSourceFile('index.ts', text, ts.ScriptTarget.ES2022, true);
  return tree.statements.filter((statement) => !isNamedReExport(statement)).map((statement) => statement.getText());
}

function isNamedReExport(statement: ts.Statement): boolean {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return false;
  return statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause);
}

function assemblyWith(type: object): Assembly {
  const fqn = 'cdktf-erlang-tls.Broken';
  return {
    name: 'cdktf-erlang-tls',
    version: '0.0.0',
    types: { [fqn]: { fqn, name: 'Broken', kind: 'class', ...type } },
  };
}
