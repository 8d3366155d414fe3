/**
 * Switches that would let another program into the page or the main process, or take its walls down. The packaged app does not start with
 * one: who can start it with another's hands (a link on the desktop, a protocol handler, a scheduled task) would read the case through it.
 * Fuses of the package (electron-builder.yml) close Node's own way in, its variables included, once more.
 */
const REFUSED = [
  "remote-debugging-port",
  "remote-debugging-address",
  "remote-debugging-pipe",
  "remote-debugging-socket-name",
  "remote-allow-origins",
  "inspect",
  "inspect-brk",
  "inspect-wait",
  "inspect-port",
  "inspect-publish-uid",
  "debug-port",
  "js-flags",
  "disable-web-security",
  "allow-file-access-from-files",
  "disable-site-isolation-trials",
  "load-extension",
  "renderer-cmd-prefix",
  "utility-cmd-prefix",
  "gpu-launcher",
  "log-net-log",
];

/** The first such switch among the words that the program was started with; Windows takes a slash for the dashes. */
export function refusedSwitch(words: readonly string[]): string | undefined {
  return words.find((word) => {
    const name = /^(?:--?|\/)([a-z-]+)(?:=|$)/iu.exec(word)?.[1]?.toLowerCase();
    return name !== undefined && REFUSED.includes(name);
  });
}
