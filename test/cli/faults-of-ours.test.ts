/** What a script sees of the command line when the fault is ours, and what a person sees while it works: exit 70, and the bar. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { ProgressBar } from "../../main/cli/output.ts";

const root = join(import.meta.dirname, "../..");

test("a fault of ours ends with 70 and a stack for the report, not with the code for wrong input", () => {
  // A runtime in which the first line of a result cannot be written, for no reason that we know of.
  const planted = `data:text/javascript,${encodeURIComponent('process.stdout.write = () => { throw new TypeError("planted") }')}`;
  const { status, stderr } = spawnSync(process.execPath, [join(root, "main/cli/neuroloom.mjs"), "layers"], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: `--import ${planted}`, LANG: "C.UTF-8", LC_ALL: "C.UTF-8" },
  });
  expect(status).toBe(70);
  expect(stderr).toContain("TypeError: planted");
  expect(stderr).toMatch(/^error: /m);
});

const wasTerminal = process.stderr.isTTY;
afterEach(() => {
  process.stderr.isTTY = wasTerminal;
  vi.restoreAllMocks();
});

function written(terminal: boolean, act: (bar: ProgressBar) => void): string {
  process.stderr.isTTY = terminal;
  let text = "";
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  act(new ProgressBar());
  return text;
}

test("the bar fills on one line of a terminal and is wiped away", () => {
  const text = written(true, (bar) => {
    bar.show(0.5, "epoch 5 of 10");
    bar.show(1, "epoch 10 of 10");
    bar.clear();
  });
  const [, half = "", full = "", wiped] = text.split("\r\u001b[K");
  expect(half).toBe(`[${"█".repeat(12)}${"·".repeat(12)}] epoch 5 of 10`);
  expect(full).toBe(`[${"█".repeat(24)}] epoch 10 of 10`);
  expect(wiped).toBe("");
  expect(text).not.toContain("\n");
});

test("where stderr is no terminal there is no bar", () => {
  expect(
    written(false, (bar) => {
      bar.show(0.5, "epoch 5 of 10");
      bar.clear();
    }),
  ).toBe("");
});
