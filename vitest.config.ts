/**
 * Unit tests beside the code are the projects `core`, `main` and `unit`; every folder of test/ that holds tests is a project of its own name, so
 * that a new folder is run by `npm test` without being listed anywhere.
 */
import { defineConfig } from "vitest/config";
import { testFolders } from "./test/run/test-folders.ts";

/** The store's tests stand beside it and are a suite of their own all the same: they kill processes and fill disks. */
const STORE = "main/store/**/*.test.ts";

/** Tests beside the code of main/ that put a module of their own in the place of one of Node's, or of Electron. */
const WITH_A_DOUBLE = ["main/host/datasets/packed-archives.test.ts", "main/electron/open-files.test.ts"];

/** Suites that start the app's threads or its command line, which come from the build. */
const OF_BUILD: readonly string[] = ["host", "engine", "renderer", "cli", "transports", "soak", "acceptance"];

export default defineConfig({
  test: {
    // No measure of speed: it ends what hangs, on a machine that does ten other things too.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      // What core and main keep in their modules (what was found out before, threads that are ending) is the same for whoever asks, so
      // files of tests share them, which saves a quarter to a half of the time; the stores of a window are not to be shared.
      { extends: true, test: { name: "core", include: ["core/**/*.test.ts"], isolate: false } },
      { extends: true, test: { name: "main", include: ["main/**/*.test.ts"], exclude: [STORE, ...WITH_A_DOUBLE], isolate: false } },
      { extends: true, test: { name: "unit", include: ["{preload,renderer,resources}/**/*.test.{ts,tsx}", ...WITH_A_DOUBLE] } },
      ...testFolders().map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [`test/${name}/**/*.test.{ts,tsx}`, ...(name === "store" ? [STORE] : [])],
          globalSetup: OF_BUILD.includes(name) ? ["test/run/fresh-build.ts"] : [],
        },
      })),
    ],
  },
});
