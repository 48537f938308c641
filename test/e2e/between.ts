/** Stands between page and host, and between the page and its own files: what is asked for is held back, or fails, until it is let pass. */
import type { Page, Route } from "@playwright/test";

export type Mode = "pass" | "hold" | "fail";

/** Holds what is asked of a method back, or answers that it failed. What was held is never answered. The page is loaded anew. */
export async function betweenHost(page: Page): Promise<(method: string, mode: Mode) => void> {
  const modes = new Map<string, Mode>();
  await page.routeWebSocket(/.*/, (socket) => {
    const host = socket.connectToServer();
    socket.onMessage((message) => {
      const call = JSON.parse(String(message)) as { readonly id?: number; readonly method?: string };
      const mode = modes.get(call.method ?? "") ?? "pass";
      if (mode === "pass") host.send(message);
      else if (mode === "fail")
        socket.send(JSON.stringify({ kind: "failure", id: call.id, error: { code: "internal.fault", params: { message: "held back" } } }));
    });
  });
  await page.reload();
  return (method, mode) => void modes.set(method, mode);
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
