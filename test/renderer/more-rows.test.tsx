/** Under the rows behind a figure: more of them at a click, and how many of how many stand there. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { methods } from "../../core/protocol/methods.ts";
import { MoreRows } from "../../renderer/runs/evaluation/MoreRows.tsx";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const words = (shown: number, total: number, count: number): string =>
  renderToStaticMarkup(
    <MoreRows shown={shown} total={total} count={count} more={() => undefined} progress={0.4} cancel={() => undefined} working="Looking" />,
  ).replace(/<[^>]*>/g, " ");

test("more rows are offered as long as there are some, up to what the host tells at once", () => {
  expect(words(50, 212, 50)).toContain("Show 212 of 212 rows");
  expect(words(50, 3000, 50)).toContain("Show 500 of 3,000 rows");
  expect(words(20, 20, 50)).toBe("");
  expect(words(212, 212, 500)).toBe("");
  expect(words(50, 212, 500)).toContain("Looking");
  expect(words(500, 3000, 500)).toContain("500 of 3,000 rows are listed, and no more");
});

test("the host takes as many as are asked for, and not one more", () => {
  const asked = { id: "run", part: "test", node_id: null, actual: null, predicted: null };
  expect(methods["runs.examples"].input.safeParse({ ...asked, count: 500 }).success).toBe(true);
  expect(methods["runs.examples"].input.safeParse({ ...asked, count: 501 }).success).toBe(false);
});
