import { personId } from "./actors.ts";
import { AS_OF, at, DAY, iso } from "./calendar.ts";
import type { Cast } from "./cast.ts";

export const PERMISSION = "groups_member_info";
export const CONSENT = "groups_opt_in";

const cell = (text: string): string => (/[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const time = (value: number): string => (Number.isFinite(value) ? iso(value) : "");
const table = (header: string, rows: readonly (readonly string[])[]): string =>
  [header, ...rows.map((row) => row.map(cell).join(","))].map((line) => `${line}\n`).join("");

const COUNTRIES = ["DE", "FR", "US", "JP", "BR", "IN", "NO", "EG", "PL", "CA"];

/** Who is who: the five tables of FORMATS.md, as CSV. */
export function registryFiles(cast: Cast): Record<string, string> {
  const { named, random } = cast;
  const registered = cast.apps.filter((app) => app.owners.length > 0);
  const developers = cast.developers
    .filter((developer) => developer.registered)
    .map(({ id, name, index }) => [
      id,
      name,
      `privacy@d${index + 1}.example`,
      COUNTRIES[index % COUNTRIES.length] as string,
    ]);
  const apps = registered.flatMap((app) =>
    app.owners.map((owner) => [
      app.id,
      app.name,
      owner.developer.id,
      owner.until < AS_OF ? "transferred" : "live",
      time(owner.from),
      time(owner.until),
    ]),
  );
  const grants = registered.flatMap((app) =>
    app.grants.map(({ from, until }) => [app.id, PERMISSION, time(from), time(until)]),
  );
  // Another permission, which the rule does not ask for: held by partners and by others.
  for (const app of registered) {
    if (app.owners[0]?.developer !== named.otherPermission && random.below(3) > 0) continue;
    grants.push([app.id, "events_read", iso(at("2017-01-01T00:00:00Z") + random.below(400) * DAY), ""]);
  }
  const consents = registered.flatMap((app) =>
    [...(app.consents ?? [])].flatMap(([person, spans]) =>
      spans.map(({ from, until }) => [personId(person), app.id, CONSENT, time(from), time(until)]),
    ),
  );
  // Consent to another app, or to something else, covers nothing.
  const [last, other] = [named.lastInstant.apps[0]?.id as string, named.boundary.apps[0]?.id as string];
  consents.push([personId(2), last, "events_opt_in", "2018-01-01T00:00:00Z", ""]);
  consents.push([personId(2), named.again.apps[0]?.id as string, CONSENT, "2018-01-01T00:00:00Z", ""]);
  consents.push([personId(1), other, CONSENT, "2018-01-01T00:00:00Z", ""]);
  const resources = cast.groups.flatMap((group, i) =>
    group.known || i % 5 === 3
      ? [
          [
            group.id,
            `Circle ${i + 1}${i % 11 === 0 ? ', "closed"' : ""}`,
            group.known ? String(group.people) : "",
            i % 2 === 0 ? "closed" : "secret",
          ],
        ]
      : [],
  );
  return {
    "developers.csv": table("developer_id,developer,contact,country", developers),
    "apps.csv": table("app,app_name,developer_id,status,owned_from,owned_until", apps),
    "grants.csv": table("app,permission,granted_at,revoked_at", grants),
    "consents.csv": table("subject,app,permission,given_at,withdrawn_at", consents),
    "resources.csv": table("resource,title,people,visibility", resources),
  };
}
