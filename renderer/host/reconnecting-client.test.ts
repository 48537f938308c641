/** A connection that breaks and comes back, or does not. Waiting is given, so no time passes. */
import { describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import type { Channel } from "../../core/protocol/channel.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { type ServedClient, serve } from "../../core/protocol/server.ts";
import { testHandlers } from "../../test/transports/test-host.ts";
import { RETRY_DELAYS_MS, ReconnectingClient } from "./reconnecting-client.ts";

const handlers = testHandlers({ "app.settings": () => Promise.resolve({ answer: 42 }), "runs.pause": () => new Promise(() => {}) });

/** A host that can be cut off; `attempts` says how each next attempt to reach it ends. */
function setUp(attempts: ("fails" | "refused" | "works")[]) {
  const served: ServedClient[] = [];
  const waits: number[] = [];
  const heard: string[] = [];
  const faults: unknown[] = [];
  const open = (): Channel => {
    const [near, far] = memoryChannelPair();
    served.push(serve(handlers, far, { onFault: (fault) => faults.push(fault) }));
    return near;
  };
  const client = new ReconnectingClient(open(), {
    onFault: (fault) => faults.push(fault),
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    reopen: () => {
      const next = attempts.shift() ?? "fails";
      if (next === "works") return Promise.resolve(open());
      return Promise.reject(new AppError(next === "fails" ? "protocol.host_gone" : "protocol.wrong_token", { reason: "nobody there" }));
    },
  });
  client.onInterrupted((reason) => heard.push(`interrupted: ${reason}`));
  const settled = new Promise<void>((resolve) => {
    client.onReconnected(() => {
      heard.push("reconnected");
      resolve();
    });
    client.onClosed((reason) => {
      heard.push(`closed: ${reason}`);
      resolve();
    });
  });
  return { client, served, waits, heard, faults, settled };
}

describe("ReconnectingClient", () => {
  it("fails what was pending, tries again, and carries its subscriptions over", async () => {
    const { client, served, heard, waits, settled } = setUp(["fails", "fails", "works"]);
    const deleted: string[] = [];
    client.on("run.deleted", ({ ids }) => deleted.push(...ids));
    const end = client.on("run.deleted", () => deleted.push("ended subscription"));
    end();
    const pending = client.call("runs.pause", { id: "a" });
    served[0]?.close("the laptop slept");
    await expect(pending).rejects.toMatchObject({ code: "protocol.host_gone" });
    await settled;
    served[1]?.emit("run.deleted", { ids: ["after"] });
    expect(await client.call("app.settings", {})).toEqual({ answer: 42 });
    expect(deleted).toEqual(["after"]);
    expect(heard).toEqual(["interrupted: the laptop slept", "reconnected"]);
    expect(waits).toEqual(RETRY_DELAYS_MS.slice(0, 3));
  });

  it("breaks and comes back as often as it must", async () => {
    const { client, served, heard, settled } = setUp(["works", "works"]);
    served[0]?.close("once");
    await settled;
    const again = new Promise<void>((resolve) => client.onReconnected(resolve));
    served[1]?.close("twice");
    await again;
    expect(await client.call("app.settings", {})).toEqual({ answer: 42 });
    expect(heard).toEqual(["interrupted: once", "reconnected", "interrupted: twice", "reconnected"]);
  });

  it("gives up after its attempts and says so", async () => {
    const { client, served, heard, waits, settled } = setUp([]);
    served[0]?.close("the app ended");
    await settled;
    expect(heard).toEqual(["interrupted: the app ended", "closed: nobody there"]);
    expect(waits).toEqual(RETRY_DELAYS_MS);
    await expect(client.call("app.settings", {})).rejects.toMatchObject({ code: "protocol.host_gone" });
  });

  it("does not go on trying when it is refused", async () => {
    const { served, heard, waits, settled } = setUp(["fails", "refused", "works"]);
    served[0]?.close("restart");
    await settled;
    expect(heard.at(-1)).toBe("closed: protocol.wrong_token");
    expect(waits).toHaveLength(2);
  });

  it("does not come back after it was closed on purpose", async () => {
    const { client, heard, waits } = setUp(["works"]);
    client.close();
    await expect(client.call("app.settings", {})).rejects.toMatchObject({ code: "protocol.host_gone" });
    expect(heard).toEqual(["closed: closed"]);
    expect(waits).toEqual([]);
  });
});
