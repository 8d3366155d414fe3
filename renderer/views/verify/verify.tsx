import { Button, Checkbox } from "@blueprintjs/core";
import { Endorsed } from "@blueprintjs/icons";
import { type ReactNode, useEffect, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { type Chosen, pathOf } from "../../../shared/contract/chosen.ts";
import { Empty } from "../../parts/empty.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { Page } from "../../parts/page.tsx";
import { desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { usePlace } from "../../session/session.tsx";
import { fileName } from "../../text/format.ts";
import { OlderBundle } from "./older.tsx";
import { useVerification } from "./use-verification.ts";
import { Verdict } from "./verdict.tsx";

/** Checks a bundle without a case: what was handed over is what was made, and by whom. */
export function Verify(): ReactNode {
  const { of } = usePlace();
  const verification = useVerification();
  const [recompute, setRecompute] = useState(true);
  const [signer, setSigner] = useState<{ readonly file: Chosen; readonly fingerprint: string }>();
  const [since, setSince] = useState<string>();
  const [isOpening, setIsOpening] = useState(false);
  const [refused, setRefused] = useState<RefusalData>();
  const { check, target, isChecking, error } = verification;
  const more = { recompute, ...(signer === undefined ? {} : { signer: signer.file }) };
  /** What was said before is of another question. */
  const ask = (input: Parameters<typeof check>[0]) => {
    setSince(undefined);
    check(input);
  };
  const chosen = (words: string) => {
    if (verification.checks === undefined && !isChecking) return;
    verification.clear();
    setSince(words);
  };

  // a bundle that was dropped on the window
  useEffect(() => {
    if (of !== undefined && of !== "") check({ target: of as Chosen, recompute: true });
  }, [of, check]);

  const chooseSigner = async () => {
    setRefused(undefined);
    try {
      const [file] = (await desktop("chooseFiles", { kind: "public-key", many: false })).files;
      if (file === undefined) return;
      const { fingerprint } = await desktop("publicKey", { file });
      setSigner({ file, fingerprint });
      chosen(`${fileName(file)} was chosen`);
    } catch (failed) {
      setRefused(refusalOf(failed));
    }
  };

  const canOpen = target !== undefined && verification.verdict !== undefined && verification.verdict !== "broken";
  const open = async () => {
    if (target === undefined) return;
    setRefused(undefined);
    setIsOpening(true);
    try {
      await desktop("openBundle", { target });
    } catch (failed) {
      setRefused(refusalOf(failed));
    } finally {
      setIsOpening(false);
    }
  };

  return (
    <Page title="Verify a bundle" isNarrow>
      <div className="panel verify-choices">
        <Checkbox
          checked={recompute}
          onChange={() => {
            setRecompute(!recompute);
            chosen("what is worked out was chosen");
          }}
          label="Work out every number anew from the calls it rests on"
        />
        <div className="row-of-buttons">
          <span>Signed by:</span>
          {signer === undefined ? (
            <span className="muted">whoever signed it; the key is shown</span>
          ) : (
            <>
              <span className="mono" title={pathOf(signer.file)}>
                <Inert text={fileName(signer.file)} />
              </span>
              <span className="mono muted verify-fingerprint">{signer.fingerprint}</span>
              <button
                type="button"
                className="link"
                onClick={() => {
                  setSigner(undefined);
                  chosen("any key may have signed it");
                }}
              >
                Any key
              </button>
            </>
          )}
          <Button size="small" variant="outlined" text="Choose a public key" onClick={chooseSigner} />
        </div>
        <div className="row-of-buttons">
          <Button intent="primary" text="Choose a bundle" disabled={isChecking} onClick={() => ask(more)} />
          {target !== undefined && (
            <Button text="Check again" disabled={isChecking} onClick={() => ask({ ...more, target })} />
          )}
          {canOpen && <Button text="Open as a case, read-only" loading={isOpening} onClick={() => void open()} />}
        </div>
        {refused && <ErrorPanel error={refused} />}
      </div>
      {target !== undefined && (
        <h2 className="verify-target">
          <Inert text={pathOf(target)} />
        </h2>
      )}
      {since !== undefined && (
        <p role="status">
          Not checked since <Inert text={since} most={200} />.
        </p>
      )}
      {target === undefined && !isChecking && !error ? (
        <Empty
          icon={<Endorsed size={40} aria-hidden />}
          why="No bundle chosen. Drop a bundle here, or choose one: a zip file or its unpacked folder. Nothing in it is changed."
        />
      ) : (
        <Verdict verification={verification} />
      )}
      {target !== undefined && !isChecking && <OlderBundle key={target} target={target} />}
    </Page>
  );
}
