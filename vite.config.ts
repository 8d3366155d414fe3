import fs from "node:fs";
import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type UserConfig } from "vite";

const ROOT = import.meta.dirname;
const DIST = path.join(ROOT, "dist");
/** Takes the place of `dist` when all of it is there: an app that runs from there never finds half a program. */
const OUT = path.join(ROOT, "node_modules", `.building-${process.pid}`);

/** Entry files of the threads, `NAME-thread.ts`: they are named by URL (main/platform/workers.ts), which no bundler follows. */
function threads(): string[] {
  return fs
    .readdirSync(path.join(ROOT, "main"), { recursive: true, encoding: "utf8" })
    .flatMap((name) => (name.endsWith("-thread.ts") ? [path.join(ROOT, "main", name)] : []));
}

/** What the program reads beside its code, at the same place relative to it as in the sources. */
function assets(out: string): Plugin {
  return {
    name: "exhibit-assets",
    closeBundle() {
      for (const each of ["main/case/migrations", "resources", "package.json"]) {
        fs.cpSync(path.join(ROOT, each), path.join(out, each), { recursive: true });
      }
    },
  };
}

/**
 * Chromium compiles each function when it first runs, on the thread that draws: the grid's and the chart's first frames were
 * half that. Told that all functions of a file will run, it compiles them as the file comes in, on another thread.
 */
function compiledAhead(): Plugin {
  return {
    name: "exhibit-compiled-ahead",
    applyToEnvironment: ({ name }) => name === "client",
    generateBundle(_, bundle) {
      for (const each of Object.values(bundle))
        if (each.type === "chunk") each.code = `//# allFunctionsCalledOnLoad\n${each.code}`;
    },
  };
}

/**
 * Three builds: the window's page, its preload (CommonJS, as a sandboxed one must be), and the program behind it, which keeps
 * its files as they are: threads, migrations and resources are found relative to them.
 */
export const buildInto = (out: string): UserConfig => ({
  root: path.join(ROOT, "renderer"),
  base: "./",
  plugins: [react()],
  build: { target: "chrome140", emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 4000 },
  environments: {
    client: { build: { outDir: path.join(out, "renderer"), assetsInlineLimit: 0, modulePreload: { polyfill: false } } },
    preload: {
      consumer: "server",
      resolve: { noExternal: true, external: ["electron"] },
      build: {
        outDir: path.join(out, "preload"),
        ssr: true,
        minify: false,
        rolldownOptions: {
          input: path.join(ROOT, "main/desktop/page/preload.ts"),
          external: ["electron"],
          output: { format: "cjs", entryFileNames: "preload.cjs" },
        },
      },
    },
    main: {
      consumer: "server",
      build: {
        outDir: out,
        emptyOutDir: false,
        ssr: true,
        target: "node24",
        minify: false,
        rolldownOptions: {
          input: [path.join(ROOT, "main/index.ts"), ...threads()],
          external: [/^node:/u, /^[^./]/u],
          output: { format: "es", preserveModules: true, preserveModulesRoot: ROOT, entryFileNames: "[name].js" },
          plugins: [assets(out)],
        },
      },
    },
  },
});

const product = buildInto(OUT);

export default defineConfig({
  ...product,
  plugins: [...(product.plugins ?? []), compiledAhead()],
  builder: {
    async buildApp(builder) {
      try {
        await Promise.all(Object.values(builder.environments).map((environment) => builder.build(environment)));
        fs.rmSync(DIST, { recursive: true, force: true });
        fs.renameSync(OUT, DIST);
      } finally {
        fs.rmSync(OUT, { recursive: true, force: true });
      }
    },
  },
});
