import { expect, test } from "vitest";
import { outdated } from "./sketches.ts";

const project = (id: string, revision: number) => ({
  id,
  name: id,
  created_at: 0,
  updated_at: 0,
  revision,
  run_count: 0,
  dataset_id: null,
});
const graph = { nodes: [], edges: [] };

test("only projects that were saved since are drawn anew, and no more than fit into the list", () => {
  const projects = [project("a", 3), project("b", 1), project("c", 1)];
  const known = new Map([
    ["a", { revision: 2, graph }],
    ["b", { revision: 1, graph }],
  ]);
  expect(outdated(projects, known).map(({ id }) => id)).toEqual(["a", "c"]);
  expect(outdated(projects, new Map(projects.map(({ id, revision }) => [id, { revision, graph }])))).toEqual([]);
  const many = Array.from({ length: 99 }, (_, index) => project(`${index}`, 1));
  expect(outdated(many, new Map())).toHaveLength(60);
});
