/** Standardise: mean 0, deviation 1. */
import { defineStep } from "../step.ts";

export default defineStep({
  type: "standardise",
  schema: {},
  takes: ["number"],
  scales: true,
  onTargets: true,
  texts: {
    en: { label: "Standardise", summary: "Subtracts the mean of the training rows and divides by their standard deviation.", fields: {} },
    zh: { label: "标准化", summary: "减去训练行的均值，再除以其标准差。", fields: {} },
  },
});
