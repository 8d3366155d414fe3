/** What clocks.json and sensitivity.json rest on: 72 columns, plain ASCII. */
export const METHOD_CLOCKS = `
20. CLOCKS

bundle.json has the clocks as their file was read, and the book of
facts, oldest entry first. clocks.json says how each clock stands at
"at", the time of the bundle.

A fact's last entry holds; one without a value takes it back. Entries
of done:ID without a reason add up, one for each time that a clock was
met; one with a reason replaces those before it. A fact that is a day
is that whole day in the clock's timezone (UTC where it has none), and
its instant is the day's beginning. A fact after "at" is none yet.

A clock starts at the instant of its trigger. PTnH is due n hours
later, to the instant. PnD is due at the end of the n-th day after the
day of the trigger, PnB the same in days Monday to Friday that are not
in holidays, PnM at the end of the same day n months later, or of that
month's last day where it is shorter. Days are those of the timezone;
their end is their last microsecond. A repeat is counted so from the
due date that was met: the first done meets the first, the second the
second, in the order of their times, however late.

not-started: no trigger. done: met, and, where it repeats, the next due
date is not before "at". overdue: "at" is after the due date (of a
clock that was met: after the next one). running: else.

A threshold is met where the lower bound of the people of its level
(section 9) is at least its number, not-met where the upper bound is
less, else open. Contents count as the totals of findings.json do; a
clock without a rule counts a call of several rules once. LEVEL+ is
that level and those above it.


21. WHAT WOULD MOVE THE NUMBERS

sensitivity.json has, for each rule, its totals with the cutoff moved
by a week, a day and an hour, each way, as if the policy had been
written so; as_of and the recent window stay. in and out are the
developers that come into or leave those with a possible or obtained
call, and those entitled, each of the two compared for itself. The
bundle holds the calls for a later cutoff. For an earlier one, and for
zones, it may hold fewer than the case counted.

zones: for each source of which sources.json does not say that its
timestamps give the zone, the calls that another zone could put on the
other side of a boundary B: the cutoff, the start of recent, as_of, and
each revoked_at of a grant of the rule's permission of the call's app.
With z, how far clocks of the zone that was used were ahead of UTC,
these are the calls with a level, whatever their time, and

  B - 12 h - z <= time < B + 14 h - z

each counted once.
`;
