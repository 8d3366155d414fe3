const DEVICE_NAME = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?:\.|$)/iu;
const MAX_NAME_LENGTH = 4096;

/**
 * Why a member of this name is not read, undefined for a name without harm. Exhibit never writes under such a name, but
 * another program that unpacks the archive might.
 */
export function unsafeNameReason(name: string): string | undefined {
  const parts = name.split(/[/\\]/u);
  if (name === "" || name.length > MAX_NAME_LENGTH) return "its name is empty or too long";
  if (/^(?:[/\\]|[a-z]:)/iu.test(name)) return "its name is absolute";
  if (parts.includes("..")) return "its name leads out of the archive";
  if (/[\0-\x1f\x7f]/u.test(name)) return "its name holds control characters";
  if (parts.some((part) => DEVICE_NAME.test(part.trim()))) return "its name is a device of Windows";
  return undefined;
}

/** `./a//b` as `a/b`. */
export const plainName = (name: string): string =>
  name
    .split("/")
    .filter((part, index) => part !== "." && (part !== "" || index === 0))
    .join("/");

/** What file managers leave behind: no log, whatever it holds. */
export function isJunk(path: string): boolean {
  const parts = path.split("/");
  const last = parts.at(-1) ?? "";
  return (
    parts.some((part) => /^(?:__MACOSX|\.Spotlight-V100|\.Trashes|\.fseventsd|\$RECYCLE\.BIN)$/u.test(part)) ||
    /^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.directory)$/iu.test(last)
  );
}
