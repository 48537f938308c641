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
  "config.wrong_value_or_empty": [
    "{where}: {field} must be {expected} or left empty, received {received}. Change {field}.",
    "{where}：{field} 应为 {expected} 或留空，收到的是 {received}。请修改 {field}。",
  ],
  "config.wrong_shape": [
    "{where}: {field} takes whole numbers of at least 1 separated by commas, at most {most} of them; received {received}. Type for example 3, 3.",
    "{where}：{field} 应为用逗号分隔、不小于 1 的整数，最多 {most} 个；收到的是 {received}。例如输入 3, 3。",
  ],
  "config.wrong_shape_or_empty": [
    "{where}: {field} takes whole numbers of at least 1 separated by commas, at most {most} of them; received {received}. Type for example 28, 28, or leave it empty.",
    "{where}：{field} 应为用逗号分隔、不小于 1 的整数，最多 {most} 个；收到的是 {received}。例如输入 28, 28，或留空。",
  ],
  "config.wrong_shape_wildcard": [
    "{where}: {field} takes whole numbers of at least 1 separated by commas, at most {most} of them, and for one of them -1, which stands for what is left; received {received}. Type for example 7, -1.",
    "{where}：{field} 应为用逗号分隔、不小于 1 的整数，最多 {most} 个，其中一个可以是 -1，表示其余部分；收到的是 {received}。例如输入 7, -1。",
  ],
  "config.wrong_text": [
    "{where}: {field} must be a text of at most {most} characters, received {received}. Shorten it.",
    "{where}：{field} 应为不超过 {most} 个字符的文本，收到的是 {received}。请缩短。",
  ],
  "config.wrong_names": [
    "{where}: {field} must be a list of names, received {received}. Name each of them once.",
    "{where}：{field} 应为名称列表，收到的是 {received}。请逐个写出名称。",
  ],
} satisfies Catalogue;
