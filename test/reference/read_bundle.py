"""An independent reader of a bundle, written from the words of its METHOD.txt alone: Python 3, nothing but its own library.

    python3 read_bundle.py BUNDLE-FOLDER      prints what findings.json has, worked out from the other files of extract/
"""
import csv
import datetime
import ipaddress
import json
import math
import os
import re
import sys

HOUR = 3600 * 10**6
DAY = 24 * HOUR
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
INFINITY = math.inf


# Section 1: times, ids and texts

def instant(text):
    """Microseconds since 1970 of a time with a zone."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d:?\d\d)?", text)
    if found is None:
        raise ValueError("not a time: " + text)
    day, hour, minute, second, fraction, zone = found.groups()
    date = datetime.date.fromisoformat(day)
    micros = (date - datetime.date(1970, 1, 1)).days * DAY
    micros += int(hour) * HOUR + int(minute) * 60 * 10**6 + int(second or 0) * 10**6
    micros += int((fraction or "")[:6].ljust(6, "0"))
    if zone not in (None, "Z"):
        sign = -1 if zone[0] == "-" else 1
        micros -= sign * (int(zone[1:3]) * HOUR + int(zone[-2:]) * 60 * 10**6)
    return micros


def iso(micros):
    whole, rest = divmod(micros, 10**6)
    text = (EPOCH + datetime.timedelta(seconds=whole)).strftime("%Y-%m-%dT%H:%M:%S")
    text = text.rjust(19, "0")
    if rest == 0:
        return text + "Z"
    return text + (".%03dZ" % (rest // 1000) if rest % 1000 == 0 else ".%06dZ" % rest)


UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def key(name):
    """What two spellings of one id have in common."""
    return name.lower() if UUID.fullmatch(name) or MAIL.fullmatch(name) else name


def span(row, start, end):
    return (instant(row[start]) if row.get(start) else -INFINITY, instant(row[end]) if row.get(end) else INFINITY)


def wildcard(pattern, text):
    return re.fullmatch(".*".join(map(re.escape, pattern.lower().split("*"))), text.lower(), re.S) is not None


# Section 5: fields

def paths(element):
    """Every path of an element, as lists of names in small letters."""
    found = []

    def walk(text, above):
        parts, depth, part = [], 0, ""
        for letter in text:
            depth += (letter in "{(") - (letter in "})")
            if letter == "," and depth == 0:
                parts.append(part)
                part = ""
            else:
                part += letter
        parts.append(part)
        for part in parts:
            brace = part.find("{")
            head = part if brace < 0 else part[:brace]
            tail = "" if brace < 0 else part[brace + 1 : part.rfind("}")]
            head = re.sub(r"\.[^.(){}]*\([^()]*\)", "", head)
            names = [name.strip().lower() for name in head.split(".") if name.strip()]
            if names:
                found.append(above + names)
            if tail:
                walk(tail, above + names)

    walk(element, [])
    return found


def has_part(element, name):
    wanted = name.lower()
    if element.lower() == wanted:
        return True
    names = wanted.split(".")
    return any(path[at : at + len(names)] == names for path in paths(element) for at in range(len(path)))


# Section 15: filters

class Filter:
    def __init__(self, text, cutoff, as_of, line_of):
        self.text, self.at = text, 0
        self.cutoff, self.as_of, self.line_of = cutoff, as_of, line_of
        self.test = (lambda call: True) if text.strip() == "" else self.either()
        if self.text[self.at :].strip():
            raise ValueError("not read to its end: " + text)

    def skip(self):
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def word(self, name):
        self.skip()
        found = re.compile(name + r"(?=[\s()\"]|$)", re.I).match(self.text, self.at)
        if found:
            self.at = found.end()
        return found is not None

    def either(self, leaf=None):
        tests = [self.both(leaf)]
        while self.word("or"):
            tests.append(self.both(leaf))
        return lambda call: any(test(call) for test in tests)

    def both(self, leaf):
        tests = [self.term(leaf)]
        while True:
            named = self.word("and")
            self.skip()
            if not named:
                if self.at >= len(self.text) or self.text[self.at] == ")":
                    break
                if re.compile(r"or(?=[\s()\"]|$)", re.I).match(self.text, self.at):
                    break
            tests.append(self.term(leaf))
        return lambda call: all(test(call) for test in tests)

    def term(self, leaf):
        if self.word("not"):
            test = self.term(leaf)
            return lambda call: not test(call)
        self.skip()
        if self.text[self.at] == "-":
            self.at += 1
            test = self.term(leaf)
            return lambda call: not test(call)
        if self.text[self.at] == "(":
            self.at += 1
            test = self.either(leaf)
            self.skip()
            if self.text[self.at] != ")":
                raise ValueError("a parenthesis is not closed: " + self.text)
            self.at += 1
            return test
        return leaf() if leaf else self.leaf()

    def pieces(self):
        """A run of bare and quoted text: its parts between wildcards, and what stands outside quotation marks."""
        parts, bare = [""], ""
        while self.at < len(self.text) and not self.text[self.at].isspace() and self.text[self.at] not in "()":
            letter = self.text[self.at]
            self.at += 1
            if letter == '"':
                bare += '"'
                while self.text[self.at] != '"':
                    if self.text[self.at] == "\\" and self.text[self.at + 1] in '"\\':
                        self.at += 1
                    parts[-1] += self.text[self.at]
                    self.at += 1
                self.at += 1
            elif letter == "*":
                bare += letter
                parts.append("")
            else:
                bare += letter
                parts[-1] += letter
        return parts, bare

    def leaf(self):
        head = re.compile(r"([A-Za-z_]+)(:(?:>=|<=|>|<)?|>=|<=|>|<)").match(self.text, self.at)
        if head is None:
            parts, _ = self.pieces()
            pattern = re.compile(".*".join(map(re.escape, parts)), re.I | re.S)
            return lambda call: pattern.search(self.line_of(call)) is not None
        self.at = head.end()
        field, sign = head.group(1).lower(), head.group(2).lstrip(":")
        if sign == "" and self.text[self.at : self.at + 1] == "(":
            self.at += 1
            test = self.either(lambda: self.value(field, ""))
            self.skip()
            self.at += 1
            return test
        return self.value(field, sign)

    def value(self, field, sign):
        if sign == "":
            found = re.compile(r">=|<=|>|<").match(self.text, self.at)
            if found:
                sign = found.group()
                self.at = found.end()
        parts, bare = self.pieces()
        text = "*".join(parts)
        if bare == "*":
            return lambda call: call.get(field) not in (None, [])
        if field in ("time", "status", "subject_count", "bytes", "duration_ms", "line", "offset", "length", "source"):
            low, high, above = self.range(field, text, sign)
            number = (lambda call: instant(call["time"])) if field == "time" else (lambda call: call.get(field))

            def holds(call):
                value = number(call)
                return value is not None and (low < value if above else low <= value) and value < high

            return holds
        if field == "ip" and '"' not in bare and "*" not in bare:
            try:
                block = ipaddress.ip_network(text, strict=False)
            except ValueError:
                block = None
            if block is not None:

                def in_block(call):
                    try:
                        address = ipaddress.ip_address(call.get("ip", ""))
                    except ValueError:
                        return False
                    if address.version == 6 and block.version == 4 and address.ipv4_mapped:
                        address = address.ipv4_mapped
                    return address.version == block.version and address in block

                return in_block
        pattern = re.compile(".*".join(map(re.escape, parts)), re.I | re.S)

        def matches(call):
            value = call.get(field)
            if value is None:
                return False
            if field == "duplicate":
                return text.lower() in ("yes", "true")
            values = value if isinstance(value, list) else [value]
            if field == "fields":
                values = [element for element in values] + [
                    ".".join(path[at:]) for element in values for path in paths(element) for at in range(len(path))
                ]
                parts_too = [
                    ".".join(path[at:to])
                    for element in call[field]
                    for path in paths(element)
                    for at in range(len(path))
                    for to in range(at + 1, len(path) + 1)
                ]
                values += parts_too
            return any(pattern.fullmatch(one) for one in values)

        return matches

    def range(self, field, text, sign):
        """[low, high), and whether low itself is left out."""
        extent = self.period if field == "time" else self.number
        if sign == "" and ".." in text:
            first, last = text.split("..", 1)
            low = extent(first)[0] if first else -INFINITY
            high = extent(last)[1] if last else INFINITY
            return low, high, False
        low, high = extent(text)
        if sign == ">=":
            return low, INFINITY, False
        if sign == ">":
            return high, INFINITY, False
        if sign == "<":
            return -INFINITY, low, False
        if sign == "<=":
            return -INFINITY, high, False
        return low, high, False

    @staticmethod
    def number(text):
        if re.fullmatch(r"[1-5]xx", text, re.I):
            return int(text[0]) * 100, int(text[0]) * 100 + 100
        value = float(text)
        return value, math.nextafter(value, INFINITY)

    def period(self, text):
        word = text.lower()
        if word == "cutoff":
            return self.cutoff, self.cutoff + 1
        if word == "asof":
            return self.as_of, self.as_of + 1
        days = re.fullmatch(r"last(\d+)d", word)
        if days:
            return self.as_of - int(days.group(1)) * DAY, self.as_of
        found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
        if found:
            year, month, day = (int(part) if part else None for part in found.groups())
            start = datetime.date(year, month or 1, day or 1)
            if day:
                end = start + datetime.timedelta(days=1)
            elif month:
                end = datetime.date(year + month // 12, month % 12 + 1, 1)
            else:
                end = datetime.date(year + 1, 1, 1)
            return tuple((each - datetime.date(1970, 1, 1)).days * DAY for each in (start, end))
        start = instant(text)
        clock = text[11:]
        if "." in clock or "," in clock:
            return start, start + 1
        return start, start + (10**6 if re.match(r"\d\d:\d\d:\d\d", clock) else 60 * 10**6)


# The files

class Bundle:
    def __init__(self, folder):
        self.extract = os.path.join(folder, "data", "extract")
        self.registry = self.json("registry.json")
        self.joined = {key(row["developer_id"]): row["into"] for row in self.registry.get("joined", [])}
        self.policy = self.json("policy.json")
        self.about = self.json("bundle.json")
        with open(self.path("events.jsonl"), encoding="utf-8") as file:
            self.calls = [json.loads(line) for line in file]
        with open(self.path("events.csv"), encoding="utf-8-sig", newline="") as file:
            self.table = list(csv.DictReader(file))
        for call, row in zip(self.calls, self.table):
            call["micros"] = instant(call["time"])
            call["developer_id"] = self.developer_of(call, plain(row["developer_id"]))
        self.lines = None

    def path(self, name):
        return os.path.join(self.extract, name)

    def json(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def line_of(self, call):
        """The original line of a call, as text."""
        if self.lines is None:
            self.lines = {}
            encodings = {row["source"]: row["encoding"] for row in self.json("sources.json")["sources"]}
            with open(self.path("lines/index.csv"), encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    with open(self.path("lines/" + row["file"]), "rb") as lines:
                        lines.seek(int(row["at"]))
                        text = lines.read(int(row["length"])).decode(encodings[int(row["source"])], "replace")
                    self.lines[int(row["source"]), int(row["offset"])] = text
        return self.lines[call["source"], call["offset"]]

    # Section 3

    def matched(self, written):
        """A developer's id by id, else by a name that one alone bears, else what is written."""
        rows = self.registry["developers"]
        by_id = [row["developer_id"] for row in rows if key(row["developer_id"]) == key(written)]
        by_name = [row["developer_id"] for row in rows if (row.get("developer") or "").lower() == written.lower()]
        return by_id[-1] if by_id else by_name[0] if len(by_name) == 1 else written

    def owners(self, app):
        """Every row of an app with an owner: its owner and time, in the order of the registry."""
        if not hasattr(self, "owned"):
            self.owned = {}
            for row in self.registry["apps"]:
                if row.get("developer_id"):
                    owner = self.matched(row["developer_id"])
                    owner = (self.joined.get(key(owner), owner), span(row, "owned_from", "owned_until"))
                    self.owned.setdefault(key(row["app"]), []).append(owner)
        return self.owned.get(key(app), [])

    def owner_at(self, app, time):
        rows = [(held, owner) for owner, held in self.owners(app) if held[0] <= time < held[1]]
        if not rows:
            return None
        latest = max(held[0] for held, _ in rows)
        return next(owner for held, owner in rows if held[0] == latest)

    def developer_of(self, call, written):
        """The registered owner; without one the table's own word, which alone has the developer that the log names."""
        owner = self.owner_at(call["app"], call["micros"]) if "app" in call else None
        if owner is not None:
            return owner
        return owner_key(written)

    def holder(self, app):
        for row in self.about["holders"]:
            if key(row["app"]) == key(app):
                return owner_key(row["developer_id"])
        return "app:" + key(app)


def owner_key(developer):
    """A developer's id in one spelling: spellings of an app are one."""
    return "app:" + key(developer[4:]) if developer.startswith("app:") else developer


def plain(cell):
    """A cell without the apostrophe that guards it."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


class Rule:
    def __init__(self, bundle, rule):
        self.bundle, self.rule = bundle, rule
        start = rule["effective_from"]
        start = instant(start if "T" in start else start + "T00:00:00Z")
        self.cutoff = start + rule.get("grace_days", 0) * DAY
        self.as_of = instant(bundle.about["as_of"]) if "as_of" in bundle.about else -INFINITY
        self.recent = self.as_of - bundle.policy.get("recent_days", 60) * DAY
        self.exempt = {key(app) for app in rule.get("exempt_apps", [])}
        self.restricted = rule.get("restricted_fields")
        self.scope = rule.get("applies_to", {})
        self.filter = Filter(self.scope.get("filter", ""), self.cutoff, self.as_of, bundle.line_of)
        self.operations = self.scope.get("operations")
        if self.operations and any(name.startswith("set:") for name in self.operations):
            raise SystemExit("sets of operations are written out in METHOD.txt, section 16; this reader does not take them")
        self.consents = {}
        permission = rule.get("consent_permission")
        for row in bundle.registry["consents"]:
            if permission is not None and row["permission"] == permission:
                place = key(row["subject"]), key(row["app"])
                self.consents.setdefault(place, []).append(span(row, "given_at", "withdrawn_at"))
        self.grants = []
        permission = rule.get("permission")
        for row in bundle.registry["grants"]:
            held = span(row, "granted_at", "revoked_at")
            if permission is not None and row["permission"] == permission and key(row["app"]) not in self.exempt:
                if held[0] < held[1]:
                    self.grants.append((row["app"], held))
        self.sizes = {key(row["resource"]): row["people"] for row in bundle.registry["resources"] if "people" in row}

    # Section 4

    def asks(self, call):
        if not self.cutoff <= call["micros"] < self.as_of:
            return False
        apis = self.scope.get("api")
        if apis is not None and call.get("api", "").lower() not in [name.lower() for name in apis]:
            return False
        if self.operations is not None:
            operation = call.get("operation")
            if operation is None or not any(wildcard(pattern, operation) for pattern in self.operations):
                return False
        return self.filter.test(call)

    def is_meant(self, call):
        callers = self.scope.get("caller")
        return call.get("caller") != "service" if callers is None else call.get("caller") in callers

    def counts(self, call):
        return not call.get("duplicate") and key(call.get("app", "")) not in self.exempt

    # Section 5

    def got(self, call):
        """The restricted fields of a call; None: not known."""
        fields = call.get("fields") or []
        if self.restricted is None:
            return fields or ["*"]
        if not fields:
            return None
        return [name for name in self.restricted if any(has_part(element, name) for element in fields)]

    # Section 6

    @staticmethod
    def listed(call):
        people = call.get("subjects")
        return None if people == [] and call.get("subject_count", 0) > 0 else people

    def returned_nobody(self, call):
        people = self.listed(call)
        if people is not None:
            return people == []
        if "subject_count" in call:
            return call["subject_count"] == 0
        return call.get("status") in (204, 205) or 300 <= call.get("status", 0) < 400

    def returned_somebody(self, call):
        people = self.listed(call)
        return len(people) > 0 if people is not None else call.get("subject_count", 0) > 0

    # Section 7

    def covered(self, person, call):
        spans = self.consents.get((key(person), key(call.get("app", ""))), []) if "app" in call else []
        return any(start <= call["micros"] < end for start, end in spans)

    def all_covered(self, call):
        people = self.listed(call)
        return bool(people) and all(self.covered(person, call) for person in people)

    # Section 8

    def level(self, call):
        if not self.asks(call) or not self.is_meant(call) or not self.counts(call):
            return None
        got = self.got(call)
        if got == []:
            return None
        outcome = call["outcome"]
        if outcome == "denied":
            return None if self.all_covered(call) else "attempted"
        if outcome == "failed" or outcome == "unknown" and not self.returned_somebody(call):
            return None
        if self.returned_nobody(call):
            return "attempted"
        if self.all_covered(call):
            return None
        return "possible" if got is None else "obtained"

    # Section 9

    def people(self, calls):
        ids, rest = set(), []
        for call in calls:
            people = self.listed(call)
            if people is None:
                rest.append(call)
            else:
                ids.update(key(person) for person in people if not self.covered(person, call))
        if not rest:
            return {"value": len(ids), "basis": "exact"}
        least = max([len(ids)] + [call["subject_count"] for call in rest if "subject_count" in call])
        more, groups = 0, {}
        for call in rest:
            groups.setdefault(key(call["resource"]) if "resource" in call else None, []).append(call.get("subject_count"))
        for resource, counts in groups.items():
            said = INFINITY if None in counts else sum(counts)
            more += min(said, self.sizes.get(resource, INFINITY))
        if more == INFINITY:
            return {"value": least, "basis": "at-least"} if least else {"value": None, "basis": "not-logged"}
        most = max(len(ids) + more, least)
        if least == 0:
            return {"value": most, "basis": "at-most"}
        return {"value": least, "at_most": most, "basis": "between"}

    # Section 10

    def entitled(self):
        """Pairs of developer and app."""
        found = set()
        for app, held in self.grants:
            start, end = max(held[0], self.cutoff), min(held[1], self.as_of)
            if start >= end:
                continue
            owned = []
            for owner, (begin, until) in self.bundle.owners(app):
                begin, until = max(begin, start), min(until, end)
                if begin < until:
                    found.add((owner, key(app)))
                    owned.append((begin, until))
            reached = start
            for begin, until in sorted(owned):
                if begin > reached:
                    break
                reached = max(reached, until)
            if reached < end:
                found.add((self.bundle.holder(app), key(app)))
        return found

    def revocations(self):
        ends, holding = {}, set()
        for app, (start, end) in self.grants:
            if start <= self.as_of < end:
                holding.add(self.bundle.owner_at(app, self.as_of) or self.bundle.holder(app))
            if end < INFINITY:
                owner = self.bundle.owner_at(app, end) or self.bundle.holder(app)
                ends[owner] = max(end, ends.get(owner, end))
        return {owner: end for owner, end in ends.items() if owner not in holding}

    def is_after_revocation(self, call):
        held = [span for app, span in self.grants if "app" in call and key(app) == key(call["app"])]
        time = call["micros"]
        return any(start <= time for start, _ in held) and not any(start <= time < end for start, end in held)

    # Section 11

    def findings(self):
        levels = [(call, self.level(call)) for call in self.bundle.calls]
        counted = [(call, level) for call, level in levels if level]
        of = lambda *names, among=counted: [call for call, level in among if level in names]
        held = self.entitled()
        recent = [call for call in of("possible", "obtained") if self.recent <= call["micros"] < self.as_of]

        def count(calls, people=True):
            row = {
                "developers": len({call["developer_id"] for call in calls}),
                "apps": len({key(call["app"]) for call in calls if "app" in call}),
                "events": len(calls),
            }
            return {**row, "people": self.people(calls)} if people else row

        def month_row(calls, people=True):
            row = count(calls, people)
            del row["apps"]
            return row

        months = []
        for month in sorted({iso(call["micros"])[:7] for call, _ in counted}):
            some = [(call, level) for call, level in counted if iso(call["micros"])[:7] == month]
            months.append({
                "month": month,
                "attempted": month_row(of("attempted", among=some), False),
                "possible": month_row(of("possible", among=some)),
                "obtained": month_row(of("obtained", among=some)),
            })
        decisions = {}
        for row in self.bundle.about["decisions"]:
            if row["rule"] == self.rule["id"]:
                decisions[owner_key(row["developer_id"])] = row["disposition"]
        revoked = self.revocations()
        rows = []
        for developer in {call["developer_id"] for call, _ in counted} | {developer for developer, _ in held}:
            mine = [(call, level) for call, level in counted if call["developer_id"] == developer]
            row = {"developer_id": developer, "entitled": any(owner == developer for owner, _ in held)}
            row["level"] = next(
                (name for name in ("obtained", "possible", "attempted") if of(name, among=mine)), "entitled"
            )
            row["recent"] = any(call["developer_id"] == developer for call in recent)
            apps = {key(call["app"]) for call, _ in mine if "app" in call}
            row["apps"] = sorted(apps | {app for owner, app in held if owner == developer})
            for name in ("attempted", "possible", "obtained"):
                calls = of(name, among=mine)
                row[name] = {"events": len(calls)}
                if calls:
                    times = [call["micros"] for call in calls]
                    row[name].update(first=iso(min(times)), last=iso(max(times)))
                if name != "attempted":
                    row[name]["people"] = self.people(calls)
            row["obtained"]["fields"] = sorted({name for call in of("obtained", among=mine) for name in self.got(call)})
            if developer in revoked:
                row["revoked_at"] = iso(revoked[developer])
            allowed = of("possible", "obtained", among=mine)
            row["allowed_after_revocation"] = sum(1 for call in allowed if self.is_after_revocation(call))
            row["status"] = decisions.get(developer, "open")
            rows.append(row)
        order = ["obtained", "possible", "attempted", "entitled"]
        rows.sort(key=lambda row: (
            order.index(row["level"]), -row["obtained"]["events"], -row["possible"]["events"],
            -row["attempted"]["events"], row["developer_id"],
        ))
        service = sum(
            1 for call in self.bundle.calls
            if self.scope.get("caller") is None and call.get("caller") == "service" and self.counts(call) and self.asks(call)
        )
        result = {
            "rule": self.rule["id"],
            "totals": {
                "entitled": {
                    "developers": len({developer for developer, _ in held}),
                    "apps": len({app for _, app in held}),
                },
                "attempted": count(of("attempted"), False),
                "possible": count(of("possible")),
                "obtained": count(of("obtained")),
                "recent": count(recent),
            },
            "by_month": months,
            "developers": rows,
        }
        return {**result, "service_calls": service} if service else result

    def without_dismissed(self):
        """The totals without the developers whose findings are dismissed: those calls and grants left out."""
        gone = set()
        for row in self.bundle.about["decisions"]:
            if row["rule"] == self.rule["id"]:
                (gone.add if row["disposition"] == "dismissed" else gone.discard)(owner_key(row["developer_id"]))
        calls = self.bundle.calls
        entitled = self.entitled
        try:
            self.bundle.calls = [call for call in calls if call["developer_id"] not in gone]
            self.entitled = lambda: {pair for pair in entitled() if pair[0] not in gone}
            return self.findings()["totals"]
        finally:
            self.bundle.calls = calls
            self.entitled = entitled


# Section 12

def coverage(bundle):
    lanes = {}
    with open(bundle.path("hours.csv"), encoding="utf-8", newline="") as file:
        for source, api, hour, events, duplicates in list(hour_rows(file.read()))[1:]:
            lane = lanes.setdefault((int(source), api), {})
            lane[instant(hour) // HOUR] = (int(events), int(duplicates))
    found = []
    for (source, api), lane in lanes.items():
        with_events = [hour for hour, (events, _) in lane.items() if events]
        if not with_events:
            continue
        first, last = min(with_events), max(with_events)
        records = {hour: sum(counts) for hour, counts in lane.items() if first <= hour <= last}
        row = {"source": source} if api is None else {"source": source, "api": api}
        row.update({
            "from": iso(first * HOUR),
            "to": iso(last * HOUR),
            "events": sum(events for events, _ in lane.values()),
            "gaps": [{"from": iso(a * HOUR), "to": iso(b * HOUR)} for a, b in gaps(records, first, last + 1)],
        })
        found.append(row)
    return found


def hour_rows(text):
    """hours.csv: an API that is there stands in quotation marks, one that is not is nothing; backslashes as in JSON."""
    for line in text.split("\n"):
        found = re.fullmatch(r'([^,]*),("(?:[^"\\]|""|\\.)*"|[^",]*),([^,]*),([^,]*),([^,]*)', line)
        if found:
            source, api, hour, events, duplicates = found.groups()
            if api.startswith('"'):
                name = json.loads('"' + api[1:-1].replace('""', '\\"') + '"')
                api = name[1:] if re.match(r"'+[=+\-@\t\r]", name) else name
            elif api == "":
                api = None
            yield source, api, hour, events, duplicates


def gaps(records, start, end):
    runs, hour = [], start
    while hour < end:
        if records.get(hour, 0) == 0:
            until = hour
            while until < end and records.get(until, 0) == 0:
                until += 1
            runs.append((hour, until))
            hour = until
        hour += 1
    week, found = 168, []
    while True:
        missing = {hour for run in found for hour in range(*run)}
        again = []
        for first, until in runs:
            expected = 0
            for hour in range(first, until):
                before = hour - -(-(hour - first + 1) // week) * week
                after = hour + -(-(until - hour) // week) * week
                same = [before - n * week for n in range(4)] + [after + n * week for n in range(4)]
                counts = [records.get(one, 0) for one in same if start <= one < end and one not in missing]
                expected += sum(counts) / len(counts) if counts else 0
            if expected >= 20 - 1e-9:
                again.append((first, until))
        if len(again) == len(found):
            return again
        found = again


def work_out(folder):
    bundle = Bundle(folder)
    rules = [Rule(bundle, rule) for rule in bundle.policy.get("rules", [])]
    result = {
        "rules": [rule.findings() for rule in rules],
        "coverage": coverage(bundle),
        "without_dismissed": {
            row["rule"]: next(rule for rule in rules if rule.rule["id"] == row["rule"]).without_dismissed()
            for row in bundle.about["without_dismissed"]
        },
        "events": len(bundle.calls),
        "all": sum(row["events"] for row in bundle.json("sources.json")["sources"] if "withdrawn" not in row),
    }
    if "as_of" in bundle.about:
        result["as_of"] = bundle.about["as_of"]
    return result


if __name__ == "__main__":
    for each in sys.argv[1:]:
        print(json.dumps(work_out(each)))
