/** Before what starts threads of the app (vitest.config.ts, bench, soak): builds it when out/ is older than the source. */
import { whyBuild } from "../../main/out-freshness.ts";
import { REPOSITORY, runTool } from "./command.ts";

export async function freshBuild(): Promise<void> {
  const why = whyBuild(REPOSITORY);
  if (why === null) return;
  const { status, output } = await runTool("electron-vite", "electron-vite", ["build"]);
  if (status !== 0) throw new Error(`the app could not be built (${why}):\n${output}`);
}

/** What Vitest calls. */
export default freshBuild;
