/**
 * What the loopback server refuses. Requests are written by hand over TCP or node:http, because a browser or fetch() would not send most
 * of them.
 */
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { openLoopback } from "../../main/loopback/server.ts";
import { webSocketChannel } from "../../main/loopback/web-socket-channel.ts";
import { ask, asPage, faults, host, open, own, server, upgrade } from "./loopback-fixture.ts";
import { openWebSocket } from "./transports.ts";

describe("Host and Origin", () => {
  it.each(["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example", "[::1]"])(
    "refuses the host %j on every path, so that a name made to point here is of no use",
    async (name) => {
      for (const path of ["/", "/assets/page.js", "/session", "/upload", "/download/x"]) {
        const { status, code } = await ask(path, { headers: { ...asPage(), Host: name } });
        expect({ path, status, code }).toEqual({ path, status: 421, code: "protocol.wrong_host" });
      }
      const protocols = { "Sec-WebSocket-Protocol": `neuroloom.v1, neuroloom.key.${server.token}` };
      expect(await upgrade({ ...asPage(), ...protocols, Host: name })).toBe(421);
    },
  );

  it.each(["http://evil.example", "null", "https://127.0.0.1", "file://"])(
    "refuses pages of %s, with the right token too",
    async (origin) => {
      for (const path of ["/", "/assets/page.js"]) expect((await ask(path, { headers: { ...own(), Origin: origin } })).status).toBe(403);
      for (const path of ["/session", "/upload"]) {
        const { status, code } = await ask(path, { method: "POST", headers: { ...asPage(), Origin: origin } });
        expect({ status, code }).toEqual({ status: 403, code: "protocol.wrong_origin" });
      }
      const protocols = { "Sec-WebSocket-Protocol": `neuroloom.v1, neuroloom.key.${server.token}` };
      expect(await upgrade({ ...asPage(), ...protocols, Origin: origin })).toBe(403);
    },
  );

  it("refuses another port of this machine, whose pages browsers count as of the same site", async () => {
    const headers = { ...asPage(), Origin: `http://127.0.0.1:${server.port + 1}` };
    expect((await ask("/session", { method: "POST", headers })).status).toBe(403);
  });

  it("refuses what changes something when no origin is named at all", async () => {
    const { Origin: _left, ...withoutOrigin } = asPage();
    expect((await ask("/session", { method: "POST", headers: withoutOrigin })).status).toBe(403);
    expect((await ask("/upload", { method: "POST", headers: withoutOrigin })).status).toBe(403);
    expect(await upgrade({ ...withoutOrigin, "Sec-WebSocket-Protocol": `neuroloom.v1, neuroloom.key.${server.token}` })).toBe(403);
  });

  it("refuses to be embedded by another site, and lets a link to the front page through", async () => {
    const crossSite = { ...own(), "Sec-Fetch-Site": "cross-site" };
    expect((await ask("/assets/page.js", { headers: crossSite })).status).toBe(403);
    expect((await ask("/", { headers: { ...crossSite, "Sec-Fetch-Mode": "no-cors" } })).status).toBe(403);
    expect((await ask("/", { headers: { ...crossSite, "Sec-Fetch-Mode": "navigate" } })).status).toBe(200);
  });
});

describe("the token", () => {
  it("is needed for a WebSocket: missing, wrong and almost right ones are refused before the upgrade", async () => {
    const page = { ...own(), Origin: `http://127.0.0.1:${server.port}` };
    expect(await upgrade(page)).toBe(401);
    for (const key of ["", "wrong", server.token.slice(0, -1), `${server.token}x`])
      expect(await upgrade({ ...page, "Sec-WebSocket-Protocol": `neuroloom.v1, neuroloom.key.${key}` })).toBe(401);
    expect(await upgrade({ ...page, "Sec-WebSocket-Protocol": `neuroloom.key.${server.token}` })).toBe(401);
    expect(await upgrade({ ...page, "Sec-WebSocket-Protocol": `neuroloom.v1, neuroloom.key.${server.token}` }, "/other")).toBe(404);
    expect(await upgrade({ ...page, "Sec-WebSocket-Protocol": `neuroloom.v1, neuroloom.key.${server.token}` })).toBe(101);
  });

  it("is needed for a session and an upload; a cookie or a query is none", async () => {
    for (const path of ["/session", "/upload"]) {
      for (const authorization of ["", "Bearer wrong", `Basic ${server.token}`, `Bearer ${server.token}x`]) {
        const headers = { ...asPage(), Authorization: authorization, Cookie: `token=${server.token}` };
        const { status, code } = await ask(`${path}?token=${server.token}`, { method: "POST", headers, body: "data" });
        expect({ status, code }).toEqual({ status: 401, code: "protocol.wrong_token" });
      }
    }
    expect(host.taken).toEqual([]);
    expect(readdirSync(host.uploads.folder)).toEqual([]);
  });

  it("of a one-time address works once, gives the launch's token, and is no token itself", async () => {
    const ticket = server.oneTimeUrl().split("#key=")[1] ?? "";
    const withTicket = { ...asPage(), Authorization: `Bearer ${ticket}` };
    expect((await ask("/upload", { method: "POST", headers: withTicket, body: "x" })).status).toBe(401);
    expect(JSON.parse((await ask("/session", { method: "POST", headers: withTicket })).text)).toEqual({ token: server.token });
    expect((await ask("/session", { method: "POST", headers: withTicket })).status).toBe(401);
  });

  it("is new with every launch and long enough not to be guessed", async () => {
    const before = server.token;
    await server.close("again");
    host.remove();
    await open();
    expect(server.token).not.toBe(before);
    expect(Buffer.from(server.token, "base64url")).toHaveLength(32);
  });

  it("serves a second tab beside the first: both call, both get every event", async () => {
    const tabs = await Promise.all(
      [1, 2].map(async () => new ProtocolClient(webSocketChannel(await openWebSocket(server)), { onFault: (fault) => faults.push(fault) })),
    );
    const seen: string[] = [];
    tabs.forEach((tab, index) => {
      tab.on("run.deleted", ({ ids }) => seen.push(`${index} ${ids.join()}`));
    });
    host.emit("run.deleted", { ids: ["a"] });
    for (const tab of tabs) expect(await tab.call("app.settings", {})).toEqual({ secret: 42 });
    expect(seen.sort()).toEqual(["0 a", "1 a"]);
  });

  it("stays with the app when a tab is closed: nothing is shut down, the other tab goes on", async () => {
    const closing = await openWebSocket(server);
    const staying = new ProtocolClient(webSocketChannel(await openWebSocket(server)), { onFault: (fault) => faults.push(fault) });
    await new Promise<void>((resolve) => {
      closing.once("close", () => resolve());
      closing.close();
    });
    expect(await staying.call("app.settings", {})).toEqual({ secret: 42 });
    expect(host.shutdowns).toEqual([]);
  });
});

describe("paths", () => {
  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/assets/../../secret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/assets/..%252f..%252fsecret.txt",
    "//secret.txt",
    "/./../secret.txt",
    "/assets/page.js%00.txt",
    "/link.txt",
    "/assets",
    "/download/../renderer/index.html",
    "/download/%2e%2e%2fsecret.txt",
    "http://evil.example/",
  ])("finds nothing at %s", async (path) => {
    const { status, text } = await ask(path);
    expect(status).toBe(404);
    expect(text).not.toContain("<!doctype");
    expect(text).not.toBe("secret");
  });

  it.each(["PUT", "DELETE", "PATCH", "OPTIONS", "POST", "TRACE"])("refuses %s on files", async (method) => {
    for (const path of ["/", "/assets/page.js", "/download/x"]) expect((await ask(path, { method, headers: asPage() })).status).toBe(405);
  });

  it("refuses other verbs than POST on session and upload", async () => {
    for (const path of ["/session", "/upload"])
      for (const method of ["GET", "HEAD", "PUT", "OPTIONS"]) expect((await ask(path, { method, headers: asPage() })).status).toBe(405);
  });

  it("survives lines that are no HTTP", async () => {
    const answer = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(server.port, "127.0.0.1", () => socket.write("GET / HTTP/9.9\r\n\r\n"));
      socket.on("data", (data) => {
        text += data.toString();
      });
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect((await ask("/")).status).toBe(200);
  });

  it("closes a WebSocket that sends bytes instead of text", async () => {
    const socket = await openWebSocket(server);
    const code = new Promise<number>((resolve) => socket.once("close", resolve));
    socket.send(new Uint8Array(8));
    expect(await code).toBe(1003);
  });
});

describe("headers", () => {
  it.each(["/", "/assets/page.js", "/nothing", "/session"])("are strict on %s, errors included", async (path) => {
    const { headers } = await ask(path);
    expect(headers).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["set-cookie"]).toBeUndefined();
    const policy = new Map(
      String(headers["content-security-policy"])
        .split("; ")
        .map((part) => [part.split(" ", 1)[0], part]),
    );
    expect(policy.get("default-src")).toBe("default-src 'none'");
    expect(policy.get("script-src")).toBe("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy.get("connect-src")).toBe(`connect-src 'self' ws://127.0.0.1:${server.port}`);
    expect(policy.get("frame-ancestors")).toBe("frame-ancestors 'none'");
  });

  it("name the type of what is sent; HEAD sends none of it", async () => {
    const page = await ask("/");
    expect(page).toMatchObject({ status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
    expect(await ask("/assets/page.js")).toMatchObject({ headers: { "content-type": "text/javascript; charset=utf-8" } });
    expect(await ask("/", { method: "HEAD" })).toMatchObject({
      status: 200,
      text: "",
      headers: { "content-length": String(page.text.length) },
    });
  });
});

it("listens on 127.0.0.1 and on no other address of this machine", async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map(({ address }) => address)
    .filter((address) => address !== "127.0.0.1" && !address.startsWith("fe80"));
  // ::1 and 127.0.0.2 are this machine too, network or not.
  for (const address of new Set([...others, "::1", "127.0.0.2"])) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(server.port, address, () => {
        socket.destroy();
        resolve("answered");
      });
      socket.on("error", () => resolve("refused"));
    });
    expect({ address, answer }).toEqual({ address, answer: "refused" });
  }
});

it("says which port is taken", async () => {
  const options = {
    host,
    handlers: host.handlers,
    rendererFolder: join(host.folder, "renderer"),
    uploadLimitBytes: null,
    onFault: () => {},
  };
  await expect(openLoopback({ ...options, port: server.port })).rejects.toMatchObject({
    code: "protocol.port_unusable",
    params: { port: server.port },
  });
});

it("tells open pages why it closes", async () => {
  const socket: WebSocket = await openWebSocket(server);
  const reason = new Promise<string>((resolve) => socket.once("close", (_code, text) => resolve(text.toString())));
  await server.close("Neuroloom was closed");
  expect(await reason).toBe("Neuroloom was closed");
});
