import { choice, int } from "../../schema/fields.ts";
import type { ScheduleDefinition } from "../schedule.ts";

export default {
  name: "warm_up",
  schema: {
    warmup_steps: int({ default: 100, min: 1, max: 1_000_000_000 }),
    decay: choice({ default: "constant", values: ["constant", "linear", "cosine", "inverse_square_root"] }),
  },
  warmUpField: "warmup_steps",
  texts: {
    en: {
      label: "Warm-up",
      summary: "Rises in a straight line from near zero, then stays or falls to the end of the run: for transformers.",
      fields: {
        warmup_steps: { label: "Warm-up steps", help: "Steps until the full learning rate is reached." },
        decay: { label: "Then", help: "constant stays; linear and cosine fall to zero at the end; inverse_square_root falls as 1/√step." },
      },
    },
    zh: {
      label: "预热",
      summary: "从接近零线性上升，之后保持不变或逐渐下降到训练结束：适合 Transformer。",
      fields: {
        warmup_steps: { label: "预热步数", help: "达到完整学习率所需的步数。" },
        decay: { label: "之后", help: "constant 保持不变；linear 与 cosine 到结束时降为零；inverse_square_root 按 1/√步数 下降。" },
      },
    },
  },
  keras: "LearningRateSchedule",
} satisfies ScheduleDefinition;
