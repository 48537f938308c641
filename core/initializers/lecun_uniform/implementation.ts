import { type InitializerImplementation, uniformWithin } from "../initializer.ts";

export default ((c) => uniformWithin(Math.sqrt(3 / c.fanIn), c)) satisfies InitializerImplementation;
