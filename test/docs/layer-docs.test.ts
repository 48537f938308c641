/** doc.md of every layer: all its parts in both languages, a formula that KaTeX sets, and no page of a layer that is gone. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";
import { describe, expect, it } from "vitest";
import { parseLayerDoc } from "../../core/layers/doc.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { REPOSITORY } from "../run/command.ts";

const pageOf = (type: string): string => join(REPOSITORY, "core/layers", type, "doc.md");

describe.each(layerTypes)("doc.md of %s", (type) => {
  it("is there, and begins with the layer's type", () => {
    expect(existsSync(pageOf(type)), "every layer's folder has a doc.md: formula, source and words").toBe(true);
    expect(readFileSync(pageOf(type), "utf8")).toMatch(new RegExp(`^# ${type}\n`));
  });

  it("says what, when and what to watch for in both languages", () => {
    const { words } = parseLayerDoc(readFileSync(pageOf(type), "utf8"));
    for (const text of Object.values(words.en)) expect(text).toMatch(/^[^一-鿿]{10,}\.$/);
    // A source that is names only has no other words in Chinese.
    const { source: _, ...chinese } = words.zh;
    for (const text of Object.values(chinese)) expect(text).toMatch(/[一-鿿].*。$/);
  });

  it("has a formula that can be set", () => {
    const { formula, words } = parseLayerDoc(readFileSync(pageOf(type), "utf8"));
    const { source } = words.en;
    expect(() => katex.renderToString(formula, { output: "mathml", throwOnError: true, strict: "error" })).not.toThrow();
    // It is the same in every language: words stand in the symbols.
    expect(formula).not.toContain("\\text{");
    expect(source).toMatch(/Keras|PyTorch|\d{4}/);
  });
});

it("steps that a mask leaves out are told of only where the layer reads a mask, in both languages", () => {
  for (const type of layerTypes) {
    const { words } = parseLayerDoc(readFileSync(pageOf(type), "utf8"));
    const says = [/padding that is masked/.test(words.en.symbols), /被掩码的填充/.test(words.zh.symbols)];
    expect(says[0], type).toBe(says[1]);
    const mask = layerDefinition(type)?.traits.mask;
    if (says[0]) expect(mask, type).toBe("uses");
  }
});

it("a formula with strides has the dilation too, where the layer has one", () => {
  const withDilation = layerTypes.filter((type) => layerDefinition(type)?.schema["dilation_rate"] !== undefined);
  const strided = withDilation.filter((type) => /\bs [it]\b/.test(parseLayerDoc(readFileSync(pageOf(type), "utf8")).formula));
  expect(strided.length).toBeGreaterThan(2);
  for (const type of strided) {
    const { formula, words } = parseLayerDoc(readFileSync(pageOf(type), "utf8"));
    expect(formula, type).toMatch(/\bd [kpq]\b/);
    expect([words.en.symbols, words.zh.symbols], type).toEqual([
      expect.stringContaining("d dilation"),
      expect.stringContaining("d 膨胀率"),
    ]);
  }
});

it("no page is left of a layer that is gone", () => {
  const folders = readdirSync(join(REPOSITORY, "core/layers"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const pages = folders.filter(({ name }) => existsSync(pageOf(name))).map(({ name }) => name);
  expect(pages.filter((type) => !layerTypes.includes(type as never))).toEqual([]);
});

it("a page without a formula, or without a language, is refused", () => {
  const page = readFileSync(pageOf(layerTypes[0] ?? ""), "utf8");
  expect(() => parseLayerDoc(page.replaceAll("$$", ""))).toThrow("no formula");
  expect(() => parseLayerDoc(page.replace("## 中文", "## 其他"))).toThrow("符号");
});

it("a source that is a sentence is said in Chinese too", () => {
  const sources = layerTypes.map((type) => parseLayerDoc(readFileSync(pageOf(type), "utf8")).words.zh.source);
  expect(
    sources.filter((source) => /\b(with|whose|which|for the|in PyTorch|of|first)\b/.test(source.replaceAll(/“[^”]*”|`[^`]*`/g, ""))),
  ).toEqual([]);
});
