/** Yeo–Johnson: a power that makes a skewed column nearly normal, then standardised. */
import { defineStep } from "../step.ts";

export default defineStep({
  type: "yeo_johnson",
  schema: {},
  takes: ["number"],
  onTargets: true,
  texts: {
    en: {
      label: "Yeo–Johnson",
      summary: "Bends a skewed column into a bell by the power that fits the training rows best, then standardises it.",
      fields: {},
    },
    zh: { label: "Yeo–Johnson 变换", summary: "用最适合训练行的幂把偏斜的列变得接近正态，再标准化。", fields: {} },
  },
});
