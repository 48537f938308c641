import type { LossDefinition } from "../loss.ts";

export default {
  name: "log_cosh",
  texts: {
    en: {
      label: "Log-cosh",
      summary: "log(cosh(prediction − target)): like squared error near the target, like absolute error far from it, smooth throughout.",
    },
    zh: { label: "对数双曲余弦", summary: "log(cosh(预测 − 目标))：近处像平方误差，远处像绝对误差，处处平滑。" },
  },
  expects: "values",
  encodings: ["value"],
  op: "elementwise_loss",
  pytorch: (p, t) => `torch.mean(torch.abs(${p} - ${t}) + torch.log1p(torch.expm1(-2 * torch.abs(${p} - ${t})) / 2))`,
  keras: "log_cosh",
} satisfies LossDefinition;
