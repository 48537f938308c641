/** What is looked at around groups: the Train menu, the sweep dialog, the queue, a group of folds, a sweep, and groups in the run list. */
import { expect, test } from "./app.ts";
import { begin, FEW_LOOKS } from "./screens.ts";

for (const chosen of FEW_LOOKS)
  test(`groups in ${chosen.language}, ${chosen.theme}`, async ({ app: { page } }) => {
    test.setTimeout(400_000);
    const { say, t, look, complaints } = await begin(page, chosen);
    await page.getByRole("button", { name: t("Exclusive or", "异或") }).click();
    await expect(page.locator(".react-flow__node").first()).toBeVisible();
    const inspector = page.getByRole("complementary").last();
    await inspector.getByRole("tab").nth(1).click();
    await inspector.getByLabel(t("Epochs", "轮数"), { exact: true }).fill("4");
    await page.keyboard.press("Enter");
    const more = page.getByRole("banner").getByRole("button", { name: say("train.more") });
    await more.click();
    await look("train-menu");
    await page.getByRole("menuitem", { name: say("train.folds", { count: 5 }) }).click();
    await expect(page.getByText(say("groups.progress", { done: 5, count: 5 })).first()).toBeVisible({ timeout: 120_000 });
    await look("group-folds");
    await more.click();
    await page.getByRole("menuitem", { name: say("train.sweep") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(say("sweep.options")).selectOption({ index: 2 });
    await dialog.getByLabel(say("sweep.options")).selectOption({ index: 1 });
    await dialog.getByLabel(say("sweep.method")).selectOption("random");
    await dialog.getByLabel(say("sweep.trials")).last().fill("10");
    await look("sweep-dialog");
    await dialog.getByRole("button").last().click();
    // Its screen comes when the group was made.
    await expect(page.getByRole("main", { name: "random sweep" })).toBeVisible();
    await page
      .getByRole("banner")
      .getByRole("button", { name: say("shell.designer") })
      .click();
    await more.click();
    await page.getByRole("menuitem").first().click();
    await page
      .getByRole("contentinfo")
      .getByRole("button", { name: new RegExp(t("waiting", "等待")) })
      .click();
    await look("queue", true);
    await page.keyboard.press("Escape");
    await page
      .getByRole("banner")
      .getByRole("button", { name: new RegExp(t("^Runs", "^运行")) })
      .click();
    await page.getByRole("rowheader", { name: "random sweep" }).click();
    await expect(page.getByText(say("groups.progress", { done: 10, count: 10 })).first()).toBeVisible({ timeout: 200_000 });
    await look("group-sweep");
    await page.getByRole("button", { name: say("groups.back") }).click();
    await page.getByRole("button", { name: say("groups.expand", { name: "5 folds" }) }).click();
    await look("run-list-groups");
    expect(complaints).toEqual([]);
  });
