/** The way through the app, whose pictures NAME-en-light-1280.png are those of docs/images (designer is not-learning, data is data-leak, compare is compare-dock): start, designer, training, comparison, runs, data, export, keys, in both themes and both languages. */
import { join } from "node:path";
import { expect, test } from "./app.ts";
import { begin, FEW_LOOKS, LOOKS } from "./screens.ts";

for (const chosen of LOOKS)
  test(`the way through in ${chosen.language}, ${chosen.theme}`, async ({ app: { page } }) => {
    const { t, look, complaints } = await begin(page, chosen);

    const withMore = FEW_LOOKS.includes(chosen);

    await look("start");
    if (withMore) {
      await page.getByRole("button", { name: t("New from my data", "用我的数据新建") }).click();
      const file = join(import.meta.dirname, "../../resources/samples/iris.csv");
      await page.getByRole("dialog").locator('input[type="file"]').last().setInputFiles(file);
      await expect(page.getByRole("button", { name: t("Use this network", "使用此网络") }).first()).toBeVisible();
      await look("proposals");
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: t("Deep network that does not learn", "学不动的深层网络") }).click();
    await expect(page.locator(".react-flow__node").first()).toBeVisible();
    await expect(page.getByRole("main"), "the button that opened it is gone: the screen has the focus").toBeFocused();
    await look("designer");
    const status = page.getByRole("contentinfo");
    await page.keyboard.press("Control+Enter");
    await expect(status).toContainText(t("Done run 1", "运行 1：已完成"));
    if (withMore) await look("not-learning");
    await page
      .getByRole("button", { name: t("Set 8 layers to ReLU", "把 8 个层的激活函数设为 ReLU") })
      .first()
      .click();
    await page.keyboard.press("Control+Enter");
    await expect(status).toContainText(t("Done run 2", "运行 2：已完成"));
    await look("trained");
    if (withMore) {
      await page.locator(".react-flow").focus();
      await page.keyboard.press("Shift+L");
      await expect(page.getByRole("treegrid")).toBeVisible();
      await look("list");
      await page.keyboard.press("Shift+L");
      await page.keyboard.press("Control+Shift+H");
      await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
      await look("versions");
      await page.keyboard.press("Escape");
      await page.getByRole("tab", { name: t("Look inside", "查看内部") }).click();
      await page.locator(".react-flow__node").nth(2).click();
      await expect(page.locator(".inside-tab canvas").first()).toBeVisible();
      await look("inside");
    }
    await page.getByRole("tab", { name: t("Compare", "比较") }).click();
    await expect(page.getByRole("table").first()).toBeVisible();
    await look("compare-dock");
    if (withMore) {
      await page.getByRole("button", { name: t("Designs over each other", "叠加对比设计") }).click();
      await expect(page.getByRole("dialog").locator(".react-flow__node").first()).toBeVisible();
      await look("overlay");
      await page.keyboard.press("Escape");
    }
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
    if (withMore) {
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^Train: .+, change$/ })
        .click();
      await look("keys-editing");
    }
    expect(complaints).toEqual([]);
  });
