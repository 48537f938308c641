/** The contract over every transport: the same promises, whatever carries them. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { MAX_MESSAGE_CHARACTERS } from "../../core/protocol/envelope.ts";
import { MAX_WAITING_POINTS, WINDOW_EVENTS } from "../../core/protocol/event-queue.ts";
import type { HostHandlers } from "../../core/protocol/host.ts";
import { MAX_CALLS_AT_ONCE } from "../../core/protocol/server.ts";
import { runChanged, runPoints, testHandlers, testRun } from "./test-host.ts";
import { type Connection, transports } from "./transports.ts";

const FIVE_MILLION = 5_000_000;

describe.each(transports)("the contract over $name", (transport) => {
  let connection: Connection | null = null;
  afterEach(async () => {
    await connection?.close();
    connection = null;
  });
  afterAll(() => transport.dispose());

  async function connect(own: Partial<HostHandlers> = {}): Promise<Connection> {
    connection = await transport.connect(testHandlers(own));
    return connection;
  }
  async function client(own: Partial<HostHandlers> = {}) {
    const opened = await connect(own);
    const clientFaults: unknown[] = [];
    return { ...opened, clientFaults, client: new ProtocolClient(opened.channel, { onFault: (fault) => clientFaults.push(fault) }) };
  }
  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => "no failure",
      (error: unknown) => error,
    );

  it("carries a call there and its answer back", async () => {
    const { client: host } = await client({ "runs.update": ({ id, name }) => Promise.resolve({ run: testRun({ id, name: name ?? "" }) }) });
    const { run } = await host.call("runs.update", { id: "run-7", name: "名字 “quoted” \u2028 😀" });
    expect(run).toEqual(testRun({ id: "run-7", name: "名字 “quoted” \u2028 😀" }));
  });

  it("carries an AppError whole, and any other exception as a fault that is reported", async () => {
    const { client: host, faults } = await client({
      "runs.get": () => Promise.reject(new AppError("run.not_found", { id: "x", limit: Number.POSITIVE_INFINITY }, { nodeId: "node-3" })),
      "runs.list": () => {
        throw new TypeError("not even a promise");
      },
    });
    const known = await failure(host.call("runs.get", { id: "x" }));
    expect(known).toBeInstanceOf(AppError);
    expect((known as AppError).toData()).toEqual({ code: "run.not_found", params: { id: "x", limit: "Infinity" }, nodeId: "node-3" });
    expect(await failure(host.call("runs.list", { project_id: null }))).toMatchObject({
      code: "internal.fault",
      params: { message: "not even a promise" },
    });
    expect(faults).toEqual([new TypeError("not even a promise")]);
  });

  it("refuses a bad input before any handler sees it, naming the field", async () => {
    let called = false;
    const { client: host } = await client({
      "runs.pause": () => {
        called = true;
        return Promise.resolve({});
      },
    });
    expect(await failure(host.call("runs.pause", { id: "" }))).toMatchObject({
      code: "protocol.bad_input",
      params: { method: "runs.pause", path: "id" },
    });
    expect(called).toBe(false);
  });

  it("does not let a bad output out, and reports it as a fault of ours", async () => {
    const { client: host, faults } = await client({ "runs.update": () => Promise.resolve({ run: testRun({ step: 0.5 }) }) });
    expect(await failure(host.call("runs.update", { id: "x" }))).toMatchObject({
      code: "protocol.bad_output",
      params: { path: "run.step" },
    });
    expect(faults).toMatchObject([{ code: "protocol.bad_output" }]);
  });

  it.each(["no.such_method", "constructor", "__proto__", "toString"])("refuses the unknown method %s", async (method) => {
    const { client: host } = await client();
    expect(await failure(host.call(method as "app.info", {}))).toMatchObject({ code: "protocol.unknown_method", params: { method } });
  });

  it("delivers events in the order they were sent, before the answer that was sent after them", async () => {
    const { client: host, emit } = await client({
      "runs.delete": ({ ids }) => {
        for (let sequence = 1; sequence <= 40; sequence += 1) emit("run.points", runPoints(sequence));
        emit("run.deleted", { ids });
        return Promise.resolve({});
      },
    });
    const seen: (number | string)[] = [];
    host.on("run.points", ({ sequence }) => seen.push(sequence));
    host.on("run.deleted", ({ ids }) => seen.push(...ids));
    await host.call("runs.delete", { ids: ["run-1"] });
    expect(seen).toEqual([...Array.from({ length: 40 }, (_, index) => index + 1), "run-1"]);
  });

  it("keeps a bad event from going out and reports it, without stopping its sender", async () => {
    const { client: host, emit, faults } = await client({ "app.settings": () => Promise.resolve({}) });
    const seen: number[] = [];
    host.on("run.points", ({ sequence }) => seen.push(sequence));
    emit("run.points", runPoints(1.5));
    emit("run.points", runPoints(2));
    await host.call("app.settings", {});
    expect(seen).toEqual([2]);
    expect(faults).toMatchObject([{ code: "protocol.bad_event", params: { event: "run.points", path: "sequence" } }]);
  });

  it("keeps listeners apart: one that throws or has ended disturbs no other", async () => {
    const { client: host, emit, clientFaults } = await client({ "app.settings": () => Promise.resolve({}) });
    const seen: string[] = [];
    host.on("run.deleted", () => {
      throw new Error("a listener's own mistake");
    });
    const end = host.on("run.deleted", () => seen.push("ended"));
    host.on("run.deleted", () => seen.push("stays"));
    end();
    emit("run.deleted", { ids: ["run-1"] });
    await host.call("app.settings", {});
    expect(seen).toEqual(["stays"]);
    expect(clientFaults).toEqual([new Error("a listener's own mistake")]);
  });

  it("fails every pending call when the host dies, and later ones at once", async () => {
    const { client: host, stop } = await client({ "runs.pause": () => new Promise(() => {}), "app.settings": () => Promise.resolve({}) });
    const pending = [failure(host.call("runs.pause", { id: "a" })), failure(host.call("runs.pause", { id: "b" }))];
    await host.call("app.settings", {});
    const told = new Promise<string>((resolve) => host.onClosed(resolve));
    await stop("the host died");
    for (const call of pending) expect(await call).toMatchObject({ code: "protocol.host_gone" });
    expect(await told).toBe("the host died");
    expect(await failure(host.call("app.settings", {}))).toMatchObject({ code: "protocol.host_gone", params: { reason: "the host died" } });
  });

  it("answers calls that run at the same time each with its own answer, in whatever order they end", async () => {
    const waiting: (() => void)[] = [];
    const { client: host } = await client({
      "runs.update": ({ id }) =>
        new Promise((resolve) => {
          waiting.push(() => resolve({ run: testRun({ id }) }));
          if (waiting.length === 20) for (const end of waiting.reverse()) end();
        }),
    });
    const ids = Array.from({ length: 20 }, (_, index) => `run-${index}`);
    const answers = await Promise.all(ids.map((id) => host.call("runs.update", { id })));
    expect(answers.map(({ run }) => run.id)).toEqual(ids);
  });

  it("refuses more calls at once than it bears, and goes on serving", async () => {
    const ends: (() => void)[] = [];
    const { client: host } = await client({ "runs.pause": () => new Promise((resolve) => ends.push(() => resolve({}))) });
    const calls = Array.from({ length: MAX_CALLS_AT_ONCE }, () => host.call("runs.pause", { id: "a" }));
    expect(await failure(host.call("runs.pause", { id: "one too many" }))).toMatchObject({ code: "protocol.too_many_calls" });
    for (const end of ends) end();
    expect(await Promise.all(calls)).toHaveLength(MAX_CALLS_AT_ONCE);
  });

  it("carries five million letters both ways without a change", async () => {
    const { client: host } = await client({
      "app.set_setting": () => Promise.resolve({}),
      "app.settings": () => Promise.resolve({ kept }),
    });
    const kept = "字ab".repeat(FIVE_MILLION / 3);
    await host.call("app.set_setting", { key: "big", value: kept });
    const { kept: back } = await host.call("app.settings", {});
    expect(back === kept).toBe(true);
  });

  it("refuses to send a message that is too large, and stays usable", async () => {
    const { client: host } = await client({ "app.settings": () => Promise.resolve({ fine: true }) });
    const value = "x".repeat(MAX_MESSAGE_CHARACTERS);
    expect(await failure(host.call("app.set_setting", { key: "big", value }))).toMatchObject({ code: "protocol.too_large" });
    expect(await host.call("app.settings", {})).toEqual({ fine: true });
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[1]"],
    ["no kind", '{"id":1}'],
    ["an unknown kind", '{"kind":"shell","command":"ls"}'],
    ["a bad id", '{"kind":"call","id":0,"method":"app.info","input":{}}'],
    ["fields too many", '{"kind":"call","id":1,"method":"app.info","input":{},"admin":true}'],
  ])("answers an envelope with %s by a failure, and goes on serving", async (_what, text) => {
    const { channel } = await connect({ "app.settings": () => Promise.resolve({}) });
    const answers = collect(channel);
    channel.send(text);
    channel.send('{"kind":"call","id":5,"method":"app.settings","input":{}}');
    expect(await answers(2)).toMatchObject([
      { kind: "failure", id: null, error: { code: "protocol.bad_envelope" } },
      { kind: "result", id: 5, output: {} },
    ]);
  });

  it("survives input nested so deep that reading it overflows the stack", async () => {
    const { channel } = await connect({ "app.settings": () => Promise.resolve({}) });
    const answers = collect(channel);
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    channel.send(`{"kind":"call","id":1,"method":"app.set_setting","input":{"key":"k","value":${deep}}}`);
    channel.send('{"kind":"call","id":2,"method":"app.settings","input":{}}');
    const both = await answers(2);
    expect(both).toContainEqual(expect.objectContaining({ kind: "failure" }));
    expect(both).toContainEqual({ kind: "result", id: 2, output: {} });
  });

  it("holds a slow client's events within bounds: the newest state of a run, and a gap where points were dropped", async () => {
    const { channel, emit } = await connect({ "app.settings": () => Promise.resolve({}) });
    const received = collect(channel);
    const rounds = MAX_WAITING_POINTS + WINDOW_EVENTS + 50;
    for (let sequence = 1; sequence <= rounds; sequence += 1) {
      emit("run.points", runPoints(sequence));
      emit("run.changed", runChanged({ step: sequence }));
    }
    channel.send('{"kind":"call","id":1,"method":"app.settings","input":{}}');
    const first = await received(WINDOW_EVENTS + 1);
    expect(first.filter(({ kind }) => kind === "event")).toHaveLength(WINDOW_EVENTS);

    channel.send(`{"kind":"seen","events":${WINDOW_EVENTS}}`);
    for (let batch = 0; batch < MAX_WAITING_POINTS / WINDOW_EVENTS; batch += 1) channel.send(`{"kind":"seen","events":${WINDOW_EVENTS}}`);
    const all = await received(WINDOW_EVENTS + 1 + MAX_WAITING_POINTS + 1);
    const late = all
      .slice(WINDOW_EVENTS + 1)
      .map(({ event, payload }) => (event === "run.points" ? Number(payload?.["sequence"]) : payload));
    const sequences = late.filter((item) => typeof item === "number");
    expect(sequences).toHaveLength(MAX_WAITING_POINTS);
    expect(sequences.at(-1)).toBe(rounds);
    // The last one that came through the window was half as far: the client sees the gap.
    expect(sequences[0]).toBeGreaterThan(WINDOW_EVENTS / 2 + 1);
    expect(late.at(-1)).toEqual(runChanged({ step: rounds }));
  });
});

interface Received {
  readonly kind: string;
  readonly event?: string;
  readonly payload?: Record<string, unknown>;
}

/** @returns a function that waits until so many messages have come, and gives all that have */
function collect(channel: Connection["channel"]): (count: number) => Promise<readonly Received[]> {
  const all: Received[] = [];
  let wake = (): void => {};
  channel.onMessage((text) => {
    all.push(JSON.parse(text) as Received);
    wake();
  });
  return (count) =>
    new Promise((resolve) => {
      wake = () => {
        if (all.length >= count) resolve([...all]);
      };
      wake();
    });
}
