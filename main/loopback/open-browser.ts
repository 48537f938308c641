/** Opens an address in the default browser, by each platform's own command. */
import { spawn } from "node:child_process";

/** @returns false where no browser could be started; the caller has printed the address */
export function openBrowser(url: string): Promise<boolean> {
  // Linux without a display has no browser to open.
  const { DISPLAY = "", WAYLAND_DISPLAY = "" } = process.env;
  if (process.platform === "linux" && DISPLAY === "" && WAYLAND_DISPLAY === "") return Promise.resolve(false);
  const [command, args] = opener(url);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

function opener(url: string): [command: string, args: string[]] {
  if (process.platform === "darwin") return ["open", [url]];
  if (process.platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", url]];
  return ["xdg-open", [url]];
}
