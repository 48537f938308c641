/**
 * Nothing of the program reaches the network: every call that could is found in the source and must be one of the few that are
 * known and stay on this machine. What a page may reach is held by its policy (loopback-page.test.ts).
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDERS = ["core", "main", "preload", "renderer"];

/** Ways out of a program, as they are written. */
const WAYS_OUT =
  /\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|createConnection|WebTransport|RTCPeerConnection)\b|from "node:(https?|net|tls|http2|dgram|dns)(\/promises)?"|\.openExternal\b|\bautoUpdater\b|\bcrashReporter\b/;
/** An address on some other machine; namespaces and the schemes of our own pages are none. */
const FOREIGN_ADDRESS =
  /\b(?:https?|wss?|ftp):\/\/(?!127\.0\.0\.1|www\.w3\.org\/|www\.freedesktop\.org\/standards\/shared-mime-info|\$\{|\/)[\w.-]+/;

/** Why each of these stays on this machine. */
const KNOWN: Readonly<Record<string, string>> = {
  "main/loopback/server.ts": "listens on 127.0.0.1 and connects to nothing",
  "main/loopback/requests.ts": "types of the server's requests",
  "main/loopback/access.ts": "types of the server's requests",
  "main/loopback/upload.ts": "types of the server's requests",
  "main/loopback/web-socket-channel.ts": "wraps a connection that a page opened",
  "main/loopback/instance.ts": "asks 127.0.0.1 whether the app runs already",
  "renderer/host/loopback-session.ts": "the page's own server",
  "renderer/host/files.ts": "the page's own server",
};

interface Source {
  readonly path: string;
  /** Without comments, which may name anything. */
  readonly code: string;
}

function sources(): readonly Source[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((path) => /\.(tsx?|mjs|html|css)$/.test(path) && !/\.(test|test-support)\.tsx?$/.test(path))
      .map((path) => ({ path, code: withoutComments(readFileSync(join(ROOT, path), "utf8")) })),
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

describe("privacy", () => {
  const all = sources();

  it("finds the sources at all", () => {
    expect(all.length).toBeGreaterThan(50);
    expect(all.map(({ path }) => path)).toEqual(expect.arrayContaining(Object.keys(KNOWN)));
  });

  it("has no way out of the program but the known ones", () => {
    const found = all.filter(({ path, code }) => WAYS_OUT.test(code) && !Object.hasOwn(KNOWN, path)).map(({ path }) => path);
    expect(found).toEqual([]);
  });

  it("names no address on another machine", () => {
    const found = all.flatMap(({ path, code }) => (FOREIGN_ADDRESS.exec(code)?.[0] ? [`${path}: ${FOREIGN_ADDRESS.exec(code)?.[0]}`] : []));
    expect(found).toEqual([]);
  });

  it.each([
    'await fetch("https://telemetry.example/")',
    'import { request } from "node:https";',
    "navigator.sendBeacon(address)",
    "shell.openExternal(url)",
  ])("would find %s", (planted) => {
    expect(WAYS_OUT.test(withoutComments(planted))).toBe(true);
  });

  it("would find a planted address, and takes none for one that is ours", () => {
    expect(FOREIGN_ADDRESS.test('const home = "https://telemetry.example/";')).toBe(true);
    expect(FOREIGN_ADDRESS.test("const own = `http://127.0.0.1:1/`;")).toBe(false);
  });
});
