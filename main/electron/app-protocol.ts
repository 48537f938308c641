/**
 * app://neuroloom/: where the window's page comes from. A scheme of our own rather than file:, because it has an origin, takes
 * the same security headers as the loopback app, and reaches nothing on the disk but the built renderer.
 */
import { readFile } from "node:fs/promises";
import { protocol } from "electron";
import { RendererFiles } from "../host/page/renderer-files.ts";
import { securityHeaders } from "../host/page/security-headers.ts";
import { APP_HOST, APP_SCHEME } from "./ipc-channel.ts";

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** @throws AppError protocol.renderer_missing */
export function serveRenderer(rendererFolder: string): void {
  const files = new RendererFiles(rendererFolder);
  protocol.handle(APP_SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = host === APP_HOST && request.method === "GET" ? files.find(pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers: securityHeaders() });
    return new Response(await readFile(file.path), { headers: { ...securityHeaders(), "Content-Type": file.contentType } });
  });
}
