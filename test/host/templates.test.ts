/** Every template that ships: it is a design, its words are there in both languages, it is sound, and it trains. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { examine } from "../../core/checks/examine.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const folder = join(import.meta.dirname, "../../resources/templates");
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));

/** What a template must reach with its own options; those of the notes that learn, and the one that must not. */
const reached: Record<string, (metrics: Readonly<Record<string, number | null>>) => boolean> = {
  xor: (m) => (m["val_accuracy"] ?? 0) > 0.85,
  "linear-regression": (m) => (m["val_r2"] ?? 0) > 0.9,
  "logistic-regression": (m) => (m["val_accuracy"] ?? 0) > 0.85,
  "softmax-regression": (m) => (m["val_accuracy"] ?? 0) > 0.9,
  "one-vs-all": (m) => (m["val_accuracy"] ?? 0) > 0.85,
  "sum-of-sigmoids": (m) => (m["val_r2"] ?? 0) > 0.9,
  digits: (m) => (m["val_accuracy"] ?? 0) > 0.96,
  "digits-attention": (m) => (m["val_accuracy"] ?? 0) > 0.96,
  "drawn-shapes": (m) => (m["val_accuracy"] ?? 0) > 0.97,
  "digits-convolution": (m) => (m["val_accuracy"] ?? 0) >= 0.97,
  autoencoder: (m) => (m["val_r2"] ?? 0) > 0.4,
  "text-graph": (m) => (m["val_accuracy"] ?? 0) > 0.93,
  communities: (m) => (m["val_accuracy"] ?? 0) > 0.9,
  parity: (m) => (m["val_accuracy"] ?? 0) > 0.95,
  spiral: (m) => (m["val_accuracy"] ?? 0) > 0.95,
  "adding-problem": (m) => (m["val_r2"] ?? 0) > 0.98,
  "copy-memory": (m) => (m["val_accuracy"] ?? 0) > 0.95,
  "forecast-waves": (m) => (m["val_r2"] ?? 0) > 0.98,
  // Saying the last value again reaches 0.958, and nothing can do better.
  "random-walk": (m) => (m["val_r2"] ?? 1) < 0.96,
  "texts-counted": (m) => (m["val_accuracy"] ?? 0) > 0.95,
  "texts-attention": (m) => (m["val_accuracy"] ?? 0) > 0.94,
  // It over-fits, and is there for that.
  "network-that-learns-by-heart": (m) => (m["val_loss"] ?? 0) > 3 * (m["loss"] ?? 1),
  "deep-network-that-does-not-learn": (m) => (m["val_accuracy"] ?? 1) < 0.6,
};

/** Their data are files of the person's own. */
const FROM_FILES = names.filter((name) => readDesign(readFileSync(join(folder, `${name}.json`), "utf8")).data?.source.kind === "file");

describe("templates", () => {
  it.each(names)("%s is a sound design with words in both languages", (name) => {
    const text = readFileSync(join(folder, `${name}.json`), "utf8");
    const { template } = JSON.parse(text) as { template: { title: Record<string, string>; summary: Record<string, string> } };
    for (const words of [template.title, template.summary]) expect(Object.keys(words).sort()).toEqual(["en", "zh"]);
    expect(examine(readDesign(text)).ok).toBe(true);
  });

  it("each say how long they take and what they reach, measured by the figure of their task", async () => {
    await using home = testHome();
    const { templates } = await (await home.open()).handlers["templates.list"]({});
    for (const { name, task, expected } of templates) {
      expect(expected, `${name}: npm run acceptance -- templates --write`).not.toBeNull();
      expect(expected?.metric, name).toBe(task === "classification" ? "val_accuracy" : "val_r2");
      expect(expected?.seconds, name).toBeGreaterThan(0);
      expect(expected?.measured, name).toMatch(/\d cores, Node \d/);
    }
  });

  it("are listed, those that wait for a file without data", async () => {
    await using home = testHome();
    const { templates } = await (await home.open()).handlers["templates.list"]({});
    expect(templates.map((template) => template.name).sort()).toEqual([...names].sort());
    const waiting = templates.filter(({ data }) => data.kind === "file").map((template) => template.name);
    expect(waiting.sort()).toEqual(FROM_FILES);
    for (const { name, data, graph } of templates) {
      if (data.kind === "builtin") expect(Object.keys(data.title).sort(), name).toEqual(["en", "zh"]);
      else expect(data.name, name).toMatch(/\.(csv|gz)$/);
      expect(graph.nodes.length, name).toBeGreaterThan(2);
    }
  });
});

describe("a template with data that ships", () => {
  const home = testHome();
  let host: OpenedHost;
  beforeAll(async () => {
    host = await home.open();
    return () => home[Symbol.asyncDispose]();
  });

  it.each(Object.keys(reached))("%s trains as it says", async (name) => {
    const run = await startRun(host, await openTemplate(host, name));
    const ended = await runUntil(host, run.id, hasEnded);
    expect(ended.error).toBeNull();
    expect(reached[name]?.(ended.metrics), JSON.stringify(ended.metrics)).toBe(true);
    // What the start screen promises is what comes; a processor without fused products may be a few rows off.
    const { templates } = await host.handlers["templates.list"]({});
    const expected = templates.find((template) => template.name === name)?.expected;
    const off = Math.abs((ended.metrics[expected?.metric ?? ""] ?? Number.NaN) - (expected?.value ?? Number.NaN));
    expect(off, JSON.stringify(expected)).toBeLessThan(0.02);
  });

  it("is each held to something", () => {
    expect([...Object.keys(reached), ...FROM_FILES].sort()).toEqual([...names].sort());
  });
});
