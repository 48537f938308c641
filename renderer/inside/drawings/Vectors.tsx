/** Vectors in a plane, found by word: the nearest to the pointer, or to what is typed, is named. */
import { type PointerEvent, type ReactNode, useMemo, useState } from "react";
import { useSize } from "../../training/use-size.ts";
import { Field } from "../../ui/Field.tsx";
import { formatCount } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";

const MARGIN = 14;
/** Names at this distance from the right edge stand left of their points. */
const NAME_WIDTH = 100;
/** Of what is searched, so many are named. */
const MOST_NAMED = 30;
const NAMED_FIRST = 12;
const MOST_TRIED = 200;

interface VectorsProps {
  /** `[vectors, 2]` */
  readonly points: Float32Array;
  readonly names: readonly string[] | null;
  /** What the plane says and does not say. */
  readonly text: string;
  /** Stands beside the search. */
  readonly choice: ReactNode;
}

export function Vectors({ points, names, text, choice }: VectorsProps) {
  const t = useText();
  const [search, setSearch] = useState("");
  const [near, setNear] = useState<number | null>(null);
  const {
    ref,
    size: { width, height },
  } = useSize();
  const places = useMemo(() => placesOf(points, width, height), [points, width, height]);
  const nameOf = (index: number): string => names?.[index] || t("inside.index", { index });
  const wanted = search.trim().toLowerCase();
  const found = wanted === "" ? [] : places.flatMap((_, index) => (nameOf(index).toLowerCase().includes(wanted) ? [index] : []));
  // What occurs most often is named from the start: after padding and unknown words.
  const first = wanted === "" && names !== null ? names.flatMap((name, index) => (name === "" ? [] : [index])) : [];
  const named = [
    ...new Set([...apart(first, places).slice(0, NAMED_FIRST), ...found.slice(0, MOST_NAMED), ...(near === null ? [] : [near])]),
  ];
  const nearest = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let best: number | null = null;
    let least = 20;
    places.forEach((place, index) => {
      const away = Math.hypot(place.x - x, place.y - y);
      if (away < least) [best, least] = [index, away];
    });
    setNear(best);
  };
  return (
    <div className="vectors">
      <div className="inside-row">
        {choice}
        <Field label={t("inside.find_word")}>
          {(control) => (
            <input {...control} className="input" type="search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
          )}
        </Field>
        <p className="muted number" aria-live="polite">
          {wanted === "" ? "" : found.length === 0 ? t("inside.no_word") : found.slice(0, MOST_NAMED).map(nameOf).join(", ")}
        </p>
      </div>
      <svg
        ref={ref}
        className="vector-plane"
        role="img"
        aria-label={t("inside.vectors_label", { count: formatCount(places.length) })}
        onPointerMove={nearest}
        onPointerLeave={() => setNear(null)}
      >
        {/* One path for all points. */}
        <path d={places.map(({ x, y }) => `M${x} ${y}h0`).join("")} />
        {named.map((index) => {
          const place = places[index];
          if (place === undefined) return null;
          return (
            <g key={index}>
              <circle cx={place.x} cy={place.y} r={4} />
              <text
                x={place.x + (place.x > width - NAME_WIDTH ? -7 : 7)}
                y={place.y + 4}
                textAnchor={place.x > width - NAME_WIDTH ? "end" : "start"}
              >
                {nameOf(index)}
              </text>
            </g>
          );
        })}
      </svg>
      <p className="muted">{text}</p>
    </div>
  );
}

/** Those whose names would not lie over one that came before. */
function apart(indices: readonly number[], places: ReturnType<typeof placesOf>): readonly number[] {
  const kept: number[] = [];
  for (const index of indices.slice(0, MOST_TRIED)) {
    const here = places[index];
    const free = kept.every((other) => {
      const there = places[other];
      return here === undefined || there === undefined || Math.abs(here.x - there.x) > 70 || Math.abs(here.y - there.y) > 12;
    });
    if (free) kept.push(index);
  }
  return kept;
}

/** In the drawing, in pixels: one unit is as long along either axis, so that distances are true. */
function placesOf(values: Float32Array, width: number, height: number): readonly { readonly x: number; readonly y: number }[] {
  const count = values.length / 2;
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < count; i += 1) {
    const [x = 0, y = 0] = [values[2 * i], values[2 * i + 1]];
    [left, right, low, high] = [Math.min(left, x), Math.max(right, x), Math.min(low, y), Math.max(high, y)];
  }
  const unit = Math.max(0, Math.min((width - 2 * MARGIN) / (right - left || 1), (height - 2 * MARGIN) / (high - low || 1)));
  return Array.from({ length: count }, (_, i) => ({
    x: width / 2 + ((values[2 * i] ?? 0) - (left + right) / 2) * unit,
    y: height / 2 - ((values[2 * i + 1] ?? 0) - (low + high) / 2) * unit,
  }));
}
