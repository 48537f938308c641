/** Transformer decoder: causal self-attention, attention to an encoder's output and a feed-forward network, repeated. */
import { defineBlock } from "./block.ts";
import { stages, TransformerParts, transformerFields, transformerTexts } from "./transformer-parts.ts";

export default defineBlock({
  name: "decoder",
  icon: "Dec",
  schema: transformerFields,
  group: "attention",
  widthField: "width",
  texts: {
    en: {
      label: "Transformer decoder",
      summary: "Every step gathers from the steps before it, then from an encoder's output. Two inputs: sequence and memory.",
      fields: transformerTexts.en,
    },
    zh: {
      label: "Transformer 解码器",
      summary: "每一步先从之前的步、再从编码器输出取信息。两个输入：序列与记忆。",
      fields: transformerTexts.zh,
    },
  },
  draw: (drawing, config) => {
    const parts = new TransformerParts(drawing, config);
    let x = drawing.source("in");
    const memory = drawing.source("memory");
    for (const stage of stages(config.depth)) {
      if (stage !== "1") drawing.stage(stage);
      const own = parts.attention("attention", x, "itself", true);
      x = parts.feedForward("feed", parts.attention("cross_attention", own, memory));
    }
    drawing.exit(parts.lastNormalization(x));
  },
  source: "Vaswani et al. 2017 (arXiv 1706.03762), 3.1",
});
