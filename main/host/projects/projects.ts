/** Projects: kept in the store; every change is announced, so that several windows show the same list. */
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";

type ProjectHandlers = Pick<
  HostHandlers,
  | "projects.list"
  | "projects.create"
  | "projects.open"
  | "projects.save"
  | "projects.rename"
  | "projects.sketches"
  | "projects.duplicate"
  | "projects.delete"
  | "projects.restore"
>;

/** Nodes of a sketch: more are not told apart in so small a picture. */
const MOST_SKETCHED = 400;

export function projectHandlers(store: Store, events: HostEvents): ProjectHandlers {
  const announced = <T>(result: T): T => {
    events.emit("projects.changed", {});
    return result;
  };
  return {
    "projects.list": async () => ({ projects: store.listProjects() }),
    "projects.create": async ({ design, dataset_id }) =>
      announced({ project: store.createProject({ name: design.name, design, datasetId: dataset_id }) }),
    "projects.open": async ({ id }) => store.getProject(id),
    "projects.save": async ({ id, revision, design, dataset_id, journal, name }) =>
      announced({ project: store.saveDesign(id, revision, design, dataset_id, journal, name) }),
    "projects.sketches": async ({ ids }) => {
      const there = new Set(store.listProjects().map(({ id }) => id));
      const sketches = ids
        .filter((id) => there.has(id))
        .map((id) => {
          const { nodes, edges, direction } = store.getProject(id).design.graph;
          const graph = { nodes: nodes.slice(0, MOST_SKETCHED), edges: edges.slice(0, 2 * MOST_SKETCHED) };
          return { id, graph: direction === undefined ? graph : { ...graph, direction } };
        });
      return { sketches };
    },
    "projects.rename": async ({ id, name }) => announced({ project: store.renameProject(id, name) }),
    "projects.duplicate": async ({ id, name }) => announced({ project: store.duplicateProject(id, name) }),
    "projects.delete": async ({ id }) => {
      store.deleteProject(id);
      return announced({});
    },
    "projects.restore": async ({ id }) => announced({ project: store.restoreProject(id) }),
  };
}
