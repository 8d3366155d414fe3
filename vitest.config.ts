import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    // The program's threads find their code compiled, as the command's do (main/exhibit.js): half of a small import's work.
    env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, "node_modules", ".cache", "exhibit", "code") },
    setupFiles: ["test/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
