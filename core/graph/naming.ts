/**
 * Ids and names that are not taken yet. Where ids come from is given by the caller (random in the app, counted in tests
 * and fixes): core has no random source of its own.
 */

/** Gives another id on every call. */
export type NewId = () => string;

/**
 * An id that is not in `taken`.
 * @throws Error when the source gives nothing new in 1000 tries: a fault of the source
 */
export function uniqueId(taken: ReadonlySet<string>, newId: NewId): string {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const id = newId();
    if (!taken.has(id)) return id;
  }
  throw new Error("the source of ids repeats itself");
}

/**
 * Ids `e1`, `e2`, … that skip those taken; what it gives counts as taken from then on. Counts from as many as are taken, so that
 * of a thousand that are counted too not all are tried.
 */
export function countedIds(prefix: string, taken: Iterable<string>): NewId {
  const used = new Set(taken);
  let next = used.size;
  return () => {
    do next += 1;
    while (used.has(`${prefix}${next}`));
    used.add(`${prefix}${next}`);
    return `${prefix}${next}`;
  };
}

/** `dense`, or `dense_7` from which the number is dropped, becomes the first of `dense_1`, `dense_2`, … not taken. */
export function uniqueName(base: string, taken: Pick<ReadonlySet<string>, "has">): string {
  const stem = base.replace(/_\d+$/, "").slice(0, 120) || "layer";
  for (let number = 1; ; number++) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
}

/** The name itself while it is free, else {@link uniqueName}. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? uniqueName(name, taken) : name;
}
