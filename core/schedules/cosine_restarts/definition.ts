import { float, optionalInt } from "../../schema/fields.ts";
import type { ScheduleDefinition } from "../schedule.ts";

export default {
  name: "cosine_restarts",
  schema: {
    first_decay_steps: optionalInt({ min: 1, max: 1_000_000_000 }),
    t_mul: float({ default: 2, min: 1, max: 1000 }),
    m_mul: float({ default: 1, min: 0, max: 1, exclusiveMin: true }),
    alpha: float({ default: 0, min: 0, max: 1 }),
  },
  texts: {
    en: {
      label: "Cosine with restarts",
      summary: "Falls along half a cosine, then starts again from the top.",
      fields: {
        first_decay_steps: { label: "First period", help: "Steps of the first fall. Empty: the whole run, so that nothing restarts." },
        t_mul: { label: "Period factor", help: "Each period is this many times as long as the one before." },
        m_mul: { label: "Height factor", help: "Each restart begins at this share of the one before." },
        alpha: { label: "Least share", help: "Share of the learning rate that is left at the bottom." },
      },
    },
    zh: {
      label: "余弦衰减（带重启）",
      summary: "沿半个余弦下降，然后从顶端重新开始。",
      fields: {
        first_decay_steps: { label: "首个周期", help: "第一次下降的步数。留空表示整个训练过程，即不重启。" },
        t_mul: { label: "周期系数", help: "每个周期是前一个的多少倍长。" },
        m_mul: { label: "高度系数", help: "每次重启的起点是前一次的多少。" },
        alpha: { label: "最低比例", help: "降到底时剩下的学习率比例。" },
      },
    },
  },
  keras: "CosineDecayRestarts",
} satisfies ScheduleDefinition;
