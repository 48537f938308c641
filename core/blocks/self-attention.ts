/** SA, the first unit of modular co-attention: the steps of one source attend to each other. */
import { defineBlock } from "./block.ts";
import { coAttentionFields, coAttentionTexts, stages, TransformerParts } from "./transformer-parts.ts";

export default defineBlock({
  name: "sa",
  icon: "SA",
  schema: coAttentionFields,
  group: "attention",
  widthField: "width",
  texts: {
    en: { label: "Self-attention (SA)", summary: "The steps of one source attend to each other.", fields: coAttentionTexts.en },
    zh: { label: "自注意力块 (SA)", summary: "同一来源的各步相互注意。", fields: coAttentionTexts.zh },
  },
  draw: (drawing, config) => {
    const parts = new TransformerParts(drawing, { ...config, norm_first: false });
    let x = drawing.source("x");
    for (const stage of stages(config.depth)) {
      if (stage !== "1") drawing.stage(stage);
      x = parts.feedForward("feed", parts.attention("self", x, "itself"));
    }
    drawing.exit(x);
  },
  source: "Yu et al. 2019, Deep Modular Co-Attention Networks (arXiv 1906.10770), 3.1",
});
