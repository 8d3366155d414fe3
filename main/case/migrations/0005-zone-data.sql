-- The release of the IANA data by which a source's local times were read, such as 2026f; null: of the runtime that read it, not noted.
alter table source add column zone_data text;
