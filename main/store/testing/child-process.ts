/** Starts store-child.ts and reads its answers, line by line. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ErrorData } from "../../../core/errors.ts";

export interface Answer {
  readonly kept?: number;
  readonly held?: boolean;
  readonly opened?: boolean;
  readonly error?: ErrorData;
}

const CHILD = fileURLToPath(new URL("./store-child.ts", import.meta.url));

export interface StoreChild {
  readonly process: ChildProcess;
  /** The next answer; null once there are no more. */
  next(): Promise<Answer | null>;
  /** All answers that are still to come, once the process has ended. */
  rest(): Promise<Answer[]>;
}

/** @param wrap puts a command in front: `(command) => ["prlimit", "--fsize=1000", ...command]` */
export function startChild(
  args: readonly string[],
  wrap: (command: readonly string[]) => readonly string[] = (command) => command,
): StoreChild {
  const [file = "", ...more] = wrap([process.execPath, CHILD, ...args]);
  const child = spawn(file, more, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
  // Awaited in rest(); a child whose rest nobody reads must not end the test run when it could not be started.
  ended.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Answer | null> => {
    const line = await lines.next();
    return line.done === true ? null : (JSON.parse(line.value) as Answer);
  };
  const rest = async (): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let answer = await next(); answer !== null; answer = await next()) answers.push(answer);
    await ended;
    return answers;
  };
  return { process: child, next, rest };
}
