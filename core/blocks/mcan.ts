/**
 * MCAN, the deep modular co-attention network: self-attention over y (the question) and self-guided attention over x (the picture), in
 * one of two cascades. Encoder–decoder: y goes through all its units first and its last output guides every unit of x. Stacking: unit by
 * unit, each output of y guides the unit of x beside it.
 */
import { choice } from "../schema/fields.ts";
import { defineBlock } from "./block.ts";
import type { Drawn } from "./drawing.ts";
import { coAttentionFields, coAttentionTexts, stages, TransformerParts } from "./transformer-parts.ts";

export default defineBlock({
  name: "mcan",
  icon: "MCA",
  schema: { cascade: choice({ values: ["encoder_decoder", "stacking"], default: "encoder_decoder" }), ...coAttentionFields },
  group: "attention",
  widthField: "width",
  texts: {
    en: {
      label: "Co-attention (MCAN)",
      summary: "Self-attention over y guides self-guided attention over x: a question and a picture. Two inputs, two outputs.",
      fields: {
        cascade: {
          label: "Cascade",
          help: "Encoder–decoder: the last output of y guides every unit of x. Stacking: each output of y guides the unit of x beside it.",
        },
        ...coAttentionTexts.en,
      },
    },
    zh: {
      label: "协同注意力 (MCAN)",
      summary: "y 的自注意力引导 x 的自引导注意力：问题与图像。两个输入，两个输出。",
      fields: {
        cascade: { label: "级联方式", help: "编码器–解码器：y 的最后输出引导 x 的每个单元。堆叠：y 的每个输出引导旁边的 x 单元。" },
        ...coAttentionTexts.zh,
      },
    },
  },
  draw: (drawing, config) => {
    const parts = new TransformerParts(drawing, { ...config, norm_first: false });
    const x = drawing.source("x");
    const y = drawing.source("y");
    const guides: Drawn[] = [];
    let guide = y;
    for (const stage of stages(config.depth)) {
      drawing.stage(`y${stage}`);
      guide = parts.feedForward("feed", parts.attention("self", guide, "itself"));
      guides.push(guide);
    }
    let guided = x;
    stages(config.depth).forEach((stage, i) => {
      drawing.stage(`x${stage}`);
      const by = config.cascade === "stacking" ? (guides[i] ?? guide) : guide;
      guided = parts.feedForward("feed", parts.attention("guided", parts.attention("self", guided, "itself"), by));
    });
    drawing.exit(guided);
    drawing.exit(guide);
  },
  source: "Yu et al. 2019, Deep Modular Co-Attention Networks (arXiv 1906.10770), 3.2",
});
