/**
 * The build: main entries as ES modules, the preload as the one CommonJS file that a sandboxed window can load, the
 * renderer as a static page that Electron and the loopback app both serve. Needs no Electron binary.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "electron-vite";
import renderer from "./renderer.vite.config.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    build: {
      outDir: "out/main",
      license: { fileName: "licenses.md" },
      // Put into the build, in the parts that are used: a thread or command that has to find and load hundreds of small files starts a
      // quarter slower. Native code stays outside: what is
      // put into the build loads @duckdb/node-bindings by itself, so package.json lists it.
      externalizeDeps: { exclude: ["zod", "@dagrejs/dagre", "@duckdb/node-api", "umap-js"] },
      rolldownOptions: {
        external: ["@duckdb/node-bindings"],
        input: {
          electron: at("main/electron/main.ts"),
          loopback: at("main/loopback/main.ts"),
          cli: at("main/cli/main.ts"),
          "trainer.worker": at("main/engine/trainer.worker.ts"),
          "kernel-helper.worker": at("main/engine/kernel-helper.worker.ts"),
          "feeder.worker": at("main/engine/feeder.worker.ts"),
          "inside.worker": at("main/engine/inside.worker.ts"),
          "tables.worker": at("main/engine/tables.worker.ts"),
          "sheet.worker": at("main/host/datasets/excel/sheet.worker.ts"),
          "project-file.worker": at("main/store/project-file/project-file.worker.ts"),
        },
        output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: "out/preload",
      // A sandboxed preload cannot require packages: everything it needs is inside the one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at("preload/index.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer,
});
