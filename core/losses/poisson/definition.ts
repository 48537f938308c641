import type { LossDefinition } from "../loss.ts";

export default {
  name: "poisson",
  texts: {
    en: {
      label: "Poisson",
      summary: "prediction − target·log(prediction): for counts. The prediction must be above zero: put a softplus before it.",
    },
    zh: { label: "泊松损失", summary: "预测 − 目标·log(预测)：用于计数。预测必须大于零：前面放 softplus。" },
  },
  expects: "values",
  encodings: ["value"],
  counts: true,
  op: "elementwise_loss",
  pytorch: (p, t) => `torch.nn.functional.poisson_nll_loss(${p}, ${t}, log_input=False, eps=1e-7)`,
  keras: "poisson",
} satisfies LossDefinition;
