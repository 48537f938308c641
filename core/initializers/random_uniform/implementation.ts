import { type InitializerImplementation, uniformWithin } from "../initializer.ts";

export default ((c) => uniformWithin(0.05, c)) satisfies InitializerImplementation;
