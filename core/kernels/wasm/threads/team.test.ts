import { describe, expect, it } from "vitest";
import { runHelper } from "./helper.ts";
import { CONTROL, type HelperStart, NO_PROGRAM, type ProgramMessage } from "./protocol.ts";
import { ThreadTeam } from "./team.ts";

describe("ThreadTeam", () => {
  it("starts one helper less than there are threads and numbers them from 1", () => {
    const started: HelperStart[] = [];
    const team = new ThreadTeam(4, (start) => {
      started.push(start);
      return { post: () => {}, terminate: () => {} };
    });
    expect(started.map(({ thread }) => thread)).toEqual([1, 2, 3]);
    expect(new Set(started.map(({ control }) => control.buffer)).size).toBe(1);
    expect(team.count).toBe(4);
  });

  it("announces the job before the caller does its share, and tells helpers to end", () => {
    const posted: ProgramMessage[] = [];
    let control: Int32Array = new Int32Array();
    let ended = 0;
    const team = new ThreadTeam(2, (start) => {
      control = start.control;
      return { post: (message) => posted.push(message), terminate: () => ended++ };
    });
    const module = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const program = team.register(module, memory);
    let seen: number[] = [];
    team.run(program, 3, 7, 64, () => {
      seen = [CONTROL.job, CONTROL.program, CONTROL.part, CONTROL.step, CONTROL.shift].map((word) => control[word] ?? -9);
    });
    expect(seen).toEqual([1, program, 3, 7, 64]);
    expect(posted).toEqual([{ program, module, memory }]);
    team.close();
    expect([control[CONTROL.program], ended]).toEqual([NO_PROGRAM, 1]);
  });

  it("says that a thread is lost when the caller waits in vain", () => {
    const team = new ThreadTeam(2, () => ({ post: () => {}, terminate: () => {} }));
    const trap = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
    expect(() => team.run(0, 0, 0, 0, trap)).toThrow(expect.objectContaining({ code: "engine.thread_lost", params: { threads: 2 } }));
  });
});

describe("runHelper", () => {
  it("returns at once when the job that waits for it is to end", () => {
    const control = new Int32Array(new SharedArrayBuffer(256));
    control[CONTROL.program] = NO_PROGRAM;
    control[CONTROL.job] = 1;
    expect(runHelper({ thread: 1, control }, () => undefined)).toBeUndefined();
  });
});
