/** The sheet of keys, where they are bound anew: what each key does is said in shell.ts. */
import type { Catalogue } from "../translate.ts";

export const keyTexts = {
  "keys.how": [
    "Click a key to bind another one. Keys act on the designer while nothing is being typed.",
    "点击按键即可更换。不在输入文字时，按键作用于设计器。",
  ],
  "keys.search": ["Find an act or a key", "查找操作或按键"],
  "keys.none_found": ["Nothing here is called or bound to “{text}”.", "没有名称或按键与“{text}”匹配的操作。"],
  "keys.change": ["{act}: {keys}, change", "{act}：{keys}，更换"],
  "keys.add_another": ["{act}: add keys", "{act}：添加按键"],
  "keys.reset_one": ["{act}: back to {keys}", "{act}：恢复为 {keys}"],
  "keys.reset_all": ["Reset all keys", "恢复全部按键"],
  "keys.no_key": ["no key", "无按键"],
  "keys.press": ["Press the new keys…", "请按下新的按键…"],
  "keys.press_for": ["{act}: press the new keys, Escape leaves them as they are", "{act}：请按下新的按键，按 Esc 保持不变"],
  "keys.remove": ["Remove {keys}", "移除 {keys}"],
  "keys.bound": ["{act} is now {keys}.", "“{act}”的按键现为 {keys}。"],
  "keys.removed": ["{act} no longer has {keys}.", "“{act}”不再使用 {keys}。"],
  "keys.was_reset": ["Back to the usual keys: {acts}.", "已恢复默认按键：{acts}。"],
  "keys.clash": ["{keys} already belongs to: {act}.", "{keys} 已用于：{act}。"],
  "keys.swap": ["Swap: {act} gets {keys}", "交换：“{act}”改用 {keys}"],
  "keys.take": ["Take it: {act} goes without", "占用：“{act}”不再有该按键"],
  "keys.clash_fixed": ["{keys} belongs to {act} and stays there. {reason}", "{keys} 属于“{act}”，不能更改。{reason}"],
  "keys.refused": ["{keys} cannot be bound. {reason}", "无法绑定 {keys}。{reason}"],
  "keys.kept_tabs": [
    "The browser keeps it for its tabs and windows and does not hand it to a page.",
    "浏览器将它保留给标签页和窗口，不会交给网页。",
  ],
  "keys.kept_reload": ["It loads the page again, which has to work when a page hangs.", "它用于重新加载页面，页面卡住时必须可用。"],
  "keys.kept_tools": ["The browser keeps it for its own tools and for the full screen.", "浏览器将它保留给自带工具和全屏。"],
  "keys.kept_address": ["The browser keeps it for its address bar and for going back.", "浏览器将它保留给地址栏和后退。"],
  "keys.kept_moving": [
    "It moves between controls, presses buttons and moves in lists: without it the app could not be used by keys.",
    "它用于在控件间移动、按下按钮和浏览列表；没有它就无法用键盘操作。",
  ],
  "keys.kept_system": ["The system keeps it: it does not reach the app.", "系统保留了它，不会传给应用。"],
  "keys.fixed_clipboard": ["Browsers open the system's clipboard for these keys only.", "浏览器只为这些按键开放系统剪贴板。"],
  "keys.fixed_escape": ["Escape gets out of everything, and so it does here.", "Esc 用于退出一切操作，此处也不例外。"],
} as const satisfies Catalogue;
