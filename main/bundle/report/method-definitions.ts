/** The part of METHOD.txt that is the same in every bundle: 72 columns, plain ASCII. */
export const METHOD_DEFINITIONS = `
Everything here can be worked out from the files in extract/ alone:

  events.jsonl   the calls of this bundle, one a line, in the order of
                 time, source and line; an absent key is not known
  events.csv     the same calls as a table, with what the rules say of
                 each (section 14)
  registry.json  developers, apps, grants, consents, resources
  policy.json    the rules, as they were read
  bundle.json    what was selected, as_of, decisions, holders
  hours.csv      how many calls each source and API had in each hour,
                 of the whole case
  sources.json   each source: its lines, records and digests
  findings.json  the numbers themselves

The bundle holds every call that counts anywhere below, so that the
numbers of findings.json are those of the whole case, although other
calls are left out (left_out in bundle.json says how many).


1. TIMES, IDS AND TEXTS

Times are UTC. [A, B) is from A, included, to B, not included. A date
without a clock in policy.json is: for effective_from the beginning of
that day, for as_of the end of it (the midnight that follows).

  cutoff  of a rule: effective_from plus grace_days times 24 hours
  as_of   as bundle.json says; where the policy names none, the time of
          the last event, which then lies outside
  recent  [as_of minus recent_days times 24 hours, as_of); recent_days
          is 60 where the policy does not say
  month   the month of the time in UTC

Ids are text, compared letter by letter, capitals too. Only UUIDs
(8-4-4-4-12 hexadecimal digits) and e-mail addresses (one @, no blank,
a dot behind the @ with something on both sides) are one id whatever
their case. This holds for apps, developers, people, resources, and for
exempt apps. "In any case" below means: small and capital letters are
the same.


2. WHICH CALLS ARE ASKED AT ALL

Duplicates count nowhere. A call is one where events.jsonl says
"duplicate": true: the same record, byte for byte, is already in the
case from a source of a lower number, or earlier in the same one with
the same request id; or another record of the same call counts. The
record that counts is in the bundle too. Withdrawn sources have no call
in any count; sources.json names them with the reason.


3. WHOM A CALL COUNTS FOR

The first of these that is known is the call's developer_id:

  a. the registered owner of its app at the time of the call: a row of
     registry.json's apps with that app, with a developer_id, and with
     owned_from <= time < owned_until (an absent end is open). Where
     several rows hold, the one whose owned_from is latest. An owner is
     written there as a developer's id, or as a name: it is matched to
     the registry's developers first by id, then by name in any case
     where one developer alone bears that name; else it is an id of its
     own.
  b. the developer that the log itself names, matched in the same way;
     else "name:" and the name
  c. "app:" and the app; spellings of one app are one
  d. "unknown", where the call has neither app nor developer

events.csv has the outcome in developer_id. (events.jsonl shows the name
of a and b in "developer", from which b cannot always be told.)


4. WHICH CALLS A RULE SPEAKS OF

All of these hold:

  - cutoff <= time < as_of
  - the rule names APIs: the call's api is one of them, in any case
  - the rule names operations: the call's operation matches one of them
    in any case; * stands for any run of characters, also none. Sets of
    operations (set:NAME) are written out in section 16; where a line
    there names APIs, the call's api must match one of them in the same
    way
  - the rule names callers: the call's caller is one of them; where the
    rule names none: its caller is not "service". (Calls of services
    that the rule would speak of otherwise, that are no duplicates and
    of no exempt app, are service_calls.)
  - the rule has a filter: the call matches it (section 15)

The call counts nowhere if its app is one of the rule's exempt apps.


5. FIELDS

An element of a call's "fields" is a path or several: of
from{name,picture} these are from, from.name and from.picture; braces
may stand in braces; commas part what stands in braces; a modifier in
parentheses such as .limit(10) is no part of a path. A restricted field
is got where it equals, in any case, a path or a contiguous part of one:
name is got by name, from.name and from{name}; from is got by
from{name}.

  open        the call has fields, and none of them is restricted
  restricted  at least one of them is
  not known   the call has no fields, or an empty list

A rule without restricted_fields restricts everything: no call is open,
none is not known, and the fields got are the elements as they stand, or
* where there is none. Findings list restricted fields in the policy's
spelling. "fields_are" says whether the log has what was returned or
what was requested; of a set of calls: one of the two, or both.


6. WHOM A CALL RETURNED

A call lists people if it has "subjects", but for one case: an empty
list beside a subject_count above 0 is set aside, and the count stands.

  nobody    it lists people and the list is empty; or it does not list
            and its count is 0; or it does not list, has no count, and
            its status is 204, 205 or 300 to 399
  somebody  it lists at least one person; or it does not list and its
            count is above 0

An id twice in one list is one person.


7. CONSENTS

A consent covers a person in a call under a rule where the rule has a
consent_permission and registry.json's consents have a row with that
subject, the call's app, that permission, and given_at <= time <
withdrawn_at. A call all of whose listed people (at least one) are
covered counts nowhere.


8. THE LEVEL OF ONE CALL UNDER ONE RULE

Of a call that the rule speaks of, that is no duplicate and of no exempt
app, the first line that holds decides:

  1. fields open                                    no level
  2. outcome denied: all listed people consented    no level
                     else                           attempted
  3. outcome failed                                 no level, apart
  4. outcome unknown, and it did not return
     somebody (section 6)                           no level, apart
  5. (outcome allowed, or unknown with somebody)
     it returned nobody                             attempted
  6. all listed people consented                    no level
  7. fields restricted                              obtained
  8. fields not known                               possible

A call has a level under each rule by itself. "Apart" is counted nowhere
and shown beside the numbers ("apart" in bundle.json, of the whole case).


9. HOW MANY PEOPLE

The number of people of a set of calls at possible or obtained. Of a
call that lists people, each person counts whom no consent covers
(section 7). Let

  ids      be the distinct persons of all calls that list people
  rest     be the calls of the set that do not list people
  largest  be the largest count among rest; 0 if none has a count
  more     be the sum over the resources that rest names: the sum of
           its calls' counts, where each has one; cut at the number of
           people that registry.json's resources give for it, where
           known. A resource one of whose calls has no count takes its
           known number of people; where that is unknown, there is no
           upper bound. Calls without a resource are one group whose
           number of people is unknown.
  least    be the larger of ids and largest
  most     be ids plus more, or least where that is larger

  rest is empty                 ids, exact
  no upper bound, least is 0    not known: not-logged
  no upper bound, least above 0 at least least: at-least
  upper bound, least is 0       at most most: at-most
  upper bound, least above 0    between least and most: between (also
                                where the two are equal)


10. WHO KEPT ACCESS, AND WHO LOST IT

A grant is in force in [granted_at, revoked_at); one that ends when it
begins, or before, is none. Grants of a rule are those of its permission
whose app is not exempt. A rule without permission has none.

entitled: developers with an app, a grant of the rule for that app, and
the time [cutoff, as_of), that have an instant in common with their
ownership of the app (section 3a, every row of the app, also where two
overlap). Where at some instant of that time, while the grant was in
force, no row owns the app, the app's holder is entitled as well: the
developer whom bundle.json's "holders" has for the app, else "app:" and
the app. (The holder is whom the app's first call with a developer in
the log names, matched as in section 3.) apps are the distinct apps.

revoked_at of a developer: the latest end of a grant of the rule whose
app it owned at that very time (section 3a at that time; without an
owner the holder). Absent where a grant of the rule is in force at as_of
(granted_at <= as_of < revoked_at) for an app that the developer owns
then, or where there is no such end. Grants outside [cutoff, as_of)
count here too.

holding in bundle.json: who owns an app at as_of for which a grant of
the rule is in force then. Of the developers that are entitled, each has
lost it (revoked_at), holds it, or passed it on with the app.

allowed_after_revocation: the developer's possible and obtained calls at
whose time the app had no grant of the rule in force, although one had
begun at or before that time.


11. THE TOTALS, THE MONTHS, THE DEVELOPERS

totals of a rule, for each level its calls have: developers (distinct
developer_id), apps (distinct apps; a call without app adds none),
events (calls), people (section 9). A developer with calls of several
levels counts under each. recent: possible and obtained calls together
that lie in the recent time. entitled: section 10, no call needed.

by_month: each month with a call of any level, with the same numbers.

developers: everybody with a call of a level or entitled. level is the
highest of obtained, possible, attempted, entitled that it has. recent:
it has a recent call. first and last: the times of its first and last
call of that level. apps: those of its calls with a level, and those it
is entitled by. obtained.fields: section 5, over its obtained calls.
Order: level, then obtained, possible, attempted calls, most first, then
developer_id. status: the last decision on it under the rule in
bundle.json's decisions, else open.

Dismissed findings are in all these numbers. "without_dismissed" in
bundle.json has the totals of rules with a dismissed finding once more,
without the calls and grants of the developers that are dismissed.


12. WHAT THE LOGS COVER

hours.csv has, for each source and API, the hours of the UTC clock with
records: events (without duplicates) and duplicates. From it comes
coverage: events is the sum of events; from and to are the first and
last event, which hours.csv knows to the hour. Rows with duplicates
alone have no part in that. A gap of a source and API is found so, with
h(x) the events and duplicates of hour x together, and all hours from
that of its first event to that of its last:

  1. A run is a longest row of hours that follow one another, each with
     h = 0.
  2. The hours that count for an hour x of a run are the same hour of
     the week in up to four weeks before the run and four after it: x
     minus k, k + 1, k + 2 and k + 3 weeks, with k the least number of
     weeks that leads before the run's first hour; and likewise behind
     its last. Of these only hours in the span, and in no gap found so
     far.
  3. The expected number of x is the mean of h over the hours that
     count; 0 where there is none.
  4. A run whose expected numbers sum to 20 or more is a gap.
  5. Again from 2 with the gaps found, until no gap is added.

A run is given as [beginning of its first hour, end of its last).


13. SUMS

events in bundle.json is the number of calls here; events plus left_out
is the sum of the events of all sources in sources.json that are not
withdrawn (there duplicates are among the events). The events and
duplicates of a source in hours.csv sum to the same. Of each source:
lines = events + rejected + skipped in line_ledger; each physical line
is in one of the three. A claim that measures bytes sums "bytes" of its
counted calls; resources: their distinct resources; both say so where a
call does not have one.


14. THE TABLE events.csv

One row an event. event is its number, the line of events.jsonl. Lists
are joined by semicolons. A cell that begins with = + - @, a tab or a
carriage return has an apostrophe before it, so that no spreadsheet
takes it for a formula. developer_id is section 3. rule and level are
lists in one order: the rules under which the call has a level, and that
level. counted is yes where it has any. people are the ids that count
under at least one of these rules, UUIDs and e-mail addresses in small
letters; where rules differ in their consents, section 7 says which
count under which.


15. FILTERS

A rule's filter, and those in bundle.json's "selected", are read so.
Terms side by side, or joined by and, must all hold; or binds less
tightly; not, or - right before a term, turns the next term round;
parentheses group. field:value compares in any case; * outside quotation
marks is any run of characters; field:* holds where the field is there;
field:(a or b) is either; field:a..b, a.., ..b, field>=a, >, <=, < are
ranges of numbers and times. Inside quotation marks every character
means itself; \\" and \\\\ write a quotation mark and a backslash. A list
holds if any of its elements does; an element of fields also by each of
its paths and their contiguous parts (section 5). A term about an absent
field does not hold, and its not does. A time may be a year, month, day,
minute or second: it is then the whole of it; > begins behind it, <=
reaches its last microsecond. cutoff, asof and lastNd are the rule's own.
status:4xx is 400 to 499. ip:10.0.0.0/8 is every address of that block.
Bare words and quoted texts are sought in the original line, in any
case. In a rule's filter duplicates are no matter: they count nowhere.
`;
