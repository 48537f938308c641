/** The options of several runs, for the columns of the run table: what runs share, and most of it they do, is said once. */
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { type DesignOption, flattenDesign } from "../../../core/spec/design-options.ts";
import type { RunDesigns } from "../../store/store.ts";

type Said = MethodOutput<"runs.options">;

export function optionsOfRuns({ runs, designs }: RunDesigns): Said {
  const options: Said["options"] = [];
  const places = new Map<string, number>();
  const placeOf = (option: DesignOption): number => {
    const name = nameOf(option);
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, options.length);
    const { isDefault, isIdle, value, ...said } = option;
    return (
      options.push({
        ...said,
        value: value ?? null,
        ...(isDefault === true ? { is_default: isDefault } : {}),
        ...(isIdle === true ? { is_idle: isIdle } : {}),
      }) - 1
    );
  };
  const order = new Map([...designs.keys()].map((hash, place) => [hash, place]));
  return {
    designs: [...designs.values()].map((design) => flattenDesign(design).map(placeOf)),
    runs: runs.flatMap(({ id, hash }) => {
      const design = order.get(hash);
      return design === undefined ? [] : [{ id, design }];
    }),
    options,
  };
}

/** Put together by hand: a design has hundreds of options, and most values are no objects. */
function nameOf({ group, owner, field, type, value, isDefault, isIdle }: DesignOption): string {
  const said = typeof value === "object" ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
  return `${group}\n${owner}\n${field}\n${type}\n${isDefault === true} ${isIdle === true}\n${said}`;
}
