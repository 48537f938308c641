/** What is looked at around a run: the inspector's tabs, the help card, the range test, one run's figures, picture and weights. */
import { expect, node, test } from "./app.ts";
import { begin, FEW_LOOKS } from "./screens.ts";

for (const chosen of FEW_LOOKS)
  test(`a run and its design in ${chosen.language}, ${chosen.theme}`, async ({ app: { page } }) => {
    // Sixteen screens at three sizes each, and axe over all of them: minutes on a busy machine.
    test.slow();
    const { say, t, look, complaints } = await begin(page, chosen);
    await page.getByRole("button", { name: t("Logistic regression", "逻辑回归") }).click();
    await expect(page.locator(".react-flow__node").first()).toBeVisible();
    await node(page, "output").click();
    await page.getByText(say("inspector.help"), { exact: true }).click();
    await look("help-card");
    const inspector = page.getByRole("complementary").last();
    await inspector.getByRole("tab").nth(1).click();
    await look("training-options");
    await inspector.getByRole("button", { name: say("range.open") }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("slider")).toBeVisible();
    await look("range-test");
    await page.keyboard.press("Escape");
    await inspector.getByRole("tab").nth(3).click();
    await look("history");
    await page.locator(".react-flow").focus();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("conv");
    await look("search");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Comma");
    await expect(page.getByRole("dialog")).toBeVisible();
    await look("settings");
    await page.keyboard.press("Escape");

    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("contentinfo")).toContainText(t("Done run 1", "运行 1：已完成"), { timeout: 60_000 });
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("contentinfo")).toContainText(t("Done run 2", "运行 2：已完成"), { timeout: 60_000 });
    await page
      .getByRole("banner")
      .getByRole("button", { name: new RegExp(t("^Runs", "^运行")) })
      .click();
    await page.getByRole("rowheader", { name: "#1" }).click();
    const detail = page.getByRole("complementary").last();
    await look("run");
    for (const [tab, name] of [
      ["runs.tab.evaluation", "run-evaluation"],
      ["importance.tab", "run-importance"],
      ["runs.tab.try", "run-try"],
      ["runs.tab.weights", "run-weights"],
      ["runs.tab.surface", "run-picture"],
      ["runs.tab.options", "run-options"],
    ] as const) {
      await detail.getByRole("tab", { name: say(tab) }).click();
      await expect(detail.locator("table, canvas, dl, .try-bar").first()).toBeVisible();
      await look(name);
      if (name === "run-evaluation") {
        await detail.getByRole("combobox", { name: say("evaluation.rows"), exact: true }).selectOption("other");
        await expect(detail.getByRole("combobox", { name: say("evaluation.other_set") })).toBeVisible();
        await look("run-evaluation-other");
      }
    }
    for (const number of [1, 2])
      await page
        .getByRole("row", { name: new RegExp(`#${number}`) })
        .getByRole("checkbox")
        .check();
    await page
      .getByRole("main")
      .getByRole("button", { name: t("Compare", "比较") })
      .first()
      .click();
    await expect(page.getByRole("table").first()).toBeVisible();
    await look("compare");
    expect(complaints).toEqual([]);
  });
