/** Names for masks that are put together, so that one is known again however it came about. Null is a mask that leaves nothing out. */
type Kind = "any" | "all";

export class Joined {
  private readonly names = new Map<string, string>();
  private readonly members = new Map<string, { readonly kind: Kind; readonly parts: readonly string[] }>();

  /** A step counts where it counts in any of them, or in all. */
  where(kind: Kind, masks: readonly (string | null)[]): string | null {
    const given = masks.filter((mask) => mask !== null);
    if (given.length === 0 || (kind === "any" && given.length < masks.length)) return null;
    const flat = given.flatMap((mask) => {
      const known = this.members.get(mask);
      return known?.kind === kind ? known.parts : [mask];
    });
    const parts = [...new Set(flat)].toSorted();
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return only;
    const name = this.named(JSON.stringify([kind, parts]));
    this.members.set(name, { kind, parts });
    return name;
  }

  /** The steps of one behind those of the other. */
  inOrder(masks: readonly (string | null)[]): string | null {
    return masks.every((mask) => mask === null) ? null : this.named(JSON.stringify(["inOrder", masks]));
  }

  private named(what: string): string {
    const name = this.names.get(what) ?? `joined ${this.names.size}`;
    this.names.set(what, name);
    return name;
  }
}
