import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const size = {
  'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 30, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', { max: 3 }],
}

const plain = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-restricted-syntax': ['error',
    { selector: 'TSEnumDeclaration', message: 'Not an enum: a union of strings, and a const list where one is walked.' },
    { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that a thing is called the same everywhere.' },
  ],
}

/** What the strict set has that costs more than it finds, and what we add to it. */
const typed = {
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
  '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
  '@typescript-eslint/no-invalid-void-type': 'off',
  '@typescript-eslint/no-extraneous-class': 'off',
  '@typescript-eslint/unified-signatures': 'off',
}

const pure = 'shared/ is pure: '
const noClock = `${pure}time is an argument; take the instant from the caller.`
const noChance = `${pure}no chance; take a seeded source from the caller.`
const purity = {
  'no-restricted-globals': ['error',
    ...['performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({ name, message: noClock })),
    ...['process', 'Buffer', 'window', 'document', 'console', 'fetch'].map((name) => ({ name, message: `${pure}no Node, no DOM, no I/O.` })),
    { name: 'crypto', message: noChance },
  ],
  'no-restricted-properties': ['error',
    { object: 'Date', property: 'now', message: noClock },
    { object: 'Math', property: 'random', message: noChance },
  ],
  'no-restricted-syntax': [...plain['no-restricted-syntax'],
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: noClock },
    { selector: "CallExpression[callee.name='Date']", message: noClock },
  ],
  'no-restricted-imports': ['error', { patterns: [
    { regex: '^node:', message: `${pure}no Node.` },
    { regex: '^\\.\\./(server|web|test|bench)/', message: `${pure}it imports nobody.` },
    { regex: '^socket\\.io', message: `${pure}not even the types of a transport.` },
  ] }],
}

/** The bodies of `describe` and of a long story are not functions anyone calls. */
const inTests = {
  'max-lines-per-function': 'off',
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/require-await': 'off',
}

export default tseslint.config(
  { ignores: ['.build/', 'node_modules/', 'data/', 'dist/', 'config/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { files: ['**/*.{ts,vue,js,mjs}'], rules: { ...size, ...plain } },
  ...tseslint.configs.strictTypeChecked.map((each) => ({ ...each, files: ['**/*.{ts,vue}'] })),
  ...vue.configs['flat/recommended'].map((each) => ({ ...each, files: ['**/*.vue'] })),
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] },
    },
    rules: { ...typed, 'no-undef': 'off' },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/attributes-order': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
    },
  },
  { files: ['shared/**/*.ts'], rules: purity },
  { files: ['test/**/*.ts'], rules: inTests },
  { files: ['server/commands/**', 'bench/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.config.{ts,js}', '**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.{mjs,js}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', clearTimeout: 'readonly', Buffer: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
)
