import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const onlyTheBackend = {
  patterns: [
    {
      group: ["@tauri-apps/*", "**/backend/bindings", "**/backend/tauri", "**/backend/fake"],
      message: "The interface reaches Rust through src/backend and nowhere else.",
    },
  ],
};

export default ts.config(
  { ignores: ["dist/", "node_modules/", "src/backend/bindings.ts"] },
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      eqeqeq: "error",
      "max-lines": ["error", { max: 400, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  { files: ["src/**"], ignores: ["src/backend/**"], rules: { "no-restricted-imports": ["error", onlyTheBackend] } },
  { files: ["e2e/**", "*.config.*"], languageOptions: { globals: { ...globals.node } } },
);
