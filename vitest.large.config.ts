import { defineConfig } from "vitest/config";

/** The same promises at a size that takes minutes: `npm run check:large`. */
export default defineConfig({
  test: {
    include: ["test/**/*.large.ts"],
    setupFiles: ["test/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
  },
});
