import type { ScheduleDefinition } from "../schedule.ts";

export default {
  name: "constant",
  schema: {},
  texts: {
    en: {
      label: "Constant",
      summary: "The learning rate stays as it is.",
      fields: {},
    },
    zh: {
      label: "恒定",
      summary: "学习率保持不变。",
      fields: {},
    },
  },
  keras: "",
} satisfies ScheduleDefinition;
