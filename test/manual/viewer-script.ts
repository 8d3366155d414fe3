import path from "node:path";
import { build, type Rolldown } from "vite";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Browsers of five years ago know all of it that this code uses: Chrome and Edge 95, Firefox 94, Safari 15. */
const LANGUAGE = "es2022";

/** The script of a bundle's page, compiled from `viewer/`: readable, since an opposing expert will read it. */
export async function viewerScript(): Promise<string> {
  const made = (await build({
    configFile: false,
    root: ROOT,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: LANGUAGE,
      reportCompressedSize: false,
      rolldownOptions: {
        input: path.join(ROOT, "viewer/main.ts"),
        output: { format: "iife", comments: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  const [chunk] = made.output;
  return `// Compiled from viewer/ by npx vitest run test/house/viewer.test.ts -u\n${chunk.code}`;
}
