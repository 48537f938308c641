/** The folder that was chosen, from the path of a file in it and the file's path as the page knows it. */

/**
 * @param path   `/home/me/photos/cats/1.png`, or with backslashes
 * @param inside `photos/cats/1.png`: begins with the folder that was chosen
 * @returns `/home/me/photos`; null where the two do not belong together
 */
export function chosenFolder(path: string, inside: string): string | null {
  const [top = ""] = inside.split("/");
  if (top === "" || !path.replaceAll("\\", "/").endsWith(`/${inside}`)) return null;
  return path.slice(0, path.length - inside.length + top.length);
}
