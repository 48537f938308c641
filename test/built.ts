/**
 * The threads and the command line as the app runs them: from the build. A thread from the source has Node take the types out of a
 * hundred files first, which costs more than most tests do; test/run/fresh-build.ts sees to it that the build is of this source.
 */
export const TRAINER = new URL("../out/main/trainer.worker.js", import.meta.url);
