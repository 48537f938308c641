/** Stands between page and host, and between the page and its own files: what is asked for is held back, or fails, until it is let pass. */
import type { Page, Route } from "@playwright/test";

export type Mode = "pass" | "hold" | "fail";

interface Between {
  set(method: string, mode: Mode | "lose"): void;
  /** How often the host was asked for it by the page as it is now; what is held is not counted. */
  asked(method: string): number;
}

/** Holds what is asked of a method back until it is let pass, loses it, or answers that it failed. The page is loaded anew. */
export async function betweenHost(page: Page): Promise<Between> {
  const modes = new Map<string, Mode | "lose">();
  let asked: string[] = [];
  let held: { readonly method: string; pass(): void }[] = [];
  await page.routeWebSocket(/.*/, (socket) => {
    const host = socket.connectToServer();
    [asked, held] = [[], []];
    socket.onMessage((message) => {
      const call = JSON.parse(String(message)) as { readonly id?: number; readonly method?: string };
      const { method = "" } = call;
      const pass = (): void => {
        asked.push(method);
        host.send(message);
      };
      const mode = modes.get(method) ?? "pass";
      if (mode === "pass") pass();
      else if (mode === "hold") held.push({ method, pass });
      else if (mode === "fail")
        socket.send(JSON.stringify({ kind: "failure", id: call.id, error: { code: "internal.fault", params: { message: "held back" } } }));
    });
  });
  await page.reload();
  return {
    set: (method, mode) => {
      modes.set(method, mode);
      if (mode !== "pass") return;
      const waiting = held.filter((one) => one.method === method);
      held = held.filter((one) => one.method !== method);
      for (const { pass } of waiting) pass();
    },
    asked: (method) => asked.filter((one) => one === method).length,
  };
}

/** A file of the program: what was held goes on when it is let pass. */
export async function betweenFiles(page: Page, name: RegExp, first: Mode): Promise<(mode: Mode) => Promise<void>> {
  let now = first;
  const held: Route[] = [];
  await page.route(name, async (route) => {
    if (now === "hold") held.push(route);
    else await (now === "fail" ? route.abort() : route.continue());
  });
  return async (mode) => {
    now = mode;
    if (mode === "pass") await Promise.all(held.splice(0).map((route) => route.continue()));
  };
}
