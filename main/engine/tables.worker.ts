/** Entry of the thread that goes over the rows of stored tables. It lives while somebody asks; the host ends it. */
import { parentPort } from "node:worker_threads";
import { errorData } from "../../core/errors.ts";
import { TableDesk, type TableQuestion } from "../host/tables/questions.ts";
import type { FromKept, ToKept } from "./kept-thread.ts";

const port = parentPort;
if (port === null) throw new Error("tables.worker.ts runs in a worker thread only");
const desk = new TableDesk();
const post = (message: FromKept<unknown>): void => port.postMessage(message);

port.on("message", async (message: ToKept<TableQuestion>) => {
  if (message.kind !== "ask") return;
  const { id, question } = message;
  try {
    const answer = await desk.answer(question);
    post({ kind: "answer", id, answer, done: desk.readMuch });
  } catch (error) {
    post({ kind: "failed", id, error: errorData(error) });
  }
});
