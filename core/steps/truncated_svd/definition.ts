/** Truncated SVD: a few mixtures of many counts of words (latent semantic analysis). */
import { int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";

export default defineStep({
  type: "truncated_svd",
  schema: { components: int({ default: 50, min: 1, max: 256 }) },
  takes: ["tensor"],
  onTargets: false,
  texts: {
    en: {
      label: "Truncated SVD",
      summary:
        "Replaces a bag of words, or other numbers of one column, by the few mixtures of them that keep most. Zeros stay zeros: nothing is centred.",
      fields: { components: { label: "Components", help: "How many mixtures are kept; at most as many as there are words." } },
    },
    zh: {
      label: "截断奇异值分解",
      summary: "用少数几个组合代替词袋（或一列中的多个数），尽量保留信息。不做中心化，零仍为零。",
      fields: { components: { label: "成分数", help: "保留的组合数；不超过词数。" } },
    },
  },
});
