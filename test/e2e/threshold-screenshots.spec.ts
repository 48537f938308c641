/** The lower half of a run's evaluation, which does not fit in one picture: single rows and the threshold. */
import { expect, test } from "./app.ts";
import { begin, FEW_LOOKS } from "./screens.ts";

for (const chosen of FEW_LOOKS)
  test(`rows and threshold of a run in ${chosen.language}, ${chosen.theme}`, async ({ app: { page } }) => {
    test.slow();
    const { say, t, look, complaints } = await begin(page, chosen);
    await page.getByRole("button", { name: t("Logistic regression", "逻辑回归") }).click();
    await expect(page.locator(".react-flow__node").first()).toBeVisible();
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("contentinfo")).toContainText(t("Done run 1", "运行 1：已完成"), { timeout: 90_000 });
    await page
      .getByRole("banner")
      .getByRole("button", { name: new RegExp(t("^Runs", "^运行")) })
      .click();
    await page.getByRole("rowheader", { name: "#1" }).click();
    const detail = page.getByRole("complementary").last();
    await detail.getByRole("tab", { name: say("runs.tab.evaluation") }).click();
    await expect(detail.locator(".examples tbody tr").first()).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 720 });
    await detail.locator(".examples").scrollIntoViewIfNeeded();
    await look("run-examples");
    await page.setViewportSize({ width: 1280, height: 720 });
    await detail.locator(".threshold-point").scrollIntoViewIfNeeded();
    await look("run-threshold");
    expect(complaints).toEqual([]);
  });
