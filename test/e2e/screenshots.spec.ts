/**
 * Every screen in both themes and both languages: a picture to look at (test-results/screens), nothing that sticks out of
 * the window, no complaint in the console, and no serious finding of axe (names, roles, contrast).
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test, watchComplaints } from "./app.ts";

const folder = join(import.meta.dirname, "../../test-results/screens");
const sizes = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];

for (const language of ["en", "zh"] as const)
  for (const theme of ["light", "dark"] as const)
    test(`every screen in ${language}, ${theme}`, async ({ app: { page } }) => {
      mkdirSync(folder, { recursive: true });
      const complaints = watchComplaints(page);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      if (language === "zh") await page.getByRole("button", { name: "Switch to Chinese (中文)" }).click();
      const t = (en: string, zh: string): string => (language === "en" ? en : zh);
      const look = (name: string): Promise<void> => lookAt(page, `${name}-${language}-${theme}`);

      await look("start");
      await page.getByRole("button", { name: t("Deep network that does not learn", "学不动的深层网络") }).click();
      await expect(page.locator(".react-flow__node").first()).toBeVisible();
      await look("designer");
      const status = page.getByRole("contentinfo");
      await page.keyboard.press("Control+Enter");
      await expect(status).toContainText(t("Done run 1", "运行 1：已完成"));
      await page.getByRole("button", { name: t("Set 8 layers to relu", "把 8 个层的激活函数设为 relu") }).click();
      await page.keyboard.press("Control+Enter");
      await expect(status).toContainText(t("Done run 2", "运行 2：已完成"));
      await look("trained");
      await page.getByRole("tab", { name: t("Compare", "比较") }).click();
      await expect(page.getByRole("table").first()).toBeVisible();
      await look("compare-dock");
      const bar = page.getByRole("banner");
      await bar.getByRole("button", { name: new RegExp(t("^Runs", "^运行")) }).click();
      await expect(page.getByRole("table").first()).toBeVisible();
      await look("runs");
      await bar.getByRole("button", { name: t("Data", "数据"), exact: true }).click();
      await expect(page.getByRole("table").first()).toBeVisible();
      await look("data");
      await bar.getByRole("button", { name: t("Export", "导出"), exact: true }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await look("export");
      await page.keyboard.press("Escape");
      await bar.getByRole("button", { name: t("Design", "设计"), exact: true }).click();
      await page.keyboard.press("F1");
      await expect(page.getByRole("dialog")).toBeVisible();
      await look("keys");
      expect(complaints).toEqual([]);
    });

async function lookAt(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    // The canvas and the charts fit themselves to their new room a frame after they have learnt of it.
    await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 300)));
    await page.screenshot({ path: join(folder, `${name}-${size.width}.png`), animations: "disabled" });
    const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sticksOut, `${name} sticks out at ${size.width} pixels`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)).toEqual([]);
}
