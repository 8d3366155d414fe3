import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const LONG = [/[\\/]test[\\/]e2e[\\/]/u, /[\\/]test[\\/](?:crash|kills|damage)/u];

/** The long ones first, so that the workers end together; windows before what takes all cores, which makes keys overtake focus. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((pattern) => pattern.test(moduleId));
      return at < 0 ? LONG.length : at;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    // The program's threads find their code compiled, as the command's do (main/exhibit.js): half of a small import's work.
    env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, "node_modules", ".cache", "exhibit", "code") },
    setupFiles: ["test/setup.ts"],
    pool: "forks",
    // A worker goes on with the modules it has: loading them anew for each of a hundred files took an eighth of the time.
    isolate: false,
    // What a test leaves behind dies young: less often looked through, it costs a fifteenth of the time less.
    execArgv: ["--max-semi-space-size=32"],
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    testTimeout: 240_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 240_000,
  },
});
