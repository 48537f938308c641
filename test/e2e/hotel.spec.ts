/**
 * The hotel-cancellation job of the notes by hand, from an empty canvas: the file, its target, the 22 columns, the
 * network layer by layer, the training options, and a short training. The whole training is the command line's
 * (`npm run bench -- --only hotel`).
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { connect, dragLayer, expect, node, test } from "./app.ts";

const file = join(import.meta.dirname, "../../../shared/data/hotel/hotel.csv.gz");
const numeric = [
  "lead_time",
  "arrival_date_week_number",
  "arrival_date_day_of_month",
  "stays_in_weekend_nights",
  "stays_in_week_nights",
  "adults",
  "children",
  "babies",
  "is_repeated_guest",
  "previous_cancellations",
  "previous_bookings_not_canceled",
  "required_car_parking_spaces",
  "total_of_special_requests",
  "adr",
];
const categorical = [
  "hotel",
  "arrival_date_month",
  "meal",
  "market_segment",
  "distribution_channel",
  "reserved_room_type",
  "deposit_type",
  "customer_type",
];

/** Palette label, and the options to type in the inspector. */
const layers: readonly {
  readonly label: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly choose?: Readonly<Record<string, string>>;
}[] = [
  { label: "Input" },
  { label: "Batch normalization" },
  { label: "Dense", options: { Units: "256" }, choose: { Activation: "relu" } },
  { label: "Batch normalization" },
  { label: "Dropout", options: { Rate: "0.3" } },
  { label: "Dense", options: { Units: "256" }, choose: { Activation: "relu" } },
  { label: "Batch normalization" },
  { label: "Dropout", options: { Rate: "0.3" } },
  { label: "Dense", options: { Units: "1" }, choose: { Activation: "sigmoid" } },
  { label: "Output and loss", choose: { Loss: "binary" } },
];

test("learns from the hotel file, drawn by hand from an empty canvas", async ({ app: { page } }) => {
  test.skip(!existsSync(file), "SKIPPED: ../shared/data/hotel/hotel.csv.gz is not there");
  await page.getByRole("button", { name: /New project/ }).click();

  await page.getByRole("button", { name: "Data", exact: true }).click();
  await page.locator('input[type="file"]').first().setInputFiles(file);
  await expect(page.getByRole("heading", { name: "hotel.csv.gz" })).toBeVisible();
  const columns = page.getByRole("table", { name: "Columns" });
  for (const column of [...numeric, ...categorical]) await columns.getByRole("checkbox", { name: `Choose ${column}`, exact: true }).check();
  await page.getByRole("button", { name: "Use only these" }).first().click();
  await columns.getByLabel("Role of is_canceled", { exact: true }).focus();
  await page.keyboard.type("target");
  await page.getByRole("tab", { name: /^Target/ }).click();
  await page.getByLabel("Method", { exact: true }).focus();
  await page.keyboard.type("strat");
  await expect(page.getByText(/63 features from 22 columns/)).toBeVisible();

  await page.getByRole("button", { name: "Design", exact: true }).click();
  const names = await drawLayers(page);
  for (let i = 1; i < names.length; i++) await connect(page, names[i - 1] ?? "", names[i] ?? "");
  await expect(page.getByRole("contentinfo")).toContainText("83,583 parameters");

  await page.getByRole("tab", { name: "Training" }).click();
  const inspector = page.getByRole("complementary").last();
  await type(page, inspector, "Batch size", "512");
  await type(page, inspector, "Epochs", "2");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1", { timeout: 120_000 });
  const loss = Number(/loss (\d\.\d{1,4})/.exec((await page.getByRole("contentinfo").textContent()) ?? "")?.[1]);
  expect(loss).toBeGreaterThan(0.3);
  expect(loss).toBeLessThan(0.45);
});

/** Drags every layer to its place in two rows and sets its options; the names that the nodes were given. */
async function drawLayers(page: Page): Promise<string[]> {
  const names: string[] = [];
  // Small nodes, so that all ten fit beside each other.
  for (let i = 0; i < 4; i++) await page.getByRole("button", { name: "Zoom out" }).click();
  for (const [i, { label, options = {}, choose = {} }] of layers.entries()) {
    await dragLayer(page, label, 70 + (i % 5) * 170, 120 + Math.floor(i / 5) * 190);
    await expect(page.locator(".react-flow__node")).toHaveCount(i + 1);
    await page.getByRole("tab", { name: "Layer" }).click();
    const inspector = page.getByRole("complementary").last();
    const name = await inspector.getByLabel("Name", { exact: true }).inputValue();
    names.push(name);
    for (const [option, value] of Object.entries(options)) await type(page, inspector, option, value);
    for (const [option, value] of Object.entries(choose)) {
      await inspector.getByLabel(option, { exact: true }).focus();
      await page.keyboard.type(value);
    }
    await expect(node(page, name)).toBeVisible();
  }
  return names;
}

async function type(page: Page, inspector: Locator, label: string, value: string): Promise<void> {
  await inspector.getByLabel(label, { exact: true }).fill(value);
  await page.keyboard.press("Enter");
}
