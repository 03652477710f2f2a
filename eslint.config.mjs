import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import importSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'export by name, so that the name is the same everywhere',
};

const NO_CLOCK =
  'the model is pure: `new Date(milliseconds)` computes, all else of Date reads the clock or the time zone';

const noClock = [
  "NewExpression[callee.name='Date'][arguments.length!=1]",
  "NewExpression[callee.name='Date'] > :matches(Literal[raw=/^['\"]/], TemplateLiteral)",
  "CallExpression[callee.name='Date']",
  "MemberExpression[object.name='Date']",
  'MemberExpression[property.name=/^([gs]et(?!UTC|Time$)|to(?!ISOString$))/]',
].map((selector) => ({ selector, message: NO_CLOCK }));

const impure = (/** @type {string} */ what) => `the model is pure: ${what} is an input of it`;

const IMPURE = [
  { name: 'performance', message: impure('the time') },
  { name: 'process', message: impure('the environment') },
  { name: 'crypto', message: impure('randomness') },
  { name: 'fetch', message: impure('the network') },
  { name: 'setTimeout', message: impure('the time') },
  { name: 'setInterval', message: impure('the time') },
  { name: 'require', message: 'the model imports only itself' },
];

export default defineConfig(
  {
    ignores: [
      'lib/',
      'dist/',
      'coverage/',
      '**/cdktf.out/',
      '**/node_modules/',
      'test/offline-providers/',
      '**/*.generated.ts',
    ],
  },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
    plugins: { 'simple-import-sort': importSort },
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      'simple-import-sort/imports': 'error',
      'simple-import-sort/exports': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: false, project: './tsconfig.dev.json' } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => stop()` reads better than a block around one call.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A value that a callback changes looks constant to it.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `[...text]` is how a string is read by code point.
      '@typescript-eslint/no-misused-spread': 'off',
      // An `async` function without `await` keeps one signature for all implementations of an interface.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // Matchers such as `expect.any(String)` have the type `any`.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // Tables whose type says what their functions take and return, which the rule sees for functions of one expression alone.
    files: ['test/model/rules/**/*.faults.ts', 'test/model/rules/**/harmless.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      // A `switch` counts once: one case per kind of value is the plainest way to write it.
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-depth': ['error', 3],
      'max-lines': ['error', 250],
    },
  },
  {
    files: ['src/model/**/*.ts', 'src/constructs/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/model/**/*.ts'],
    rules: {
      'max-lines': ['error', 150],
      'no-restricted-globals': [
        'error',
        ...IMPURE,
        { name: 'Date', message: `${impure('the time')}; x509/calendar.ts has the calendar` },
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: impure('randomness') }],
      'no-restricted-imports': ['error', { patterns: [{ regex: '^[^.]', message: 'the model imports only itself' }] }],
    },
  },
  {
    // A list: one line for each file with rules.
    files: ['src/model/catalogue.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['src/model/x509/calendar.ts'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE],
      'no-restricted-syntax': ['error', noDefaultExport, ...noClock],
    },
  },
  {
    // Tools that load a configuration or a reporter want it as the default export.
    files: ['*.mjs', 'scripts/checks/jest-*.mjs', 'test/support/terraform/global-setup.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  prettier,
);
