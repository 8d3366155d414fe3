import { z } from "zod";
import type { AsOfCurve } from "../model/accountability/as-of-curve.ts";
import type { DryRun } from "../model/accountability/dry-run.ts";
import { type FindingReview, STANCES } from "../model/accountability/review.ts";
import type { Sensitivity } from "../model/accountability/sensitivity.ts";
import type { Activity, ActivityPeople, DeveloperRecord } from "../model/activity.ts";
import type { AnswerDetail } from "../model/answer.ts";
import type { Claim } from "../model/claims.ts";
import type { SourceClock } from "../model/clocks.ts";
import type { Dossier, HeldGrant } from "../model/dossier.ts";
import type { ClaimResult, Coverage, Disposition, Findings, People, SubjectReport } from "../model/finding.ts";
import type { CoverageLanes } from "../model/lanes.ts";
import type { Policy } from "../model/policy.ts";
import type { RegistryPermissions } from "../model/registry.ts";
import { file } from "./chosen.ts";
import { by, nothing, request, row, text } from "./request.ts";

/** What is asked of the findings: the policy, who got what, how many people, what the record covers, what was claimed. */
export const FINDING_REQUESTS = {
  policy: request<{ rules: string[]; warnings: string[] }>().of(z.strictObject({ file: file("policy"), by })),
  /** What a policy's file holds, checked; nothing is set. */
  policyRead: request<{ name: string; document: string; policy: Policy }>().of(
    z.strictObject({ file: file("policy") }),
  ),
  /** Sets a policy that was written here. `note`: why, into custody. */
  policySet: request<{ rules: string[]; warnings: string[] }>().of(
    z.strictObject({ document: text, name: text, note: text.optional(), by }),
  ),
  /** What a policy would change against the one in force, or one that was set before. @throws Refusal `policy-wrong` */
  policyDryRun: request<DryRun & { warnings: string[] }>().of(
    z.strictObject({ document: text, against: row.optional() }),
  ),
  /** Writes a policy's document into a file, where it would be taken. @throws Refusal `policy-wrong` */
  policyWrite: request<{ file: string }>().of(z.strictObject({ document: text, file: file("save") })),
  /** Every policy that was set, the last one first. */
  policies: request<{ policies: { n: number; name: string; at: string; policy: Policy }[] }>().of(nothing),
  /** Permissions of the registry by how many grants and consents speak of them. */
  permissions: request<RegistryPermissions>().of(nothing),
  policyInForce: request<{ policy?: Policy }>().of(nothing),
  findings: request<Findings>().of(z.strictObject({ rule: text.optional(), developer: text.optional() })),
  /** Calls in scope that count nowhere, by rule: failed, or nothing says how they ended. */
  apart: request<{ rule: string; failed: number; unknown: number }[]>().of(nothing),
  finding: request<{ rule: string; developer_id: string; status: Disposition; reason: string }[]>().of(
    z.strictObject({
      developer: text,
      disposition: z.enum(["confirmed", "dismissed", "disputed", "open"]),
      reason: text,
      rule: text.optional(),
      by,
    }),
  ),
  /** Decides several findings with one reason, one entry of custody each. All or none. */
  decide: request<{ decided: number }>().of(
    z.strictObject({
      findings: z
        .array(z.strictObject({ rule: text, developer_id: text }))
        .min(1)
        .max(100_000),
      disposition: z.enum(["confirmed", "dismissed", "disputed", "open"]),
      reason: text,
      by,
    }),
  ),
  /** A second examiner, by name, agrees with findings or objects to them. */
  review: request<{ reviewed: number }>().of(
    z.strictObject({
      findings: z
        .array(z.strictObject({ rule: text, developer_id: text }))
        .min(1)
        .max(100_000),
      stance: z.enum(STANCES),
      reason: text,
      by: z.string().max(500),
    }),
  ),
  reviews: request<{ reviews: FindingReview[] }>().of(nothing),
  claims: request<{ claims: ClaimResult[] }>().of(z.strictObject({ file: file("claims").optional(), by })),
  /** What another cutoff or another zone of a source would change. */
  sensitivity: request<Sensitivity>().of(z.strictObject({ rule: text.optional() })),
  /** What each rule finds with other as-of dates: by the month, or at those that are given. */
  asOfCurve: request<AsOfCurve>().of(
    z.strictObject({ rule: text.optional(), at: z.array(text).min(1).max(600).optional() }),
  ),
  /** The calls of a source that another zone could move under a rule, as a filter, where they are few enough to name. */
  zoneCalls: request<{ events: number; filter?: string }>().of(z.strictObject({ rule: text, source: row })),
  claimsInForce: request<{ claims?: Claim[] }>().of(nothing),
  people: request<{ filter: string; people: People }>().of(z.strictObject({ filter: text })),
  /** Where the records that numbers of people rest on contradict each other, of a filter's calls or of all that rules speak of. */
  contradictions: request<{ contradictions: string[] }>().of(z.strictObject({ filter: text.optional() })),
  peopleList: request<{ filter: string; people: People; file: string; listed: number }>().of(
    z.strictObject({ filter: text, file: file("save"), by }),
  ),
  subject: request<SubjectReport>().of(z.strictObject({ filter: text, subject: text })),
  /** The same of each id in a file, one a line, or in a text. `people`: how many the filter's calls are of, and how well that is known. */
  subjects: request<{ subjects: SubjectReport[]; people: People }>().of(
    z.strictObject({ filter: text, file: file("people").optional(), ids: z.string().max(10_000_000).optional() }),
  ),
  /** A page of the ids that a filter's calls list, sorted. */
  peopleIds: request<{ filter: string; people: People; listed: number; offset: number; ids: string[] }>().of(
    z.strictObject({ filter: text, offset: z.number().int().min(0), limit: z.number().int().min(0).max(10_000) }),
  ),
  coverage: request<{ coverage: Coverage[] }>().of(nothing),
  coverageLanes: request<CoverageLanes>().of(nothing),
  /** How far each counted source's records follow their own times: which way the file runs, its usual disorder, clock jumps. */
  clocks: request<{ clocks: SourceClock[] }>().of(nothing),
  /** What the five answers need beside the findings. Without a rule: the policy's first. */
  answer: request<AnswerDetail>().of(z.strictObject({ rule: text.optional() })),
  grants: request<{ grants: HeldGrant[] }>().of(z.strictObject({ rule: text.optional() })),
  /** Every developer and app, whatever a policy says of it; none is needed. */
  activity: request<Activity>().of(nothing),
  activityPeople: request<ActivityPeople>().of(nothing),
  developerRecord: request<DeveloperRecord>().of(z.strictObject({ developer_id: text })),
  developer: request<Dossier>().of(z.strictObject({ developer_id: text, rule: text.optional() })),
} as const;
