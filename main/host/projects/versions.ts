/** Versions of projects, as the window lists them: each with what changed since the one before, and the runs that used it. */
import { type ChangeSummary, summariseChange } from "../../../core/graph/change-summary.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Version } from "../../../core/protocol/methods.ts";
import type { ProjectVersion, Store } from "../../store/store.ts";

type VersionHandlers = Pick<HostHandlers, "versions.list" | "versions.open" | "versions.keep" | "versions.rename">;

/** Comparisons kept: designs never change under their hash. */
const MOST_KNOWN = 1000;

export function versionHandlers(store: Store): VersionHandlers {
  const known = new Map<string, ChangeSummary>();
  const changeBetween = (before: ProjectVersion, after: ProjectVersion, designOf: (version: ProjectVersion) => DesignDocument) => {
    const key = `${before.designHash} ${after.designHash}`;
    const found = known.get(key) ?? summariseChange(designOf(before), designOf(after));
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    return { ...found, data: found.data || before.datasetId !== after.datasetId };
  };
  return {
    "versions.list": async ({ project_id, offset, limit }) => {
      // One more than asked for: what the oldest of them is compared with.
      const { versions, total } = store.listVersions(project_id, offset, limit + 1);
      const designs = new Map<string, DesignDocument>();
      const designOf = ({ id, designHash }: ProjectVersion): DesignDocument => {
        const design = designs.get(designHash) ?? store.versionDesign(id);
        designs.set(designHash, design);
        return design;
      };
      const listed = versions.slice(0, limit).map((version, index): Version => {
        const before = versions[index + 1];
        return {
          id: version.id,
          name: version.name,
          created_at: version.createdAt,
          dataset_id: version.datasetId,
          current: version.current,
          change: before === undefined ? null : changeBetween(before, version, designOf),
          runs: store.versionRuns(version.id),
        };
      });
      return { versions: listed, total };
    },
    "versions.open": async ({ id }) => ({ design: store.versionDesign(id), dataset_id: store.getVersion(id).datasetId }),
    "versions.keep": async ({ project_id, name }) => ({ id: store.keepVersion(project_id, name).id }),
    "versions.rename": async ({ id, name }) => ({ id: store.nameVersion(id, name).id }),
  };
}
