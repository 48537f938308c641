/** Nodes and edges as one table for as long as it is read. */
import { rm } from "node:fs/promises";
import { makeWorkFolder } from "../work-folder.ts";
import { type NamedFile, type NodesAndEdges, nodesAndEdges, type ReadGraph } from "./nodes-and-edges.ts";

/** @throws AppError as nodesAndEdges */
export async function withLinks<T>(
  nodes: NamedFile,
  edges: NamedFile,
  read: ReadGraph,
  act: (made: NodesAndEdges) => Promise<T>,
): Promise<T> {
  const work = await makeWorkFolder("neuroloom-read");
  try {
    return await act(await nodesAndEdges(nodes, edges, work, read));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
