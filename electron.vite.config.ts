/**
 * The build: main entries as ES modules, the preload as the one CommonJS file that a sandboxed window can load, the
 * renderer as a static page that Electron and the loopback app both serve. Needs no Electron binary.
 */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Set by main/dev.ts: the page is built again whenever its source changes. */
const watch = process.env["NEUROLOOM_WATCH"] === "1" ? {} : null;

export default defineConfig({
  main: {
    build: {
      outDir: "out/main",
      rolldownOptions: {
        input: {
          electron: at("main/electron/main.ts"),
          loopback: at("main/loopback/main.ts"),
          cli: at("main/cli/main.ts"),
          "trainer.worker": at("main/engine/trainer.worker.ts"),
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
  renderer: {
    root: at("renderer"),
    plugins: [react()],
    build: {
      outDir: at("out/renderer"),
      minify: watch === null,
      sourcemap: watch !== null,
      watch,
      rolldownOptions: { input: { index: at("renderer/index.html") } },
    },
  },
});
