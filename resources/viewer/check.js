// Checks a bundle in the page that shows it: every file's digest, the names, the signature. It stands in index.html itself,
// which is in the manifest; it reads only what the reader gives it, and can load nothing. Whoever changes the page can change
// this too: a page cannot vouch for itself.
(() => {
  const status = document.getElementById("check");
  const list = document.getElementById("check-faults");
  const bundle = status.dataset.bundle;
  const SEEN_AT_ONCE = 20;
  const READ_WHOLE = 2 ** 26;
  const TAG_FILES = new Set([
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha256.txt.sig",
    "OPEN.html",
    "VERIFY.txt",
  ]);
  const OTHERS = /^tagmanifest-sha256\.txt(\.tsr|\.sig(\.[2-9])?(\.tsr)?)$/;

  // SHA-256 (FIPS 180-4), in pieces: the browser's own takes whole files only, and originals may be larger than memory.
  const K = new Uint32Array(64);
  const START = new Uint32Array(8);
  for (let n = 2, found = 0; found < 64; n += 1) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) isPrime = false;
    if (!isPrime) continue;
    const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found] = fraction(Math.cbrt(n));
    found += 1;
  }
  class Sha256 {
    constructor() {
      this.state = START.slice();
      this.rest = new Uint8Array(64);
      this.held = 0;
      this.bytes = 0;
      this.words = new Uint32Array(64);
    }
    add(data) {
      this.bytes += data.length;
      let at = 0;
      if (this.held > 0) {
        const taken = Math.min(64 - this.held, data.length);
        this.rest.set(data.subarray(0, taken), this.held);
        this.held += taken;
        at = taken;
        if (this.held < 64) return;
        this.block(this.rest, 0);
        this.held = 0;
      }
      for (; at + 64 <= data.length; at += 64) this.block(data, at);
      this.rest.set(data.subarray(at));
      this.held = data.length - at;
    }
    block(data, at) {
      const w = this.words;
      for (let i = 0, p = at; i < 16; i += 1, p += 4)
        w[i] = (data[p] << 24) | (data[p + 1] << 16) | (data[p + 2] << 8) | data[p + 3];
      for (let i = 16; i < 64; i += 1) {
        const x = w[i - 15];
        const y = w[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = this.state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + t1) | 0;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) | 0;
      }
      const s = this.state;
      for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) s[i] = (s[i] + value) | 0;
    }
    end() {
      const bits = this.bytes * 8;
      const pad = new Uint8Array(this.held < 56 ? 64 - this.held : 128 - this.held);
      pad[0] = 0x80;
      const view = new DataView(pad.buffer);
      view.setUint32(pad.length - 8, Math.floor(bits / 2 ** 32));
      view.setUint32(pad.length - 4, bits >>> 0);
      this.add(pad);
      return this.state;
    }
    hex() {
      return [...this.end()].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    }
    raw() {
      const bytes = new Uint8Array(32);
      const view = new DataView(bytes.buffer);
      for (const [i, word] of this.end().entries()) view.setUint32(4 * i, word);
      return bytes;
    }
  }

  // Files, from a zip or from a folder: path in the bag -> { size, stream }.
  async function filesOfZip(zip) {
    const tail = new DataView(await zip.slice(Math.max(0, zip.size - 66000)).arrayBuffer());
    let end = tail.byteLength - 22;
    while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end -= 1;
    if (end < 0) throw new Error("it is no zip, or it breaks off");
    let [count, size, offset] = [
      tail.getUint16(end + 10, true),
      tail.getUint32(end + 12, true),
      tail.getUint32(end + 16, true),
    ];
    const locator = end - 20;
    if (locator >= 0 && tail.getUint32(locator, true) === 0x07064b50) {
      const at = Number(tail.getBigUint64(locator + 8, true));
      const wide = new DataView(await zip.slice(at, at + 56).arrayBuffer());
      [count, size, offset] = [32, 40, 48].map((place) => Number(wide.getBigUint64(place, true)));
    }
    const directory = new DataView(await zip.slice(offset, offset + size).arrayBuffer());
    const files = new Map();
    for (let n = 0, at = 0; n < count; n += 1) {
      const method = directory.getUint16(at + 10, true);
      const [packed, plain] = [directory.getUint32(at + 20, true), directory.getUint32(at + 24, true)];
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
        directory.getUint16(at + place, true),
      );
      const entry = { method, packed, plain, start: directory.getUint32(at + 42, true) };
      const name = new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, nameLength));
      const extraEnd = at + 46 + nameLength + extraLength;
      for (let extra = at + 46 + nameLength; extra + 4 <= extraEnd; ) {
        const length = directory.getUint16(extra + 2, true);
        if (directory.getUint16(extra, true) === 1) {
          let place = extra + 4;
          for (const key of ["plain", "packed", "start"])
            if (entry[key] === 0xffffffff) {
              entry[key] = Number(directory.getBigUint64(place, true));
              place += 8;
            }
        }
        extra += 4 + length;
      }
      at = extraEnd + commentLength;
      if (name.endsWith("/")) continue;
      if (files.has(name)) throw new Error(`the zip holds ${name} twice`);
      files.set(name, { size: entry.plain, stream: () => entryStream(zip, entry) });
    }
    return files;
  }
  async function entryStream(zip, { method, packed, start }) {
    const head = new DataView(await zip.slice(start, start + 30).arrayBuffer());
    const at = start + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    const data = zip.slice(at, at + packed).stream();
    if (method === 0) return data;
    if (method === 8) return data.pipeThrough(new DecompressionStream("deflate-raw"));
    throw new Error("it is packed in a way that is not read here");
  }
  const streamOf = (file) => ({ size: file.size, stream: async () => file.stream() });

  async function filesOfDrop(items) {
    const files = new Map();
    const walk = async (entry, prefix) => {
      if (entry.isFile) {
        files.set(prefix + entry.name, streamOf(await new Promise((done, fail) => entry.file(done, fail))));
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const entries = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (entries.length === 0) return;
        for (const each of entries) await walk(each, `${prefix}${entry.name}/`);
      }
    };
    for (const entry of items) await walk(entry, "");
    return files;
  }

  // Without the folder that the bag lies in, however deep that is.
  function inBag(files) {
    const place = [...files.keys()]
      .filter((name) => /(^|\/)bagit\.txt$/.test(name))
      .sort((a, b) => a.length - b.length)[0];
    if (place === undefined)
      throw new Error("there is no bagit.txt in it: give the zip, or the folder that holds VERIFY.txt");
    const top = place.slice(0, -"bagit.txt".length);
    return new Map([...files].map(([name, file]) => [name.startsWith(top) ? name.slice(top.length) : name, file]));
  }
  async function textOf(files, name) {
    const file = files.get(name);
    if (file === undefined) return undefined;
    return new Response(await file.stream()).text();
  }
  function manifest(text, name) {
    return new Map(
      text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => {
          const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
          if (match === null) throw new Error(`${name} has a line that is no digest and name`);
          return [match[2], match[1]];
        }),
    );
  }

  async function signature(files, named) {
    const text = await textOf(files, "tagmanifest-sha256.txt.sig");
    if (text === undefined) return named ? { fault: `the signature by ${named} is missing` } : { said: "unsigned" };
    const armoured = /-----BEGIN SSH SIGNATURE-----([\s\S]*)-----END SSH SIGNATURE-----/.exec(text);
    if (armoured === null) return { fault: "the signature is no SSH signature" };
    const bytes = Uint8Array.from(atob(armoured[1].replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    let at = 10;
    const part = () => {
      const length = view.getUint32(at);
      at += 4 + length;
      return bytes.subarray(at - length, at);
    };
    const [key, space, reserved, algorithm, signed] = [part(), part(), part(), part(), part()];
    const digest = new Sha256();
    digest.add(key);
    const fingerprint = `SHA256:${btoa(String.fromCharCode(...digest.raw())).replace(/=+$/, "")}`;
    const plain = (piece) => new TextDecoder().decode(piece);
    if (plain(space) !== "exhibit") return { fault: "the signature is for another purpose" };
    if (named !== fingerprint)
      return { fault: `signed by the key ${fingerprint}, and bag-info.txt names ${named || "none"}` };
    if (plain(algorithm) !== "sha512" || !globalThis.crypto?.subtle)
      return { said: `the signature by the key ${fingerprint} is not checked here: see VERIFY.txt` };
    const string = (piece) => {
      const framed = new Uint8Array(4 + piece.length);
      new DataView(framed.buffer).setUint32(0, piece.length);
      framed.set(piece, 4);
      return framed;
    };
    const message = new TextEncoder().encode(await textOf(files, "tagmanifest-sha256.txt"));
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", message));
    const whole = await new Blob([
      new TextEncoder().encode("SSHSIG"),
      ...[space, reserved, algorithm, hash].map(string),
    ]).arrayBuffer();
    try {
      // Both are a name and then 32 or 64 bytes.
      const publicKey = await crypto.subtle.importKey("raw", key.slice(-32), "Ed25519", false, ["verify"]);
      if (await crypto.subtle.verify("Ed25519", publicKey, signed.slice(-64), whole))
        return { said: `signed by the key ${fingerprint}: compare it with the one that you were told` };
      return { fault: `the signature by the key ${fingerprint} is not valid` };
    } catch {
      return { said: `the signature by the key ${fingerprint} is not checked by this browser: see VERIFY.txt` };
    }
  }

  async function check(given) {
    const files = inBag(given);
    const faults = [];
    const info = (await textOf(files, "bag-info.txt")) ?? "";
    const value = (label) => new RegExp(`^${label}: (.*)$`, "m").exec(info)?.[1].trim() ?? "";
    const name = value("External-Identifier");
    if (name !== bundle) faults.push(`this is the bundle ${name || "without a name"}, and the page is of ${bundle}`);
    const read = async (list) => {
      const text = await textOf(files, list);
      if (text === undefined) throw new Error(`${list} is missing`);
      return manifest(text, list);
    };
    const payload = await read("manifest-sha256.txt");
    const tags = await read("tagmanifest-sha256.txt");
    for (const each of files.keys()) {
      if (each.startsWith("data/") ? !payload.has(each) : !TAG_FILES.has(each) && !OTHERS.test(each))
        faults.push(`in no list: ${each}`);
    }
    for (const each of ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "OPEN.html", "VERIFY.txt"])
      if (!tags.has(each)) faults.push(`not in tagmanifest-sha256.txt: ${each}`);
    const wanted = [...payload, ...tags];
    const all = wanted.reduce((sum, [each]) => sum + (files.get(each)?.size ?? 0), 0);
    let done = 0;
    let said = -1;
    for (const [each, digest] of wanted) {
      const file = files.get(each);
      if (file === undefined) {
        faults.push(`missing: ${each}`);
        continue;
      }
      const found = await digestOf(file, (bytes) => {
        done += bytes;
        const percent = all === 0 ? 100 : Math.floor((100 * done) / all);
        if (percent === said) return;
        said = percent;
        status.textContent = `Checking ${wanted.length.toLocaleString("en-US")} files, ${percent} %`;
      });
      if (found !== digest) faults.push(`changed: ${each}`);
    }
    const { fault, said: signer } = await signature(files, value("Exhibit-Signing-Key"));
    if (fault !== undefined) faults.push(fault);
    const tagmanifest = await digestOf(files.get("tagmanifest-sha256.txt"), () => {});
    return { files: wanted.length, faults, signer, tagmanifest };
  }

  async function digestOf(file, read) {
    const stream = await file.stream();
    if (file.size <= READ_WHOLE && globalThis.crypto?.subtle) {
      const bytes = await new Response(stream).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      read(bytes.byteLength);
      return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    const hash = new Sha256();
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return hash.hex();
      hash.add(value);
      read(value.length);
    }
  }

  // The same on every screen, printed too: who reads one of them alone must not miss it.
  const here = document.getElementById("checked-here");
  function everywhere(words, rows) {
    for (const each of document.querySelectorAll(".checked-words")) each.textContent = words;
    if (here === null) return;
    const list = document.createElement("ul");
    for (const row of rows) list.append(Object.assign(document.createElement("li"), { textContent: row }));
    here.replaceChildren(list);
  }

  let isBusy = false;
  async function run(take) {
    if (isBusy) return;
    isBusy = true;
    list.replaceChildren();
    document.body.classList.remove("bad");
    status.className = "";
    status.textContent = "Checking";
    // By it a review names what it is of.
    delete document.body.dataset.tagmanifest;
    try {
      const { files, faults, signer, tagmanifest } = await check(await take());
      if (faults.length === 0) {
        status.textContent = `${files.toLocaleString("en-US")} files unchanged; ${signer}.`;
        status.className = "good";
        document.body.dataset.tagmanifest = tagmanifest;
        everywhere(`checked: ${files.toLocaleString("en-US")} files unchanged`, [
          `${files.toLocaleString("en-US")} files are there with the SHA-256 of the two manifests, and no other file is.`,
          "The bundle is the one that this page is of.",
          `The bundle is ${signer}.`,
        ]);
      } else {
        status.textContent = `NOT INTACT: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}.`;
        for (const each of faults.slice(0, SEEN_AT_ONCE))
          list.append(Object.assign(document.createElement("li"), { textContent: each }));
        if (faults.length > SEEN_AT_ONCE)
          list.append(
            Object.assign(document.createElement("li"), { textContent: `and ${faults.length - SEEN_AT_ONCE} more` }),
          );
        document.body.classList.add("bad");
        everywhere("NOT INTACT", faults);
      }
    } catch (error) {
      status.textContent = `It could not be checked: ${error.message}.`;
      document.body.classList.add("bad");
      everywhere("it could not be checked", [error.message]);
    } finally {
      isBusy = false;
    }
  }

  document.getElementById("check-zip").addEventListener("change", ({ target }) => {
    const [zip] = target.files;
    if (zip !== undefined) void run(() => filesOfZip(zip));
  });
  document.getElementById("check-folder").addEventListener("change", ({ target }) => {
    const chosen = [...target.files];
    if (chosen.length > 0)
      void run(async () => new Map(chosen.map((file) => [file.webkitRelativePath || file.name, streamOf(file)])));
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const [first] = event.dataTransfer.files;
    const entries = [...event.dataTransfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
    if (entries.length === 1 && entries[0].isFile && first !== undefined) void run(() => filesOfZip(first));
    else void run(() => filesOfDrop(entries));
  });
  for (const part of document.querySelectorAll(".check-only")) part.hidden = false;
})();
