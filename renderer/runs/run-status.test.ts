/** The word for what became of a run, wherever it stands. */
import { expect, test } from "vitest";
import { shellTexts } from "../../resources/translations/app/shell.ts";
import { STATUS_WORDS, wordOfStatus } from "./run-status.ts";

const error = { code: "run.fell_behind", params: { epoch: 2 } } as const;

test("a run that was ended for a kept reason was not stopped by a person; of a failed one the failure is said", () => {
  expect(wordOfStatus({ status: "stopped", error })).toBe("ended_early");
  expect(wordOfStatus({ status: "stopped", error: null })).toBe("stopped");
  expect(wordOfStatus({ status: "failed", error })).toBe("failed");
  expect(wordOfStatus({ status: "done", error: null })).toBe("done");
});

test("a run that a full disk holds up was paused by nobody", () => {
  const full = { code: "store.disk_full", params: { path: "/home", detail: "SQLITE_FULL" } } as const;
  expect(wordOfStatus({ status: "paused", error: full })).toBe("waits_for_room");
  expect(wordOfStatus({ status: "paused", error: null })).toBe("paused");
});

test("every such word is in the catalogue", () => {
  for (const word of STATUS_WORDS) expect(Object.hasOwn(shellTexts, `status.${word}`), word).toBe(true);
});
