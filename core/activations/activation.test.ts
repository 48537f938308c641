import { expect, test } from "vitest";
import { isBounded } from "./activation.ts";
import { activationDefinitions } from "./definitions.ts";
import { activationImplementation } from "./implementations.ts";

const HUGE = 1e6;
const FAR = 1e3;

test("each function of one number that is said to stay between two numbers does, and no other", () => {
  const ofOne = Object.values(activationDefinitions).filter(({ op }) => op === "unary");
  const staying = ofOne.filter(({ name }) => {
    const { value } = activationImplementation(name);
    return [-HUGE, HUGE].every((x) => Math.abs(value(x)) < FAR);
  });
  expect(staying.map(({ name }) => name)).toEqual(ofOne.filter(isBounded).map(({ name }) => name));
  expect(staying.map(({ name }) => name)).toContain("relu6");
});
