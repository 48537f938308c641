/**
 * Drawing: the pen that a block draws its layers with. It names and wires them, gives them places (a stage of the block a row, from
 * left to right, parts below the trunk) and puts the layers of a stage into a group. Its `selection` is what the clipboard would hold of them.
 */
import type { EdgeDocument, GroupDocument, NodeDocument } from "../graph/document.ts";

/** A layer that was drawn; others are wired to it. */
export interface Drawn {
  readonly id: string;
}
/** What arrives at a layer, by port; several where a port takes several. */
export type Wires = Readonly<Record<string, Drawn | readonly Drawn[]>>;

const COLUMN = 236;
const ROW = 300;
/** How far below the trunk the parts lie whose outcome is added to it: the edges around them stay in sight. */
const ASIDE = 140;

export interface Fragment {
  readonly nodes: readonly NodeDocument[];
  readonly edges: readonly EdgeDocument[];
  readonly groups: readonly GroupDocument[];
  /** Ids of the layers that wait for a source, in the order in which sources are asked for. */
  readonly entries: readonly string[];
  /** Ids of the layers whose outputs are the block's. */
  readonly exits: readonly string[];
}

export class Drawing {
  private readonly nodes: NodeDocument[] = [];
  private readonly edges: EdgeDocument[] = [];
  private readonly groups: GroupDocument[] = [];
  private readonly entries: string[] = [];
  private readonly exits: string[] = [];
  private readonly prefix: string;
  private readonly label: string;
  private place = { x: 0, y: 0 };
  private lane = 0;
  private stageName = "";
  private members: string[] = [];

  /** @param prefix of the names of layers; `label` is that of the groups, in the language of the user */
  constructor(prefix: string, label: string) {
    this.prefix = prefix;
    this.label = label;
  }

  /** Where something from outside comes in: a layer that passes it on, so that it is wired once however often it is used. */
  source(name: string): Drawn {
    const drawn = this.layer("activation", name, { activation: "linear" }, {});
    this.entries.push(drawn.id);
    return drawn;
  }

  /** The layers drawn from now on are one stage: a row, and a group that can be collapsed. */
  stage(name: string): void {
    this.endStage();
    this.stageName = name;
    if (this.nodes.length > 0) this.place = { x: 0, y: this.place.y + ROW };
  }

  /** @param config only options that differ from the defaults */
  layer(type: string, name: string, config: NodeDocument["config"], wires: Wires): Drawn {
    const id = `n${this.nodes.length + 1}`;
    const stage = this.stageName === "" ? "" : `${this.stageName}_`;
    const position = { x: this.place.x, y: this.place.y + this.lane };
    const node = { id, type, name: `${this.prefix}_${stage}${name}`, config, position, shared_with: null, bypassed: false };
    this.nodes.push(node);
    this.members.push(id);
    this.place = { x: this.place.x + COLUMN, y: this.place.y };
    for (const [port, from] of Object.entries(wires))
      for (const one of Array.isArray(from) ? (from as readonly Drawn[]) : [from as Drawn])
        this.edges.push({ id: `e${this.edges.length + 1}`, source: one.id, source_port: "output", target: id, target_port: port });
    return { id };
  }

  /** Draws below the trunk. */
  aside(draw: () => Drawn): Drawn {
    this.lane = ASIDE;
    const drawn = draw();
    this.lane = 0;
    return drawn;
  }

  exit(drawn: Drawn): void {
    this.exits.push(drawn.id);
  }

  fragment(): Fragment {
    this.endStage();
    const { nodes, edges, groups, entries, exits } = this;
    return { nodes, edges, groups, entries, exits };
  }

  private endStage(): void {
    if (this.members.length === 0) return;
    const name = this.stageName === "" ? this.label : `${this.label} ${this.stageName}`;
    this.groups.push({ id: `g${this.groups.length + 1}`, name, node_ids: this.members, collapsed: false });
    this.members = [];
  }
}
