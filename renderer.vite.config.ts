/**
 * How the page is built: for `npm run build` as a part of electron.vite.config.ts, and by itself for `npm run dev`, where Vite
 * builds it again on every change.
 */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at("renderer"),
  // Relative, because Electron serves the page under a scheme of its own and the loopback entry under an address.
  base: "./",
  plugins: [react()],
  build: {
    outDir: at("out/renderer"),
    emptyOutDir: true,
    license: { fileName: "licenses.md" },
    minify: true,
    // The page comes from this machine, not over a network: the size of a chunk is no cause for a warning.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: { index: at("renderer/index.html") } },
  },
});
