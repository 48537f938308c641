/** Pixels of pictures in sight: asked for in batches a moment after they are drawn, kept while there is room. */
import { useEffect, useState } from "react";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import type { Pixels } from "../ui/PixelPicture.tsx";

/** Longest side asked for: what is drawn is never larger. */
const SIZE = 96;
const A_REQUEST = 128;
const KEPT = 3000;
const AFTER_MS = 30;

type Listener = (pixels: Pixels | null) => void;
const kept = new Map<string, Pixels>();
const wanted = new Map<string, Map<number, Listener[]>>();
let timer: ReturnType<typeof setTimeout> | undefined;

const keyOf = (dataset: string, picture: number): string => `${dataset} ${picture}`;

/** @returns undefined while the picture is fetched, null when it cannot be */
export function usePicture(dataset: string, picture: number): Pixels | null | undefined {
  const [read, setRead] = useState<{ key: string; pixels: Pixels | null } | null>(null);
  const key = keyOf(dataset, picture);
  const known = kept.get(key);
  useEffect(() => {
    if (kept.has(key)) return;
    let current = true;
    want(dataset, picture, (pixels) => {
      if (current) setRead({ key, pixels });
    });
    return () => {
      current = false;
    };
  }, [dataset, picture, key]);
  return known ?? (read?.key === key ? read.pixels : undefined);
}

function want(dataset: string, picture: number, listener: Listener): void {
  const own = wanted.get(dataset) ?? new Map<number, Listener[]>();
  wanted.set(dataset, own);
  own.set(picture, [...(own.get(picture) ?? []), listener]);
  if (timer === undefined) timer = setTimeout(fetchAll, AFTER_MS);
}

function fetchAll(): void {
  timer = undefined;
  const all = [...wanted].map(([dataset, own]) => [dataset, [...own]] as const);
  wanted.clear();
  for (const [dataset, own] of all)
    for (let start = 0; start < own.length; start += A_REQUEST) void fetchSome(dataset, own.slice(start, start + A_REQUEST));
}

async function fetchSome(dataset: string, some: readonly (readonly [number, readonly Listener[]])[]): Promise<void> {
  const tell = (place: number, pixels: Pixels | null): void => {
    for (const listener of some[place]?.[1] ?? []) listener(pixels);
  };
  try {
    const answer = await host().call("datasets.pictures", { id: dataset, pictures: some.map(([number]) => number), size: SIZE });
    const bytes = Uint8Array.from(atob(answer.pixels), (letter) => letter.charCodeAt(0));
    const [height, width, channels] = answer.shape;
    const each = height * width * channels;
    some.forEach(([number], place) => {
      const pixels = { height, width, rgba: toRgba(bytes.subarray(place * each, (place + 1) * each), channels) };
      keep(keyOf(dataset, number), pixels);
      tell(place, pixels);
    });
  } catch (thrown) {
    report(thrown);
    // The next time they come into sight they are asked for again.
    some.forEach((_, place) => tell(place, null));
  }
}

function keep(key: string, pixels: Pixels): void {
  kept.set(key, pixels);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}

/** One channel is grey. */
export function toRgba(bytes: Uint8Array, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const count = bytes.length / channels;
  const rgba = new Uint8ClampedArray(4 * count);
  for (let pixel = 0; pixel < count; pixel += 1) {
    for (let colour = 0; colour < 3; colour += 1)
      rgba[4 * pixel + colour] = bytes[pixel * channels + (channels < 3 ? 0 : colour)] as number;
    rgba[4 * pixel + 3] = 255;
  }
  return rgba;
}
