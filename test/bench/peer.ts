/** A library beside ours: a process of its own that measures steps of the workloads on request, so that rounds can be interleaved. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Peer extends Disposable {
  readonly version: string;
  /** Median milliseconds a step of a network of networks.ts; null where the library cannot train it (`refusals` says why). */
  stepMs(network: string, seconds: number, threads: number): Promise<number | null>;
  /** By network. */
  readonly refusals: ReadonlyMap<string, string>;
}

/** The process says its version first, then answers a line `NAME SECONDS THREADS` by a number or `cannot: why`. */
export async function openPeer(command: string, args: readonly string[]): Promise<Peer> {
  const program = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  const complaints: string[] = [];
  program.stderr.on("data", (text: Buffer) => complaints.push(text.toString()));
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${command} ${args.join(" ")} ended early: ${complaints.join("").slice(-2000)}`);
    return value;
  };
  const refusals = new Map<string, string>();
  return {
    version: await answer(),
    refusals,
    stepMs: async (network, seconds, threads) => {
      if (refusals.has(network)) return null;
      program.stdin.write(`${network} ${seconds} ${threads}\n`);
      const said = await answer();
      const refusal = /^cannot: (.*)$/.exec(said)?.[1];
      if (refusal !== undefined) {
        refusals.set(network, refusal);
        return null;
      }
      const ms = Number(said);
      if (!Number.isFinite(ms)) throw new Error(`${command} answered ${said}`);
      return ms;
    },
    [Symbol.dispose]: () => program.stdin.end(),
  };
}
