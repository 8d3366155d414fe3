import { Button, Checkbox, FormGroup, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import { given } from "../../../shared/base/given.ts";
import type { BundleReply } from "../../../shared/contract/bundle.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Hash } from "../../parts/hash.tsx";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { Page, Section } from "../../parts/page.tsx";
import { Updating } from "../../parts/updating.tsx";
import { ask, desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { usePlace, useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, fileName, size } from "../../text/format.ts";
import { Verdict } from "../verify/verdict.tsx";
import { useVerification } from "../verify/verification.ts";
import "./bundle.css";

/** What goes into the evidence bundle, how much that is, and, once it is made, its own verification. */
export function Bundle(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const title = useShared((state) => state.info?.title ?? "case");
  const readOnly = useReadOnly();
  const isImporting = useShared((state) => state.jobs.some((job) => job.title.startsWith("Import ")));
  const [withFilter, setWithFilter] = useState(false);
  const [originals, setOriginals] = useState(false);
  const [key, setKey] = useState<string>();
  const [passphrase, setPassphrase] = useState("");
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<BundleReply>();
  const [refused, setRefused] = useState<RefusalData>();
  const filter = withFilter && place.text !== "" ? place.text : undefined;
  const asked = useAsk("bundleChoice", filter === undefined ? {} : { filter });
  const verification = useVerification();
  const why = readOnly ?? (isImporting ? "An import is under way: the bundle waits for it" : undefined);

  const chooseKey = async () => {
    const [file] = (await desktop("chooseFiles", { kind: "key", many: false })).files;
    if (file !== undefined) setKey(file);
  };
  const create = async () => {
    setRefused(undefined);
    setMade(undefined);
    verification.forget();
    try {
      const { file } = await desktop("chooseSave", { name: `${slug(title)}.zip`, title: "Create bundle" });
      if (file === undefined) return;
      setIsMaking(true);
      const reply = await session.work("Create bundle", "Cancel", (hooks) =>
        ask(
          "bundle",
          {
            out: file,
            originals,
            ...given({ filter, key }),
            ...(passphrase === "" ? {} : { passphrase }),
          },
          hooks,
        ),
      );
      setMade(reply);
      setPassphrase("");
      verification.check({ target: reply.bundle, recompute: true });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.code !== "cancelled") setRefused(refusal);
      else session.say("The bundle was stopped. No file was left.");
    } finally {
      setIsMaking(false);
    }
  };

  return (
    <Page title="Bundle">
      <div className="bundle">
        <Section title="Choices">
          <div className="panel">
            <p>
              Always: findings, claims, coverage, sources, registry, policy and custody; the calls that findings,
              claims, tags and notes rest on, and the denied ones, with their original lines.
            </p>
            <Checkbox
              checked={withFilter && place.text !== ""}
              disabled={place.text === ""}
              onChange={() => setWithFilter(!withFilter)}
              labelElement={
                place.text === "" ? (
                  <span>Also the calls of the filter (the filter is empty)</span>
                ) : (
                  <span>
                    Also the calls of the filter{" "}
                    <code className="bundle-filter">{<Inert text={place.text} most={300} />}</code>
                  </span>
                )
              }
            />
            <Checkbox
              checked={originals}
              onChange={() => setOriginals(!originals)}
              label="The original exports, whole"
            />
            <FormGroup
              label="Signing key"
              labelFor="bundle-key"
              helperText="An OpenSSH Ed25519 private key. Without one the bundle says that it is not signed."
            >
              <div className="row-of-buttons">
                {key !== undefined && (
                  <>
                    <span className="mono" title={key}>
                      <Inert text={fileName(key)} />
                    </span>
                    <button type="button" className="link" onClick={() => setKey(undefined)}>
                      Without it
                    </button>
                  </>
                )}
                <Button
                  id="bundle-key"
                  text={key === undefined ? "Choose a key" : "Another"}
                  onClick={() => void chooseKey().catch((error: unknown) => setRefused(refusalOf(error)))}
                />
              </div>
            </FormGroup>
            {key !== undefined && (
              <FormGroup
                label="Passphrase of the key"
                labelFor="bundle-passphrase"
                helperText="Empty if it has none. It is used once and kept nowhere."
              >
                <InputGroup
                  id="bundle-passphrase"
                  type="password"
                  autoComplete="off"
                  value={passphrase}
                  onValueChange={setPassphrase}
                />
              </FormGroup>
            )}
            {refused && <ErrorPanel error={refused} />}
            <Button
              intent="primary"
              text="Create bundle"
              loading={isMaking}
              disabled={why !== undefined || !asked.isCurrent || asked.error !== undefined}
              title={why ?? ""}
              onClick={create}
            />
            {why !== undefined && <p className="warning">{why}.</p>}
          </div>
        </Section>
        <Section title={made ? "Made" : "What it will hold"}>
          {made ? (
            <Made made={made} onAgain={() => setMade(undefined)}>
              <Verdict verification={verification} />
            </Made>
          ) : (
            <div className="panel">
              <Updating asked={asked}>
                {({ events, left_out, reasons, originals: kept }) => (
                  <>
                    <p className="bundle-count">
                      {counted(events, "call")}; left out: {figure(left_out)}
                    </p>
                    <table className="table">
                      <thead>
                        <tr>
                          <th scope="col">Because</th>
                          <th scope="col">Filter</th>
                          <th scope="col" className="figure">
                            Calls
                          </th>
                        </tr>
                      </thead>
                      <tbody>
                        {reasons.map((reason) => (
                          <tr key={`${reason.why} ${reason.filter}`}>
                            <td>
                              <Inert text={reason.why} />
                            </td>
                            <td className="mono bundle-filter">
                              <Inert text={reason.filter} most={200} />
                            </td>
                            <td className="figure">
                              <FilterLink filter={reason.filter}>{figure(reason.events)}</FilterLink>
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                    <p className="bundle-originals">
                      {originals
                        ? `Originals: ${counted(kept.files, "file")}, ${size(kept.bytes)}, unpacked and unchanged.`
                        : `Originals stay in the case: ${counted(kept.files, "file")}, ${size(kept.bytes)}. Their digests are in the bundle.`}
                    </p>
                  </>
                )}
              </Updating>
            </div>
          )}
        </Section>
      </div>
    </Page>
  );
}

function Made({ made, onAgain, children }: { made: BundleReply; onAgain(): void; children: ReactNode }): ReactNode {
  return (
    <div className="panel bundle-made">
      <p className="bundle-count">
        {counted(made.files, "file")}, {size(made.bytes)}; {counted(made.events, "call")}, left out:{" "}
        {figure(made.left_out)}
      </p>
      <dl className="facts">
        <dt>Bundle</dt>
        <dd className="mono">
          <Inert text={made.bundle} />
        </dd>
        <dt>Number</dt>
        <dd className="mono">
          <Inert text={made.name} />
        </dd>
        <dt>sha256 of its list</dt>
        <dd>
          <Hash sha256={made.sha256} />
        </dd>
        <dt>Signature</dt>
        <dd>{made.signed ? "signed" : "not signed"}</dd>
      </dl>
      {children}
      <div className="row-of-buttons">
        <Button text="Show in folder" onClick={() => void desktop("showInFolder", { path: made.bundle })} />
        <Button text="Make another" onClick={onAgain} />
      </div>
    </div>
  );
}

/** A file name that every system takes. */
function slug(title: string): string {
  return (
    title
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40) || "case"
  );
}
