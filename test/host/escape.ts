/** The hosts under `.test` that `tryEverything` reaches for, each in another way. */
export const ATTEMPTS = [
  ...["a-fetch", "b-fetch", "c-socket", "d-socket", "e-image", "f-image", "g-worker", "h-worker", "i-frame", "j-frame"],
  ...["k-beacon", "l-beacon", "m-prefetch", "o-style", "p-open", "q-blank", "r-away"],
];

/**
 * Tries each way out of a page, and `trap` (host:port of a listener that must hear nothing) by those that leave no
 * trace. Resolves with what each said: "refused" is right. Runs in the page: must not refer to anything outside itself.
 */
export async function tryEverything(trap: string): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  const settle = (name: string, start: (done: (result: string) => void) => void) =>
    new Promise<void>((resolve) => {
      start((result) => {
        results[name] ??= result;
        resolve();
      });
    });
  const loads = (element: HTMLElement & { onload: unknown; onerror: unknown }, done: (result: string) => void) => {
    element.onload = () => done("got");
    element.onerror = () => done("refused");
  };

  for (const url of ["https://a-fetch.test/x?y=1", "http://b-fetch.test/", `http://${trap}/`, `http://localhost:1/`]) {
    const asked = fetch(url, { mode: "no-cors" });
    results[url] = await asked.then(
      () => "got",
      () => "refused",
    );
  }
  for (const url of ["ws://c-socket.test/x", "wss://d-socket.test/x"])
    await settle(url, (done) => {
      const socket = new WebSocket(url);
      socket.onopen = () => done("got");
      socket.onerror = () => done("refused");
    });
  for (const url of ["https://e-image.test/i.png", "http://f-image.test/i.png"])
    await settle(url, (done) => {
      const image = new Image();
      loads(image, done);
      image.src = url;
    });
  for (const url of ["https://g-worker.test/", "http://h-worker.test/"])
    await settle(url, (done) => {
      const body = `fetch("${url}", { mode: "no-cors" }).then(() => postMessage("got"), () => postMessage("refused"))`;
      const worker = new Worker(URL.createObjectURL(new Blob([body], { type: "text/javascript" })));
      worker.onmessage = (event) => done(event.data);
      worker.onerror = () => done("refused");
    });
  for (const url of ["https://i-frame.test/", "http://j-frame.test/"])
    await settle(url, (done) => {
      const frame = document.createElement("iframe");
      // An error page loads too, and is of another origin than any page that came: neither can be looked into.
      frame.onload = () => done("refused");
      setTimeout(() => done("refused"), 500);
      frame.src = url;
      document.body.append(frame);
    });
  navigator.sendBeacon("https://k-beacon.test/", "data");
  navigator.sendBeacon("http://l-beacon.test/", "data");
  for (const [rel, href] of [
    ["prefetch", "https://m-prefetch.test/x"],
    ["preconnect", `http://${trap}`],
    ["dns-prefetch", `http://${trap}`],
    ["stylesheet", "https://o-style.test/s.css"],
  ]) {
    const link = document.createElement("link");
    Object.assign(link, { rel, href });
    document.head.append(link);
  }
  results.open = window.open("https://p-open.test/") === null ? "refused" : "got";
  for (const [href, target] of [
    ["https://q-blank.test/", "_blank"],
    ["https://r-away.test/", "_self"],
  ]) {
    const link = document.createElement("a");
    Object.assign(link, { href, target });
    document.body.append(link);
    link.click();
  }
  return results;
}
