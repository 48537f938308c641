import { readdirSync } from "node:fs";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { type FigureData, figureData } from "../../../core/figures/figure-data.ts";
import type { LayerFigure } from "../../../core/layers/figure.ts";
import type { LayerDefinition } from "../../../core/layers/layer.ts";
import { layerDefinition, layerTypes } from "../../../core/layers/registry.ts";
import { figuresTexts } from "../../../resources/translations/app/figures.ts";
import { translate } from "../../../resources/translations/translate.ts";
import type { Translate } from "../../ui/texts.ts";
import { figureKinds } from "./figure-kinds.tsx";

const folders = new URL("../../../core/layers/", import.meta.url);
const drawn = layerTypes.filter((type) => readdirSync(new URL(`${type}/`, folders)).includes("figure.ts"));
const speak =
  (language: "en" | "zh"): Translate =>
  (key, params) =>
    translate(figuresTexts, language, key as never, params);

async function dataOf(type: string, options: Readonly<Record<string, unknown>> = {}): Promise<FigureData> {
  const { default: figure } = (await import(new URL(`${type}/figure.ts`, folders).href)) as { default: LayerFigure };
  return figureData(layerDefinition(type) as LayerDefinition, figure, options);
}
function drawing(data: FigureData, frame: number): string {
  const { Drawing } = figureKinds[data.figure.kind];
  return renderToStaticMarkup(<Drawing data={data} frame={frame} t={speak("en")} />);
}

describe("the drawing of a layer", () => {
  test.each(drawn)("%s is drawn at every step without a number missing, and said in both languages", async (type) => {
    const data = await dataOf(type);
    const { alt, caption } = figureKinds[data.figure.kind];
    const frames = Array.from({ length: data.frames }, (_, frame) => frame);
    for (const frame of frames) {
      const svg = drawing(data, frame);
      expect(svg).toContain("<svg");
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
    for (const language of ["en", "zh"] as const) {
      const t = speak(language);
      const said = [alt({ data, t, language }), ...frames.map((frame) => caption({ data, frame, t }))];
      expect(said[0]).not.toBe("");
      expect(said.join(" ")).not.toMatch(/[{}]|NaN|undefined/);
    }
  });

  test.each(drawn)("no line of %s runs out of its drawing, over the words around it", async (type) => {
    const data = await dataOf(type);
    for (let frame = 0; frame < data.frames; frame++) {
      const svg = drawing(data, frame);
      const [, width = 0, height = 0] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.map(Number) ?? [];
      expect(width * height).toBeGreaterThan(0);
      for (const [, d = ""] of svg.matchAll(/ d="([^"]*)"/g))
        for (const [, x, y] of d.matchAll(/[ML]\s*(-?[\d.]+)[ ,](-?[\d.]+)/g)) {
          expect(Number(x), d).toBeGreaterThanOrEqual(-0.5);
          expect(Number(x), d).toBeLessThanOrEqual(width + 0.5);
          expect(Number(y), d).toBeGreaterThanOrEqual(-0.5);
          expect(Number(y), d).toBeLessThanOrEqual(height + 0.5);
        }
    }
  });

  test.each(drawn.filter((type) => !type.includes("normalization")))("%s shows another picture at the next step", async (type) => {
    const data = await dataOf(type);
    expect(data.frames).toBeGreaterThan(1);
    expect(drawing(data, 1)).not.toBe(drawing(data, 0));
  });

  test("a window marks exactly the places that it covers, zeros around included", async () => {
    const data = await dataOf("conv_2d", { kernel_size: [3, 2], padding: "same", dilation_rate: [2, 1] });
    const marked = (frame: number): number => drawing(data, frame).match(/class="cell[^"]*under[^"]*"/g)?.length ?? 0;
    // Six places of the window, and the output that they give.
    expect([0, 5, data.frames - 1].map(marked)).toEqual([7, 7, 7]);
    expect(drawing(data, 0)).toMatch(/class="cell padding under"/);
  });

  test("dropped numbers carry a cross, so that colour is not the only sign", async () => {
    const data = await dataOf("dropout", { rate: 0.5 });
    const zeros = data.draws[2]?.data.filter((value) => value === 0).length ?? 0;
    expect(zeros).toBeGreaterThan(0);
    expect(drawing(data, 2).match(/class="cross"/g)).toHaveLength(zeros);
    const caption = (of: FigureData): string => figureKinds[of.figure.kind].caption({ data: of, frame: 2, t: speak("en") });
    expect(caption(data)).toContain(`${zeros} of `);
    expect(caption(await dataOf("gaussian_noise", { stddev: 0.5 }))).toBe("draw 3: every number a little off");
    expect(caption(await dataOf("dropout", { rate: 0 }))).toBe("with these options nothing changes");
  });

  test("a function of whole rows is drawn as bars, one of single numbers as a curve with its slope", async () => {
    expect(drawing(await dataOf("activation", { activation: "softmax" }), 0)).toContain('class="bar positive"');
    expect(drawing(await dataOf("activation", { activation: "tanh" }), 3)).toContain('class="curve slope"');
  });
});
