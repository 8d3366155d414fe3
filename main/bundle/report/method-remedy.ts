/** The part of METHOD.txt about remedy.json: 72 columns, plain ASCII. */
export const METHOD_REMEDY = `
remedy.json has the entries as people recorded them, and what follows
from them at the time "at", which is the bundle's.

A date is its whole day in UTC: what comes after it begins with the next
day, and it is later than another time only if its day begins later. A
full time is its instant, and what comes after it begins with itself.

  done      an entry with "on" not later than "at" and without
            "taken_back". All below speaks of done entries only, but
            for "due".
  state     the furthest step done, in the order revoked, notified,
            requested, certified, audited, closed
  next      the first step after it
  overdue   a step with an entry whose "due" is before "at", which is
            not taken back, and which neither is done itself nor has a
            later entry (a larger n) of the same step that is done

Against an entry speak:

  calls     for revoked, certified, audited, closed: calls of the
            developer that are possible or obtained under the rule, at
            or after it
  later     for the same steps: calls of the developer in the rule's
            scope (section 4, at any time, exempt apps and duplicates
            left out), at or after both it and as_of, whatever came of
            them
  grant     for revoked: a grant of the rule's permission, of an app
            that is the developer's then and is not exempt, held at some
            time after it
  order     it is before the earliest done entry of the nearest earlier
            step that is done
  missing   the step before it is not done; notified may be missing

The bundle holds the calls of "calls" and of "later". The files of
entries lie in attachments/, by the SHA-256 that remedy.json names.
`;
