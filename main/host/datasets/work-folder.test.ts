/** Folders of jobs: what killed processes left goes, what living ones and others have stays. The process is killed for real. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openHost } from "../host.ts";
import { makeWorkFolder, sweepAbandoned } from "./work-folder.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "neuroloom-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process number that no system gives. */
const NOBODY = 4_194_304_999;

/** A process that has made its folders and waits. */
async function workingProcess(): Promise<{ readonly names: readonly string[]; kill(): Promise<void> }> {
  const module = fileURLToPath(new URL("./work-folder.ts", import.meta.url));
  const script = `import { makeWorkFolder } from ${JSON.stringify(module)};
    import { basename } from "node:path"; import { writeFileSync } from "node:fs";
    const made = [await makeWorkFolder("neuroloom-spill"), await makeWorkFolder("neuroloom-read")];
    for (const path of made) writeFileSync(path + "/spilt", "x");
    console.log(made.map((path) => basename(path)).join(" ")); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [text] = (await once(child.stdout, "data")) as [Buffer];
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { names: String(text).trim().split(" "), kill };
}

describe("folders of jobs", () => {
  it("carry the process, and are swept when it is no more, with what is in them", async () => {
    const mine = await makeWorkFolder("import", folder);
    expect(mine).toContain(`import-${process.pid}-`);
    await mkdir(join(folder, `import-${NOBODY}-gone`));
    await writeFile(join(folder, `import-${NOBODY}-gone`, "table"), "x");
    await mkdir(join(folder, `neuroloom-spill-${NOBODY}-other-kind`));
    await sweepAbandoned(folder, ["import"]);
    expect((await readdir(folder)).sort()).toEqual([mine.slice(folder.length + 1), `neuroloom-spill-${NOBODY}-other-kind`].sort());
  });

  it("of nobody's making are let be: other names, files, links", async () => {
    await mkdir(join(folder, "kept"));
    await writeFile(join(folder, "kept", "dear"), "x");
    await symlink(join(folder, "kept"), join(folder, `neuroloom-spill-${NOBODY}-link`));
    await writeFile(join(folder, `neuroloom-spill-${NOBODY}-file`), "x");
    await mkdir(join(folder, "neuroloom-spill-unnumbered"));
    const before = await readdir(folder);
    await sweepAbandoned(folder, ["neuroloom-spill"]);
    expect(await readdir(folder)).toEqual(before);
    expect(await readdir(join(folder, "kept"))).toEqual(["dear"]);
  });

  it.skipIf(process.platform === "win32")("of a killed process are gone after the next start, those of a living one stay", async () => {
    const temporary = process.env["TMPDIR"];
    const [killed, living] = [await workingProcess(), await workingProcess()];
    try {
      await killed.kill();
      process.env["TMPDIR"] = folder;
      const host = await openHost({ home: join(folder, "home"), entry: "test", workerUrl: new URL("file:///none") });
      await host.shutdown({ checkpoint: false });
      const left = (await readdir(folder)).filter((name) => name.startsWith("neuroloom-"));
      expect(left.sort()).toEqual([...living.names].sort());
    } finally {
      if (temporary === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = temporary;
      await living.kill();
    }
  });
});
