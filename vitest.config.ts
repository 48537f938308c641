/**
 * Unit tests beside the code are the project `unit`; every folder of test/ that holds tests is a project of its own name, so
 * that a new folder is run by `npm test` without being listed anywhere.
 */
import { defineConfig } from "vitest/config";
import { testFolders } from "./test/run/test-folders.ts";

/** The store's tests stand beside it and are a suite of their own all the same: they kill processes and fill disks. */
const STORE = "main/store/**/*.test.ts";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "unit", include: ["{core,main,preload,renderer,resources}/**/*.test.{ts,tsx}"], exclude: [STORE] } },
      ...testFolders().map((name) => ({
        extends: true as const,
        test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`, ...(name === "store" ? [STORE] : [])] },
      })),
    ],
  },
});
