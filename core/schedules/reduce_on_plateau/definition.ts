import { choice, float, int } from "../../schema/fields.ts";
import type { ScheduleDefinition } from "../schedule.ts";

export default {
  name: "reduce_on_plateau",
  schema: {
    monitor: choice({ default: "val_loss", values: ["val_loss", "loss"] }),
    factor: float({ default: 0.1, min: 0, max: 1, exclusiveMin: true, exclusiveMax: true }),
    patience: int({ default: 10, min: 0, max: 1_000_000 }),
    min_delta: float({ default: 0.0001, min: 0, max: 1e9 }),
    cooldown: int({ default: 0, min: 0, max: 1_000_000, advanced: true }),
    min_lr: float({ default: 0, min: 0, max: 100, advanced: true }),
  },
  texts: {
    en: {
      label: "Reduce on plateau",
      summary: "Falls by a factor when the loss has stopped falling.",
      fields: {
        monitor: { label: "Watch", help: "The figure that must keep falling; without validation rows the training loss." },
        factor: { label: "Factor", help: "What the learning rate is multiplied by." },
        patience: { label: "Patience", help: "Epochs without improvement before it falls." },
        min_delta: { label: "Least improvement", help: "Less than this does not count as better." },
        cooldown: { label: "Cooldown", help: "Epochs after a fall in which nothing is counted." },
        min_lr: { label: "Least learning rate", help: "It never falls below this." },
      },
    },
    zh: {
      label: "平台期降低",
      summary: "损失不再下降时，按系数降低。",
      fields: {
        monitor: { label: "监视指标", help: "需要持续下降的数值；没有验证数据时用训练损失。" },
        factor: { label: "系数", help: "学习率乘以此值。" },
        patience: { label: "耐心轮数", help: "连续多少轮没有改善就降低。" },
        min_delta: { label: "最小改善", help: "小于此值的变化不算改善。" },
        cooldown: { label: "冷却轮数", help: "降低之后多少轮内不计数。" },
        min_lr: { label: "最小学习率", help: "不会降到此值以下。" },
      },
    },
  },
  keras: "ReduceLROnPlateau",
} satisfies ScheduleDefinition;
