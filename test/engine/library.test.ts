/** core/ as a library: the public API trains in Node and, built by Vite into a page, in Chromium, to the same bits. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM_ARGUMENTS, findChromium } from "../chromium.ts";
import { REPOSITORY } from "../run/command.ts";
import { NETWORKS, type TrainedBits, trainedBits } from "./library-networks.ts";
import type { trainInWorkers } from "./page-threads.ts";

const path = findChromium();
const why = path === null ? "no Chromium on this machine (npm test installs one)" : "";

describe("a page that uses core/ as a library", () => {
  let folder = "";
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "neuroloom-library-"));
    const entry = join(REPOSITORY, "test/engine/page-entry.ts");
    await build({
      root: folder,
      configFile: false,
      logLevel: "error",
      build: { lib: { entry, formats: ["es"], fileName: () => "page.js" }, outDir: join(folder, "out"), minify: false },
    });
    const script = readFileSync(join(folder, "out/page.js"));
    server = createServer((request, response) => {
      const isScript = request.url === "/page.js";
      // Memory is shared between threads in pages that are isolated from others only.
      response.setHeader("cross-origin-opener-policy", "same-origin");
      response.setHeader("cross-origin-embedder-policy", "require-corp");
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(isScript ? script : `<script type="module" src="/page.js"></script>`);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });

  afterAll(() => {
    server?.close();
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  const skipped = why === "" ? "" : ` — SKIPPED: ${why}`;

  async function inPage(use: (page: Page) => Promise<void>): Promise<void> {
    const browser = await chromium.launch({ executablePath: path ?? "", args: [...CHROMIUM_ARGUMENTS] });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => "trainedBits" in globalThis);
      await use(page);
    } finally {
      await browser.close();
    }
  }

  it.skipIf(path === null)(`trains 20 steps to the same bits as Node${skipped}`, () =>
    inPage(async (page) => {
      for (const name of Object.keys(NETWORKS))
        for (const arithmetic of ["reproducible", "fast"] as const) {
          const there = await page.evaluate(
            ([network, mode]) => (globalThis as unknown as { trainedBits: typeof trainedBits }).trainedBits(network, mode),
            [name, arithmetic] as const,
          );
          expect(there, `${name}, ${arithmetic}`).toEqual(trainedBits(name, arithmetic));
        }
    }),
  );

  it.skipIf(path === null)(`trains with 2 and 4 threads to the same bits as Node with one${skipped}`, () =>
    inPage(async (page) => {
      const network = "dense 64-32-16-4";
      for (const helpers of [1, 3]) {
        const there = await page.evaluate(
          ([name, count]) =>
            (globalThis as unknown as { trainInWorkers: typeof trainInWorkers }).trainInWorkers(
              "/page.js",
              { network: name, arithmetic: "fast" },
              count,
            ),
          [network, helpers] as const,
        );
        expect(there.bits, `${helpers + 1} threads`).toEqual(trainedBits(network, "fast"));
        expect(there.jobs).toBeGreaterThan(20);
      }
    }),
  );
});

describe("the public API in Node", () => {
  it("knows the networks, and their losses fall", () => {
    for (const name of Object.keys(NETWORKS)) {
      const { losses } = trainedBits(name, "fast");
      expect(losses).toHaveLength(20);
      expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    }
  });

  it("gives other bits for another arithmetic, so that the comparison can fail", () => {
    const bits = (arithmetic: "fast" | "reproducible"): TrainedBits => trainedBits("dense 64-32-16-4", arithmetic);
    expect(bits("fast")).not.toEqual(bits("reproducible"));
  });
});
