/** Serves the browser build on localhost under the window's content security policy, for all test files. */
import { existsSync } from "node:fs";
import { preview } from "vite";
import type { TestProject } from "vitest/node";

const BUILD = "node_modules/.browser";

declare module "vitest" {
  // Declaration merging needs an interface.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  export interface ProvidedContext {
    origin: string;
  }
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(`${BUILD}/index.html`)) throw new Error(`no browser build in ${BUILD}; run: npm run e2e`);
  const server = await preview({ build: { outDir: BUILD }, preview: { host: "localhost", port: 4179, strictPort: false }, logLevel: "warn" });
  const origin = server.resolvedUrls?.local[0];
  if (origin === undefined) throw new Error("the preview server has no address");
  project.provide("origin", origin);
  return () => server.close();
}
