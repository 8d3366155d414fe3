import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Bzip2Error, bunzip2 } from "../../../main/evidence/bzip2.ts";
import { asFile, has, walked } from "./archives/archive-makers.ts";

const TEXT = Array.from({ length: 200 }, (_, n) => `line ${n} ${"=".repeat(n % 300)}\n`).join("");
// TEXT in two streams each, as bzip2 and xz themselves make them.
const BZIP2 =
  "QlpoOTFBWSZTWZG7QOUAAu7/gH///////////////////8AwAYIwDPVRiZNMmBGBGjATRg2oBMmJpgAjIxMAaAaNGQAyoaeh//qqqf+qpgEYmTAAQMTJgmAAjBMBDACYCYABikqB/n6qqaAaGjEyAGgGgDEZNAGgAABiAADQiAA3mdvX8GEjFjyZcyXPoJ06itewszw27t/DjyYsmbRr6NmXr7N3Dl07HE8PvXz+BBhe76HEP/EWNH+ZH1JlS5EybOn0KNKn9/lKpV/f6tXW2P+zYtW7l29fwYSMRGPJlzZ9BOnUUVr2Fmbd2/hx5MQGAYfoLGAAABCEIQh7a2gAAAAAAAAAAAAAABLiWAAARJJJJiypUqVEREQeeTzSRHoloiIiArW1I2pG1I3JJJJJJClLgAArW1JJJJJIkSlwAAVrZNEuuAACtbJol1wABpStk0SmiAACtk0SgAAFbJolAAAK2TRKAAAVsmhNyJJJSNtuRtJxtSNtpxptp+9NtuJfFNtuP+edptui+qbbcTX/F3JFOFCQkbtA5UJaaDkxQVkmU1lsOHyLAADg+fwAEAQAQAB/4gIlAB////////////gAMAD0wMQB/6qgJgAAhgAAABMCaYBphTBxkwTQyGRkZNDQBoMjCAaDRpkMQ0AGVUNP9kqjQADRoAAAAAAAAANHqfgJxRc+gYbRpHH00KlWsjXsWbVu5dvJX8GHEmpjyKrLsZc2fRp1a2dm3Vr2bd37v/uHHlz6de3dLwmoqt/+fSqyCKCKCCaiqyXhNRVYAAAAAAAAAAAAAAAAAACZmZmYiIiIiIiIisCCAkkkpASSSSBCSSSQISSSSBEttttghttttghttttghttttgima1mCCBXgkkGgEECgEECkCCBQCCBSBBA/xdyRThQkGw4fIsA=";
const XZ =
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4CMnAgxdADYaSh8IoCYCn8gJCepscyJYfIE2GYp3PxdfL/8qJxLfSgVdL6FTZxlZ5lSF+/17kee/OK8Vl5LKxZ5BFCIlOQqx9QJMQqQYzhNmQZoek8/+wN0InSA7n3QDWkUf2OGaxAp96xdwahUs4Q97aFwUTb1x2EEh3o7i4X4mzY4ivTsGxO7NusjGWcGaG9/GG98PyAYLK2i9lLqZ1OwoFd499mQxkl6QgM2ynQe0Kgmm9HdcJwnKrgtEUJn6CysWRzh2WjoyESkBc6tcgj8el9PoDWx6gBdlJegzWP7YXuh0gUYsY5kiB6C5LLHjgk7XaM7Z09OfZaKzVBJqFC+Yw+BU3FPFz2PXqrDFzlKul1e11rT/6OfHnyCSGBR35ES1LSoPwWcjNyi3ns2aTHQTnV02jikPp9cusT+wWkf/VJ3MgX4lzkkO6mx87bI+NAmfl9CUaSkIcOjQkXBItY4ubqjbHHkJF4dzjCgaKZewPMVBSozGOKihMb2255RIGCbyUo0CnGmwYz9bpHZXlMBk7Wq8jAQL9UuFgj7ziRhYfzaw3um+XSgeDJGOjC/YnAWhxADDGZOvZ6ytIqgu81Xb12FxV8egFfP8PrWvbsargSH+clPuqSrsGcacuEwYp0mtDiPY8l2of0FvvaDT9V0mi8ScZrYn8q3Wyx4XomB3Akok8Kr6uaLX3O8++OqCdNugAP9rxM5907AIAAGoBKhGAAAGIVI/scRn+wIAAAAABFla/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4DH1AXhdAB7uBgo4HMeLtuY+yU4s6cj4RTfj7PIDLzbQfUBvk9v91Nc9m1/12tqpx1JAIhBjZ91YKRMaqkBVXbe7CopPY9sn4d9y7C/UbIUb/9oE9laZaicp0LjR73HyvchBfW3Mbaf7iVmLUgzBryJzzmO5CBToEJ6QyHyUDCdhnUojn+IvNVqzekRKCx22UWKNk8rTK4/RZcc1FtFn1N0WKRcsfQ6GHI/BnGRzClYJt3jYPZvR++o8ioGDpq+4LsWlfpZUHmbZBOEMF3QckWFxkg+A3IpbyCY1eU+rQgi7AymLxcWenwOGpiKoxiQQzcf8RwpR5HQ3ra8NwKo7/eNOPGNKEUzcW5FoPb8NnokbgCyG8EqargZqY4x0QiWbrrS4NjgpfDokclSTHoTllZxjTfsC1khUoe4BljvZZtP0zSE2hLn9Btqg06rry4xyMyisBwEaEny6CJgzMp6638odrYmk2efMbDSGjdUvvOt1OqFHfNX6MNAr2wj/M0AAcAzfc1mxVhkAAZQD9mMAAFrGnuuxxGf7AgAAAAAEWVo=";

const unpack = (bytes: Buffer): Buffer => Buffer.concat([...bunzip2(asFile(bytes))]);

test("bzip2 and xz of two streams, on a machine without either", async () => {
  expect(unpack(Buffer.from(BZIP2, "base64")).toString()).toBe(TEXT);
  for (const packed of [BZIP2, XZ]) {
    const { members, read } = await walked(Buffer.from(packed, "base64"));
    expect(members.map(({ path, bytes }) => [path, bytes])).toEqual([["", TEXT.length]]);
    expect(read("").toString()).toBe(TEXT);
  }
});

test("cut or with a byte changed: an error, or the very same text, in bounded time", () => {
  const good = Buffer.from(BZIP2, "base64");
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
      const bad = Buffer.from(cut ? good.subarray(0, at) : good);
      if (!cut) bad[at] = byte;
      try {
        expect(unpack(bad).toString()).toBe(TEXT);
      } catch (error) {
        expect(error).toBeInstanceOf(Bzip2Error);
        if (cut) expect((error as Bzip2Error).short).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

const runs = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 6 }), fc.nat(600)), { maxLength: 40 });
test.skipIf(!has("bzip2"))(
  "what the bzip2 tool packs comes out again: any bytes, runs of every length, both block sizes",
  () => {
    fc.assert(
      fc.property(runs, fc.constantFrom("-1", "-9"), fc.boolean(), (parts, level, many) => {
        const one = Buffer.concat(parts.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes)));
        // Over 100 kB, more than one block of the small size.
        const bytes = many ? Buffer.concat(Array.from({ length: 40 }, () => one)) : one;
        const { stdout } = spawnSync("bzip2", [level, "-c"], { input: bytes, maxBuffer: 1 << 28 });
        expect(unpack(stdout).equals(bytes)).toBe(true);
      }),
      { numRuns: 40 },
    );
  },
);
