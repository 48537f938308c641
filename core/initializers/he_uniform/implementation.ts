import { type InitializerImplementation, uniformWithin } from "../initializer.ts";

export default ((c) => uniformWithin(Math.sqrt(6 / c.fanIn), c)) satisfies InitializerImplementation;
