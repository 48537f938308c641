/** Templates: resources/templates/<name>.json, each a design with a head for the start screen; opened with its data where they ship. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../../core/errors.ts";
import { designSchema } from "../../../core/graph/document.ts";
import { TEMPLATE_GROUPS } from "../../../core/protocol/contract/projects.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { listBuiltins } from "../datasets/builtin.ts";

/** A design.json with the words of the start screen beside it; the design itself knows nothing of them. */
const templateSchema = designSchema.extend({
  template: z.object({
    title: z.record(z.string(), z.string()),
    summary: z.record(z.string(), z.string()),
    task: z.string(),
    group: z.enum(TEMPLATE_GROUPS),
    order: z.number(),
  }),
});
type Template = z.infer<typeof templateSchema>;
type ListedData = MethodOutput<"templates.list">["templates"][number]["data"];

/** resources/template-results.json, written by `npm run acceptance -- templates --write`: what each template took and reached there. */
const resultsSchema = z.record(z.string(), z.object({ seconds: z.number(), metric: z.string(), value: z.number(), measured: z.string() }));

/**
 * @param resources   the folder resources/, with the templates and what they reached
 * @param makeBuiltin makes a built-in set and answers the id of the data set
 */
export function templateHandlers(
  resources: string,
  makeBuiltin: (name: string, options: Record<string, number>) => Promise<string>,
): Pick<HostHandlers, "templates.list" | "templates.open"> {
  const folder = join(resources, "templates");
  return {
    "templates.list": async () => {
      const results = readResults(join(resources, "template-results.json"));
      const templates = readdirSync(folder)
        .filter((file) => file.endsWith(".json"))
        .map((file) => ({ ...readTemplate(join(folder, file)), name: file.slice(0, -".json".length) }))
        .sort((a, b) => a.template.order - b.template.order)
        .map(({ name, template, data, graph }) => ({
          name,
          title: template.title,
          summary: template.summary,
          task: template.task,
          group: template.group,
          data: dataOf(name, data),
          graph: { nodes: graph.nodes, edges: graph.edges, ...(graph.direction === undefined ? {} : { direction: graph.direction }) },
          expected: results[name] ?? null,
        }));
      return { templates };
    },
    "templates.open": async ({ name }) => {
      if (!/^[\w-]+$/.test(name)) throw new AppError("template.unknown", { name });
      const { template: _head, ...design } = readTemplate(join(folder, `${name}.json`));
      const source = design.data?.source;
      return { design, dataset_id: source?.kind === "builtin" ? await makeBuiltin(source.name, source.options) : null };
    },
  };
}

/** @throws AppError template.unreadable where it names no data, or a built-in set that is none */
function dataOf(name: string, data: Template["data"]): ListedData {
  const source = data?.source;
  if (source?.kind === "file") return { kind: "file", name: source.name };
  const title = listBuiltins().find((builtin) => builtin.name === source?.name)?.title;
  if (title === undefined) throw new AppError("template.unreadable", { name: `${name}.json`, problem: "data" });
  return { kind: "builtin", title };
}

const readTemplate = (path: string): Template => readParsed(path, templateSchema);

const readResults = (path: string): z.infer<typeof resultsSchema> => readParsed(path, resultsSchema);

function readParsed<T>(path: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new AppError(
      "template.unreadable",
      { name: path.split(/[\\/]/).at(-1) ?? path, problem: cause instanceof Error ? cause.message.slice(0, 300) : String(cause) },
      { cause },
    );
  }
}
