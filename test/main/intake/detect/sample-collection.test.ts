import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { detectFile } from "../../../../main/intake/detect/detect.ts";
import { rejectedLines } from "../../../manual/formats-page.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { readWhole } from "../encode-file.ts";
import { physicalLines, samples } from "../read-text.ts";

/** Lines of other people's logs that are rejected, and why: listed in the manual. */
const rejected = rejectedLines();

/**
 * Of each file: the format it is recognised as, its events, and how many of them have an operation or path, a status or
 * outcome, an actor or address: wherever the line has one, as read by eye in the small files and counted by grep in those
 * of loghub.
 */
const collection: Record<
  string,
  readonly [format: string, events: number, call: number, outcome: number, who: number]
> = {
  "access/access_playground_lnav.log.gz": ["combined", 2492, 2492, 2492, 2492],
  "access/apache2_crowdsec.log": ["combined", 9, 7, 7, 9],
  "access/apache_bad_lnav.log": ["combined", 3, 3, 3, 3],
  "access/apache_combined_elastic.log.gz": ["combined", 10000, 10000, 10000, 10000],
  "access/apache_common_lnav.log": ["combined", 3, 3, 3, 3],
  "access/apache_mixed_plaso.log": ["combined", 15, 15, 15, 15],
  "access/confluence_access_plaso.log": ["tomcat", 3, 3, 3, 3],
  "access/haproxy_lnav.log": ["haproxy", 17, 13, 13, 14],
  "access/jira_access_plaso.log": ["tomcat", 4, 4, 4, 4],
  "access/nginx_crowdsec.log": ["combined", 9, 9, 8, 9],
  "access/nginx_proxy_manager_crowdsec.log": ["nginx-proxy-manager", 14, 14, 12, 14],
  "access/traefik_clf_crowdsec.log": ["combined", 7, 7, 6, 7],
  "access/uwsgi_lnav.log": ["uwsgi", 19, 19, 19, 19],
  "aws-access/alb_crowdsec.log": ["aws-alb", 14, 14, 14, 14],
  "aws-access/cloudfront_2011_100.gz": ["cloudfront", 100, 100, 100, 100],
  "aws-access/cloudfront_2011_100k.gz": ["cloudfront", 100000, 100000, 100000, 100000],
  "aws-access/cloudfront_no_header_crowdsec.log": ["cloudfront-lines", 2, 2, 2, 2],
  "aws-access/cloudfront_rtmp.txt": ["cloudfront", 6, 6, 0, 6],
  "aws-access/cloudfront_web_2019.txt": ["cloudfront", 2, 2, 2, 2],
  "aws-access/elb_classic_otel.log": ["aws-elb", 2, 2, 2, 2],
  "aws-access/s3_access_otel.log": ["aws-s3", 3, 3, 3, 3],
  "w3c/iis10_cookies_plaso.log": ["iis", 3, 3, 3, 3],
  "w3c/iis10_edge_cases_plaso.log": ["iis", 15, 15, 15, 15],
  "w3c/iis10_plaso.log": ["iis", 1, 1, 1, 1],
  "w3c/iis6_plaso.log": ["iis", 12, 12, 12, 12],
  "w3c/iis7_owa_plaso.log": ["iis", 3, 3, 3, 3],
  "w3c/iis7_sqli_plaso.log": ["iis", 2, 2, 2, 2],
  "w3c/iis85_big_lnav.log": ["iis", 210, 210, 210, 210],
  "w3c/iis_without_date_plaso.log": ["iis", 11, 11, 11, 11],
  "w3c/w3c_0_lnav.log": ["iis", 1, 1, 1, 1],
  "w3c/w3c_1_lnav.log": ["w3c", 1, 1, 1, 1],
  "w3c/w3c_2_lnav.log": ["iis", 14, 9, 14, 14],
  "w3c/w3c_3_lnav.log": ["w3c-local", 3, 3, 3, 2],
  "w3c/w3c_5_lnav.log": ["headers", 0, 0, 0, 0],
  "w3c/w3c_6_lnav.log": ["iis", 1, 1, 1, 1],
  "zeek/bro_conn_lnav.log": ["zeek", 92, 0, 0, 92],
  "zeek/ftp.log.gz": ["zeek", 93, 93, 93, 93],
  "zeek/kerberos.log.gz": ["zeek", 11, 11, 1, 11],
  "zeek/smtp.log.gz": ["zeek", 1188, 0, 0, 1188],
  "zeek/ssh.log.gz": ["zeek", 22, 0, 7, 22],
  "zeek/syslog.log.gz": ["zeek", 2378, 0, 0, 2378],
  "zeek/x509.log.gz": ["zeek", 348, 0, 0, 0],
  "syslog/messages_playground_lnav.log.gz": ["syslog", 2512, 0, 0, 952],
  "syslog/syslog_chromeos_plaso.log": ["syslog", 8, 0, 0, 1],
  "syslog/syslog_cron_plaso.log": ["syslog", 9, 0, 0, 0],
  "syslog/syslog_osx_plaso.log": ["syslog", 2, 0, 0, 0],
  "syslog/syslog_plaso.log": ["syslog", 16, 0, 0, 1],
  "syslog/syslog_rsyslog_ForwardFormat_plaso.log": ["syslog", 1, 0, 0, 0],
  "syslog/syslog_rsyslog_SysklogdFileFormat_plaso.log": ["syslog", 9, 0, 0, 0],
  "syslog/syslog_rsyslog_SyslogProtocol23Format_plaso.log": ["syslog-5424", 9, 0, 0, 0],
  "syslog/syslog_rsyslog_TraditionalForwardFormat_plaso.log": ["syslog", 1, 0, 0, 0],
  "syslog/syslog_rsyslog_plaso.log": ["syslog", 5, 0, 0, 0],
  "syslog/syslog_rsyslog_traditional_plaso.log": ["syslog", 8, 0, 0, 0],
  "syslog/syslog_ssh_plaso.log": ["syslog", 9, 0, 7, 8],
  "logfmt/authelia_crowdsec.log": ["logfmt", 30, 30, 26, 30],
  "logfmt/grafana_crowdsec.log": ["logfmt", 9, 1, 5, 9],
  "logfmt/grafana_lnav.log": ["logfmt", 5, 0, 0, 0],
  "logfmt/logfmt_lnav.log": ["keyvalue", 5, 0, 0, 0],
  "loghub/Apache_2k.log": ["apache-error", 2000, 0, 0, 32],
  "loghub/HDFS_2k.log": ["hdfs", 2000, 0, 0, 294],
  "loghub/Linux_2k.log": ["syslog", 2000, 0, 490, 1593],
  "loghub/OpenSSH_2k.log": ["syslog", 2000, 0, 1032, 1851],
  "loghub/OpenStack_2k.log": ["openstack", 2000, 1017, 1017, 1399],
  "loghub/OpenStack_2k.log_structured.csv": ["csv", 2000, 0, 0, 0],
  "loghub/Zookeeper_2k.log": ["text", 2000, 0, 0, 0],
  "other/ansi_lnav.log": ["syslog", 10, 0, 0, 0],
  "other/crlf_lnav.log": ["text", 2, 0, 0, 0],
  "other/invalid_utf8_lnav.log": ["text", 1, 0, 0, 0],
  "other/tai64n_lnav.log": ["text", 10, 0, 0, 0],
  "other/with_zones_lnav.log": ["syslog-5424", 3, 0, 0, 1],
};

/** What is no log, or none in which a single time can be read. */
const REFUSED: Record<string, string> = {
  "other/empty_lnav.log": "file-empty",
  "other/invalid_tz_lnav.log": "not-a-log",
  "loghub/LICENSE-loghub.txt": "not-a-log",
};

/** A date for files whose times state no year. */
const WRITTEN = new Date("2022-06-01T00:00:00Z");

async function read(name: string, written = WRITTEN) {
  const file = path.join(temporaryFolder(), path.basename(name));
  fs.copyFileSync(path.join(samples, name), file);
  fs.utimesSync(file, written, written);
  const detection = await detectFile(file, {});
  const raw = fs.readFileSync(file);
  const bytes = detection.sample.compression ? zlib.gunzipSync(raw) : raw;
  const whole = await readWhole(detection.plan, bytes, { bytes: bytes.length * 3 + 64, rows: 1 << 17 });
  expect(whole.rejects.map(({ line, reason }) => ({ file: name, line, reason }))).toEqual(
    rejected.filter((known) => known.file === name),
  );
  return { detection, bytes, ...whole };
}

const others = fs.existsSync(samples)
  ? ["cloudtrail", "azure", "gcp", "m365", "k8s", "json-access", "har", "zeek", "other"].flatMap((folder) =>
      fs
        .readdirSync(path.join(samples, folder))
        .map((file) => `${folder}/${file}`)
        .filter((name) => !(name in collection) && !(name in REFUSED)),
    )
  : [];

describe.skipIf(!fs.existsSync(samples))(`real logs of ${samples} (skipped where that folder is not)`, () => {
  test.each(Object.entries(collection))("%s", async (name, [format, ...counts]) => {
    const { detection, bytes, events, skipped, lines, ledger } = await read(name);
    expect(detection.resolved.format).toBe(format);
    const count = (has: (event: (typeof events)[number]) => boolean) => events.filter(has).length;
    expect([
      events.length,
      count(({ operation, path: at }) => operation !== undefined || at !== undefined),
      count(({ status, outcome }) => status !== undefined || outcome !== "unknown"),
      count(({ actor, ip }) => actor !== undefined || ip !== undefined),
    ]).toEqual(counts);
    // Every physical line in one bucket; skipped records of these formats are lines.
    expect(lines).toBe(physicalLines(bytes.toString("latin1")));
    expect(ledger.events + ledger.rejected + skipped).toBe(lines);
  });

  test.each(others)("%s: no line is rejected but those that the manual lists", async (name) => {
    await read(name, new Date());
  });

  test.each(Object.entries(REFUSED))("%s is refused: %s", async (name, code) => {
    await expect(detectFile(path.join(samples, name), {})).rejects.toMatchObject({ code });
  });
});
