/**
 * A screen looked at: a picture (test-results/screens; with NEUROLOOM_SCREENS=all at three sizes and in every look) that is as it was (coarse-picture.ts), nothing that sticks out of the window, and no serious
 * finding of axe (names, roles, contrast). Words come from the app's own catalogue, so that one walk serves both languages.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { dataTexts } from "../../resources/translations/app/data.ts";
import { dataKindsTexts } from "../../resources/translations/app/data-kinds.ts";
import { dataLookTexts } from "../../resources/translations/app/data-look.ts";
import { groupTexts } from "../../resources/translations/app/groups.ts";
import { importanceTexts } from "../../resources/translations/app/importance.ts";
import { inspectorTexts } from "../../resources/translations/app/inspector.ts";
import { runsTexts } from "../../resources/translations/app/runs.ts";
import { shellTexts } from "../../resources/translations/app/shell.ts";
import { startTexts } from "../../resources/translations/app/start.ts";
import { trainingScreenTexts } from "../../resources/translations/app/training.ts";
import { type TextParams, translate } from "../../resources/translations/translate.ts";
import { expect, watchComplaints } from "./app.ts";
import { axeOf } from "./axe.ts";
import { expectLook } from "./coarse-picture.ts";

const catalogue = {
  ...dataTexts,
  ...dataKindsTexts,
  ...dataLookTexts,
  ...groupTexts,
  ...inspectorTexts,
  ...importanceTexts,
  ...runsTexts,
  ...shellTexts,
  ...startTexts,
  ...trainingScreenTexts,
};

const EVERY_LOOK = (["en", "zh"] as const).flatMap((language) => (["light", "dark"] as const).map((theme) => ({ language, theme })));
export type Look = (typeof EVERY_LOOK)[number];

/** The gate walks through every screen in each theme and each language once; all pairs of them, at all sizes, take a quarter of an hour. */
const everything = process.env["NEUROLOOM_SCREENS"] === "all";
export const LOOKS: readonly Look[] = everything
  ? EVERY_LOOK
  : EVERY_LOOK.filter(({ language, theme }) => (language === "en") === (theme === "light"));
/** For screens of which one look at the gate is enough. */
export const FEW_LOOKS: readonly Look[] = everything ? EVERY_LOOK : EVERY_LOOK.slice(0, 1);

const folder = join(import.meta.dirname, "../../test-results/screens");
const SMALLEST = { width: 1280, height: 720 };
const AS_USUAL = { width: 1440, height: 900 };
const sizes = everything ? [SMALLEST, AS_USUAL, { width: 2560, height: 1440 }] : [SMALLEST];
/** The canvas and the charts fit themselves to new room a frame after they have learnt of it. */
const SETTLING_MS = everything ? 300 : 50;

export interface Walk {
  /** The words of the catalogue in the language of the walk. */
  readonly say: (key: keyof typeof catalogue, params?: TextParams) => string;
  readonly t: (en: string, zh: string) => string;
  /** @param moves whether it shows what is at work just then: no two pictures of it are alike */
  readonly look: (name: string, moves?: boolean) => Promise<void>;
  readonly complaints: readonly string[];
}

/** Sets theme and language; the app is on its first screen. */
export async function begin(page: Page, { language, theme }: Look): Promise<Walk> {
  mkdirSync(folder, { recursive: true });
  const complaints = watchComplaints(page);
  // At the gate the whole walk is in the window that is looked at: to change its size for every look takes longer than the look.
  if (!everything) await page.setViewportSize(SMALLEST);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  if (language === "zh") await page.getByRole("button", { name: "Switch to Chinese (中文)" }).click();
  return {
    say: (key, params) => translate(catalogue, language, key, params),
    t: (en, zh) => (language === "en" ? en : zh),
    look: (name, moves) => lookAt(page, `${name}-${language}-${theme}`, moves),
    complaints,
  };
}

async function lookAt(page: Page, name: string, moves = false): Promise<void> {
  // Screens are fetched when they are first shown.
  await expect(page.getByText(/^(Loading…|正在载入…)$/)).toHaveCount(0);
  // What is still being worked out is not what a screen looks like.
  await expect(page.locator(".state[role=status]")).toHaveCount(0);
  for (const size of sizes) {
    if (everything) await page.setViewportSize(size);
    await page.evaluate(
      (ms) => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), ms)),
      SETTLING_MS,
    );
    const shoot = (): Promise<Buffer> =>
      page.screenshot({
        path: join(folder, `${name}-${size.width}.png`),
        animations: "disabled",
        // Messages come and go by the clock.
        ...(everything ? {} : { style: ".toasts { visibility: hidden }" }),
      });
    if (everything || moves) await shoot();
    else await expectLook(name, shoot);
    const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(sticksOut, `${name} sticks out at ${size.width} pixels`).toBeLessThanOrEqual(0);
  }
  if (everything) await page.setViewportSize(AS_USUAL);
  const { violations } = await axeOf(page).withTags(["wcag2a", "wcag2aa"]).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  // All findings of a walk are worth having at once.
  expect.soft(serious.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)).toEqual([]);
}
