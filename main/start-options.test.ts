/** Options of `npm start`: what is read, and what is refused with the usage text. */
import { describe, expect, it } from "vitest";
import { readStartOptions, UsageError } from "./start-options.ts";

describe("readStartOptions", () => {
  it("opens a window or the browser when nothing is said", () => {
    expect(readStartOptions([])).toEqual({ help: false, open: true, browser: false, port: null, home: null, file: null });
  });

  it("reads every option; a port means the browser", () => {
    expect(readStartOptions(["--no-open", "--port", "8080", "--home", "data"])).toEqual({
      help: false,
      open: false,
      browser: true,
      port: 8080,
      home: "data",
      file: null,
    });
    expect(readStartOptions(["--browser"]).browser).toBe(true);
    expect(readStartOptions(["-h"]).help).toBe(true);
  });

  it("takes one project file", () => {
    expect(readStartOptions(["--browser", "my work.neuroloom"])).toMatchObject({ browser: true, file: "my work.neuroloom" });
    expect(() => readStartOptions(["a.neuroloom", "b.neuroloom"])).toThrow(UsageError);
  });

  it.each([
    [["--prot", "1"]],
    [["file.json"]],
    [["--port"]],
    [["--port", "x"]],
    [["--port", "0"]],
    [["--port", "65536"]],
    [["--port", "1e3"]],
    [["--port="]],
    [["--home="]],
  ])("refuses %j", (args) => {
    expect(() => readStartOptions(args)).toThrow(UsageError);
  });
});
