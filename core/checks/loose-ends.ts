/** Ports that wait for a connection: what leads nowhere, and what has to be fed and is not. Looked up once for all layers of a look. */
import type { PortReference } from "../graph/ports.ts";
import type { CheckedDesign } from "./check.ts";

export interface LooseEnd {
  /** Of the layer. */
  readonly name: string;
  readonly port: PortReference;
}

/** Among more nobody means a certain one, and trying each with each would take seconds. */
const MOST = 100;

/** First outputs of layers that feed nothing; none where there are very many. */
export const looseOutputs = onceALook(({ nodes }) =>
  [...nodes.values()].flatMap(({ node, definition, outgoing }) => {
    const [output] = definition.ports.outputs;
    return output === undefined || outgoing.length > 0 ? [] : [{ name: node.name, port: { node: node.id, port: output.name } }];
  }),
);

/** Inputs that something has to feed and nothing does; none where there are very many. */
export const looseInputs = onceALook(({ nodes }) =>
  [...nodes.values()].flatMap(({ node, definition, incoming }) =>
    definition.ports.inputs
      .filter((port) => port.optional !== true && !incoming.some((edge) => edge.target_port === port.name))
      .map((port) => ({ name: node.name, port: { node: node.id, port: port.name } })),
  ),
);

type Find = (context: Pick<CheckedDesign, "nodes">) => readonly LooseEnd[];

function onceALook(find: Find): Find {
  const known = new WeakMap<CheckedDesign["nodes"], readonly LooseEnd[]>();
  return (context) => {
    const { nodes } = context;
    // Every layer that asks depends on all of them, also where another one has looked before (check-memory.ts).
    if (nodes.size === 0) return [];
    let found = known.get(nodes);
    if (found === undefined) {
      found = find(context);
      if (found.length > MOST) found = [];
      known.set(nodes, found);
    }
    return found;
  };
}

/** The only one that can be meant; null where there is none, or more than one. */
export function onlyOne(ends: readonly LooseEnd[], fits: (port: PortReference) => boolean): LooseEnd | null {
  let only: LooseEnd | null = null;
  for (const end of ends) {
    if (!fits(end.port)) continue;
    if (only !== null) return null;
    only = end;
  }
  return only;
}
