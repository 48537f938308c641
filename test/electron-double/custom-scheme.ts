/**
 * `protocol.handle` of the double. Chromium cannot be taught a scheme, so the handler answers behind an HTTP server on 127.0.0.1:
 * app://neuroloom/x is http://127.0.0.1:port/x inside Chromium and app://neuroloom/x for everyone who asks the double.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { FILE_ADDRESS } from "./page-prelude.ts";

type Handler = (request: Request) => Response | Promise<Response>;

interface Served {
  readonly server: Server;
  readonly handler: Handler;
  readonly port: Promise<number>;
  /** The host of the address that was opened: `neuroloom` of app://neuroloom/. */
  host: string;
}

const schemes = new Map<string, Served>();
const registered = new Set<string>();
let dropped: string | null = null;

export const protocol = {
  registerSchemesAsPrivileged(list: readonly { scheme: string }[]): void {
    for (const { scheme } of list) registered.add(scheme);
  },
  handle(scheme: string, handler: Handler): void {
    if (!registered.has(scheme)) throw new Error(`double: ${scheme} was not registered before the app was ready`);
    if (schemes.has(scheme)) throw new Error(`The scheme ${scheme} has been intercepted or registered already.`);
    const server = createServer((request, response) => {
      answer(scheme, request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    });
    const port = new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
    schemes.set(scheme, { server, handler, port, host: "" });
  },
};

/** @returns the address that Chromium can open */
export async function inside(url: string): Promise<string> {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const served = schemes.get(scheme.slice(0, -1));
  if (served === undefined) return url;
  served.host = host;
  return `http://127.0.0.1:${await served.port}${pathname}${search}${hash}`;
}

/** @returns the address as the app knows it */
export function outside(url: string): string {
  for (const [scheme, { server, host }] of schemes) {
    const address = server.address();
    if (address === null || typeof address === "string") continue;
    const origin = `http://127.0.0.1:${address.port}/`;
    if (url.startsWith(origin)) return `${scheme}://${host}/${url.slice(origin.length)}`;
  }
  return url;
}

export function stopSchemes(): void {
  for (const { server } of schemes.values()) {
    server.close();
    server.closeAllConnections();
  }
  schemes.clear();
  if (dropped !== null) rmSync(dropped, { recursive: true, force: true });
  dropped = null;
}

async function answer(scheme: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const served = schemes.get(scheme);
  if (served === undefined) throw new Error(`double: ${scheme} is not served`);
  if (request.url?.startsWith(FILE_ADDRESS) === true) {
    response.end(await keepFile(request));
    return;
  }
  const { status, headers, body } = await served.handler(
    new Request(`${scheme}://${served.host}${request.url}`, { method: request.method ?? "GET" }),
  );
  response.writeHead(status, Object.fromEntries(headers));
  response.end(body === null ? undefined : Buffer.from(await new Response(body).arrayBuffer()));
}

async function keepFile(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  dropped ??= mkdtempSync(join(tmpdir(), "electron-double-files-"));
  const name = new URL(request.url ?? "/", "http://127.0.0.1").searchParams.get("name") ?? "";
  const path = join(mkdtempSync(join(dropped, "file-")), basename(name));
  writeFileSync(path, Buffer.concat(chunks));
  return path;
}
