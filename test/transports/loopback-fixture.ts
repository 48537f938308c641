/** A loopback server over a test host, opened anew for every test, and requests written by hand, as no browser would send them. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { type LoopbackServer, openLoopback } from "../../main/loopback/server.ts";
import { openTestHost, type TestHost } from "./test-host.ts";
import { writePage } from "./transports.ts";

export let host: TestHost;
export let server: LoopbackServer;
export const faults: unknown[] = [];

export async function open(uploadLimitBytes: number | null = null): Promise<void> {
  host = openTestHost({ "app.settings": () => Promise.resolve({ secret: 42 }) });
  const rendererFolder = join(host.folder, "renderer");
  writePage(rendererFolder);
  writeFileSync(join(host.folder, "secret.txt"), "secret");
  mkdirSync(host.uploads.folder);
  symlinkSync(join(host.folder, "secret.txt"), join(rendererFolder, "link.txt"));
  faults.length = 0;
  server = await openLoopback({
    host,
    handlers: host.handlers,
    rendererFolder,
    port: 0,
    uploadLimitBytes,
    onFault: (fault) => faults.push(fault),
  });
}

beforeEach(() => open());
afterEach(async () => {
  await server.close("test over");
  host.remove();
  expect(faults).toEqual([]);
});

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly code: string | undefined;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export const own = (): Record<string, string> => ({ Host: `127.0.0.1:${server.port}` });
export const asPage = (): Record<string, string> => ({
  ...own(),
  Origin: `http://127.0.0.1:${server.port}`,
  Authorization: `Bearer ${server.token}`,
});

export function ask(path: string, { method = "GET", headers = own(), body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: server.port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const code = /"code":"([\w.]+)"/.exec(text)?.[1];
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** The status of an upgrade: 101 when it was granted. */
export function upgrade(headers: Record<string, string>, path = "/socket"): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: "127.0.0.1",
      port: server.port,
      path,
      agent: false,
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ...headers,
      },
    });
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    sent.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}
