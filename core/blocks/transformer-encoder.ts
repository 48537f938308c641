/** Transformer encoder: self-attention and a feed-forward network, repeated; torch.nn.TransformerEncoder makes the same of the same options. */
import { defineBlock } from "./block.ts";
import { stages, TransformerParts, transformerFields, transformerTexts } from "./transformer-parts.ts";

export default defineBlock({
  name: "encoder",
  icon: "Enc",
  schema: transformerFields,
  group: "attention",
  widthField: "width",
  texts: {
    en: {
      label: "Transformer encoder",
      summary: "Every step gathers from all steps, then a small network works on each: repeated.",
      fields: transformerTexts.en,
    },
    zh: { label: "Transformer 编码器", summary: "每一步从所有步取信息，再由小网络逐步处理，重复多次。", fields: transformerTexts.zh },
  },
  draw: (drawing, config) => {
    const parts = new TransformerParts(drawing, config);
    let x = drawing.source("in");
    for (const stage of stages(config.depth)) {
      if (stage !== "1") drawing.stage(stage);
      x = parts.feedForward("feed", parts.attention("attention", x, "itself"));
    }
    drawing.exit(parts.lastNormalization(x));
  },
  source: "Vaswani et al. 2017 (arXiv 1706.03762), 3.1",
});
