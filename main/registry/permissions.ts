import { isoOf } from "../../shared/base/time.ts";
import type { Registry, RegistryPermissions } from "../../shared/model/registry.ts";

/** Which permissions grants and consents speak of. */
export function permissionsOf({ grants, consents }: Registry): RegistryPermissions {
  const held = new Map<string, { count: number; ended: number; last: number }>();
  for (const { permission, revoked_at } of grants) {
    const row = held.get(permission) ?? { count: 0, ended: 0, last: Number.NEGATIVE_INFINITY };
    row.count += 1;
    if (revoked_at !== undefined) {
      row.ended += 1;
      row.last = Math.max(row.last, revoked_at);
    }
    held.set(permission, row);
  }
  const agreed = new Map<string, number>();
  for (const { permission } of consents) agreed.set(permission, (agreed.get(permission) ?? 0) + 1);
  const most = (a: { count: number; permission: string }, b: { count: number; permission: string }) =>
    b.count - a.count || (a.permission < b.permission ? -1 : 1);
  return {
    grants: [...held]
      .map(([permission, { count, ended, last }]) => ({
        permission,
        count,
        ended,
        ...(Number.isFinite(last) ? { last_end: isoOf(last) } : {}),
      }))
      .sort(most),
    consents: [...agreed].map(([permission, count]) => ({ permission, count })).sort(most),
  };
}
