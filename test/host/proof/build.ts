import fs from "node:fs";
import path from "node:path";
import { build } from "vite";

/** Builds the proof app into `out` as the real one is built: an ESM main module, a CommonJS preload, electron outside. */
export async function buildProof(out: string): Promise<string> {
  const bundle = (entry: string, format: "es" | "cjs", fileName: string) =>
    build({
      configFile: false,
      logLevel: "warn",
      build: {
        outDir: out,
        emptyOutDir: false,
        target: "node24",
        minify: false,
        lib: { entry: path.join(import.meta.dirname, entry), formats: [format], fileName: () => fileName },
        rollupOptions: { external: [/^node:/, "electron"] },
      },
    });
  await bundle("main.ts", "es", "main.mjs");
  await bundle("preload.ts", "cjs", "preload.cjs");
  fs.cpSync(path.join(import.meta.dirname, "page"), path.join(out, "page"), { recursive: true });
  return path.join(out, "main.mjs");
}
