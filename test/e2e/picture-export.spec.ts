/** The canvas taken out as a picture: the SVG is well formed and holds every layer and shape, the PNG is one and has its size. */
import { readFileSync } from "node:fs";
import { expect, openTemplate, test } from "./app.ts";

test("saves the canvas as SVG and as PNG", async ({ app: { page, entry } }) => {
  test.skip(entry === "electron", "SKIPPED: the double of Electron's window hands over no downloads that the page makes itself");
  await openTemplate(page, "Digits, by convolution");
  const nodes = await page.locator(".react-flow__node").count();
  await page.getByRole("banner").getByRole("button", { name: "Export" }).click();
  await page.getByRole("tab", { name: "Design" }).click();
  const saved = async (name: string): Promise<Buffer> => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return readFileSync(await download.path());
  };
  const svg = (await saved("Save as SVG")).toString("utf8");
  const found = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, "image/svg+xml");
    return {
      wrong: document.querySelector("parsererror")?.textContent ?? null,
      groups: document.querySelectorAll("g").length,
      words: document.documentElement.textContent,
    };
  }, svg);
  expect(found.wrong).toBeNull();
  expect(found.groups).toBe(nodes);
  expect(found.words).toContain("8×8×1");
  expect(found.words).toContain("H × W × C");
  await page.evaluate(() => {
    document.documentElement.dataset["theme"] = "dark";
  });
  expect((await saved("Save as SVG")).toString("utf8"), "the picture for papers is the same in the dark").toBe(svg);
  const png = await saved("Save as PNG");
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  const [width = 0] = /width="(\d+)"/.exec(svg)?.slice(1).map(Number) ?? [];
  expect(png.readUInt32BE(16)).toBe(2 * width);
});
