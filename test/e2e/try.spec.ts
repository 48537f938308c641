/** A trained run tried out by hand: a digit is drawn, a flower's measures are typed, and the answer follows at once. */
import { redAndBlue } from "../picture-files.ts";
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

test("a digit drawn by hand is told at once", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Handwritten digits");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  await page.getByRole("tab", { name: "Try it" }).click();
  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer.locator(".try-bar")).toHaveCount(10);
  const pad = page.getByRole("img", { name: /Draw here/ });
  const putBack = page.getByRole("button", { name: "As it is in the data" });
  await expect(putBack).toBeHidden();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.getByText(/changed by hand/)).toBeVisible();
  await putBack.click();
  await expect(putBack).toBeHidden();
  await page.getByRole("button", { name: "Clear" }).click();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("the pad is not on the screen");
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  // A ring, as a nought is written.
  await page.mouse.move(...at(0.5, 0.12));
  await page.mouse.down();
  for (let i = 1; i <= 24; i++) {
    const angle = (i / 24) * 2 * Math.PI;
    await page.mouse.move(...at(0.5 + 0.22 * Math.sin(angle), 0.5 - 0.38 * Math.cos(angle)));
  }
  await page.mouse.up();
  await expect(answer.locator(".try-predicted")).toHaveText("0");
  // What its places speak for, of the picture as it stands now.
  const places = answer.getByRole("group", { name: "What each place speaks for" });
  await expect(places).toBeVisible();
  await expect(answer.getByText(/^Prediction explained: 0 \(/)).toBeVisible();
  // And by keys: the same pad, another picture.
  await page.getByRole("button", { name: "Clear" }).click();
  await pad.focus();
  for (const key of [
    "ArrowUp",
    "ArrowUp",
    "ArrowUp",
    "ArrowUp",
    " ",
    "ArrowDown",
    " ",
    "ArrowDown",
    " ",
    "ArrowDown",
    " ",
    "ArrowDown",
    " ",
  ])
    await page.keyboard.press(key);
  await expect(answer.locator(".try-predicted")).not.toHaveText("0");
  await expect(answer.getByText(/^Prediction explained: [1-9] \(/)).toBeVisible();
  expect(complaints).toEqual([]);
});

test("typed values are answered, and a wrong one is said in words", async ({ app: { page } }) => {
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  await page.getByRole("tab", { name: "Try it" }).click();
  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer.locator(".try-predicted")).toHaveText("setosa");
  await expect(answer).toContainText("What the answer hangs on");
  await page.getByLabel("Row of the data").fill("150");
  await expect(answer.locator(".try-predicted")).toHaveText("virginica");
  const measures = page.locator(".try-values input");
  for (const [place, value] of ["5.1", "3.5", "1.4", "0.2"].entries()) await measures.nth(place).fill(value);
  await expect(answer.locator(".try-predicted")).toHaveText("setosa");
  await measures.nth(3).fill("wide");
  await expect(page.getByRole("alert").filter({ hasText: "wide" })).toBeVisible();
});

test("a row of the data whose picture is a column is tried with its own picture, and a cleared pad is put back", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /^New from my data/ }).click();
  const file = { name: "shades.zip", mimeType: "application/zip", buffer: await redAndBlue(12) };
  await page.getByLabel("Choose a file …", { exact: true }).setInputFiles(file);
  const dialog = page.getByRole("dialog", { name: "New from my data" });
  await dialog.getByLabel("What is to be predicted").selectOption("label");
  await dialog
    .getByRole("button", { name: /layer|Convolution/ })
    .first()
    .click();
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1", { timeout: 60_000 });
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  await page.getByRole("tab", { name: "Try it" }).click();
  const seen = page.getByRole("img", { name: "The picture as the network sees it" });
  const reds = async (): Promise<boolean> => {
    const [red = 0, , blue = 0] = await seen.evaluate((canvas) => [
      ...((canvas as HTMLCanvasElement).getContext("2d")?.getImageData(2, 2, 1, 1).data ?? []),
    ]);
    return red > blue;
  };
  await expect(seen).toBeVisible();
  const first = await reds();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(seen).toHaveCount(0);
  await page.getByRole("button", { name: "As it is in the data" }).click();
  await expect.poll(reds).toBe(first);
  // The rows are those of one folder, then those of the other.
  await page.getByLabel("Row of the data").fill("24");
  await expect.poll(reds).toBe(!first);
  await expect(page.getByRole("region", { name: "Answer" }).locator(".try-predicted")).toHaveText(first ? "blue" : "red");
  expect(complaints).toEqual([]);
});
