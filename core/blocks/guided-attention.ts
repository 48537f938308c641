/** GA, the second unit of modular co-attention: the steps of one source attend to those of another, which guides them. */
import { defineBlock } from "./block.ts";
import { coAttentionFields, coAttentionTexts, stages, TransformerParts } from "./transformer-parts.ts";

export default defineBlock({
  name: "ga",
  icon: "GA",
  schema: coAttentionFields,
  group: "attention",
  widthField: "width",
  texts: {
    en: {
      label: "Guided attention (GA)",
      summary: "The steps of x attend to those of y, which guides them. Two inputs: x and y.",
      fields: coAttentionTexts.en,
    },
    zh: { label: "引导注意力块 (GA)", summary: "x 的各步注意 y 的各步，由 y 引导。两个输入：x 与 y。", fields: coAttentionTexts.zh },
  },
  draw: (drawing, config) => {
    const parts = new TransformerParts(drawing, { ...config, norm_first: false });
    let x = drawing.source("x");
    const y = drawing.source("y");
    for (const stage of stages(config.depth)) {
      if (stage !== "1") drawing.stage(stage);
      x = parts.feedForward("feed", parts.attention("guided", x, y));
    }
    drawing.exit(x);
  },
  source: "Yu et al. 2019, Deep Modular Co-Attention Networks (arXiv 1906.10770), 3.1",
});
