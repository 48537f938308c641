/**
 * The Chromium that end-to-end tests drive: one that is there already, else Debian's package, else Playwright's download,
 * else an error that names what to install. Specs that launch a browser themselves take path and arguments from here too.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";

/** Pages of Chromium's own address bar, which it starts behind every window at a second of a core each. */
const PAGES_OF_ITS_OWN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"];

/** What Playwright turns off: Chromium goes by the last such list alone, so that ours has to say it again. */
const OFF_BY_PLAYWRIGHT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "msForceBrowserSignIn",
  "msEdgeUpdateLaunchServicesPreferredVersion",
];

/** No sandbox because tests run as root in containers; the rest keeps the browser quiet and off the network. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${[...PAGES_OF_ITS_OWN, ...OFF_BY_PLAYWRIGHT].join(",")}`,
];

/** Where the usual installers put it. */
function usualPlaces(): readonly string[] {
  const { PROGRAMFILES: programs = "", "PROGRAMFILES(X86)": programs32 = "", LOCALAPPDATA: local = "", HOME: home = "" } = process.env;
  if (process.platform === "darwin")
    return ["", home].flatMap((base) => [
      `${base}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
      `${base}/Applications/Chromium.app/Contents/MacOS/Chromium`,
    ]);
  if (process.platform === "win32")
    return [programs, programs32, local].flatMap((base) => [
      join(base, "Google/Chrome/Application/chrome.exe"),
      join(base, "Chromium/Application/chrome.exe"),
      join(base, "Microsoft/Edge/Application/msedge.exe"),
    ]);
  return ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].flatMap((name) => [
    `/usr/bin/${name}`,
    `/usr/local/bin/${name}`,
  ]);
}

/**
 * @returns the path of an installed Chromium, or null when there is none
 * @throws Error when CHROMIUM_PATH names a file that is not there
 */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, and there is no such file. Correct it or unset it.`);
    return named;
  }
  return [...usualPlaces(), chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/**
 * Finds Chromium, or installs it.
 * @param say receives a line before anything slow begins
 * @throws Error that names what to install when nothing worked
 */
export function ensureChromium(say: (line: string) => void): string {
  const found = findChromium();
  if (found !== null) return found;
  const tried: string[] = [];
  const run = (command: string, args: readonly string[]): void => {
    say(`no Chromium found: ${command} ${args.join(" ")}`);
    const result = spawnSync(command, args, {
      encoding: "utf8",
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    const why = result.error?.message ?? result.stderr.trim().split("\n").at(-1) ?? "";
    tried.push(`${command} ${args.join(" ")}: ${result.status === 0 ? "done" : `exit ${result.status} ${why}`}`);
  };
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    run("apt-get", ["update"]);
    // The font is for the screens in 中文.
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]);
  }
  if (findChromium() === null)
    run(process.execPath, [join(import.meta.dirname, "../node_modules/@playwright/test/cli.js"), "install", "chromium"]);
  const installed = findChromium();
  if (installed !== null) return installed;
  throw new Error(
    [
      "The end-to-end tests need Chromium and found none. Install it (Debian and Ubuntu: apt-get install chromium fonts-noto-cjk; macOS and Windows:",
      "Google Chrome), or set CHROMIUM_PATH to its executable. Tried:",
      ...tried,
    ].join("\n"),
  );
}
