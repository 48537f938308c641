/** How far an answer is that takes a while: in its place, and over the answer to the question before. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { AppError } from "../../core/errors.ts";
import type { LongAnswer } from "../state/use-long-answer.ts";
import { LongState } from "./LongState.tsx";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const nothing = () => undefined;
const answer: LongAnswer<string> = {
  value: "old",
  error: null,
  progress: 0.3,
  pending: true,
  cancelled: false,
  cancel: nothing,
  restart: nothing,
};
const words = (given: LongAnswer<string>, over: boolean): string =>
  renderToStaticMarkup(<LongState answer={given} what="Working" over={over} />).replace(/<[^>]*>/g, " ");

test("over an answer to the question before stands how far the next one is, with a button that ends it", () => {
  expect(words(answer, true)).toMatch(/Working.*Cancel/);
  expect(words({ ...answer, pending: false }, true)).toBe("");
  // A table that gets more rows says so itself.
  expect(words(answer, false)).toBe("");
  expect(words({ ...answer, value: null }, false)).toContain("Working");
});

test("of a question whose progress nobody knows stands no bar, but the button; given up or failed it can be asked again", () => {
  const unknown = { ...answer, value: null, progress: null };
  const drawn = renderToStaticMarkup(<LongState answer={unknown} what="Working" />);
  expect(drawn).not.toContain("progressbar");
  expect(drawn).toMatch(/Working.*Cancel/);
  expect(renderToStaticMarkup(<LongState answer={{ ...unknown, pending: false, cancelled: true }} what="Working" />)).toContain(
    "Ask again",
  );
  const failed = { ...unknown, pending: false, error: new AppError("design.nothing_selected") };
  expect(renderToStaticMarkup(<LongState answer={failed} what="Working" />)).toContain("Try again");
});

test("among other things it takes a line, whose failure is said in words of the place", () => {
  const unknown = { ...answer, value: null, progress: null };
  const busy = renderToStaticMarkup(<LongState small answer={unknown} what="Working" />);
  expect(busy).toContain("state-line");
  // What is over in moments is not seen.
  expect(busy).toMatch(/when-slow.*Working.*Cancel/);
  const failed = { ...unknown, pending: false, error: new AppError("design.nothing_selected") };
  const said = renderToStaticMarkup(<LongState small answer={failed} what="Working" failed="The page did not come." />);
  expect(said).toMatch(/The page did not come\..*Try again/);
});
