import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import type { BY_HAND_REQUESTS } from "../../shared/contract/by-hand.ts";
import { previewOf } from "../changes/preview.ts";
import { demandJoinable, type Joining, joinDevelopers, putJoin, separateDevelopers } from "../registry/by-hand/join.ts";
import { putResolution, reopenConflict, resolutionOf, resolveConflict } from "../registry/by-hand/resolve.ts";
import { joinRows } from "../registry/decided/joined.ts";
import type { HandlersOf } from "./handlers.ts";
import { loggedApps } from "./requests/logged-apps.ts";
import { keepState } from "./session/kept-states.ts";
import type { Session } from "./session/session.ts";

/** Of a row that is laid over the case's own and never kept. */
const UNSAID = { reason: "", at: "", by: "" };

export const BY_HAND_HANDLERS: HandlersOf<typeof BY_HAND_REQUESTS> = {
  joinDevelopers: (session, { reason, by, ...joining }) => {
    demandKnown(session, joining);
    keepState(session);
    const n = joinDevelopers(session.caseFile, joining, reason, by);
    session.forget();
    return { n };
  },
  separateDevelopers: (session, { n, reason, by }) => {
    keepState(session);
    separateDevelopers(session.caseFile, n, reason, by);
    session.forget();
    return { n };
  },
  joinPreview: (session, joining) => {
    demandKnown(session, joining);
    demandJoinable(session.caseFile, joining);
    return previewOf(session.inquiry, ({ db }) => putJoin(db, joining, UNSAID));
  },
  joinedDevelopers: (session) => {
    const name = nameOf(session);
    const rows = joinRows(session.caseFile.db).filter(({ taken_back }) => taken_back === null);
    return {
      joins: rows.map(({ taken_back: _, ...row }) => ({
        ...row,
        developer: name(row.developer_id),
        into_name: name(row.into),
      })),
    };
  },
  resolveConflict: (session, { conflict: key, use, reason, by }) => {
    const resolution = resolutionOf(session.caseFile, loggedApps(session), { key, ...given({ use }) });
    keepState(session);
    const n = resolveConflict(session.caseFile, resolution, reason, by);
    session.forget();
    return { n };
  },
  reopenConflict: (session, { n, reason, by }) => {
    keepState(session);
    reopenConflict(session.caseFile, n, reason, by);
    session.forget();
    return { n };
  },
  resolvePreview: (session, { conflict: key, use }) => {
    const resolution = resolutionOf(session.caseFile, loggedApps(session), { key, ...given({ use }) });
    return previewOf(session.inquiry, ({ db }) => putResolution(db, resolution, UNSAID));
  },
};

/** Both are developers of the case: whoever was joined already is known by that join. @throws Refusal `developer-unknown` */
function demandKnown(session: Session, { developer_id, into }: Joining): void {
  const { owners, registry } = session.inquiry.dataset;
  const known = new Set([
    ...owners.list.map(({ id }) => id),
    ...registry.developers.map((row) => row.developer_id),
    ...registry.apps.flatMap((row) => row.developer_id ?? []),
    ...(registry.joined ?? []).flatMap((row) => [row.developer_id, row.into]),
  ]);
  for (const id of [developer_id, into])
    if (!known.has(id))
      throw new Refusal(
        "developer-unknown",
        `The case knows no developer of the id "${id}"`,
        "give an id as `exhibit findings` lists it: of the registry, name:NAME or app:ID",
      );
}

/** As the registry has it, whatever it is joined to. */
function nameOf(session: Session): (id: string) => string {
  const { registry, owners } = session.inquiry.dataset;
  const names = new Map(owners.list.map(({ id, name }) => [id, name]));
  for (const { developer_id, developer } of registry.developers) names.set(developer_id, developer ?? developer_id);
  return (id) => names.get(id) ?? id.replace(/^name:/u, "");
}
