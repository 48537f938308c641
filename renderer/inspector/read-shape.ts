/** A tensor shape as a person types it. */
import type { ShapeField } from "../../core/schema/fields.ts";
import type { Translate } from "../ui/texts.ts";

type Read = { readonly shape: readonly number[] | null } | { readonly wrong: string };

export function readShape(field: ShapeField, text: string, t: Translate): Read {
  const trimmed = text.trim().replace(/^\[|\]$/g, "");
  if (trimmed === "" && field.nullable) return { shape: null };
  const sizes = trimmed
    .split(/[,，×x\s]+/)
    .filter((part) => part !== "")
    .map((part) => Number(part.replace("−", "-")));
  if (sizes.length > field.maxRank) return { wrong: t("inspector.shape_long", { max: field.maxRank, count: sizes.length }) };
  const wildcards = sizes.filter((size) => size === -1).length;
  const good = (size: number): boolean => Number.isInteger(size) && (size >= 1 || (size === -1 && field.wildcard));
  if (sizes.length === 0 || !sizes.every(good) || wildcards > 1) return { wrong: t("inspector.shape_wrong", { text }) };
  return { shape: sizes };
}
