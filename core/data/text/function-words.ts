/** Words that hold sentences together and say nothing of what they are about: left out where the words of texts are weighed. */
const ENGLISH =
  "a about above after again against all also am an and any are as at be because been before being below between both but by can could did do does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or other our out over own same she should so some such than that the their them then there these they this those through to too under until up very was we were what when where which while who whom why will with would you your yours";
const CHINESE =
  "的 了 和 是 在 我 有 他 这 中 大 来 上 个 到 说 们 为 子 你 地 出 就 也 要 得 里 后 自己 之 以 会 着 那 与 及 或 但 而 被 把 从 对 不 都 很 还 又 等 我们 你们 他们 她 它 这个 那个 一个 没有 什么";

export const functionWords: ReadonlySet<string> = new Set(`${ENGLISH} ${CHINESE}`.split(" "));
