// What neither the compiler nor prettier sees: a promise that nobody waits for, whose failure nobody hears of.
// Types are needed for that, in the components, too. `void` says that it is meant.
import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

const typed = { projectService: true, extraFileExtensions: ['.svelte'], tsconfigRootDir: import.meta.dirname }

export default [
  { ignores: ['dist', 'public', 'scripts', '*.config.*', 'src/wire/types.ts'] },
  ...svelte.configs.base,
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser, parserOptions: typed } },
  { files: ['**/*.svelte'], languageOptions: { parserOptions: { ...typed, parser: tseslint.parser } } },
  {
    files: ['**/*.ts', '**/*.svelte'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
]
