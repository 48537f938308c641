/** Builds what tests of the transports load into a page: the preload as the app builds it, and a page of nothing but renderer/host. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** @returns path of the built preload script */
export async function buildPreload(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        input: { preload: at("../../preload/index.ts") },
        external: ["electron"],
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  });
  return join(outDir, "preload.cjs");
}

export async function buildPage(outDir: string): Promise<void> {
  await build({ configFile: false, logLevel: "error", root: at("page"), build: { outDir, emptyOutDir: false } });
}
