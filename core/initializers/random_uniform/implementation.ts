import { type InitializerImplementation, uniformWithin } from "../initializer.ts";
import definition from "./definition.ts";

export default ((c) => uniformWithin(c.value ?? definition.value.default, c)) satisfies InitializerImplementation;
