/** Files into and out of the loopback app: bounds, names, and nothing left of what failed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ask, asPage, host, open, server } from "./loopback-fixture.ts";

describe("uploads and downloads", () => {
  it("writes an upload under a name of its own and registers the page's name without its folders", async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    const { status, text } = await ask(`/upload?name=${encodeURIComponent("../../etc/酒店 data.csv")}`, {
      method: "POST",
      headers: asPage(),
      body: bytes,
    });
    expect({ status, text }).toEqual({ status: 200, text: '{"file":"upload-1"}' });
    const [upload] = host.taken;
    expect(upload?.name).toBe("酒店 data.csv");
    expect(upload?.path.startsWith(host.uploads.folder)).toBe(true);
    expect(readFileSync(upload?.path ?? "").equals(bytes)).toBe(true);
  });

  it.each([
    ["announced", { "Content-Length": "2000" }],
    ["not announced", { "Transfer-Encoding": "chunked" }],
  ])("refuses an upload over the limit whose size is %s, and leaves nothing of it", async (_how, sizeHeaders) => {
    await server.close("again");
    host.remove();
    await open(1000);
    const headers = { ...asPage(), ...sizeHeaders };
    const answer = await ask("/upload?name=a.csv", { method: "POST", headers, body: "x".repeat(2000) });
    expect(answer).toMatchObject({ status: 413, code: "protocol.upload_too_large" });
    expect(readdirSync(host.uploads.folder)).toEqual([]);
    expect((await ask("/upload?name=a.csv", { method: "POST", headers: asPage(), body: "x".repeat(1000) })).status).toBe(200);
  });

  it("refuses an upload that is announced to be larger than the free disk", async () => {
    const headers = { ...asPage(), "Content-Length": String(2 ** 50) };
    const answer = await ask("/upload?name=a.csv", { method: "POST", headers, body: "x" }).catch(() => null);
    expect(answer).toMatchObject({ status: 507, code: "protocol.upload_disk_full" });
  });

  it("leaves nothing of an upload that is cut off", async () => {
    const path = await new Promise<string>((resolve) => {
      const sent = request({
        host: "127.0.0.1",
        port: server.port,
        path: "/upload",
        method: "POST",
        headers: { ...asPage(), "Content-Length": "100000" },
      });
      sent.on("error", () => {});
      sent.write("x".repeat(50_000));
      const look = (): void => {
        const [name] = readdirSync(host.uploads.folder);
        if (name === undefined) setImmediate(look);
        else {
          sent.destroy();
          resolve(join(host.uploads.folder, name));
        }
      };
      look();
    });
    await new Promise<void>((resolve) => {
      const look = (): void => (existsSync(path) ? void setImmediate(look) : resolve());
      look();
    });
    expect(host.taken).toEqual([]);
  });

  it("gives a download out under its token only, with its name in any letters", async () => {
    host.offered.set("token-1", { path: join(host.folder, "secret.txt"), fileName: '模型 "a"\r\nX-Bad: 1.json' });
    const { status, headers, text } = await ask("/download/token-1");
    expect({ status, text }).toEqual({ status: 200, text: "secret" });
    expect(headers["content-disposition"]).toBe(
      `attachment; filename="__ _a___X-Bad: 1.json"; filename*=UTF-8''%E6%A8%A1%E5%9E%8B%20%22a%22%0D%0AX-Bad%3A%201.json`,
    );
    expect(headers["content-type"]).toBe("application/octet-stream");
    expect((await ask("/download/token-2")).status).toBe(404);
  });
});
