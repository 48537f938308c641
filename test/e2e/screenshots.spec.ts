/** The way through the app: start, designer, training, comparison, runs, data, export, keys, in both themes and both languages. */
import { expect, test } from "./app.ts";
import { begin, LOOKS } from "./screens.ts";

for (const chosen of LOOKS)
  test(`the way through in ${chosen.language}, ${chosen.theme}`, async ({ app: { page } }) => {
    const { t, look, complaints } = await begin(page, chosen);

    await look("start");
    await page.getByRole("button", { name: t("Deep network that does not learn", "学不动的深层网络") }).click();
    await expect(page.locator(".react-flow__node").first()).toBeVisible();
    await look("designer");
    const status = page.getByRole("contentinfo");
    await page.keyboard.press("Control+Enter");
    await expect(status).toContainText(t("Done run 1", "运行 1：已完成"));
    await page
      .getByRole("button", { name: t("Set 8 layers to relu", "把 8 个层的激活函数设为 relu") })
      .first()
      .click();
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
