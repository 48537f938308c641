/**
 * Leaving the app without losing a run: closing a window never stops one, quitting asks, and whatever way it ends the
 * host is shut down first, with a checkpoint.
 */
import { app, dialog } from "electron";
import { type Language, translate } from "../../resources/translations/translate.ts";
import { windowTexts } from "../../resources/translations/window.ts";
import type { Host } from "../host/host-interface.ts";

export interface Leaving {
  /** Shuts the host down and quits, without a question. */
  now(checkpoint: boolean): Promise<void>;
}

/**
 * @param hasWindow whether a window is open: without one the app ends with its last run
 * @param onFault told when the shutdown failed; the app then still ends
 */
export function guardQuit(host: Host, hasWindow: () => boolean, onFault: (fault: unknown, where: string) => void): Leaving {
  let shutdown: Promise<void> | null = null;
  let done = false;
  let asking = false;

  const now = (checkpoint: boolean): Promise<void> => {
    shutdown ??= host.shutdown({ checkpoint }).finally(() => {
      done = true;
      // After this turn, so that the answer to app.quit still reaches the page.
      setImmediate(() => app.quit());
    });
    return shutdown;
  };
  const leave = (): void => {
    now(true).catch((fault: unknown) => onFault(fault, "shutdown"));
  };
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      if (!host.hasRunningRuns() || (await wantsToQuit(await languageOf(host)))) leave();
    } finally {
      asking = false;
    }
  };

  app.on("before-quit", (event) => {
    if (done) return;
    event.preventDefault();
    if (shutdown === null) ask().catch((fault: unknown) => onFault(fault, "before-quit"));
  });
  app.on("window-all-closed", () => {
    // On macOS apps stay without windows; elsewhere this one stays only while it trains.
    if (process.platform !== "darwin" || done) app.quit();
  });
  host.onEvent((event) => {
    if (event === "run.changed" && process.platform !== "darwin" && !hasWindow() && !asking && !host.hasRunningRuns()) app.quit();
  });
  // A terminal or the system tells the app to go: there is nobody to ask.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, leave);
  return { now };
}

async function wantsToQuit(language: Language): Promise<boolean> {
  const text = (key: keyof typeof windowTexts): string => translate(windowTexts, language, key);
  const { response } = await dialog.showMessageBox({
    type: "question",
    title: "Neuroloom",
    message: text("quit_message"),
    detail: text("quit_detail"),
    buttons: [text("keep_going"), text("checkpoint_and_quit")],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

export async function languageOf(host: Host): Promise<Language> {
  const { language } = await host.handlers["app.settings"]({});
  if (language === "en" || language === "zh") return language;
  return app.getLocale().startsWith("zh") ? "zh" : "en";
}
