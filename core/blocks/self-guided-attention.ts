/** SGA: the steps of x attend to each other and then to those of y; what MCAN's picture branch is made of. */
import { defineBlock } from "./block.ts";
import { coAttentionFields, coAttentionTexts, stages, TransformerParts } from "./transformer-parts.ts";

export default defineBlock({
  name: "sga",
  icon: "SGA",
  schema: coAttentionFields,
  group: "attention",
  widthField: "width",
  texts: {
    en: {
      label: "Self-guided attention (SGA)",
      summary: "The steps of x attend to each other, then to those of y. Two inputs: x and y.",
      fields: coAttentionTexts.en,
    },
    zh: {
      label: "自引导注意力块 (SGA)",
      summary: "x 的各步先相互注意，再注意 y 的各步。两个输入：x 与 y。",
      fields: coAttentionTexts.zh,
    },
  },
  draw: (drawing, config) => {
    const parts = new TransformerParts(drawing, { ...config, norm_first: false });
    let x = drawing.source("x");
    const y = drawing.source("y");
    for (const stage of stages(config.depth)) {
      if (stage !== "1") drawing.stage(stage);
      x = parts.feedForward("feed", parts.attention("guided", parts.attention("self", x, "itself"), y));
    }
    drawing.exit(x);
  },
  source: "Yu et al. 2019, Deep Modular Co-Attention Networks (arXiv 1906.10770), 3.1",
});
