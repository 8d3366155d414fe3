import {
  type App,
  type Developer,
  type Group,
  type Home,
  PEOPLE,
  RESERVED_PEOPLE,
  type Role,
  WAVERING,
} from "./actors.ts";
import { AS_OF, at, CUTOFF, DAY, HOUR, MONTHS, START } from "./calendar.ts";
import { developerNames } from "./names.ts";
import { Random } from "./random.ts";

export const HANDOVER = at("2018-09-01T00:00:00Z");

/** How many of the developers that get data do so for the last time in each month from 2018-04 on. */
const LEAVING = [3, 5, 4, 4, 4, 4, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 6];
const RECENT_LAST_MONTH = [17, 20, 20, 20, 18, 18, 18, 19, 19, 19, 19];
const RECENT_HOMES: readonly Home[] = [1, 1, 2, 4, 1, 3, 2, 1, 3, 4, 1];
const HOMES: readonly Home[] = [1, 1, 2, 3, 1, 4, 2, 3, 1, 4];

const always = (developer: Developer) => ({
  developer,
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
});

/** Who plays in the incident; where the plot needs one developer in particular it has a name here. */
export class Cast {
  readonly developers: Developer[] = [];
  readonly apps: App[] = [];
  readonly groups: Group[] = [];
  readonly peopleCount: number;
  readonly random: Random;
  /** Developers that get data: the recent ones first, then by the month they leave. */
  readonly obtaining: Developer[];
  readonly possible: Developer[];
  readonly attempting: Developer[];
  readonly unknown: Developer;
  readonly named: Readonly<Record<Part, Developer>>;
  readonly handedOver: App;
  readonly namedOtherwise: App;
  readonly namedById: App;

  constructor(rows: number, seed: number) {
    this.random = new Random(seed, 0);
    this.peopleCount = Math.min(400_000, Math.max(20_000, rows));
    this.#makeGroups(Math.min(8000, Math.max(400, Math.floor(rows / 500))));
    const roles = this.#makeDevelopers();
    const { recent, obtained, possible, quiet } = roles;
    const leavers = this.#setLastMonths(roles);
    // recent[10] counts as recent by possible calls alone; it is not among those who surely got something.
    const halfRecent = recent[10] as Developer;
    this.obtaining = [...recent.slice(0, 10), ...leavers];
    this.possible = [...possible, halfRecent];
    this.attempting = roles.attempting;
    this.unknown = roles.unknown;
    this.named = namedParts(roles, halfRecent);
    this.#makeApps(roles);
    const { handedOver, namedOtherwise, namedById } = this.#makePlotApps(roles);
    this.handedOver = handedOver;
    this.namedOtherwise = namedOtherwise;
    this.namedById = namedById;
    this.#grant(quiet);
    this.#consent(obtained[45] as Developer);
    (roles.exempt.apps[0] as App).exempt = true;
  }

  /** Who is there, and who does what: 146 registered developers, and those that nobody registered. */
  #makeDevelopers(): Roles {
    developerNames(146).forEach((name, i) => {
      this.#developer(`D${String(i + 1).padStart(3, "0")}`, name, true, "other");
    });
    const partners = this.random.shuffle(this.developers.slice(0, 100));
    const outside = this.developers.slice(100, 105);
    const exempt = this.developers[105] as Developer;
    const choose = (count: number, role: Role) => {
      const chosen = partners.splice(0, count);
      for (const developer of chosen) developer.role = role;
      return chosen;
    };
    const recent = choose(11, "recent");
    const obtained = choose(51, "obtained");
    const possible = choose(6, "possible");
    const attempting = choose(12, "attempted");
    const consented = choose(1, "consented")[0] as Developer;
    const quiet = choose(19, "quiet");
    for (const developer of outside) developer.role = "outside";
    exempt.role = "exempt";
    return {
      recent,
      obtained,
      possible,
      attempting,
      consented,
      quiet,
      outside,
      exempt,
      unregisteredNamed: this.#developer("name:Larkspur Relay", "Larkspur Relay", false, "obtained"),
      unregistered: this.#developer("app:880002", "880002", false, "obtained"),
      unknown: this.#developer("unknown", "unknown", false, "other"),
    };
  }

  /** In which month each gets data for the last time. Answers those who leave, in the order of their months. */
  #setLastMonths({ recent, obtained, possible, unregisteredNamed, unregistered }: Roles): Developer[] {
    recent.forEach((developer, i) => {
      developer.lastMonth = RECENT_LAST_MONTH[i] as number;
    });
    const leaving = LEAVING.flatMap((count, i) => Array<number>(count).fill(i + 1));
    // The two unregistered apps leave somewhere in the middle, the rest in the order of the months.
    const leavers = [
      ...obtained.slice(0, 20),
      unregisteredNamed,
      ...obtained.slice(20, 30),
      unregistered,
      ...obtained.slice(30),
    ];
    leavers.forEach((developer, i) => {
      developer.lastMonth = leaving[i] as number;
    });
    possible.forEach((developer, i) => {
      developer.lastMonth = 2 + i * 3;
    });
    return leavers;
  }

  /** One app for each registered developer, a second one for a dozen. */
  #makeApps({ recent, obtained, possible, attempting, consented, quiet, outside, exempt }: Roles): void {
    const { random } = this;
    recent.forEach((developer, i) => {
      this.#app(developer, RECENT_HOMES[i] as Home);
    });
    obtained.forEach((developer, i) => {
      if (developer !== this.named.seller) this.#app(developer, HOMES[i % HOMES.length] as Home);
    });
    for (const developer of [...possible, ...attempting, ...quiet]) this.#app(developer, random.pick(HOMES));
    this.#app(consented, 1);
    for (const developer of [...outside, exempt]) this.#app(developer, 1);
    for (const developer of this.developers.slice(106, 146)) this.#app(developer, random.pick(HOMES));
    // A dozen partners run a second app, at another gateway than the first.
    for (const developer of [...obtained.slice(18, 24), ...quiet.slice(1, 4), ...recent.slice(5, 8)]) {
      this.#app(developer, (((developer.apps[0]?.home ?? 1) % 4) + 1) as Home);
    }
  }

  /** The apps that the plot needs: one that is sold, those that nobody registered, two that the log names otherwise. */
  #makePlotApps({ obtained, unregisteredNamed, unregistered }: Roles) {
    const { seller, buyer } = this.named;
    const handedOver = this.#app(seller, 1, {
      owners: [
        { developer: seller, from: Number.NEGATIVE_INFINITY, until: HANDOVER },
        { developer: buyer, from: HANDOVER, until: Number.POSITIVE_INFINITY },
      ],
    });
    buyer.apps.push(handedOver);
    this.#app(unregisteredNamed, 1, { id: "880001", owners: [] });
    this.#app(unregistered, 3, { id: "880002", owners: [], logName: "" });
    const first = obtained[22] as Developer;
    const namedOtherwise = this.#app(first, 1, {
      id: "880003",
      owners: [],
      logName: swapCase(first.name),
      hidden: true,
    });
    const second = obtained[23] as Developer;
    const namedById = this.#app(second, 2, { id: "880004", owners: [], logName: second.id, hidden: true });
    return { handedOver, namedOtherwise, namedById };
  }

  #makeGroups(count: number): void {
    for (let i = 0; i < count; i++) {
      const people = 20 + this.random.below(i % 10 === 0 ? 5000 : 600);
      this.groups.push({
        id: String(4_100_000_000 + i * 37),
        people,
        known: i % 5 < 3,
        base: RESERVED_PEOPLE + this.random.below(this.peopleCount - RESERVED_PEOPLE - 6000),
      });
    }
  }

  #developer(id: string, name: string, registered: boolean, role: Role): Developer {
    const developer: Developer = { id, name, registered, index: this.developers.length, role, apps: [], lastMonth: -1 };
    this.developers.push(developer);
    return developer;
  }

  #app(
    developer: Developer,
    home: Home,
    more: { id?: string; owners?: App["owners"]; logName?: string; hidden?: boolean } = {},
  ): App {
    const number = this.apps.length;
    const id = more.id ?? (number === 5 ? "0071234" : String(104_100 + number * 13));
    const word = `app${id}`;
    // Every third app reads only groups whose size the registry knows; the first gateway's lists make sizes idle.
    const groups: number[] = [];
    while (groups.length < 8) {
      const group = this.random.below(this.groups.length);
      if ((number % 3 !== 0 || this.groups[group]?.known) && !groups.includes(group)) groups.push(group);
    }
    const app: App = {
      id,
      name: `${developer.name.split(" ")[0]} ${developer.apps.length + 1}`,
      home,
      owners: more.owners ?? [always(developer)],
      fallback: developer,
      logName: more.logName ?? developer.name,
      grants: [],
      exempt: false,
      consents: undefined,
      groups,
      net: `10.${20 + (number % 20)}.${1 + (number % 250)}.`,
      agents: [
        `${word}/2.1 (Linux; server) (+https://${word}.example/contact)`,
        `${word}/3.0 Orbit-SDK/7.2, gzip`,
        `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0.3325.181 Safari/537.36 ${word}`,
        `Orbit-Retry/1.0 (${word})`,
      ],
    };
    this.apps.push(app);
    if (!more.hidden) developer.apps.push(app);
    return app;
  }

  /** The rule's permission: who held it from when to when. */
  #grant(quiet: readonly Developer[]): void {
    const { random, named } = this;
    const granted = () => START - (100 + random.below(900)) * DAY + random.below(86_400) * 1_000_000;
    const give = (developer: Developer, until: number) => {
      for (const app of developer.apps) if (app.grants.length === 0) app.grants.push({ from: granted(), until });
    };
    const after = (month: number) => (MONTHS[month + 1] as number) + HOUR + random.below(50 * 1440) * 60_000_000;
    for (const developer of this.obtaining) {
      if (
        !developer.registered ||
        developer === named.regranted ||
        developer === named.overlapping ||
        developer === named.seller
      )
        continue;
      if (developer.role === "recent") continue;
      // The last to leave were revoked in September and October 2019, when the story broke.
      give(
        developer,
        developer.lastMonth === 17
          ? at("2019-09-10T00:00:00Z") + random.below(50 * 1440) * 60_000_000
          : after(developer.lastMonth),
      );
    }
    for (const developer of [...this.obtaining, named.halfRecent]) {
      if (developer.role !== "recent") continue;
      const until =
        developer === named.lastInstant || developer === named.halfRecent
          ? Number.POSITIVE_INFINITY
          : developer === named.revokedLater
            ? at("2019-11-20T09:00:00Z")
            : developer === named.revokedAsOf
              ? AS_OF
              : at("2019-11-01T08:00:00Z") + random.below(40 * 60) * 60_000_000;
      give(developer, until);
    }
    (named.overlapping.apps[0] as App).grants.push(
      { from: granted(), until: at("2018-10-01T00:00:00Z") },
      { from: at("2018-06-01T00:00:00Z"), until: after(named.overlapping.lastMonth) },
    );
    // Revoked for a fortnight after it had stopped, and then for good.
    const gap = MONTHS[named.regranted.lastMonth + 1] as number;
    (named.regranted.apps[0] as App).grants.push(
      { from: granted(), until: gap + 5 * DAY },
      { from: gap + 19 * DAY, until: gap + 60 * DAY },
    );
    (named.cutAtCutoff.apps[0] as App).grants.push({ from: granted(), until: CUTOFF });
    (named.cutBefore.apps[0] as App).grants.push({ from: granted(), until: CUTOFF - 20 * DAY });
    (named.grantedTooLate.apps[0] as App).grants.push({ from: AS_OF, until: Number.POSITIVE_INFINITY });
    (named.regrantedAfterCutoff.apps[0] as App).grants.push(
      { from: granted(), until: CUTOFF },
      { from: at("2018-05-14T12:00:00Z"), until: at("2018-08-01T00:00:00Z") },
    );
    (named.exempt.apps[0] as App).grants.push({ from: granted(), until: Number.POSITIVE_INFINITY });
    const rest = [
      ...this.possible.filter((developer) => developer.role === "possible"),
      ...this.attempting,
      ...quiet,
      named.consented,
    ];
    rest.forEach((developer, i) => {
      const earliest = developer.lastMonth >= 0 ? (MONTHS[developer.lastMonth + 1] as number) : CUTOFF;
      const until =
        i % 7 === 3
          ? Number.POSITIVE_INFINITY
          : earliest + HOUR + random.below(12_000) * 3_600_000_000 * ((i % 5) + 1) * 0.2;
      give(developer, Math.floor(until / 1_000_000) * 1_000_000);
    });
  }

  /** Members' opt-ins: for two apps in bulk, and those that the plot needs. */
  #consent(second: Developer): void {
    const { random, named } = this;
    for (const developer of [named.lastInstant, second]) {
      const app = developer.apps[0] as App;
      app.consents = new Map();
      for (const index of app.groups.slice(0, 2)) {
        const group = this.groups[index] as Group;
        for (let i = 3; i < Math.min(group.people, 400); i += 7) {
          const from = START + random.below(500) * DAY + random.below(86_400) * 1_000_000;
          const until = random.below(3) === 0 ? from + (1 + random.below(200)) * DAY : Number.POSITIVE_INFINITY;
          app.consents.set(group.base + i, [{ from, until }]);
        }
      }
    }
    const forever = [{ from: at("2018-01-01T00:00:00Z"), until: Number.POSITIVE_INFINITY }];
    (named.consented.apps[0] as App).consents = new Map(
      [PEOPLE.consenting, 10, 11, 12].map((person) => [person, forever]),
    );
    (named.justBefore.apps[0] as App).consents = new Map([
      [PEOPLE.wavering, [{ from: WAVERING.given, until: WAVERING.withdrawn }]],
    ]);
  }
}

type Part =
  | "boundary"
  | "lastInstant"
  | "revokedLater"
  | "revokedAsOf"
  | "recentAgain"
  | "halfRecent"
  | "justBefore"
  | "again"
  | "alsoAgain"
  | "regranted"
  | "seller"
  | "buyer"
  | "overlapping"
  | "cutAtCutoff"
  | "cutBefore"
  | "otherPermission"
  | "grantedTooLate"
  | "neverAsked"
  | "regrantedAfterCutoff"
  | "consented"
  | "exempt"
  | "unregisteredNamed"
  | "unregistered";

/** The developers by what they do in the incident. */
interface Roles {
  readonly recent: readonly Developer[];
  readonly obtained: readonly Developer[];
  readonly possible: readonly Developer[];
  readonly attempting: Developer[];
  readonly consented: Developer;
  readonly quiet: readonly Developer[];
  readonly outside: readonly Developer[];
  readonly exempt: Developer;
  readonly unregisteredNamed: Developer;
  readonly unregistered: Developer;
  readonly unknown: Developer;
}

function namedParts(roles: Roles, halfRecent: Developer): Record<Part, Developer> {
  const { recent, obtained, quiet, outside, consented, exempt, unregisteredNamed, unregistered } = roles;
  return {
    boundary: recent[0] as Developer,
    lastInstant: recent[1] as Developer,
    revokedLater: recent[2] as Developer,
    revokedAsOf: recent[3] as Developer,
    recentAgain: recent[4] as Developer,
    halfRecent,
    justBefore: obtained.at(-1) as Developer,
    again: obtained[35] as Developer,
    alsoAgain: obtained[38] as Developer,
    regranted: obtained[40] as Developer,
    seller: obtained[13] as Developer,
    buyer: obtained.at(-2) as Developer,
    overlapping: obtained[30] as Developer,
    cutAtCutoff: outside[0] as Developer,
    cutBefore: outside[1] as Developer,
    otherPermission: outside[2] as Developer,
    grantedTooLate: outside[3] as Developer,
    neverAsked: outside[4] as Developer,
    regrantedAfterCutoff: quiet[0] as Developer,
    consented,
    exempt,
    unregisteredNamed,
    unregistered,
  };
}

const swapCase = (text: string): string =>
  text.replace(/[a-z]/giu, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
