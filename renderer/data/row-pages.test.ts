import { expect, test } from "vitest";
import { type PageRead, pagesToShow, RowPages } from "./row-pages.ts";

/** Pages of ten rows of a table of a thousand; each waits until it is answered. */
function opened(total: number | null = 1000) {
  const asked: { readonly offset: number; readonly answer: (page: PageRead) => void; readonly refuse: (thrown: unknown) => void }[] = [];
  let changes = 0;
  const pages = new RowPages(
    10,
    total,
    (offset) => new Promise((answer, refuse) => asked.push({ offset, answer, refuse })),
    () => {
      changes += 1;
    },
  );
  const answer = async (place: number): Promise<void> => {
    const { offset } = asked[place] ?? { offset: 0 };
    const numbers = Array.from({ length: 10 }, (_, i) => offset + i);
    asked[place]?.answer({ rows: numbers.map((row) => [String(row)]), numbers, total: 1000 });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { pages, asked, answer, changes: () => changes };
}

test("asks for the pages in sight once, and shows their rows when they come", async () => {
  const { pages, asked, answer, changes } = opened();
  pages.need(5, 15);
  pages.need(5, 15);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 10]);
  expect(pages.rowAt(7)).toBeUndefined();
  await answer(0);
  expect(pages.rowAt(7)).toEqual({ number: 7, cells: ["7"] });
  expect(changes()).toBe(1);
  await answer(1);
  expect(pages.rowAt(19)?.number).toBe(19);
  expect(asked).toHaveLength(2);
});

test("of a table scrolled from end to end leaves out what went by, and reads where the scrolling ended", async () => {
  const { pages, asked, answer } = opened();
  for (let first = 0; first < 1000; first += 10) pages.need(first, first + 10);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 10]);
  await answer(0);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 10, 990]);
  await answer(1);
  await answer(2);
  expect(asked).toHaveLength(3);
  expect(pages.rowAt(999)?.number).toBe(999);
});

test("never asks beyond the last row", () => {
  const { pages, asked } = opened(12);
  pages.need(5, 40);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 10]);
});

test("stops at what cannot be read, says so, and goes on when asked to", async () => {
  const { pages, asked, answer } = opened(null);
  pages.need(0, 10);
  asked[0]?.refuse(new Error("gone"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(pages.error).toEqual(new Error("gone"));
  pages.need(0, 10);
  expect(asked).toHaveLength(1);
  pages.retry();
  await answer(1);
  expect([pages.error, pages.total, pages.rowAt(3)?.number]).toEqual([null, 1000, 3]);
});

test("the rows of before stay until those of another question come, and where these cannot be read", async () => {
  const [before, next, wrong] = [opened(null), opened(null), opened(null)];
  before.pages.need(0, 10);
  expect(pagesToShow(before.pages, null)).toBe(before.pages);
  await before.answer(0);
  next.pages.need(0, 10);
  expect(pagesToShow(next.pages, before.pages)).toBe(before.pages);
  await next.answer(0);
  expect(pagesToShow(next.pages, before.pages)).toBe(next.pages);
  wrong.pages.need(0, 10);
  wrong.asked[0]?.refuse(new Error("no such column"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(pagesToShow(wrong.pages, next.pages)).toBe(next.pages);
});

test("what nobody waits for any more is not taken when it comes, and asked for anew when it is wanted", async () => {
  const { pages, asked, answer } = opened();
  pages.need(0, 10);
  pages.cancel();
  pages.need(10, 20);
  await answer(0);
  expect(pages.rowAt(0)).toBeUndefined();
  expect(asked).toHaveLength(1);
  expect(pages.cancelled).toBe(true);
  pages.retry();
  expect(asked.map(({ offset }) => offset)).toEqual([0, 10]);
  await answer(1);
  expect(pages.rowAt(10)?.number).toBe(10);
});
