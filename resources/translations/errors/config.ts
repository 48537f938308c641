/** Texts of core/schema/validate.ts: an option of a layer, an optimizer or a step that is not valid. */
import type { Catalogue } from "../translate.ts";

export const configErrors = {
  "config.not_an_object": [
    '{where}: the options must be an object of names and values, received {received}. Write them as {"name": value}.',
    '{where}：选项必须是由名称和值组成的对象，收到的是 {received}。请写成 {"名称": 值} 的形式。',
  ],
  "config.unknown_field": [
    "{where} has no option '{field}'. Its options are: {known}. Remove it or correct its spelling.",
    "{where} 没有选项“{field}”。可用选项：{known}。请删除它或改正拼写。",
  ],
  "config.wrong_value": [
    "{where}: {field} must be {expected}, received {received}. Change {field}.",
    "{where}：{field} 应为 {expected}，收到的是 {received}。请修改 {field}。",
  ],
} satisfies Catalogue;
