import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// At least as strict as the window's policy, so that the browser run fails where the window would.
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self'",
  "script-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
].join("; ");

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  server: { strictPort: true },
  preview: { headers: { "Content-Security-Policy": contentSecurityPolicy } },
  build: {
    target: ["safari16", "chrome110"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  test: { include: ["src/**/*.test.ts"] },
});
