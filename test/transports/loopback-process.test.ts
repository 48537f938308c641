/**
 * The loopback app as a program: the line it prints, a second start over the same home, how it ends, and how it refuses to start. It
 * runs from source over the real host; only the pages must have been built.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { webSocketChannel } from "../../main/loopback/web-socket-channel.ts";
import { openWebSocket } from "./transports.ts";

const MAIN = fileURLToPath(new URL("../../main/loopback/main.ts", import.meta.url));

let home: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "neuroloom-process-"));
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await exited;
    }
  }
  rmSync(home, { recursive: true, force: true });
});

interface Program {
  readonly child: ChildProcess;
  /** The first line on standard output. */
  readonly line: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>;
}

function start(...args: string[]): Program {
  const child = spawn(process.execPath, [MAIN, "--home", home, "--no-open", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  let output = "";
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += String(data);
  });
  const line = new Promise<string>((resolve) => {
    child.stdout.on("data", (data) => {
      output += String(data);
      if (output.includes("\n")) resolve(output.slice(0, output.indexOf("\n")));
    });
  });
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, output, errors })),
  );
  return { child, line, ended };
}

/** Port and token of the address in a printed line. */
function address(line: string): { port: number; token: string } {
  const found = /http:\/\/127\.0\.0\.1:(\d+)\/#key=([\w-]+)$/.exec(line);
  return { port: Number(found?.[1]), token: found?.[2] ?? "" };
}

describe("the loopback app", () => {
  it("says in one line why it is the browser and where, serves the real host there, and ends on SIGTERM with 0", async () => {
    const app = start("--reason", "because of a test");
    const line = await app.line;
    expect(line).toMatch(/^Neuroloom runs in the browser \(because of a test\): http:\/\/127\.0\.0\.1:\d+\/#key=[\w-]{43}$/);
    const client = new ProtocolClient(webSocketChannel(await openWebSocket(address(line))), { onFault: () => {} });
    expect(await client.call("app.info", {})).toMatchObject({ entry: "loopback", home });
    const closed = new Promise<string>((resolve) => client.onClosed(resolve));
    app.child.kill("SIGTERM");
    expect(await app.ended).toMatchObject({ code: 0, errors: "" });
    expect(await closed).toBe("Neuroloom was stopped");
    expect(existsSync(join(home, "loopback.json"))).toBe(false);
  });

  it("ends on app.quit after answering", async () => {
    const app = start();
    const client = new ProtocolClient(webSocketChannel(await openWebSocket(address(await app.line))), { onFault: () => {} });
    expect(await client.call("app.quit", { checkpoint: true })).toEqual({});
    expect(await app.ended).toMatchObject({ code: 0, errors: "" });
  });

  it("opens the one that runs already when it is started again, and a new one after that was killed", async () => {
    const first = start();
    const { port, token } = address(await first.line);
    const second = await start().ended;
    expect(second).toMatchObject({ code: 0, output: `Neuroloom runs in the browser already: http://127.0.0.1:${port}/#key=${token}\n` });
    first.child.kill("SIGKILL");
    await first.ended;
    const third = address(await start().line);
    expect(third.token).not.toBe(token);
  });

  it("answers in words where the disk is full while a file is uploaded, leaves nothing of it, and takes the next one", async (context) => {
    if (process.platform !== "linux" || spawnSync("prlimit", ["--version"]).status !== 0)
      context.skip("SKIPPED: needs Linux with prlimit, which gives a process room again");
    const app = start();
    const { port, token } = address(await app.line);
    const upload = async (body: Uint8Array<ArrayBuffer>) => {
      const origin = `http://127.0.0.1:${port}`;
      const headers = { Authorization: `Bearer ${token}`, Origin: origin };
      const answer = await fetch(`${origin}/upload?name=a.csv`, { method: "POST", headers, body });
      return { status: answer.status, text: await answer.text() };
    };
    const limit = (bytes: string): void => void execFileSync("prlimit", ["--pid", String(app.child.pid), `--fsize=${bytes}:unlimited`]);
    limit(String(4 * 2 ** 20));
    const refused = await upload(new Uint8Array(40_000_000));
    expect(refused.status).toBe(507);
    expect(JSON.parse(refused.text)).toMatchObject({
      error: { code: "protocol.upload_disk_full", params: { needed_mb: 108, free_mb: 0 } },
    });
    expect(readdirSync(join(home, "uploads"))).toEqual([]);
    expect((await upload(new Uint8Array(1_000_000))).status).toBe(200);
    limit("unlimited");
    expect((await upload(new Uint8Array(40_000_000))).status).toBe(200);
    expect(readdirSync(join(home, "uploads"))).toHaveLength(2);
  });

  it("says in words why it cannot start, with exit code 1, and what is typed wrong with 2", async () => {
    writeFileSync(join(home, "library.sqlite"), "this is no library, and it is long enough to be looked at ".repeat(100));
    const broken = await start().ended;
    expect(broken).toMatchObject({ code: 1, output: "" });
    expect(broken.errors).toMatch(/^neuroloom: .*library/);
    expect(broken.errors).not.toContain("    at ");
    for (const args of [["--port", "x"], ["--nonsense"]]) expect((await start(...args).ended).code).toBe(2);
  });
});
