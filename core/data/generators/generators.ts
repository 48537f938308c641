/** Every generated data set by name. Follows the files beside it; a test compares the two. */
import { AppError } from "../../errors.ts";
import addingProblem from "./adding_problem.ts";
import communities from "./communities.ts";
import copyMemory from "./copy_memory.ts";
import drawnDigits from "./drawn_digits.ts";
import drawnShapes from "./drawn_shapes.ts";
import gaussianBlobs from "./gaussian_blobs.ts";
import type { Generator } from "./generator.ts";
import parity from "./parity.ts";
import plane from "./plane.ts";
import randomWalk from "./random_walk.ts";
import sine from "./sine.ts";
import spiral from "./spiral.ts";
import topicTexts from "./topic_texts.ts";
import twoCircles from "./two_circles.ts";
import twoMoons from "./two_moons.ts";
import waves from "./waves.ts";
import xor from "./xor.ts";

/** In the order in which they are offered. */
export const generators: readonly Generator[] = [
  xor,
  twoCircles,
  twoMoons,
  spiral,
  gaussianBlobs,
  sine,
  plane,
  parity,
  waves,
  randomWalk,
  addingProblem,
  copyMemory,
  drawnDigits,
  drawnShapes,
  topicTexts,
  communities,
];

/** @throws AppError data.unknown_builtin */
export function generatorNamed(name: string): Generator {
  const generator = generators.find((one) => one.name === name);
  if (generator === undefined) throw new AppError("data.unknown_builtin", { name, known: generators.map((one) => one.name).join(", ") });
  return generator;
}
