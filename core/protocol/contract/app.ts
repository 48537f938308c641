/** The app itself: versions, settings, quitting. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { json, none } from "./common.ts";
import { runSchema } from "./runs.ts";

/** Whether the system opens project files with this app; `elsewhere`: with a copy of it in another folder, or over another library. */
const associationSchema = z.object({
  state: z.enum(["off", "on", "elsewhere", "unsupported"]),
  /** Programs of the system that were to build their index, and are not installed. */
  missing: z.array(z.string()),
});

export const appMethods = {
  "app.info": {
    input: none,
    output: z.object({
      version: z.string(),
      engine_version: z.string(),
      node: z.string(),
      cores: z.number().int(),
      /** That a training takes where the setting `threads` says nothing. */
      default_threads: z.number().int(),
      entry: z.enum(["electron", "loopback", "test"]),
      home: z.string(),
    }),
  },
  "app.settings": { input: none, output: z.record(z.string(), json) },
  "app.set_setting": { input: z.object({ key: z.string().max(64), value: json }), output: none },
  /** Of all projects: runs that were going when the app last closed or died and can be resumed, and those that wait or train now. */
  "app.unfinished": { input: none, output: z.object({ interrupted: z.array(runSchema), going: z.array(runSchema) }) },
  "app.association": { input: none, output: associationSchema },
  /** Has the system open .neuroloom files with this app, for this person, or takes that back. */
  "app.associate": { input: z.object({ on: z.boolean() }), output: associationSchema },
  "app.quit": { input: z.object({ checkpoint: z.boolean() }), output: none },
} as const;

export const appEvents = {
  /** Goes to the window that set it too. The value is read with `app.settings`. */
  "app.setting_changed": z.object({ key: z.string() }),
} as const;
