import type { ScheduleImplementation } from "../schedule.ts";

export default { rate: (_, { base }) => base } satisfies ScheduleImplementation;
