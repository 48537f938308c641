/** A page of nothing but renderer/host, put where a test can reach it: `window.neuroloomTest`. */
import { connectHost } from "../../../renderer/host/connect.ts";
import { saveDownload, takeFile } from "../../../renderer/host/files.ts";

const events: string[] = [];
const connection = connectHost().then((client) => {
  client.on("run.deleted", ({ ids }) => events.push(`deleted ${ids.join(" ")}`));
  client.onInterrupted(() => events.push("interrupted"));
  client.onReconnected(() => events.push("reconnected"));
  client.onClosed((reason) => events.push(`closed ${reason}`));
  return client;
});
connection.catch(() => {});

const test = { connection, events, saveDownload, takeFile };
export type PageTest = typeof test;

Object.assign(globalThis, { neuroloomTest: test });
