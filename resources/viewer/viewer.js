// Compiled from viewer/ by npx vitest run test/house/viewer.test.ts -u
(function() {
	// viewer/old-browsers.ts
	function add(on, name, method) {
		if (!(name in on)) Object.defineProperty(on, name, {
			value: method,
			writable: true,
			configurable: true
		});
	}
	function at(index) {
		return this[index < 0 ? this.length + index : index];
	}
	add(Object, "hasOwn", (object, key) => Object.hasOwn(object, key));
	add(Array.prototype, "at", at);
	add(String.prototype, "at", at);
	add(Array.prototype, "findLast", function findLast(passes) {
		return this.slice().reverse().find(passes);
	});
	// shared/viewer/places.ts
	var escaped = (text) => encodeURIComponent(text).replace(/[!'()*]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll("%3A", ":").replaceAll("%2C", ",");
	function callsPlace(filter, ...more) {
		const parts = [filter, ...more];
		while (parts.at(-1) === "") parts.pop();
		return ["#calls", ...parts.map(escaped)].join("/");
	}
	var eventPlace = (event) => `#event/${event}`;
	var findingPlace = (rule, developer) => `#finding/${escaped(rule)}/${escaped(developer)}`;
	var developerPlace = (developer) => `#developer/${escaped(developer)}`;
	function placeOf(hash) {
		const [screen = "", ...parts] = hash.replace(/^#/u, "").split("/");
		if (!/^[a-z]+$/u.test(screen)) return void 0;
		try {
			return {
				screen,
				parts: parts.map((part) => decodeURIComponent(part))
			};
		} catch {
			return;
		}
	}
	// shared/base/figure.ts
	function figure(value) {
		return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/gu, ",");
	}
	// shared/base/time.ts
	var SECOND = 1e6;
	var MINUTE = 60 * SECOND;
	var HOUR = 60 * MINUTE;
	var DAY = 24 * HOUR;
	function isoOf(time) {
		const millis = Math.floor(time / 1e3);
		const text = new Date(millis).toISOString();
		const micros = time - millis * 1e3;
		const fraction = text.length - 5;
		if (micros !== 0) return `${text.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
		return text.slice(fraction, -1) === ".000" ? `${text.slice(0, fraction)}Z` : text;
	}
	function monthOf(time) {
		return new Date(Math.floor(time / 1e3)).toISOString().slice(0, 7);
	}
	function instantOf(text) {
		const millis = Math.floor(Date.parse(text));
		const fraction = /[.,](\d+)/u.exec(text)?.[1] ?? "";
		return millis * 1e3 + Number(fraction.slice(3, 6).padEnd(3, "0"));
	}
	// shared/filter/fields.ts
	var FIELDS = {
		time: {
			kind: "time",
			description: "when the call was made, UTC",
			example: "time:2018-04"
		},
		app: {
			kind: "text",
			description: "client application id",
			example: "app:1041"
		},
		developer: {
			kind: "text",
			description: "who owned the app then",
			example: "developer:\"Acme Social\""
		},
		api: {
			kind: "text",
			description: "API product",
			example: "api:groups"
		},
		operation: {
			kind: "text",
			description: "method and route template, or a named call",
			example: "operation:\"GET /{group-id}/members\""
		},
		method: {
			kind: "text",
			description: "HTTP method",
			example: "method:GET"
		},
		path: {
			kind: "text",
			description: "path as requested, without the query",
			example: "path:/v2.12/*/members"
		},
		status: {
			kind: "number",
			description: "HTTP status",
			example: "status:4xx"
		},
		outcome: {
			kind: "choice",
			description: "`allowed`, `denied`, `failed` or `unknown`",
			example: "outcome:allowed",
			choices: [
				"unknown",
				"allowed",
				"denied",
				"failed"
			]
		},
		actor: {
			kind: "text",
			description: "the account on whose authority the call was made",
			example: "actor:u-17"
		},
		caller: {
			kind: "choice",
			description: "what called, where the log says: `app`, `user`, or `service`, a service of the platform acting for itself",
			example: "caller:service",
			choices: [
				"app",
				"user",
				"service"
			]
		},
		resource: {
			kind: "text",
			description: "the object asked for",
			example: "resource:4711*"
		},
		fields: {
			kind: "list",
			description: "data fields returned or requested",
			example: "fields:(name or picture)"
		},
		fields_are: {
			kind: "choice",
			description: "`returned` or `requested`",
			example: "fields_are:requested",
			choices: ["returned", "requested"]
		},
		subjects: {
			kind: "list",
			description: "ids of the people whose data was returned",
			example: "subjects:9001"
		},
		subject_count: {
			kind: "number",
			description: "how many people were returned",
			example: "subject_count>=100"
		},
		ip: {
			kind: "text",
			description: "network address, or a block of them",
			example: "ip:10.0.0.0/8"
		},
		user_agent: {
			kind: "text",
			description: "what the client called itself",
			example: "user_agent:Mozilla/5.0*"
		},
		request_id: {
			kind: "text",
			description: "the log's own id of the call",
			example: "request_id:7f3a*"
		},
		bytes: {
			kind: "number",
			description: "size of the answer in bytes",
			example: "bytes>1000000"
		},
		duration_ms: {
			kind: "number",
			description: "time taken in milliseconds",
			example: "duration_ms:0.5..20"
		},
		duplicate: {
			kind: "flag",
			description: "`yes` or `no`; duplicates are left out unless the filter names this field",
			example: "duplicate:yes"
		},
		source: {
			kind: "source",
			description: "the export, by number or file name",
			example: "source:2"
		},
		line: {
			kind: "number",
			description: "1-based line in the original",
			example: "line:88121"
		},
		offset: {
			kind: "number",
			description: "byte offset of the record in the original",
			example: "offset<4096"
		},
		length: {
			kind: "number",
			description: "length of the record in bytes",
			example: "length>65536"
		},
		tag: {
			kind: "annotation",
			description: "a tag on the call; `*`: has any",
			example: "tag:reviewed"
		},
		note: {
			kind: "annotation",
			description: "a note on the call; `*`: has any",
			example: "note:*"
		},
		finding: {
			kind: "finding",
			description: "a finding the call counts in: rule id, developer id, or `open`, `confirmed`, `dismissed`, `disputed`",
			example: "finding:confirmed"
		},
		level: {
			kind: "level",
			description: "`entitled`, `attempted`, `possible`, `obtained`: exactly; with `+`: that and above",
			example: "level:possible+"
		}
	};
	var FIELD_NAMES = Object.keys(FIELDS);
	function fieldRow$1(field) {
		return FIELDS[field];
	}
	function fieldNamed(word) {
		const name = word.toLowerCase();
		return Object.hasOwn(FIELDS, name) ? name : void 0;
	}
	// shared/filter/cidr.ts
	function addressOf(text) {
		return text.includes(":") ? sixOf(text) : fourOf(text);
	}
	function cidrOf(text) {
		const slash = text.indexOf("/");
		const address = addressOf(text.slice(0, slash));
		const digits = text.slice(slash + 1);
		if (slash < 0 || !address || text.includes("%") || !/^\d{1,3}$/.test(digits)) return void 0;
		const bits = Number(digits);
		if (bits > address.length * 8) return void 0;
		return {
			address: address.map((byte, i) => byte & maskOf(bits - i * 8)),
			bits
		};
	}
	function blockOf(text) {
		const address = text.includes("%") ? void 0 : addressOf(text);
		if (!address) return void 0;
		const least = address.length === 16 && isMapped(address) ? address.slice(12) : address;
		return {
			address: least,
			bits: least.length * 8
		};
	}
	function inCidr(cidr, ip) {
		const address = addressOf(ip);
		if (!address) return false;
		if (address.length === cidr.address.length) return covers(cidr, address);
		return cidr.address.length === 4 && isMapped(address) && covers(cidr, address.slice(12));
	}
	function covers(cidr, address) {
		return cidr.address.every((byte, i) => byte === (address[i] & maskOf(cidr.bits - i * 8)));
	}
	function isMapped(address) {
		return address.slice(0, 10).every((byte) => byte === 0) && address[10] === 255 && address[11] === 255;
	}
	function maskOf(bits) {
		return 65280 >> Math.min(8, Math.max(0, bits)) & 255;
	}
	function fourOf(text) {
		if (!/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text)) return void 0;
		const bytes = text.split(".").map(Number);
		return bytes.every((byte) => byte <= 255) ? bytes : void 0;
	}
	function sixOf(text) {
		const sides = text.split("%", 1)[0].split("::");
		if (sides.length > 2) return void 0;
		const [head, tail] = sides.map((side, i) => bytesOf$1(side, i === sides.length - 1));
		if (!head) return void 0;
		if (sides.length === 1) return head.length === 16 ? head : void 0;
		if (!tail || head.length + tail.length > 14) return void 0;
		return [
			...head,
			...new Array(16 - head.length - tail.length).fill(0),
			...tail
		];
	}
	function bytesOf$1(side, isLast) {
		if (side === "") return [];
		const groups = side.split(":");
		const bytes = [];
		for (const [i, group] of groups.entries()) if (isLast && i === groups.length - 1 && group.includes(".")) {
			const four = fourOf(group);
			if (!four) return void 0;
			bytes.push(...four);
		} else if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
			const value = Number.parseInt(group, 16);
			bytes.push(value >> 8, value & 255);
		} else return void 0;
		return bytes;
	}
	// shared/filter/field-paths.ts
	function fieldPaths(element) {
		const strings = new Set([element]);
		const outer = [];
		let path = [];
		let base = [];
		let name = "";
		let depth = 0;
		const endName = () => {
			const trimmed = name.trim();
			name = "";
			if (trimmed === "") return;
			path = [...path, trimmed].slice(-16);
			for (let i = 0; i < path.length; i++) strings.add(path.slice(i).join("."));
		};
		for (let i = 0; i < element.length; i++) {
			const c = element.charAt(i);
			if (depth > 0) {
				if (c === "(") depth++;
				if (c === ")") depth--;
			} else if (c === "(") {
				depth = 1;
				if (path.length > base.length) name = "";
			} else if (c === ".") endName();
			else if (c === "{") {
				endName();
				outer.push(base);
				base = path;
			} else if (c === ",") {
				endName();
				path = base;
			} else if (c === "}") {
				endName();
				path = base;
				base = outer.pop() ?? [];
			} else name += c;
		}
		endName();
		return [...strings];
	}
	// shared/filter/match.ts
	function fold(text) {
		return text.toLowerCase().replaceAll("ς", "σ");
	}
	function matcher(segments) {
		const [first = "", ...rest] = segments.map(fold);
		const last = rest.pop();
		if (last === void 0) return (value) => fold(value) === first;
		return (value) => {
			const text = fold(value);
			const end = text.length - last.length;
			if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
			const reached = seek(text, rest, first.length);
			return reached >= 0 && reached <= end;
		};
	}
	function contains(segments) {
		const folded = segments.map(fold);
		return (text) => seek(fold(text), folded, 0) >= 0;
	}
	function seek(text, segments, from) {
		let at = from;
		for (const segment of segments) {
			const found = text.indexOf(segment, at);
			if (found < 0) return -1;
			at = found + segment.length;
		}
		return at;
	}
	// shared/base/nearest.ts
	function nearest(word, choices) {
		const lower = word.toLowerCase();
		if (lower.length > 40) return void 0;
		let best;
		let least = Math.min(2, Math.floor(lower.length / 2)) + 1;
		for (const choice of choices) {
			const slips = distance(lower, choice);
			if (slips < least) {
				least = slips;
				best = choice;
			}
		}
		return best ?? choices.find((choice) => lower.length >= 2 && choice.startsWith(lower));
	}
	function distance(a, b) {
		let before = [];
		let last = Array.from({ length: b.length + 1 }, (_, j) => j);
		for (let i = 1; i <= a.length; i++) {
			const row = [i];
			for (let j = 1; j <= b.length; j++) {
				const same = a[i - 1] === b[j - 1] ? 0 : 1;
				let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
				if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
				row.push(cost);
			}
			before = last;
			last = row;
		}
		return last[b.length];
	}
	// shared/base/errors.ts
	var Refusal = class extends Error {
		code;
		what;
		todo;
		position;
		constructor(code, what, todo, more = {}) {
			super(`${what}: ${todo}`, more.cause === void 0 ? void 0 : { cause: more.cause });
			this.name = "Refusal";
			this.code = code;
			this.what = what;
			this.todo = todo;
			if (more.position !== void 0) this.position = more.position;
		}
		data() {
			const data = {
				code: this.code,
				what: this.what,
				todo: this.todo
			};
			return this.position === void 0 ? data : {
				...data,
				position: this.position
			};
		}
	};
	// shared/filter/mistake.ts
	function mistake(position, what, todo) {
		return new Refusal("filter-wrong", `at ${position}: ${what}`, todo, { position });
	}
	var QUOTE_IT = "put it in quotes if the text itself is meant";
	function excerpt(text) {
		const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "�");
		return clean.length > 40 ? `${Array.from(clean).slice(0, 39).join("")}…` : clean;
	}
	// shared/filter/other-languages.ts
	var NAME_AND_OPERATOR = /([\p{L}_@][\p{L}\p{N}_.@-]*)(!==?|!~|=~|===?|=>|=<|=|~)/uy;
	var IN_A_LIST = /in\s{0,80}\(/iy;
	var VALUE_OPERATOR = /!==?|!~|===?|=~|=|!|~/y;
	var CLOCK = /^\s+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?/;
	var ZONE = /^\s+(Z|UTC|GMT|[+-]\d{2}:?\d{2})(?=[\s)]|$)/i;
	var DASH = /^[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/;
	var MARKED = /[+^](?=([a-z_]+)[:<>])/iy;
	var ODD_HEAD = /([a-z_]+)(?:(?:\[[^\]\s]{0,20}\]|[!?]){1,4}:|[\uFF1A\uFE55\u2236])/iy;
	function checkTermStart(scanner) {
		const { text, i } = scanner;
		if (scanner.next === "!") {
			const term = /^!\s{0,80}(\(|[^\s()"]{1,80})/.exec(text.slice(i, i + 170))?.[1] ?? "app:1041";
			const todo = `write \`not\` or \`-\` before the term: \`${term === "(" ? "-(…)" : `-${excerpt(term)}`}\`, or ${QUOTE_IT}`;
			throw scanner.mistake(i, "`!` does not mean not here", todo);
		}
		if (DASH.test(scanner.next)) {
			const todo = `write \`-\`, right before its term: \`-app:1041\`, or ${QUOTE_IT}`;
			throw scanner.mistake(i, `\`${scanner.next}\` does not mean not here`, todo);
		}
		if (fieldNamed(matchAt$1(MARKED, text, i)?.[1] ?? "")) {
			const todo = `leave it out: terms side by side must all hold, or ${QUOTE_IT}`;
			throw scanner.mistake(i, `\`${scanner.next}\` before a field is no operator here`, todo);
		}
		const odd = matchAt$1(ODD_HEAD, text, i);
		const oddField = fieldNamed(odd?.[1] ?? "");
		if (odd && oddField) throw scanner.mistake(i, `\`${excerpt(odd[0])}\` is neither a field with a value nor plain text`, `write \`${oddField}:VALUE\`, or ${QUOTE_IT}`);
		checkWordOperator(scanner);
		const list = matchAt$1(IN_A_LIST, text, i);
		if (list) {
			const todo = `write the field, a colon and the values: \`${excerpt(listHere(text, i + list[0].length))}\`, or ${QUOTE_IT}`;
			throw scanner.mistake(i, "`in (…)` is no list of values here", todo);
		}
		const found = matchAt$1(NAME_AND_OPERATOR, text, i);
		if (!found) return;
		const [head, name, operator] = found;
		const value = wordAt(text, i + head.length);
		const what = `\`${excerpt(head + value)}\` is neither a field with a value nor plain text`;
		const field = fieldNamed(name);
		const right = field ? `\`${excerpt(hereFor(field, operator, value))}\`` : "the name of a field, a colon and the value";
		throw scanner.mistake(i, what, `write ${right}, or ${QUOTE_IT}`);
	}
	function checkValueStart(scanner, field, operator) {
		const { text, i } = scanner;
		const foreign = operator === "<" && scanner.next === ">" ? "!=" : matchAt$1(VALUE_OPERATOR, text, i)?.[0];
		if (foreign === void 0) return;
		const written = scanner.next === ">" ? "<>" : foreign;
		const right = excerpt(hereFor(field, foreign, wordAt(text, i + (written === "<>" ? 1 : foreign.length))));
		throw scanner.mistake(i, `\`${written}\` is no operator here`, `write \`${right}\`, or ${QUOTE_IT}`);
	}
	function checkValue(scanner, field, word, isListed) {
		const comma = commaIn(word, isListed || LISTS.has(field) || fieldRow$1(field).kind === "text" && /^\d+(?:[,;]\d+)+$/.test(word.raw));
		if (comma !== void 0) {
			const name = word.raw.charAt(comma - word.at + 1) === ";" ? "semicolon" : "comma";
			const here = `\`${excerpt(joinedHere(scanner.text, field, word, isListed))}\``;
			const todo = `write ${/ or |A or B/.test(here) ? "`or` between values" : "a blank between terms"}: ${here}, or ${QUOTE_IT}`;
			throw scanner.mistake(comma, `a ${name} does not join values here`, todo);
		}
		checkForeignValue(scanner, field, word, isListed);
		if (field !== "time") return;
		const time = word.raw.replaceAll("\"", "");
		checkClock(scanner, time);
		checkZone(scanner, time);
	}
	var LISTS = new Set([
		"fields",
		"subjects",
		"api",
		"method"
	]);
	function checkZone(scanner, time) {
		const zone = ZONE.exec(scanner.text.slice(scanner.i, scanner.i + 80));
		if (!zone) return;
		const written = zone[1];
		const at = scanner.i + zone[0].length - written.length;
		const todo = /^[a-z]/i.test(written) ? "leave it out: times without a zone are UTC" : `write \`${excerpt(time)}${written}\`, without the blank`;
		throw scanner.mistake(at, `the zone \`${written}\` stands apart from its time`, `${todo}, or ${QUOTE_IT}`);
	}
	function checkClock(scanner, date) {
		const day = /(?:^|\.\.)(\d{4}-\d{2}-\d{2})$/.exec(date)?.[1];
		const clock = CLOCK.exec(scanner.text.slice(scanner.i, scanner.i + 80))?.[0];
		if (day === void 0 || clock === void 0) return;
		const at = scanner.i + clock.length - clock.trimStart().length;
		const written = clock.trim().replace(/^\d:/, "0$&");
		const todo = `write \`${day}T${written}\`, without the blank, or ${QUOTE_IT}`;
		throw scanner.mistake(at, `the clock \`${written}\` stands apart from its date`, todo);
	}
	function hereFor(field, operator, word) {
		const value = word === "" ? "VALUE" : word;
		if (operator === "=>" || operator === "=<") return `${field}${operator.charAt(1)}=${value}`;
		const not = operator.startsWith("!") ? "-" : "";
		return operator.includes("~") ? `${not}${field}:*${value}*` : `${not}${field}:${value}`;
	}
	function apartHere(field, behind) {
		const [, operator = ":", value = ""] = APART$1.exec(behind) ?? [];
		if (operator === "<>") return hereFor(field, "!=", value);
		return /^[<>]/.test(operator) ? `${field}${operator}${value || "VALUE"}` : hereFor(field, operator, value);
	}
	var APART$1 = /^\s+(!==?|!~|=~|=>|=<|===?|=|~|<>|<=|>=|<|>|:)\s*("[^"]{0,80}"|[^\s()"]{0,80})/;
	function listHere(text, from) {
		const [, name, not] = /([a-z_]+)\s+(not\s+)?in\s*\($/i.exec(text.slice(Math.max(0, from - 120), from)) ?? [];
		const field = fieldNamed(name ?? "") ?? "app";
		const values = pieces(text.slice(from, from + 200).split(")", 1)[0]);
		return `${not === void 0 ? "" : "-"}${valuesHere(field, values)}`;
	}
	function joinedHere(text, field, { raw, at }, isListed) {
		const values = pieces(isListed ? text.slice(at - 1, at + 199).split(")", 1)[0] : raw);
		return values.slice(1).some(startsField) ? [`${field}:${values[0]}`, ...values.slice(1)].join(" ") : valuesHere(field, values);
	}
	var valuesHere = (field, values) => values.length === 0 ? `${field}:(A or B)` : values.length === 1 ? `${field}:${values[0]}` : `${field}:(${values.join(" or ")})`;
	function pieces(list) {
		return (list.match(/(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^\s,;"'{])+/g) ?? []).filter((piece) => !/^(?:or|and)$/i.test(piece)).map((piece) => piece.replace(/^'(.*)'$/, "\"$1\""));
	}
	function wordAt(text, at) {
		return /^[^\s()"]*/.exec(text.slice(at, at + 80))?.[0] ?? "";
	}
	function commaIn({ raw, at }, joins) {
		let depth = 0;
		let quoted = false;
		for (let i = 0; i < raw.length; i++) {
			const c = raw.charAt(i);
			if (quoted) {
				if (c === "\\") i++;
				else if (c === "\"") quoted = false;
				continue;
			}
			if (c === "\"") quoted = true;
			else if ("{[(".includes(c)) depth++;
			else if ("}])".includes(c)) depth--;
			else if ((c === "," || c === ";") && depth === 0 && (joins || i === raw.length - 1 || startsField(raw.slice(i + 1, i + 80)))) return at - 1 + i;
		}
	}
	function startsField(text) {
		const head = /^([a-z_]+)(?:[:<>]|!?=)/i.exec(text);
		return head !== null && fieldNamed(head[1]) !== void 0;
	}
	function matchAt$1(pattern, text, at) {
		pattern.lastIndex = at;
		return pattern.exec(text);
	}
	var WORDS = "is|eq|neq?|gte?|ge|lte?|le|i?like|rlike|contains|has|starts?_?with|ends?_?with|matches|regexp?|between|equals";
	var WHOLE$1 = new RegExp(`^(?:${WORDS})$`, "i");
	var isWordOperator = (word) => WHOLE$1.test(word);
	var FIELD_AND_WORD = new RegExp(String.raw`([a-z_]+)\s{1,80}((?:is\s{1,80}not|not\s{1,80}(?:${WORDS})|${WORDS}))\s{1,80}("[^"]{0,80}"|[^\s()"]{1,80})(?:\s{1,80}(?:and|to)\s{1,80}([^\s()"]{1,80}))?`, "iy");
	function checkWordOperator(scanner) {
		const { text, i } = scanner;
		FIELD_AND_WORD.lastIndex = i;
		const found = FIELD_AND_WORD.exec(text);
		const field = fieldNamed(found?.[1] ?? "");
		if (!found || !field) return;
		const word = found[2].toLowerCase().replaceAll(/\s+/g, " ");
		if (/^(?:and|or|not)$/i.test(found[3])) return;
		const at = i + found[0].indexOf(found[2], found[1].length);
		const right = excerpt(hereForWord(field, word, found[3], found[4]));
		throw scanner.mistake(at, `\`${word}\` is no operator here`, `write \`${right}\`, or ${QUOTE_IT}`);
	}
	function hereForWord(field, word, written, end) {
		const operator = word.replace(/^not |^is not$/, "");
		const not = word.startsWith("not ") || word === "is not" || /^neq?$/.test(word) ? "-" : "";
		const value = operator.endsWith("like") ? written.replaceAll("%", "*") : written;
		if (operator === "between") return `${not}${field}:${value}..${end ?? ""}`;
		const compared = {
			gt: ">",
			gte: ">=",
			ge: ">=",
			lt: "<",
			lte: "<=",
			le: "<="
		}[operator];
		if (compared) return `${field}${compared}${value}`;
		if (/^(?:contains|has|matches|regexp?)$/.test(operator)) return `${not}${field}:*${value}*`;
		if (operator.startsWith("start")) return `${not}${field}:${value}*`;
		if (operator.startsWith("end")) return `${not}${field}:*${value}`;
		return `${not}${field}:${value}`;
	}
	var NAMES = new Set([
		"app",
		"developer",
		"api",
		"method",
		"actor",
		"subjects",
		"ip"
	]);
	var METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/i;
	function checkForeignValue(scanner, field, word, isListed) {
		const { kind } = fieldRow$1(field);
		if (word.quoted || kind === "annotation" || kind === "finding") return;
		if ((kind === "time" || kind === "number") && !isListed) checkRange(scanner, field);
		if (kind !== "text" && kind !== "list") return;
		const { raw } = word;
		const at = word.at - 1;
		const mistake = (what, todo) => scanner.mistake(at, what, `${todo}, or ${QUOTE_IT}`);
		if (/^null$/i.test(raw)) throw mistake(`\`${raw}\` is no value: a field that a record lacks has none`, `write \`not ${field}:*\``);
		if (/^\[.*\]$/.test(raw) || /^\{.*[,;].*\}$/.test(raw)) throw mistake(`\`${excerpt(raw)}\` is no list of values here`, field === "ip" ? "write the address without brackets" : `write \`${field}:(A or B)\``);
		if (/^\/.+\/[a-z]*$/.test(raw) && (NAMES.has(field) || /\.[*+]|[\\|^$]/.test(raw))) throw mistake(`\`${excerpt(raw)}\` is a regular expression, which filters have not`, "write `*` for any run of characters");
		if (NAMES.has(field)) checkName(scanner, field, word);
		if (field === "ip") checkAddress(scanner, word);
		if (field === "operation" && METHOD.test(raw)) checkRoute(scanner, raw);
	}
	function checkName(scanner, field, { raw, at }) {
		const mistake = (index, what, todo) => scanner.mistake(at - 1 + index, what, `${todo}, or ${QUOTE_IT}`);
		const wildcard = raw.indexOf("?");
		if (wildcard >= 0) throw mistake(wildcard, "`?` is no wildcard here", "write `*` for any run of characters");
		if (/^[+^]/.test(raw)) throw mistake(0, `\`${raw.charAt(0)}\` before a value is no operator here`, `write \`${field}:${excerpt(raw.slice(1))}\``);
		const behind = raw.search(/[~^]\d*(?:\.\d+)?$|[$]$/);
		if (behind > 0) throw mistake(behind, `\`${excerpt(raw.slice(behind))}\` is no operator here`, `write \`${field}:VALUE\` alone`);
	}
	function checkAddress(scanner, { raw, at }) {
		if (!/^\d[\d.,-]*\.[\d.,-]*$/.test(raw) || /^\d+(?:\.\d+){3}$/.test(raw)) return;
		const todo = `write \`ip:10.1.2.3\`, \`ip:10.1.2.*\` or a block such as \`ip:10.1.2.0/24\`, or ${QUOTE_IT}`;
		throw scanner.mistake(at - 1, `\`${excerpt(raw)}\` is no address`, todo);
	}
	function checkRoute(scanner, method) {
		const route = /^\s+(\/[^\s()"]*)/.exec(scanner.text.slice(scanner.i, scanner.i + 200));
		if (!route) return;
		const at = scanner.i + route[0].length - route[1].length;
		const todo = `write both in one pair of quotes: \`operation:"${method} /…"\`, or ${QUOTE_IT}`;
		throw scanner.mistake(at, "the route stands apart from its method", todo);
	}
	function checkRange(scanner, field) {
		const blank = /^\s+(?=\.\.)/.exec(scanner.text.slice(scanner.i, scanner.i + 80));
		if (!blank) return;
		const todo = `write \`${field}:A..B\`, without the blank, or ${QUOTE_IT}`;
		throw scanner.mistake(scanner.i + blank[0].length, "the other end of the range stands apart", todo);
	}
	// shared/filter/foreign-character.ts
	var IN_SINGLE_QUOTES = /'([^"]{0,300}?)'(?=[\s)*]|$)/y;
	function foreignCharacter(text, i, isFirst) {
		const c = text.charAt(i);
		if (c === "|") {
			const operator = text.charAt(i + 1) === "|" ? "||" : "|";
			return [`\`${operator}\` does not mean or here`, `write \`or\`: \`${excerpt(eitherHere(text, i, operator.length))}\`, or ${QUOTE_IT}`];
		}
		if (c === "&" && text.charAt(i + 1) === "&") return ["`&&` does not mean and here", `write \`and\`, or only a space, or ${QUOTE_IT}`];
		if (/[“”„‟]/.test(c) || isFirst && /[‘’‚‛«»‹›「」]/.test(c)) return [`\`${c}\` ${/[«»‹›「」]/.test(c) ? "is no quotation mark here" : "is a curly quotation mark"}`, "write straight ones: `\"`"];
		if (isFirst && c === "'") {
			IN_SINGLE_QUOTES.lastIndex = i;
			const inside = IN_SINGLE_QUOTES.exec(text)?.[1];
			if (inside !== void 0) return ["`'` is no quotation mark here", `write double ones: \`"${excerpt(inside)}"\`, also around a \`'\` that is meant`];
		}
	}
	function eitherHere(text, i, length) {
		const before = /[^\s()|]+(?=\s*$)/.exec(text.slice(Math.max(0, i - 80), i))?.[0];
		const behind = /^\s*([^\s()|]+)/.exec(text.slice(i + length, i + length + 80))?.[1];
		if (before === void 0 || behind === void 0 || /"/.test(before + behind)) return "app:(1041 or 1042)";
		const [, field, value] = /^([a-z_]+):(.+)$/i.exec(before) ?? [];
		return field === void 0 || behind.includes(":") ? `${before} or ${behind}` : `${field}:(${value} or ${behind})`;
	}
	// shared/filter/scanner.ts
	var SPACE = /\s/;
	var SPACES = /\s*/y;
	var KEYWORD$1 = /(and|or|not)(?=[\s()"]|$)/iy;
	var HEAD$1 = /([\p{L}_@][\p{L}\p{N}_.@-]*)(:(?:>=|<=|>|<)?|>=|<=|>|<)/uy;
	var Scanner = class {
		text;
		i = 0;
		unit = 0;
		character = 1;
		constructor(text) {
			this.text = text;
		}
		position(unit) {
			if (unit < this.unit) {
				this.unit = 0;
				this.character = 1;
			}
			while (this.unit < unit) {
				this.unit += this.text.codePointAt(this.unit) > 65535 ? 2 : 1;
				this.character++;
			}
			return this.character;
		}
		mistake(unit, what, todo) {
			return mistake(this.position(unit), what, todo);
		}
		get atEnd() {
			return this.i >= this.text.length;
		}
		get next() {
			return this.text.charAt(this.i);
		}
		get atSpace() {
			return SPACE.test(this.next);
		}
		skipSpace() {
			SPACES.lastIndex = this.i;
			SPACES.exec(this.text);
			this.i = SPACES.lastIndex;
		}
		keyword() {
			KEYWORD$1.lastIndex = this.i;
			const found = KEYWORD$1.exec(this.text);
			if (!found) return void 0;
			const word = found[1].toLowerCase();
			return {
				word,
				at: this.i + 1,
				end: this.i + 1 + word.length
			};
		}
		head() {
			HEAD$1.lastIndex = this.i;
			const found = HEAD$1.exec(this.text);
			return found ? {
				name: found[1],
				operator: found[2]
			} : void 0;
		}
		word() {
			const start = this.i;
			const segments = [""];
			let bare = "";
			let quoted = false;
			let last = "start";
			const open = [];
			const append = (piece) => {
				segments[segments.length - 1] += piece;
			};
			while (!this.atEnd && !this.atSpace) {
				const c = this.next;
				if (c === ")" && open.length === 0) break;
				if (last === "quoted" && c !== "*") {
					const todo = c === "," ? "write `or` between two values: `app:(A or B)`" : "write a space between two terms, and \\\" for a quotation mark inside quotes";
					throw this.mistake(this.i, `${naming(c)} right after a closing quotation mark`, todo);
				}
				if (c === "\"") {
					if (last === "bare") throw this.mistake(this.i, `a quotation mark inside \`${excerpt(this.text.slice(start, this.i))}\``, "put all of it in quotes, and write \\\" for a quotation mark inside them");
					append(this.quotedPiece());
					bare += "\"";
					quoted = true;
					last = "quoted";
					continue;
				}
				if (c === "*") {
					if (last !== "star") segments.push("");
					last = "star";
				} else {
					const foreign = foreignCharacter(this.text, this.i, last === "start");
					if (foreign) throw this.mistake(this.i, ...foreign);
					if (c === "(") open.push(this.i);
					if (c === ")") open.pop();
					append(c);
					last = "bare";
				}
				bare += c;
				this.i++;
			}
			const unclosed = open.at(-1);
			if (unclosed !== void 0) throw this.unclosedParenthesis(unclosed);
			return {
				at: start + 1,
				end: this.i + 1,
				raw: this.text.slice(start, this.i),
				bare,
				quoted,
				segments
			};
		}
		unclosedParenthesis(unit) {
			const position = this.position(unit);
			return mistake(position, `the parenthesis at position ${position} is not closed`, "write `)` where it ends, or put it in quotes if the parenthesis is meant as text");
		}
		quotedPiece() {
			const start = this.i;
			let piece = "";
			let from = start + 1;
			for (let i = from; i < this.text.length; i++) {
				const c = this.text.charAt(i);
				if (c === "\"") {
					this.i = i + 1;
					return piece + this.text.slice(from, i);
				}
				const after = this.text.charAt(i + 1);
				if (c === "\\" && (after === "\"" || after === "\\")) {
					piece += this.text.slice(from, i) + after;
					i++;
					from = i + 1;
				}
			}
			const position = this.position(start);
			throw mistake(position, `the quotation mark at position ${position} is not closed`, "write `\"` where the text ends");
		}
	};
	function naming(c) {
		return c === "\"" ? "a quotation mark" : `\`${excerpt(c)}\``;
	}
	// shared/base/period.ts
	var FORM = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;
	var MONTHS = "January February March April May June July August September October November December".split(" ");
	function periodOf(text) {
		const found = FORM.exec(text);
		if (!found) return {
			what: "is not a time",
			todo: "write it as 2018, 2018-04, 2018-04-04, 2018-04-04T10:30 or 2018-04-04T10:30:15Z"
		};
		const [, year, month, day, hour, minute, second, fraction, zone] = found;
		const y = Number(year);
		const m = Number(month ?? 1);
		if (m < 1 || m > 12) return {
			what: `has no month: ${month}`,
			todo: "months are 01 to 12"
		};
		if (month === void 0) return {
			from: midnight(y, 1, 1),
			to: midnight(y + 1, 1, 1)
		};
		if (day === void 0) return {
			from: midnight(y, m, 1),
			to: midnight(y, m + 1, 1)
		};
		const d = Number(day);
		const days = (midnight(y, m + 1, 1) - midnight(y, m, 1)) / DAY;
		if (d < 1 || d > days) return {
			what: `is no day: ${MONTHS[m - 1]} ${year} has ${days}`,
			todo: `days are 01 to ${days}`
		};
		const start = midnight(y, m, d);
		if (hour === void 0) return {
			from: start,
			to: start + DAY
		};
		if (Number(hour) > 23) return {
			what: `has no hour: ${hour}`,
			todo: "hours are 00 to 23"
		};
		if (Number(minute ?? 0) > 59) return {
			what: `has no minute: ${minute}`,
			todo: "minutes are 00 to 59"
		};
		if (Number(second ?? 0) > 59) return {
			what: `has no second: ${second}`,
			todo: "seconds are 00 to 59"
		};
		const offset = offsetOf(zone);
		if (offset === void 0) return {
			what: `has no such offset: ${zone}`,
			todo: "write Z or an offset such as +02:00"
		};
		const micros = Number((fraction ?? "").slice(0, 6).padEnd(6, "0"));
		const from = start + Number(hour) * HOUR + Number(minute ?? 0) * MINUTE + Number(second ?? 0) * SECOND + micros - offset;
		if (fraction !== void 0) return {
			from,
			to: from + 1
		};
		return {
			from,
			to: from + (minute === void 0 ? HOUR : second === void 0 ? MINUTE : SECOND)
		};
	}
	function midnight(year, month, day) {
		return new Date(0).setUTCFullYear(year, month - 1, day) * 1e3;
	}
	function offsetOf(zone) {
		if (zone === void 0 || zone === "Z" || zone === "z") return 0;
		const hours = Number(zone.slice(1, 3));
		const minutes = Number(zone.slice(3).replace(":", ""));
		if (hours > 23 || minutes > 59) return void 0;
		return (zone.startsWith("-") ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
	}
	// shared/model/level.ts
	var LEVELS = [
		"entitled",
		"attempted",
		"possible",
		"obtained"
	];
	// shared/filter/value.ts
	var NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
	var FLAGS = new Map([
		["yes", true],
		["true", true],
		["no", false],
		["false", false]
	]);
	function readValue(scanner, field, operator, isListed = false) {
		const start = scanner.i;
		const op = operator === "" ? comparisonAt(scanner) : operator;
		scanner.i += op.length - operator.length;
		checkValueStart(scanner, field, op);
		const keyword = scanner.keyword();
		if (keyword) {
			const todo = `write \`"${keyword.word}"\` in quotes if the word itself is meant`;
			throw scanner.mistake(scanner.i, `\`${keyword.word}\` stands where a value of \`${field}\` is expected`, todo);
		}
		if (op !== "" && scanner.next === "(") throw scanner.mistake(scanner.i, `\`${op}\` takes one value, not parentheses`, `write \`${field}:(${op}A and ${op}B)\``);
		const word = scanner.word();
		if (word.at === word.end) throw scanner.mistake(start, `\`${field}\` has no value`, `write it right after, without a space: \`${fieldRow$1(field).example}\``);
		checkValue(scanner, field, word, isListed);
		const reader = new Reader(scanner, field, word);
		const leaf = op === "" ? reader.leaf() : reader.compare(op);
		return Object.freeze({
			...leaf,
			at: start + 1,
			end: word.end
		});
	}
	function comparisonAt(scanner) {
		const two = scanner.text.slice(scanner.i, scanner.i + 2);
		if (two === ">=" || two === "<=") return two;
		const one = two.charAt(0);
		return one === ">" || one === "<" ? one : "";
	}
	var Reader = class {
		scanner;
		field;
		word;
		text;
		constructor(scanner, field, word) {
			this.scanner = scanner;
			this.field = field;
			this.word = word;
			this.text = word.segments.join("*");
		}
		leaf() {
			const { word } = this;
			const kind = fieldRow$1(this.field).kind;
			if (word.segments.length === 2 && word.segments[0] === "" && word.segments[1] === "") return { kind: "present" };
			switch (kind) {
				case "time":
				case "number":
					this.noWildcard();
					if (word.bare.includes("..")) return this.range();
					if (kind === "number") return {
						kind: "number",
						literal: this.number(this.text, this.span)
					};
					return {
						kind: "time",
						literal: this.time(this.text, this.span)
					};
				case "source":
					if (/^\d+$/.test(word.bare)) return {
						kind: "number",
						literal: this.number(this.text, this.span)
					};
					if (/^(?:\d+\.\.\d*|\.\.\d+)$/.test(word.bare)) return this.range();
					return this.pattern();
				case "choice": return this.choice();
				case "flag": return this.flag();
				case "level": return this.level();
				default:
					if (this.field === "ip" && !word.quoted && word.bare.includes("/")) return this.cidr();
					return this.pattern();
			}
		}
		compare(op) {
			const kind = fieldRow$1(this.field).kind;
			if (kind !== "time" && kind !== "number" && kind !== "source") throw this.noRange(`\`${op}\``);
			this.noWildcard();
			if (this.word.bare.includes("..")) throw this.wrong("is a range behind a comparison", "write one or the other");
			return Object.freeze({
				kind: "compare",
				op,
				literal: this.literal(this.text, this.span)
			});
		}
		get span() {
			return {
				at: this.word.at,
				end: this.word.end
			};
		}
		range() {
			const { at, end } = this.word;
			const dots = this.text.indexOf("..");
			const [before, after] = [this.text.slice(0, dots), this.text.slice(dots + 2)];
			if (before === "" && after === "") throw this.wrong("is a range without ends", "write `A..B`, `A..` or `..B`");
			const from = before === "" ? void 0 : this.literal(before, {
				at,
				end: at + before.length
			});
			const to = after === "" ? void 0 : this.literal(after, {
				at: end - after.length,
				end
			});
			if (before.startsWith("-")) throw this.wrong("begins below zero", `write \`>=${excerpt(before)}\``);
			if (from && to && isBackward(from, to)) throw this.wrong("ends before it begins", "write the smaller end first");
			return {
				kind: "range",
				...from && { from },
				...to && { to }
			};
		}
		literal(text, span) {
			return this.field === "time" ? this.time(text, span) : this.number(text, span);
		}
		time(text, { at, end }) {
			const lower = text.toLowerCase();
			const last = /^last(\d+)d$/.exec(lower);
			if (lower === "cutoff" || lower === "asof" || last) {
				const position = this.scanner.position(at - 1);
				if (!last) return Object.freeze({
					kind: lower,
					position,
					at,
					end
				});
				const days = Number(last[1]);
				if (days < 1 || days > 99999) throw this.wrong("is no span of days", "write `last60d`, with 1 to 99999 days", text);
				return Object.freeze({
					kind: "last",
					days,
					position,
					at,
					end
				});
			}
			const period = periodOf(text);
			if ("what" in period) {
				const todo = period.what === "is not a time" ? `${period.todo}, or cutoff, asof or last60d` : period.todo;
				throw this.wrong(period.what, todo, text);
			}
			return Object.freeze({
				kind: "period",
				text: text.replace(" ", "T").toUpperCase(),
				...period,
				at,
				end
			});
		}
		number(text, { at, end }) {
			if (this.field === "status" && /^\d[x]{2}$/i.test(text)) {
				const hundreds = Number(text.charAt(0)) * 100;
				if (hundreds < 100 || hundreds > 500) throw this.wrong("is no class of HTTP status", "write 1xx, 2xx, 3xx, 4xx or 5xx", text);
				return Object.freeze({
					kind: "number",
					from: hundreds,
					to: hundreds + 99,
					at,
					end
				});
			}
			if (!NUMBER.test(text)) {
				const example = this.field === "status" ? "404 or 4xx" : "250";
				throw this.wrong("is not a number", `\`${this.field}\` is a number: write digits, such as ${example}`, text);
			}
			const value = Number(text) + 0;
			if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw this.wrong("is too large a number", "write one below 9007199254740992", text);
			return Object.freeze({
				kind: "number",
				from: value,
				to: value,
				at,
				end
			});
		}
		pattern() {
			const { bare } = this.word;
			const { kind } = fieldRow$1(this.field);
			if (bare.includes("..")) throw this.noRange("`..`");
			if (this.field === "fields" && !isBalanced(bare)) throw this.wrong("has a bracket without its partner", "write it without spaces, or all of it in quotes");
			const head = /^([a-z_]+):/i.exec(bare);
			if (head && kind !== "finding" && fieldNamed(head[1])) throw this.wrong(`is a field inside the value of \`${this.field}\``, "close the parentheses first, or put it in quotes if it is the value");
			return {
				kind: "pattern",
				segments: Object.freeze(this.word.segments)
			};
		}
		choice() {
			const { choices = [] } = fieldRow$1(this.field);
			const leaf = this.pattern();
			if (!choices.some(matcher(this.word.segments))) throw this.notOneOf(choices);
			return leaf;
		}
		flag() {
			const value = FLAGS.get(this.text.toLowerCase());
			if (value === void 0) throw this.notOneOf(["yes", "no"]);
			return {
				kind: "flag",
				value
			};
		}
		level() {
			const lower = this.text.toLowerCase();
			const above = lower.endsWith("+");
			const level = above ? lower.slice(0, -1) : lower;
			if (!LEVELS.includes(level)) throw this.notOneOf(LEVELS, ", and `+` for that level and above");
			return {
				kind: "level",
				level,
				above
			};
		}
		cidr() {
			const cidr = cidrOf(this.text);
			if (!cidr) throw this.wrong("is no block of addresses", "write it as 10.0.0.0/8 or 2001:db8::/32, or in quotes if it is text");
			Object.freeze(cidr.address);
			return {
				kind: "cidr",
				cidr: Object.freeze(cidr)
			};
		}
		noWildcard() {
			if (this.word.segments.length === 1) return;
			throw this.wrong("has a wildcard", `\`${this.field}\` takes a value or a range: \`${fieldRow$1(this.field).example}\``);
		}
		noRange(what) {
			const todo = `\`${this.field}\` is neither, so put the value in quotes if it is meant as text`;
			return this.scanner.mistake(this.word.at - 1, `${what}: ranges are for times and numbers`, todo);
		}
		notOneOf(choices, more = "") {
			const near = nearest(this.text, choices);
			const guess = near ? `did you mean \`${near}\`? ` : "";
			const list = choices.map((choice) => `\`${choice}\``).join(", ");
			return this.wrong(`is no value of \`${this.field}\``, `${guess}${guess ? "There are" : "there are"} ${list}${more}`);
		}
		wrong(what, todo, text = this.word.raw) {
			return this.scanner.mistake(this.word.at - 1, `\`${excerpt(text)}\` ${what}`, todo);
		}
	};
	function isBackward(from, to) {
		if (from.kind === "number" && to.kind === "number") return from.from > to.to;
		return from.kind === "period" && to.kind === "period" && from.from >= to.to;
	}
	function isBalanced(text) {
		const open = [];
		for (const c of text) {
			if (c === "{") open.push("}");
			if (c === "[") open.push("]");
			if ((c === "}" || c === "]") && open.pop() !== c) return false;
		}
		return open.length === 0;
	}
	// shared/filter/parse.ts
	var MAX_DEPTH = 200;
	function parse(text) {
		return new Parser(text).filter();
	}
	var Parser = class {
		scanner;
		constructor(text) {
			this.scanner = new Scanner(text);
		}
		filter() {
			const { scanner } = this;
			scanner.skipSpace();
			if (scanner.atEnd) return Object.freeze({
				kind: "and",
				terms: Object.freeze([]),
				at: 1,
				end: scanner.i + 1
			});
			const filter = this.or((depth) => this.leaf(depth), 0);
			if (scanner.atEnd) return filter;
			throw scanner.mistake(scanner.i, "a closing parenthesis that nothing opened", `take it out, or ${QUOTE_IT}`);
		}
		or(leaf, depth) {
			const terms = [this.and(leaf, depth)];
			for (let or = this.takeKeyword("or"); or; or = this.takeKeyword("or")) terms.push(this.and(leaf, depth, or));
			return joined("or", terms);
		}
		and(leaf, depth, behind) {
			const { scanner } = this;
			const terms = [this.term(leaf, depth, behind)];
			for (;;) {
				const and = this.takeKeyword("and");
				if (!and && (scanner.atEnd || scanner.next === ")" || scanner.keyword()?.word === "or")) return joined("and", terms);
				terms.push(this.term(leaf, depth, and));
			}
		}
		term(leaf, depth, behind) {
			const { scanner } = this;
			scanner.skipSpace();
			const at = scanner.i + 1;
			const keyword = scanner.keyword();
			const none = scanner.atEnd || scanner.next === ")";
			if (none && behind) throw scanner.mistake(behind.at - 1, `\`${behind.word}\` has nothing after it`, `write a term after it, or ${QUOTE_IT}`);
			if (none) throw scanner.mistake(at - 1, "a closing parenthesis that nothing opened", `take it out, or ${QUOTE_IT}`);
			if (keyword && keyword.word !== "not") throw scanner.mistake(at - 1, `\`${keyword.word}\` has nothing before it`, `write a term before it, or ${QUOTE_IT}`);
			if (keyword) {
				this.checkDepth(depth);
				scanner.i += keyword.word.length;
				return negated(this.term(leaf, depth + 1, keyword), at);
			}
			if (scanner.next === "-") {
				this.checkDepth(depth);
				scanner.i++;
				if (/^(?:[\s)-]|$)/.test(scanner.next)) throw scanner.mistake(at - 1, "`-` means not, and has no term right after it", `write \`-term\`, or ${QUOTE_IT}`);
				return negated(this.term(leaf, depth + 1), at);
			}
			if (scanner.next === "(") return this.group(leaf, depth);
			return leaf(depth);
		}
		group(leaf, depth) {
			const { scanner } = this;
			const start = scanner.i;
			this.checkDepth(depth);
			scanner.i++;
			scanner.skipSpace();
			if (scanner.next === ")") throw scanner.mistake(start, "the parentheses are empty", `write a term inside, or ${QUOTE_IT}`);
			if (scanner.atEnd) throw scanner.unclosedParenthesis(start);
			const inner = this.or(leaf, depth + 1);
			if (scanner.next !== ")") throw scanner.unclosedParenthesis(start);
			scanner.i++;
			return Object.freeze({
				...inner,
				at: start + 1,
				end: scanner.i + 1
			});
		}
		checkDepth(depth) {
			if (depth < MAX_DEPTH) return;
			throw this.scanner.mistake(this.scanner.i, `more than ${MAX_DEPTH} terms inside each other`, "write it with fewer parentheses");
		}
		takeKeyword(word) {
			const { scanner } = this;
			scanner.skipSpace();
			const keyword = scanner.keyword();
			if (keyword?.word !== word) return void 0;
			scanner.i += word.length;
			return keyword;
		}
		leaf(depth) {
			const { scanner } = this;
			checkTermStart(scanner);
			const head = scanner.head();
			return head ? this.field(head.name, head.operator, depth) : this.text();
		}
		field(name, operator, depth) {
			const { scanner } = this;
			const start = scanner.i;
			const field = fieldNamed(name);
			if (!field) {
				const near = nearest(name, FIELD_NAMES);
				const guess = near ? `did you mean \`${near}\`? To search for the text, put it in quotes` : "to search for the text, put it in quotes";
				throw scanner.mistake(start, `\`${excerpt(name)}\` is not a field`, guess);
			}
			scanner.i += name.length + operator.length;
			const op = operator.replace(":", "");
			const value = op === "" && scanner.next === "(" ? this.group((_) => readValue(scanner, field, "", true), depth) : readValue(scanner, field, op);
			return Object.freeze({
				kind: "field",
				field,
				value,
				at: start + 1,
				end: scanner.i + 1
			});
		}
		text() {
			const { scanner } = this;
			const word = scanner.word();
			const { at, end, segments } = word;
			if (segments.length === 1 && segments[0] === "") throw scanner.mistake(at - 1, "the quotation marks hold nothing", "write the text to look for between them");
			if (!word.quoted) this.checkBare(word.raw, word);
			return Object.freeze({
				kind: "text",
				segments: Object.freeze(segments),
				at,
				end
			});
		}
		checkBare(raw, { at }) {
			const { scanner } = this;
			const field = fieldNamed(/^[a-z_]*/i.exec(raw)?.[0] ?? "");
			const rest = field ? raw.slice(field.length) : raw;
			const behind = scanner.text.slice(scanner.i, scanner.i + 80);
			if (field && (rest.startsWith("(") || rest === "" && /^\s+(?:[:=<>~]|!=|!~)/.test(behind))) {
				const todo = `write \`${rest === "" ? excerpt(apartHere(field, behind)) : `${field}:${excerpt(rest)}`}\`, or ${QUOTE_IT}`;
				throw scanner.mistake(at - 1, `\`${excerpt(raw)}\` is neither a field with a value nor plain text`, todo);
			}
			if (/^[:=<>~&]+$/.test(raw)) throw scanner.mistake(at - 1, `\`${excerpt(raw)}\` stands alone`, `write it right after its field, without spaces, or ${QUOTE_IT}`);
			checkClock(scanner, raw);
		}
	};
	function joined(kind, terms) {
		const first = terms[0];
		const last = terms.at(-1);
		if (terms.length === 1) return first;
		return Object.freeze({
			kind,
			terms: Object.freeze(terms),
			at: first.at,
			end: last.end
		});
	}
	function negated(term, at) {
		return Object.freeze({
			kind: "not",
			term,
			at,
			end: term.end
		});
	}
	// shared/filter/tree.ts
	function never(node) {
		throw new TypeError(`no such node: ${JSON.stringify(node)}`);
	}
	// shared/filter/print.ts
	var PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;
	var isWord = (value) => /^(?:and|or|not|in|null|z|utc|gmt)$/i.test(value) || isWordOperator(value);
	function quote(value) {
		if (PLAIN.test(value) && !value.includes("..") && !isWord(value)) return value;
		return `"${value.replace(/["\\]/g, "\\$&")}"`;
	}
	// shared/filter/terms.ts
	function rangeIn(span) {
		return {
			from: span.at - 1,
			to: span.end - 1
		};
	}
	function members$1(filter) {
		return filter.kind === "and" && !isWrapped(filter) ? filter.terms : [filter];
	}
	function isWrapped(filter) {
		if (filter.kind !== "and" && filter.kind !== "or") return false;
		const first = filter.terms[0];
		return first !== void 0 && filter.at < first.at;
	}
	function termsOf(text, filter, field) {
		return members$1(filter).flatMap((member, index) => {
			const isNot = member.kind === "not";
			const node = isNot ? member.term : member;
			if (node.kind !== "field" || node.field !== field) return [];
			return [{
				index,
				span: rangeIn(member),
				isNot,
				node,
				value: node.value,
				values: valuesOf$2(text, node.value)
			}];
		});
	}
	function valuesOf$2(text, value) {
		const listed = (value.kind === "or" ? value.terms : [value]).map((part) => {
			if (part.kind === "and" || part.kind === "or" || part.kind === "not" || part.kind === "present") return void 0;
			const plain = plainOf(part);
			return {
				text: plain ?? text.slice(part.at - 1, part.end - 1),
				isLiteral: plain !== void 0,
				span: rangeIn(part)
			};
		});
		if (!listed.some((part) => part?.isLiteral)) return void 0;
		return listed.every((part) => part !== void 0) ? listed : void 0;
	}
	function plainOf(part) {
		switch (part.kind) {
			case "pattern": return part.segments.length === 1 ? part.segments[0] : void 0;
			case "number": return part.literal.from === part.literal.to ? String(part.literal.from) : void 0;
			case "time": return part.literal.kind === "period" ? part.literal.text : void 0;
			case "flag": return part.value ? "yes" : "no";
			case "level": return part.above ? void 0 : part.level;
			default: return;
		}
	}
	// shared/filter/splice.ts
	function include(text, field, value) {
		return toggle(text, field, value, false);
	}
	function exclude(text, field, value) {
		return toggle(text, field, value, true);
	}
	function clear(text, field) {
		return replaceAll(text, field, void 0);
	}
	function setTime(text, when) {
		if (typeof when === "string") return replaceAll(text, "time", /^[<>]/.test(when) ? `time${when}` : `time:${when}`);
		const terms = [];
		if (when.from !== void 0) terms.push(`time>=${edge(when.from)}`);
		if (when.to !== void 0) terms.push(`time<${edge(when.to)}`);
		return replaceAll(text, "time", terms.length === 0 ? void 0 : terms.join(" "));
	}
	function toggle(text, field, value, isNot) {
		const out = withoutValue(text, field, value, isNot);
		if (out !== text) return out;
		const cleared = withoutValue(text, field, value, !isNot);
		const written = literal(field, value);
		const term = termsOf(cleared, parse(cleared), field).find((each) => each.isNot === isNot && each.values);
		if (!term) return append(cleared, `${isNot ? "-" : ""}${field}:${written}`);
		const { from, to } = rangeIn(term.value);
		if (term.value.kind === "or") {
			const end = term.value.terms.at(-1).end - 1;
			return put$1(cleared, {
				from: end,
				to: end
			}, ` or ${written}`);
		}
		return put$1(cleared, {
			from,
			to
		}, `(${cleared.slice(from, to)} or ${written})`);
	}
	function withoutValue(text, field, value, isNot) {
		const wanted = fold(value);
		const filter = parse(text);
		for (const term of termsOf(text, filter, field)) {
			const index = term.values?.findIndex((each) => each.isLiteral && fold(each.text) === wanted) ?? -1;
			if (index < 0 || term.isNot !== isNot) continue;
			return withoutValue(cutValue(text, filter, term, index), field, value, isNot);
		}
		return text;
	}
	function cutValue(text, filter, term, index) {
		const values = term.values;
		const here = values[index].span;
		if (values.length === 1) return cutTerm(text, filter, term.index);
		if (values.length === 2) {
			const other = values[1 - index].span;
			return put$1(text, rangeIn(term.value), text.slice(other.from, other.to));
		}
		const before = values[index - 1];
		const after = values[index + 1];
		return put$1(text, before ? {
			from: before.span.to,
			to: here.to
		} : {
			from: here.from,
			to: after?.span.from ?? here.to
		}, "");
	}
	function replaceAll(text, field, replacement) {
		const filter = parse(text);
		const terms = termsOf(text, filter, field);
		const [first] = terms;
		const last = terms.at(-1);
		if (!first || !last) return replacement === void 0 ? text : append(text, replacement);
		if (terms.length === 1 && replacement !== void 0) return put$1(text, first.span, replacement);
		return replaceAll(cutTerm(text, filter, last.index), field, replacement);
	}
	function append(text, term) {
		if (text === "") return term;
		const filter = parse(text);
		if (filter.kind === "or" && !isWrapped(filter)) return `(${text}) ${term}`;
		return `${text}${wrappedOr(text) === void 0 ? " " : "  "}${term}`;
	}
	function wrappedOr(text) {
		const trimmed = text.trimEnd();
		if (!trimmed.startsWith("(") || !trimmed.endsWith(")")) return void 0;
		const filter = parse(trimmed);
		if (filter.kind !== "or" || !isWrapped(filter)) return void 0;
		const inner = trimmed.slice(1, -1);
		return isWrapped(parse(inner)) ? void 0 : inner;
	}
	function cutTerm(text, filter, index) {
		const all = members$1(filter).map(rangeIn);
		const { from, to } = all[index];
		const before = all[index - 1];
		const after = all[index + 1];
		if (!before && after) return put$1(text, {
			from,
			to: after.from
		}, "");
		const gap = text.slice(before?.to ?? 0, from);
		if (gap.trim() !== "") return put$1(text, {
			from: before?.to ?? 0,
			to
		}, "");
		const inner = index === 1 && to === text.length ? wrappedOr(text.slice(0, from)) : void 0;
		if (inner !== void 0 && gap.length === 1) return inner;
		return put$1(text, {
			from: from - Math.min(gap.length, inner === void 0 ? 1 : 2),
			to
		}, "");
	}
	function put$1(text, { from, to }, replacement) {
		const left = text.slice(0, from);
		const right = text.slice(to);
		const middle = `${replacement}`;
		const touches = (a, b) => /[^\s(:-]$/.test(a) && /^[^\s)]/.test(b);
		if (middle === "") return touches(left, right) ? `${left} ${right}` : left + right;
		return `${left}${touches(left, middle) ? " " : ""}${middle}${touches(middle, right) ? " " : ""}${right}`;
	}
	function literal(field, value) {
		const { kind } = fieldRow$1(field);
		return kind === "time" || kind === "number" || kind === "flag" || kind === "level" || kind === "source" && /^\d+$/.test(value) ? value : quote(value);
	}
	function edge(time) {
		const text = isoOf(time);
		return time % 864e8 === 0 ? text.slice(0, 10) : text;
	}
	// shared/viewer/data.ts
	var DATA_FUNCTION = "exhibitData";
	var CHUNK_ROWS = 65536;
	var COLUMN_GROUPS = {
		core: [...[
			"time",
			"app",
			"developer",
			"developer_id",
			"api",
			"operation",
			"method",
			"status",
			"outcome"
		], ...[
			"caller",
			"fields",
			"fields_are",
			"source",
			"duplicate",
			"tags",
			"said"
		]],
		people: ["subjects", "subject_count"],
		request: [
			"path",
			"resource",
			"request_id"
		],
		client: [
			"actor",
			"ip",
			"user_agent"
		],
		place: [
			"line",
			"offset",
			"length",
			"part",
			"bytes",
			"duration_ms",
			"notes"
		]
	};
	var GROUP_NAMES = Object.keys(COLUMN_GROUPS);
	// shared/filter/resolve.ts
	function resolve(filter, times) {
		switch (filter.kind) {
			case "and":
			case "or": return {
				kind: filter.kind,
				terms: filter.terms.map((term) => resolve(term, times))
			};
			case "not": return {
				kind: "not",
				term: resolve(filter.term, times)
			};
			case "text": return {
				kind: "text",
				segments: filter.segments
			};
			case "field": return valued(filter, filter.value, times);
			default: return never(filter);
		}
	}
	function namesDuplicate(filter) {
		switch (filter.kind) {
			case "and":
			case "or": return filter.terms.some(namesDuplicate);
			case "not": return namesDuplicate(filter.term);
			case "text": return false;
			case "field": return filter.field === "duplicate";
			default: return never(filter);
		}
	}
	function valued(node, value, times) {
		switch (value.kind) {
			case "and":
			case "or": return {
				kind: value.kind,
				terms: value.terms.map((term) => valued(node, term, times))
			};
			case "not": return {
				kind: "not",
				term: valued(node, value.term, times)
			};
			default: return {
				kind: "field",
				field: node.field,
				test: node.field === "ip" && oneAddress(value) || testOf(value, times)
			};
		}
	}
	function oneAddress(value) {
		const written = value.kind === "pattern" && value.segments.length === 1 ? value.segments[0] : void 0;
		const cidr = written === void 0 ? void 0 : blockOf(written);
		return cidr && {
			kind: "cidr",
			cidr
		};
	}
	function testOf(value, times) {
		switch (value.kind) {
			case "present": return { kind: "present" };
			case "pattern": return {
				kind: "pattern",
				segments: value.segments
			};
			case "time":
			case "number": return range(value.literal, value.literal, times);
			case "range": return range(value.from, value.to, times);
			case "compare": return compare$1(value, times);
			case "cidr": return {
				kind: "cidr",
				cidr: value.cidr
			};
			case "flag": return {
				kind: "flag",
				value: value.value
			};
			case "level": {
				const lowest = LEVELS.indexOf(value.level);
				return {
					kind: "levels",
					levels: value.above ? LEVELS.slice(lowest) : [value.level]
				};
			}
			default: return never(value);
		}
	}
	function range(first, last, times) {
		const isTime = (last ?? first)?.kind !== "number";
		return {
			kind: "range",
			from: first ? extent(first, times).from : Number.NEGATIVE_INFINITY,
			fromInclusive: true,
			to: last ? extent(last, times).to : Number.POSITIVE_INFINITY,
			toInclusive: !isTime
		};
	}
	function compare$1({ op, literal }, times) {
		const { from, to } = extent(literal, times);
		const isTime = literal.kind !== "number";
		const open = {
			kind: "range",
			from: Number.NEGATIVE_INFINITY,
			fromInclusive: true,
			to: Number.POSITIVE_INFINITY,
			toInclusive: !isTime
		};
		switch (op) {
			case ">=": return {
				...open,
				from
			};
			case ">": return {
				...open,
				from: to,
				fromInclusive: isTime
			};
			case "<": return {
				...open,
				to: from,
				toInclusive: false
			};
			case "<=": return {
				...open,
				to
			};
			default: return never(op);
		}
	}
	function extent(literal, { cutoff, asOf }) {
		switch (literal.kind) {
			case "number":
			case "period": return literal;
			case "cutoff": return instant(cutoff ?? refuse(literal.position, "`cutoff`"));
			case "asof": return instant(asOf ?? refuse(literal.position, "`asof`"));
			case "last": {
				const to = asOf ?? refuse(literal.position, `\`last${literal.days}d\``);
				return {
					from: to - literal.days * DAY,
					to
				};
			}
			default: return never(literal);
		}
	}
	function instant(time) {
		return {
			from: time,
			to: time + 1
		};
	}
	function refuse(position, word) {
		throw new Refusal("policy-missing", `at ${position}: ${word} needs a policy, and the case has none`, "load one with `exhibit policy CASE POLICY.json`, or write the date", { position });
	}
	// shared/viewer/steps.ts
	function readSteps(bytes, first, count) {
		const numbers = new Float64Array(count);
		let number = first;
		let at = 0;
		for (let index = 0; index < count; index += 1) {
			let [step, unit] = [0, 1];
			for (;;) {
				const byte = bytes[at++] ?? 0;
				step += (byte & 127) * unit;
				if (byte < 128) break;
				unit *= 128;
			}
			number += step;
			numbers[index] = number;
		}
		return numbers;
	}
	// viewer/data/base64.ts
	var LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	var VALUES = new Uint8Array(256);
	for (let at = 0; at < 64; at += 1) VALUES[LETTERS.charCodeAt(at)] = at;
	var base64Of = (bytes) => typeof bytes === "string" ? bytes : commentOf(Function.prototype.toString.call(bytes));
	var commentOf = (text) => text.slice(text.indexOf("/*") + 2, text.lastIndexOf("*/"));
	var ascii = new TextEncoder();
	function bytesOf(text) {
		const letters = ascii.encode(text);
		const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
		const bytes = new Uint8Array(Math.max(0, Math.floor(letters.length * 3 / 4) - padding));
		for (let at = 0, put = 0; put < bytes.length; at += 4) {
			const four = value$1(letters, at) << 18 | value$1(letters, at + 1) << 12 | value$1(letters, at + 2) << 6 | value$1(letters, at + 3);
			bytes[put++] = four >> 16;
			bytes[put++] = four >> 8;
			bytes[put++] = four;
		}
		return bytes;
	}
	var value$1 = (letters, at) => VALUES[letters[at]];
	// viewer/data/columns.ts
	function unpacked(text, width) {
		const bytes = bytesOf(text);
		if (width === 1) return bytes;
		const view = new DataView(bytes.buffer);
		const codes = width === 2 ? new Uint16Array(bytes.length / 2) : new Uint32Array(bytes.length / 4);
		for (let at = 0; at < codes.length; at += 1) codes[at] = width === 2 ? view.getUint16(at * 2, true) : view.getUint32(at * 4, true);
		return codes;
	}
	function numbersOf(text, width) {
		if (width === 8) {
			const view = new DataView(bytesOf(text).buffer);
			return Float64Array.from({ length: view.byteLength / 8 }, (_, at) => view.getFloat64(at * 8, true));
		}
		return Float64Array.from(unpacked(text, width), (code) => code === 0 ? NaN : code - 1);
	}
	function readColumn(written, rows, bytes) {
		const at = (number) => bytes[number] ?? "";
		switch (written.kind) {
			case "time": return {
				kind: "time",
				times: readSteps(bytesOf(at(written.bytes)), written.first, rows)
			};
			case "text": return {
				kind: "text",
				values: written.values,
				codes: unpacked(at(written.codes), written.width)
			};
			case "list": return {
				kind: "list",
				values: written.values,
				codes: unpacked(at(written.codes), written.width)
			};
			case "number": return {
				kind: "number",
				numbers: numbersOf(at(written.codes), written.width)
			};
			default: {
				const counts = unpacked(at(written.counts), 4);
				const isThere = new Uint8Array(rows);
				const starts = new Uint32Array(rows + 1);
				for (let row = 0; row < rows; row += 1) {
					const count = counts[row];
					isThere[row] = count === 0 ? 0 : 1;
					starts[row + 1] = starts[row] + Math.max(0, count - 1);
				}
				const codes = unpacked(at(written.codes), written.width);
				return {
					kind: "members",
					values: written.values,
					isThere,
					starts,
					codes
				};
			}
		}
	}
	function valueAt(part, row) {
		switch (part?.kind) {
			case "text":
			case "list": {
				const code = part.codes[row];
				return code === 0 ? void 0 : part.values[code - 1];
			}
			case "number": {
				const number = part.numbers[row];
				return Number.isNaN(number) ? void 0 : number;
			}
			case "members": return part.isThere[row] === 0 ? void 0 : Array.from(part.codes.subarray(part.starts[row], part.starts[row + 1]), (code) => part.values[code]);
			case "time": return part.times[row];
			default: return;
		}
	}
	// viewer/data/pieces.ts
	function pieceFinder(lines) {
		const ranges = new Map();
		for (const [piece, [source]] of lines.entries()) {
			const range = ranges.get(source);
			if (range) range.to = piece + 1;
			else ranges.set(source, {
				from: piece,
				to: piece + 1
			});
		}
		return (source, offset) => {
			const range = ranges.get(source);
			if (!range) return void 0;
			let [low, high] = [range.from, range.to];
			while (low < high) {
				const middle = low + high >>> 1;
				if (lines[middle][1] <= offset) low = middle + 1;
				else high = middle;
			}
			return low === range.from ? void 0 : low - 1;
		};
	}
	function rowsByPiece(pieces, pieceOfRow) {
		const starts = new Uint32Array(pieces + 2);
		for (const piece of pieceOfRow) starts[piece + 1] += 1;
		for (let piece = 1; piece < starts.length; piece += 1) starts[piece] += starts[piece - 1];
		const rows = new Uint32Array(pieceOfRow.length);
		const next = starts.slice();
		for (let row = 0; row < pieceOfRow.length; row += 1) rows[next[pieceOfRow[row]]++] = row;
		return {
			starts: starts.subarray(1),
			rows
		};
	}
	// viewer/data/calls.ts
	var groupOf = (column) => GROUP_NAMES.find((group) => COLUMN_GROUPS[group].includes(column));
	var AT_ONCE = 4;
	var Calls = class {
		catalog;
		load;
		rows;
		chunks;
		pieceOf;
		#parts;
		#loading = new Map();
		#byPiece;
		times = new Float64Array(0);
		constructor(catalog, load) {
			this.catalog = catalog;
			this.load = load;
			this.rows = catalog.rows;
			this.chunks = Math.ceil(catalog.rows / CHUNK_ROWS);
			this.pieceOf = pieceFinder(catalog.lines);
			this.#parts = Array.from({ length: this.chunks }, () => new Map());
		}
		async demand(groups, chunk, progress) {
			const wanted = [...new Set(groups)];
			const names = (chunk === void 0 ? Array.from({ length: this.chunks }, (_, at) => at) : [chunk]).flatMap((each) => wanted.map((group) => [group, each]));
			let done = 0;
			let next = 0;
			const work = async () => {
				while (next < names.length) {
					const [group, each] = names[next++];
					await this.#demandOne(group, each);
					done += 1;
					progress?.(done, names.length);
				}
			};
			await Promise.all(Array.from({ length: AT_ONCE }, work));
			if (chunk === void 0 && wanted.includes("core") && this.times.length !== this.rows) this.#joinTimes();
		}
		#demandOne(group, chunk) {
			const name = `${group}-${chunk}`;
			let loading = this.#loading.get(name);
			if (!loading) {
				loading = this.load(name).then(({ value: { rows, columns }, bytes }) => {
					for (const column of COLUMN_GROUPS[group]) {
						const written = columns[column];
						if (written) this.#parts[chunk]?.set(column, readColumn(written, rows, bytes));
					}
				});
				loading.catch(() => this.#loading.delete(name));
				this.#loading.set(name, loading);
			}
			return loading;
		}
		#joinTimes() {
			const times = new Float64Array(this.rows);
			for (let chunk = 0; chunk < this.chunks; chunk += 1) {
				const part = this.part("time", chunk);
				if (part?.kind === "time") times.set(part.times, chunk * CHUNK_ROWS);
			}
			this.times = times;
		}
		part(column, chunk) {
			return this.#parts[chunk]?.get(column);
		}
		rowsIn(chunk) {
			return Math.min(CHUNK_ROWS, this.rows - chunk * CHUNK_ROWS);
		}
		value(column, row) {
			return valueAt(this.part(column, Math.floor(row / CHUNK_ROWS)), row % CHUNK_ROWS);
		}
		get byPiece() {
			this.#byPiece ??= rowsByPiece(this.catalog.lines.length, this.#piecesOfRows());
			return this.#byPiece;
		}
		#piecesOfRows() {
			const pieces = new Uint32Array(this.rows);
			for (let chunk = 0; chunk < this.chunks; chunk += 1) {
				const [sources, offsets] = [this.part("source", chunk), this.part("offset", chunk)];
				if (sources?.kind !== "number" || offsets?.kind !== "number") continue;
				for (let row = 0; row < this.rowsIn(chunk); row += 1) {
					const piece = this.pieceOf(sources.numbers[row], offsets.numbers[row]);
					if (piece !== void 0) pieces[chunk * CHUNK_ROWS + row] = piece + 1;
				}
			}
			return pieces;
		}
		lowerBound(time) {
			let [low, high] = [0, this.rows];
			while (low < high) {
				const middle = low + high >>> 1;
				if (this.times[middle] < time) low = middle + 1;
				else high = middle;
			}
			return low;
		}
	};
	// viewer/filter/leaf.ts
	function textTest(test) {
		if (test.kind === "present") return () => true;
		if (test.kind === "pattern") return matcher(test.segments);
		if (test.kind === "cidr") return (text) => inCidr(test.cidr, text);
		return () => false;
	}
	function lookUp({ values, codes }, passes, into) {
		const table = new Uint8Array(values.length + 1);
		let isAny = 0;
		for (const [at, value] of values.entries()) if (passes(value)) {
			table[at + 1] = 1;
			isAny = 1;
		}
		if (isAny === 0) return;
		for (let row = 0; row < codes.length; row += 1) into[row] = table[codes[row]];
	}
	function members({ values, codes, starts, isThere }, passes, isAll, into) {
		if (isAll) {
			into.set(isThere);
			return;
		}
		const table = Uint8Array.from(values, (value) => passes(value) ? 1 : 0);
		if (!table.includes(1)) return;
		for (let row = 0; row < isThere.length; row += 1) for (let at = starts[row]; at < starts[row + 1]; at += 1) if (table[codes[at]] === 1) {
			into[row] = 1;
			break;
		}
	}
	var inRange = (test, value) => (test.fromInclusive ? value >= test.from : value > test.from) && (test.toInclusive ? value <= test.to : value < test.to);
	function numbers({ numbers: all }, test, into) {
		if (test.kind === "present") for (let row = 0; row < all.length; row += 1) into[row] = Number.isNaN(all[row]) ? 0 : 1;
		else if (test.kind === "range") for (let row = 0; row < all.length; row += 1) into[row] = inRange(test, all[row]) ? 1 : 0;
	}
	function leafMask(calls, field, test) {
		const mask = new Uint8Array(calls.rows);
		if (field === "time") {
			if (test.kind === "present") mask.fill(1);
			else if (test.kind === "range") mask.fill(1, calls.lowerBound(test.from), calls.lowerBound(test.to));
			return mask;
		}
		const one = chunkTest(calls, field, test);
		for (let chunk = 0; chunk < calls.chunks; chunk += 1) one(chunk, mask.subarray(chunk * CHUNK_ROWS, chunk * CHUNK_ROWS + calls.rowsIn(chunk)));
		return mask;
	}
	function chunkTest(calls, field, test) {
		const passes = textTest(test);
		const isPresent = test.kind === "present";
		const text = (column, asked) => {
			return (chunk, into) => {
				const part = calls.part(column, chunk);
				if (part) lookUp(part, asked, into);
			};
		};
		const list = (column, asked) => {
			return (chunk, into) => {
				const part = calls.part(column, chunk);
				if (part) lookUp(part, asked, into);
			};
		};
		switch (field) {
			case "developer": return developerTest(calls, passes);
			case "app":
			case "api":
			case "operation":
			case "method":
			case "path":
			case "actor":
			case "caller":
			case "resource":
			case "ip":
			case "user_agent":
			case "request_id":
			case "outcome":
			case "fields_are": return text(field, passes);
			case "fields": return list(field, (all) => all.some((each) => isPresent || fieldPaths(each).some(passes)));
			case "tag": return list("tags", (all) => all.some(passes));
			case "note": return list("notes", (all) => all.some(passes));
			case "subjects": return (chunk, into) => {
				const part = calls.part(field, chunk);
				if (part) members(part, passes, isPresent, into);
			};
			case "status":
			case "subject_count":
			case "bytes":
			case "duration_ms":
			case "line":
			case "offset":
			case "length": return (chunk, into) => {
				const part = calls.part(field, chunk);
				if (part) numbers(part, test, into);
			};
			case "source": return sourceTest(calls, test, passes);
			case "duplicate": return (chunk, into) => {
				const part = calls.part(field, chunk);
				for (let row = 0; row < into.length; row += 1) into[row] = test.kind !== "flag" || test.value === (part?.numbers[row] === 1) ? 1 : 0;
			};
			case "finding": return findingTest(calls, passes);
			case "level": {
				const wanted = new Set(test.kind === "levels" ? test.levels : []);
				return list("said", (said) => said.some((word, at) => at % 2 === 1 && (test.kind !== "levels" || wanted.has(word))));
			}
			default: return never(field);
		}
	}
	function developerTest(calls, passes) {
		return (chunk, into) => {
			const names = calls.part("developer", chunk);
			const ids = calls.part("developer_id", chunk);
			if (!names) return;
			const byId = new Uint8Array(into.length);
			if (ids) lookUp(ids, passes, byId);
			lookUp(names, passes, into);
			for (let row = 0; row < into.length; row += 1) if (byId[row] === 1 && names.codes[row] > 0) into[row] = 1;
		};
	}
	function sourceTest(calls, test, passes) {
		const wanted = new Set(calls.catalog.sources.filter(({ source, file, member }) => test.kind === "range" && inRange(test, source) || passes(file) || member !== void 0 && passes(member)).map(({ source }) => source));
		return (chunk, into) => {
			const part = calls.part("source", chunk);
			for (let row = 0; row < into.length; row += 1) into[row] = wanted.has(part?.numbers[row]) ? 1 : 0;
		};
	}
	function findingTest(calls, passes) {
		const decided = new Map(calls.catalog.decisions.map(({ rule, developer_id: id, disposition }) => [JSON.stringify([rule, id]), disposition]));
		const isIn = (rule, id) => passes(rule) || passes(id) || passes(decided.get(JSON.stringify([rule, id])) ?? "open");
		return (chunk, into) => {
			const said = calls.part("said", chunk);
			const ids = calls.part("developer_id", chunk);
			if (!said || !ids) return;
			const known = new Map();
			for (let row = 0; row < into.length; row += 1) {
				const [rules, id] = [said.codes[row], ids.codes[row]];
				if (rules === 0 || id === 0) continue;
				const pair = rules * (ids.values.length + 1) + id;
				let answer = known.get(pair);
				if (answer === void 0) {
					answer = said.values[rules - 1].some((word, at) => at % 2 === 0 && isIn(word, ids.values[id - 1])) ? 1 : 0;
					known.set(pair, answer);
				}
				into[row] = answer;
			}
		};
	}
	// shared/viewer/lz4.ts
	function unpackLz4(block, bytes) {
		const size = bytes.length;
		let at = 0;
		let put = 0;
		const more = (length) => {
			let all = length;
			if (length < 15) return all;
			for (;;) {
				const byte = block[at++];
				all += byte;
				if (byte !== 255) return all;
			}
		};
		while (at < block.length) {
			const token = block[at++];
			const literals = more(token >> 4);
			if (literals > block.length - at || literals > size - put) break;
			if (literals < 32) for (const end = at + literals; at < end;) bytes[put++] = block[at++];
			else {
				bytes.set(block.subarray(at, at + literals), put);
				at += literals;
				put += literals;
			}
			if (at === block.length) {
				if (put === size) return;
				break;
			}
			const distance = block[at++] | block[at++] << 8;
			const length = more(token & 15) + 4;
			if (!(distance > 0 && distance <= put && length <= size - put)) break;
			for (const end = put + length; put < end; put += 1) bytes[put] = bytes[put - distance];
		}
		throw new Error("a file of lines cannot be unpacked");
	}
	// viewer/data/lines.ts
	var utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
	async function readLines(load, piece, room = (size) => new Uint8Array(size)) {
		const { value, bytes } = await load(`lines-${piece}`);
		const { source, records, first, size } = value;
		const text = room(size);
		unpackLz4(bytesOf(bytes[value.text] ?? ""), text);
		return {
			source,
			offsets: readSteps(bytesOf(bytes[value.offsets] ?? ""), first, records),
			ends: readSteps(bytesOf(bytes[value.ends] ?? ""), 0, records),
			bytes: text
		};
	}
	var textsOf = ({ bytes }) => utf8.decode(bytes);
	var textAt = ({ bytes, ends }, record) => utf8.decode(bytes.subarray(ends[record - 1] ?? 0, ends[record]));
	var KEPT = 8;
	var kept = new Map();
	async function lineOf(calls, source, offset) {
		const piece = calls.pieceOf(source, offset);
		if (piece === void 0) return void 0;
		let lines = kept.get(piece);
		if (!lines) {
			lines = await readLines(calls.load, piece);
			if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
			kept.set(piece, lines);
		}
		const record = lines.offsets.indexOf(offset);
		return record < 0 ? void 0 : textAt(lines, record);
	}
	// viewer/filter/record-hits.ts
	function soughtIn(lines) {
		const folded = fold(textsOf(lines));
		return {
			lines,
			folded,
			isPlain: folded.length === lines.bytes.length
		};
	}
	function recordHits({ lines, folded, isPlain }, segments) {
		const { ends } = lines;
		const passes = contains(segments);
		const probe = segments.map(fold).reduce((longest, each) => each.length > longest.length ? each : longest, "");
		const hits = [];
		let at = folded.indexOf(probe);
		if (at < 0) return hits;
		if (!isPlain || probe === "") {
			for (let record = 0; record < ends.length; record += 1) if (passes(textAt(lines, record))) hits.push(record);
			return hits;
		}
		for (let record = 0; at >= 0 && record < ends.length; record += 1) {
			const end = ends[record];
			if (end <= at) continue;
			if (passes(folded.slice(ends[record - 1] ?? 0, end))) hits.push(record);
			at = folded.indexOf(probe, end);
		}
		return hits;
	}
	// viewer/filter/words.ts
	var MAX_WORDS = 16;
	var wordsOf$1 = new WeakMap();
	function wordOf(calls, segments) {
		const known = wordsOf$1.get(calls) ?? new Map();
		wordsOf$1.set(calls, known);
		const key = JSON.stringify(segments.map(fold));
		const word = known.get(key) ?? {
			segments,
			mask: new Uint8Array(calls.rows),
			isSought: new Uint8Array(calls.catalog.lines.length)
		};
		known.delete(key);
		known.set(key, word);
		if (known.size > MAX_WORDS) known.delete(known.keys().next().value);
		return word;
	}
	function textsIn(filter, isPositive = true) {
		switch (filter.kind) {
			case "and":
			case "or": return filter.terms.flatMap((term) => textsIn(term, isPositive));
			case "not": return textsIn(filter.term, !isPositive);
			case "text": return [{
				segments: filter.segments,
				isPositive
			}];
			case "field": return [];
			default: return never(filter);
		}
	}
	function piecesToSeek(calls, words, mayMatch) {
		const { starts, rows } = calls.byPiece;
		const pieces = [];
		for (let piece = 0; piece < calls.catalog.lines.length; piece += 1) {
			if (words.every(({ isSought }) => isSought[piece] === 1)) continue;
			const end = starts[piece + 1];
			let at = starts[piece];
			while (at < end && mayMatch[rows[at]] !== 1) at += 1;
			if (at < end) pieces.push(piece);
		}
		return pieces;
	}
	var ROOM_BYTES = 1 << 25;
	async function seekWords(calls, words, pieces, each, isOff) {
		const read = (at) => readLines(calls.load, pieces[at], (size) => new Uint8Array(Math.max(size, ROOM_BYTES)).subarray(0, size));
		let next = pieces.length > 0 ? read(0) : void 0;
		for (let at = 0; next && at < pieces.length && !isOff(); at += 1) {
			const lines = await next;
			next = at + 1 < pieces.length ? read(at + 1) : void 0;
			next?.catch(() => void 0);
			const sought = soughtIn(lines);
			const piece = pieces[at];
			for (const word of words) if (word.isSought[piece] === 0) {
				mark(calls, word.mask, piece, lines, recordHits(sought, word.segments));
				word.isSought[piece] = 1;
			}
			await each(at + 1);
		}
	}
	function mark(calls, mask, piece, { offsets }, records) {
		if (records.length === 0) return;
		const hits = new Set(records.map((record) => offsets[record]));
		const { starts, rows } = calls.byPiece;
		for (let at = starts[piece]; at < starts[piece + 1]; at += 1) {
			const row = rows[at];
			const part = calls.part("offset", Math.floor(row / CHUNK_ROWS));
			if (part?.kind === "number" && hits.has(part.numbers[row % 65536])) mask[row] = 1;
		}
	}
	// viewer/filter/evaluate.ts
	var SHOWN_EVERY = 400;
	async function find(calls, text, watch = {}) {
		const { progress, isOff = () => false, some } = watch;
		const filter = resolve(parse(text), calls.catalog.times);
		const columns = [...columnsOf(filter)];
		await calls.demand(["core", ...columns.map(groupOf)], void 0, progress);
		const texts = textsIn(filter);
		const words = new Map(texts.map(({ segments }) => [segments, wordOf(calls, segments)]));
		const now = (sought) => {
			const mask = matching(calls, filter, (segments) => words.get(segments).mask);
			return {
				text,
				mask,
				count: countOf(mask),
				...sought && { sought }
			};
		};
		if (words.size === 0) return now();
		const all = new Uint8Array(calls.rows).fill(1);
		const none = new Uint8Array(calls.rows);
		const positive = new Set(texts.flatMap(({ segments, isPositive }) => isPositive ? [segments] : []));
		const isGrowing = positive.size === words.size;
		const mayMatch = matching(calls, filter, (segments) => positive.has(segments) ? all : none);
		const toSeek = () => piecesToSeek(calls, [...words.values()], mayMatch);
		const pieces = toSeek();
		const soFar = (done) => {
			const sought = {
				done,
				all: pieces.length
			};
			return isGrowing ? now(sought) : {
				text,
				mask: none,
				count: 0,
				sought
			};
		};
		let shownAt = Number.NEGATIVE_INFINITY;
		await seekWords(calls, [...words.values()], pieces, async (done) => {
			if (!some || isOff() || done === pieces.length || performance.now() - shownAt < SHOWN_EVERY) return;
			await some(soFar(done));
			shownAt = performance.now();
		}, isOff);
		const left = toSeek().length;
		return left === 0 ? now() : soFar(pieces.length - left);
	}
	function asksForLines(calls, text) {
		return textsIn(resolve(parse(text), calls.catalog.times)).some(({ segments }) => wordOf(calls, segments).isSought.includes(0));
	}
	function matching(calls, filter, maskOf) {
		const mask = evaluate(calls, filter, maskOf);
		if (!namesDuplicate(filter)) leaveOut(mask, leafMask(calls, "duplicate", {
			kind: "flag",
			value: true
		}));
		return mask;
	}
	function countOf(mask) {
		let count = 0;
		for (let row = 0; row < mask.length; row += 1) count += mask[row];
		return count;
	}
	function columnsOf(filter, into = new Set()) {
		switch (filter.kind) {
			case "and":
			case "or":
				for (const term of filter.terms) columnsOf(term, into);
				return into;
			case "not": return columnsOf(filter.term, into);
			case "text": return into.add("offset");
			case "field": {
				const { field } = filter;
				if (field === "note") return into.add("notes");
				return field === "tag" || field === "finding" || field === "level" ? into.add("said") : into.add(field);
			}
			default: return never(filter);
		}
	}
	function evaluate(calls, filter, maskOf) {
		switch (filter.kind) {
			case "and": {
				const mask = new Uint8Array(calls.rows).fill(1);
				for (const term of filter.terms) {
					const other = evaluate(calls, term, maskOf);
					for (let row = 0; row < mask.length; row += 1) mask[row] = mask[row] & other[row];
				}
				return mask;
			}
			case "or": {
				const mask = new Uint8Array(calls.rows);
				for (const term of filter.terms) {
					const other = evaluate(calls, term, maskOf);
					for (let row = 0; row < mask.length; row += 1) mask[row] = mask[row] | other[row];
				}
				return mask;
			}
			case "not": {
				const mask = evaluate(calls, filter.term, maskOf);
				for (let row = 0; row < mask.length; row += 1) mask[row] = 1 - mask[row];
				return mask;
			}
			case "text": return maskOf(filter.segments).slice();
			case "field": return leafMask(calls, filter.field, filter.test);
			default: return never(filter);
		}
	}
	function leaveOut(mask, other) {
		for (let row = 0; row < mask.length; row += 1) if (other[row] === 1) mask[row] = 0;
	}
	// shared/base/visible.ts
	var visible = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu, (char) => `\\u${char.codePointAt(0).toString(16).padStart(4, "0")}`);
	// viewer/parts/dom.ts
	function put(node, child) {
		if (child === void 0 || child === false) return;
		if (typeof child === "string") node.append(visible(child));
		else if (child instanceof Node) node.append(child);
		else for (const each of child) put(node, each);
	}
	function dress(node, attributes) {
		for (const [name, value] of Object.entries(attributes)) if (typeof value === "function") node.addEventListener(name.replace(/^on/u, ""), value);
		else if (value === true) node.setAttribute(name, "");
		else if (value !== void 0 && value !== false) node.setAttribute(name, String(value));
	}
	function h(tag, attributes = {}, ...children) {
		const node = document.createElement(tag);
		dress(node, attributes);
		put(node, children);
		return node;
	}
	function svg(tag, attributes = {}, ...children) {
		const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
		dress(node, attributes);
		put(node, children);
		return node;
	}
	function fill(node, ...children) {
		node.replaceChildren();
		put(node, children);
	}
	var byId = (id) => document.getElementById(id);
	// viewer/parts/save.ts
	function save(blob, name) {
		const link = document.createElement("a");
		link.href = URL.createObjectURL(blob);
		link.download = name;
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
	}
	// viewer/parts/words.ts
	var counted = (count, one, many = `${one}s`) => `${figure(count)} ${count === 1 ? one : many}`;
	var clock = (time) => (typeof time === "number" ? isoOf(time) : time).replace("T", " ").replace(/Z$/u, "");
	var utc = (time) => {
		const text = clock(time);
		return text.length > 10 ? `${text} UTC` : text;
	};
	// shared/model/accountability/review-limits.ts
	var MAX_REVIEW_ACTS = 2e3;
	var MAX_REVIEW_TEXT = 1e4;
	// viewer/review/words.ts
	var VERBS = {
		confirm: "Confirm",
		dispute: "Dispute",
		comment: "Comment",
		tag: "Tag"
	};
	var saidOf = ({ act, text }) => `${VERBS[act]}: ${text}`;
	function aboutOf({ rules }, remark) {
		if ("call" in remark) {
			const { event = 0 } = remark.call;
			return {
				words: `Call ${figure(event)}`,
				place: eventPlace(event)
			};
		}
		const { rule, developer_id: id } = remark.finding;
		return {
			words: (rules.find((each) => each.rule === rule)?.developers.find((each) => each.developer_id === id))?.developer ?? id,
			place: findingPlace(rule, id)
		};
	}
	// viewer/review/form.ts
	var findingForm = (remarks, target, next) => reviewForm(remarks, {
		label: "What you say of this finding",
		target,
		acts: [
			{
				act: "confirm",
				word: "Confirm",
				key: "c",
				make: (text) => ({
					act: "confirm",
					...target,
					text
				})
			},
			{
				act: "dispute",
				word: "Dispute",
				key: "x",
				make: (text) => ({
					act: "dispute",
					...target,
					text
				})
			},
			{
				act: "comment",
				word: "Comment",
				key: "n",
				make: (text) => ({
					act: "comment",
					...target,
					text
				})
			}
		],
		more: () => remarks.on(target).length > 0 && next()
	});
	var callForm = (remarks, target, tags) => reviewForm(remarks, {
		label: "What you say of this call",
		target,
		acts: [{
			act: "comment",
			word: "Comment",
			key: "n",
			make: (text) => ({
				act: "comment",
				...target,
				text
			})
		}, {
			act: "tag",
			word: "Tag",
			key: "t",
			make: (text) => ({
				act: "tag",
				...target,
				text: text.slice(0, 100)
			})
		}],
		more: tags
	});
	function reviewForm(remarks, { label, acts, target, more }) {
		const text = h("textarea", {
			rows: 2,
			maxlength: MAX_REVIEW_TEXT,
			"aria-label": label,
			placeholder: label
		});
		const done = h("span", {
			role: "status",
			class: "m"
		});
		const list = h("ul", { class: "own-remarks" });
		const below = h("div");
		let first = acts[0];
		const say = ({ word, make }) => {
			const said = text.value.trim();
			if (said === "") {
				done.textContent = "Write the reason first.";
				text.focus();
				return;
			}
			text.value = "";
			remarks.add(make(said));
			done.textContent = `${word}: noted, not saved yet.`;
			node.focus({ preventScroll: true });
		};
		const buttons = acts.map((each) => h("button", {
			type: "button",
			"aria-keyshortcuts": each.key,
			onclick: () => say(each)
		}, each.word, h("kbd", { "aria-hidden": "true" }, each.key)));
		const mark = () => {
			for (const [at, button] of buttons.entries()) button.classList.toggle("first", acts[at] === first);
		};
		text.addEventListener("keydown", (event) => {
			if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) say(first);
			else if (event.key === "Escape") node.focus({ preventScroll: true });
			else return;
			event.preventDefault();
			event.stopPropagation();
		});
		const node = h("div", {
			class: "review screen-only",
			role: "group",
			"aria-label": "Your review",
			tabindex: -1
		}, list, text, h("p", {}, ...buttons, done), below);
		const draw = () => {
			fill(list, ...remarks.on(target).map((remark) => h("li", {}, `You said: ${saidOf(remark)} `, h("button", {
				type: "button",
				onclick: () => remarks.takeBack(remark)
			}, "Take back"))));
			fill(below, more?.());
		};
		draw();
		mark();
		remarks.onChange(() => {
			if (!node.isConnected) return false;
			draw();
			return true;
		});
		return {
			node,
			begin(act) {
				first = acts.find((each) => each.act === act) ?? first;
				mark();
				done.textContent = `${first.word}: say why, then Ctrl+Enter.`;
				text.scrollIntoView({ block: "nearest" });
				text.focus();
			}
		};
	}
	// shared/viewer/level-words.ts
	var LEVEL_WORDS = {
		entitled: "Kept access",
		attempted: "Tried, got nothing",
		possible: "May have got data",
		obtained: "Got data"
	};
	// viewer/calls/columns.ts
	var COLUMNS = [
		...[
			"event",
			"time",
			"developer",
			"developer_id",
			"app",
			"api",
			"operation",
			"method",
			"path",
			"status"
		],
		...[
			"outcome",
			"level",
			"rule",
			"fields",
			"fields_are",
			"actor",
			"caller",
			"resource",
			"subjects"
		],
		...[
			"subject_count",
			"ip",
			"user_agent",
			"request_id",
			"bytes",
			"duration_ms",
			"duplicate",
			"source"
		],
		...[
			"line",
			"offset",
			"length",
			"part",
			"tags",
			"notes"
		]
	];
	var DEFAULT_COLUMNS = [...[
		"event",
		"time",
		"developer",
		"api",
		"operation",
		"status",
		"level",
		"fields"
	]];
	var isColumn = (name) => COLUMNS.includes(name);
	var TITLES = {
		event: "Call",
		time: "Time (UTC)",
		developer_id: "Developer id",
		api: "API",
		fields_are: "Fields are",
		subjects: "People",
		subject_count: "People counted",
		ip: "Address",
		user_agent: "User agent",
		request_id: "Request id",
		duration_ms: "Milliseconds"
	};
	var titleOf = (column) => TITLES[column] ?? `${column.slice(0, 1).toUpperCase()}${column.slice(1)}`;
	var NUMBERS = [...[
		"event",
		"status",
		"subject_count",
		"bytes",
		"duration_ms",
		"source",
		"line",
		"offset",
		"length",
		"part"
	]];
	var isNumber = (column) => NUMBERS.includes(column);
	var readFrom = (column) => column === "event" ? void 0 : column === "level" || column === "rule" ? "said" : column;
	var groupsFor = (columns) => [...new Set(columns.map((column) => groupOf(readFrom(column) ?? "time")))];
	function exactOf(calls, column, row) {
		switch (column) {
			case "event": return row + 1;
			case "time": return isoOf(calls.times[row]);
			case "level":
			case "rule": return calls.value("said", row)?.filter((_, at) => at % 2 === (column === "rule" ? 0 : 1));
			case "duplicate": return calls.value(column, row) === 1 ? "yes" : void 0;
			default: return calls.value(column, row);
		}
	}
	function shownOf(calls, column, row) {
		const value = exactOf(calls, column, row);
		if (value === void 0) return "";
		if (column === "time") return clock(value);
		if (column === "level") return value.map((each) => LEVEL_WORDS[each]).join("; ");
		return typeof value === "object" ? value.join(", ") : String(value);
	}
	var fieldOf = (column) => column === "event" || column === "developer_id" || column === "part" ? void 0 : column === "rule" ? "finding" : column === "tags" ? "tag" : column === "notes" ? "note" : column;
	// viewer/calls/call-table.ts
	function callTable(calls, rows, view, go) {
		const { sort, isDown, columns } = view;
		const head = columns.map((column) => {
			const isSorted = column === sort;
			return h("th", {
				scope: "col",
				class: isNumber(column) ? "n" : void 0,
				"aria-sort": isSorted ? isDown ? "descending" : "ascending" : void 0
			}, h("button", {
				type: "button",
				onclick: () => go({
					sort: column,
					isDown: isSorted && !isDown,
					page: 1
				})
			}, `${titleOf(column)}${isSorted ? isDown ? " ↓" : " ↑" : ""}`));
		});
		const body = Array.from(rows, (row) => h("tr", { "data-row": row }, ...columns.map((column) => {
			const text = shownOf(calls, column, row);
			return h("td", {
				class: isNumber(column) ? "n" : column === "time" || fieldOf(column) === void 0 ? "mono" : void 0,
				title: text.length > 24 ? text : void 0
			}, column === "event" ? h("a", { href: eventPlace(row + 1) }, text) : text);
		})));
		return h("table", { class: "grid" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...body));
	}
	function pagerOf(page, pages, go) {
		const to = (words, target) => h("button", {
			type: "button",
			disabled: target === page || target < 1 || target > pages,
			onclick: () => go({ page: target })
		}, words);
		return [
			to("First", 1),
			to("Before", page - 1),
			`page ${figure(page)} of ${figure(pages)}`,
			to("Next", page + 1),
			to("Last", pages)
		];
	}
	// viewer/calls/csv.ts
	var LINES = 4096;
	function cell(value) {
		if (value === void 0) return "";
		if (typeof value === "number") return String(value);
		const text = typeof value === "string" ? value : value.join(";");
		const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
		return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
	}
	function csvOf(calls, rows, columns) {
		const pieces = [`\uFEFF${columns.join(",")}\n`];
		for (let from = 0; from < rows.length; from += LINES) {
			let text = "";
			for (const row of rows.subarray(from, from + LINES)) text += `${columns.map((column) => cell(exactOf(calls, column, row))).join(",")}\n`;
			pieces.push(text);
		}
		return new Blob(pieces, { type: "text/csv" });
	}
	// viewer/calls/detail.ts
	var APART = [
		"event",
		"level",
		"rule",
		"source",
		"line",
		"offset",
		"length"
	];
	async function detailOf(calls, row) {
		await calls.demand(GROUP_NAMES, Math.floor(row / CHUNK_ROWS));
		const number = (name) => calls.value(name, row);
		const [source, line, offset, length] = [
			number("source"),
			number("line"),
			number("offset"),
			number("length")
		];
		const text = await lineOf(calls, source, offset);
		const from = calls.catalog.sources.find((each) => each.source === source);
		return [
			counts(calls, row),
			h("h3", {}, "The line in the log"),
			h("p", { class: "m" }, `${from ? from.member ?? from.file : "source"} (source ${source}), line ${figure(line)}, byte ${figure(offset)}, ${figure(length)} bytes. Times read as ${from?.timezone ?? "UTC"}.`),
			text === void 0 ? h("p", {}, "The line is not in this bundle.") : h("pre", {
				tabindex: 0,
				"aria-label": "The line in the log"
			}, text),
			h("p", { class: "m" }, `Byte for byte in extract/lines/source-${source}.txt; where, says extract/lines/index.csv.`),
			h("h3", {}, "Fields"),
			h("dl", {}, ...COLUMNS.filter((column) => !APART.includes(column)).flatMap((column) => fieldRow(calls, column, row)))
		];
	}
	function counts(calls, row) {
		const said = calls.value("said", row);
		const id = String(calls.value("developer_id", row) ?? "");
		if (!said) return h("p", {}, "No rule counts this call.");
		return h("ul", { class: "counts" }, ...said.filter((_, at) => at % 2 === 0).map((rule, at) => {
			const title = calls.catalog.rules.find((each) => each.rule === rule)?.title ?? rule;
			const level = said[at * 2 + 1];
			return h("li", { class: `level ${level}` }, `${LEVEL_WORDS[level] ?? level}, under `, h("a", { href: findingPlace(rule, id) }, title));
		}));
	}
	function fieldRow(calls, column, row) {
		const value = exactOf(calls, column, row);
		if (value === void 0) return [];
		const field = fieldOf(column);
		const link = (each, words = String(each)) => field === void 0 || field === "time" ? words : h("a", { href: callsPlace(include("", field, String(each))) }, words);
		const shown = typeof value === "object" ? value.length === 0 ? "nobody" : value.map((each, at) => [at > 0 && ", ", link(each)]) : column === "time" ? utc(value) : link(value);
		return [h("dt", {}, titleOf(column)), h("dd", {}, shown)];
	}
	function neighbours(calls, row) {
		return h("p", { class: "neighbours" }, row > 0 && h("a", { href: eventPlace(row) }, "call before it"), row + 1 < calls.rows && h("a", { href: eventPlace(row + 2) }, "call after it"));
	}
	// shared/filter/shown.ts
	function shown$1(text, field) {
		const filter = parse(text);
		const listed = termsOf(text, filter, field).filter((term) => term.values !== void 0 || term.value.kind === "present");
		const values = (isNot) => listed.filter((term) => term.isNot === isNot).flatMap((term) => (term.values ?? []).filter((value) => value.isLiteral).map((value) => value.text));
		return {
			included: values(false),
			excluded: values(true),
			present: listed.some((term) => !term.isNot && term.value.kind === "present"),
			absent: listed.some((term) => term.isNot && term.value.kind === "present"),
			inText: mentions(filter, field) > listed.length || listed.some((term) => term.values?.some((value) => !value.isLiteral))
		};
	}
	function shownTime(text, times) {
		const filter = parse(text);
		const terms = termsOf(text, filter, "time");
		let from = Number.NEGATIVE_INFINITY;
		let to = Number.POSITIVE_INFINITY;
		let simple = 0;
		for (const term of terms) {
			const test = term.isNot ? void 0 : rangeOf(term.node, times);
			if (!test) continue;
			simple++;
			from = Math.max(from, test.from);
			to = Math.min(to, test.to);
		}
		return {
			terms: terms.map((term) => text.slice(term.span.from, term.span.to)),
			...Number.isFinite(from) && { from },
			...Number.isFinite(to) && { to },
			inText: mentions(filter, "time") > simple
		};
	}
	function mentions(filter, field) {
		switch (filter.kind) {
			case "and":
			case "or": return filter.terms.reduce((sum, term) => sum + mentions(term, field), 0);
			case "not": return mentions(filter.term, field);
			case "text": return 0;
			default: return filter.field === field ? 1 : 0;
		}
	}
	function rangeOf(node, times) {
		try {
			const resolved = resolve(node, times);
			return resolved.kind === "field" && resolved.test.kind === "range" ? resolved.test : void 0;
		} catch (error) {
			if (error instanceof Refusal && error.code === "policy-missing") return {
				from: -Infinity,
				to: Infinity
			};
			throw error;
		}
	}
	// viewer/calls/facets.ts
	var FACETS = [
		{
			field: "api",
			column: "api",
			title: "API"
		},
		{
			field: "developer",
			column: "developer",
			title: "Developer"
		},
		{
			field: "level",
			column: "said",
			title: "Level"
		},
		{
			field: "outcome",
			column: "outcome",
			title: "Outcome"
		},
		{
			field: "fields",
			column: "fields",
			title: "Fields"
		},
		{
			field: "operation",
			column: "operation",
			title: "Operation"
		},
		{
			field: "tag",
			column: "tags",
			title: "Tag"
		},
		{
			field: "source",
			column: "source",
			title: "Source"
		}
	];
	var FEW = 6;
	var MANY = 300;
	function countsOf(calls, mask, column) {
		const all = new Map();
		const add = (value, count) => all.set(value, (all.get(value) ?? 0) + count);
		for (let chunk = 0; chunk < calls.chunks; chunk += 1) {
			const part = calls.part(column, chunk);
			const within = mask.subarray(chunk * CHUNK_ROWS, chunk * CHUNK_ROWS + calls.rowsIn(chunk));
			if (part?.kind === "text" || part?.kind === "list") {
				const counts = new Uint32Array(part.values.length + 1);
				for (let row = 0; row < within.length; row += 1) if (within[row] === 1) counts[part.codes[row]] += 1;
				for (const [at, value] of part.values.entries()) {
					const count = counts[at + 1];
					if (count === 0) continue;
					if (typeof value === "string") add(value, count);
					else for (const each of new Set(column === "said" ? value.filter((_, n) => n % 2 === 1) : value)) add(each, count);
				}
			} else if (part?.kind === "number") {
				const counts = new Map();
				for (let row = 0; row < within.length; row += 1) if (within[row] === 1) counts.set(part.numbers[row], (counts.get(part.numbers[row]) ?? 0) + 1);
				for (const [value, count] of counts) if (!Number.isNaN(value)) add(String(value), count);
			}
		}
		return [...all].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	}
	var opened = new Set();
	async function facets(calls, found, go) {
		const made = [];
		for (const facet of FACETS) {
			const state = shown$1(found.text, facet.field);
			const isAsked = state.included.length + state.excluded.length > 0;
			const without = clear(found.text, facet.field);
			const counts = countsOf(calls, isAsked && found.sought === void 0 && !asksForLines(calls, without) ? (await find(calls, without)).mask : found.mask, facet.column);
			if (counts.length > 0) made.push(facetOf(calls, facet, counts, found.text, go));
		}
		return made;
	}
	function facetOf(calls, { field, title }, counts, text, go) {
		const { included, excluded, inText } = shown$1(text, field);
		const has = (list, value) => list.some((each) => each.toLowerCase() === value.toLowerCase());
		const list = h("ul");
		const fillList = () => {
			const most = opened.has(field) ? MANY : FEW;
			const few = counts.filter(([value], at) => at < most || has(included, value) || has(excluded, value));
			list.replaceChildren(...few.map(([value, count]) => {
				const words = wordsOf(calls, field, value);
				const isOut = has(excluded, value);
				return h("li", { class: isOut ? "out" : void 0 }, h("label", { title: words }, h("input", {
					type: "checkbox",
					checked: has(included, value),
					onchange: () => go(include(text, field, value))
				}), h("span", { class: "value" }, words), h("span", { class: "n" }, figure(count))), h("button", {
					type: "button",
					class: "not",
					"aria-pressed": isOut ? "true" : "false",
					"aria-label": `not ${words}`,
					onclick: () => go(exclude(text, field, value))
				}, "not"));
			}));
			if (counts.length > FEW) list.append(h("li", {}, h("button", {
				type: "button",
				class: "more",
				onclick: () => {
					if (!opened.delete(field)) opened.add(field);
					fillList();
					list.querySelector("li:last-child button")?.focus();
				}
			}, opened.has(field) ? "fewer" : `${figure(counts.length - FEW)} more`)));
		};
		fillList();
		return h("section", {
			class: "facet",
			"aria-label": title
		}, h("h3", {}, title, inText && " (set in the text)"), list);
	}
	function wordsOf({ catalog }, field, value) {
		if (field === "level") return LEVEL_WORDS[value] ?? value;
		if (field !== "source") return value;
		const source = catalog.sources.find((each) => String(each.source) === value);
		return source ? `${value} ${source.member ?? source.file}` : value;
	}
	// shared/filter/complete.ts
	var HEAD = /([\p{L}_@][\p{L}\p{N}_.@-]*)(?::(?:>=|<=|>|<)?|>=|<=|>|<)/uy;
	var COMPARISON = /(?:>=|<=|>|<)?/y;
	var QUOTED = /"(?:\\["\\]|[^"])*(?:"|$)/y;
	var KEYWORD = /(?:and|or|not)(?=[\s()"]|$)/iy;
	function complete(text, caret) {
		const open = [];
		let i = 0;
		while (i < caret) {
			const c = text.charAt(i);
			const inside = open.at(-1);
			if (/\s/.test(c) || c === "-" && i + 1 <= caret) i++;
			else if (c === "(") {
				open.push(inside);
				i++;
			} else if (c === ")") {
				open.pop();
				i++;
			} else if (matchAt(KEYWORD, text, i) > i && matchAt(KEYWORD, text, i) < caret) i = matchAt(KEYWORD, text, i);
			else {
				const head = inside === void 0 ? headAt(text, i) : void 0;
				if (head && head.end <= caret) {
					if (text.charAt(head.end) === "(") {
						open.push(head.field);
						i = head.end + 1;
						continue;
					}
					const end = wordEnd(text, head.end);
					if (caret <= end) return value(text, head.field, head.end, caret, end);
					i = end;
					continue;
				}
				const start = inside === void 0 ? i : matchAt(COMPARISON, text, i);
				const end = head ? i + head.name.length : wordEnd(text, start);
				if (caret <= end && inside !== void 0) return value(text, inside, Math.min(start, caret), caret, end);
				if (caret <= end) return field(text, i, caret, end);
				i = Math.max(end, i + 1);
			}
		}
		const inside = open.at(-1);
		const name = inside === void 0 ? headAt(text, caret)?.name : void 0;
		const end = /[()]/.test(text.charAt(caret)) ? caret : name ? caret + name.length : wordEnd(text, caret);
		return inside === void 0 ? field(text, caret, caret, end) : value(text, inside, caret, caret, end);
	}
	function headAt(text, i) {
		HEAD.lastIndex = i;
		const found = HEAD.exec(text);
		if (!found) return void 0;
		const name = found[1];
		return {
			name,
			field: fieldNamed(name) ?? "unknown",
			end: HEAD.lastIndex
		};
	}
	function field(text, from, caret, to) {
		const prefix = text.slice(from, caret);
		return {
			kind: prefix.startsWith("\"") ? "none" : "field",
			prefix,
			from,
			to
		};
	}
	function value(text, field, from, caret, to) {
		const prefix = text.slice(from, caret).replace(/\\(["\\])|"/g, "$1");
		return field === "unknown" ? {
			kind: "none",
			prefix,
			from,
			to
		} : {
			kind: "value",
			field,
			prefix,
			from,
			to
		};
	}
	function wordEnd(text, i) {
		let depth = 0;
		let at = i;
		while (at < text.length) {
			const c = text.charAt(at);
			if (/\s/.test(c) || c === ")" && depth === 0) break;
			if (c === "(") depth++;
			if (c === ")") depth--;
			at = c === "\"" ? matchAt(QUOTED, text, at) : at + 1;
		}
		return at;
	}
	function matchAt(pattern, text, i) {
		pattern.lastIndex = i;
		return pattern.test(text) ? pattern.lastIndex : i;
	}
	// shared/filter/typed/pause.ts
	var RUNS_AFTER_MS = 120;
	var SEEKS_AFTER_MS = 600;
	var SETTLES_AFTER_MS = 2e3;
	function pauseAfter(text) {
		const { kind, prefix } = complete(text, text.length);
		if (kind !== "field" || prefix === "") return RUNS_AFTER_MS;
		return FIELD_NAMES.some((name) => name.startsWith(fold(prefix))) ? SETTLES_AFTER_MS : SEEKS_AFTER_MS;
	}
	// shared/filter/typed/suggest.ts
	var MAX_SUGGESTIONS = 12;
	function suggestions(completion, known) {
		const { kind, prefix, field } = completion;
		if (kind === "none") return [];
		const all = kind === "field" || field === void 0 ? fields() : valuesOf$1(field, known);
		const wanted = fold(prefix.replace(/^(?:>=|<=|>|<)/u, ""));
		const starts = all.filter((each) => fold(each.label).startsWith(wanted));
		const holds = all.filter((each) => !fold(each.label).startsWith(wanted) && fold(each.label).includes(wanted));
		const found = [...starts, ...holds].slice(0, MAX_SUGGESTIONS);
		return found.length === 1 && found[0]?.written === prefix ? [] : found;
	}
	function accepted(text, completion, chosen) {
		const comparison = /^(?:>=|<=|>|<)/u.exec(text.slice(completion.from, completion.to))?.[0] ?? "";
		const isField = completion.kind === "field";
		const behind = text.slice(completion.to);
		const space = isField || /^[\s)]/u.test(behind) ? "" : " ";
		const written = `${comparison}${chosen.written}${space}`;
		return {
			text: text.slice(0, completion.from) + written + behind,
			caret: completion.from + written.length
		};
	}
	function fields() {
		return FIELD_NAMES.map((name) => ({
			label: name,
			written: `${name}:`,
			detail: fieldRow$1(name).description.replaceAll("`", "")
		}));
	}
	function valuesOf$1(field, known) {
		const plain = (label, detail) => ({
			label,
			written: label,
			...detail === void 0 ? {} : { detail }
		});
		const { kind, choices } = fieldRow$1(field);
		switch (kind) {
			case "time": return [...known.hasPolicy ? [
				plain("cutoff", "when the restriction took effect"),
				plain("asof", "where the policy ends"),
				plain("last60d", "60 days before as-of")
			] : [], ...known.months.map((month) => plain(month))];
			case "level": return LEVELS.flatMap((level) => [plain(level), plain(`${level}+`, "that level and above")]);
			case "flag": return [plain("yes"), plain("no")];
			case "finding": return [...[
				"open",
				"confirmed",
				"dismissed",
				"disputed"
			].map((word) => plain(word)), ...known.rules.map((rule) => ({
				...plain(rule, "rule"),
				written: quote(rule)
			}))];
			case "annotation": return field === "tag" ? known.tags.map((tag) => ({
				label: tag,
				written: quote(tag)
			})) : [plain("*", "has any")];
		}
		if (choices) return choices.map((choice) => plain(choice));
		return known.values.flatMap(({ value, count }) => value === void 0 ? [] : [{
			label: value,
			written: quote(value),
			count
		}]);
	}
	// viewer/calls/completion-list.ts
	function completionList(input, suggest) {
		const list = h("ul", {
			id: "completions",
			role: "listbox",
			"aria-label": "Completions",
			hidden: true
		});
		let found = [];
		let completion = complete("", 0);
		let active = -1;
		let turn = 0;
		input.setAttribute("role", "combobox");
		input.setAttribute("aria-controls", list.id);
		input.setAttribute("aria-autocomplete", "list");
		input.setAttribute("aria-expanded", "false");
		const mark = () => {
			list.hidden = found.length === 0;
			input.setAttribute("aria-expanded", String(found.length > 0));
			for (const [at, each] of Array.from(list.querySelectorAll("[role=option]")).entries()) each.setAttribute("aria-selected", String(at === active));
			if (active < 0) input.removeAttribute("aria-activedescendant");
			else input.setAttribute("aria-activedescendant", `completion-${active}`);
			if (active >= 0) list.children[active]?.scrollIntoView({ block: "nearest" });
		};
		const close = () => {
			turn += 1;
			found = [];
			mark();
		};
		const take = (chosen) => {
			const { text, caret } = accepted(input.value, completion, chosen);
			input.value = text;
			input.setSelectionRange(caret, caret);
			input.focus();
			close();
			input.dispatchEvent(new Event("input", { bubbles: true }));
			if (!chosen.written.endsWith(":")) close();
		};
		const option = (each, at) => h("li", {
			id: `completion-${at}`,
			role: "option",
			onmousedown: (event) => event.preventDefault(),
			onclick: () => take(each)
		}, h("span", { class: "mono" }, each.label), h("span", { class: "m" }, each.count === void 0 ? each.detail ?? "" : figure(each.count)));
		const draw = async () => {
			turn += 1;
			const own = turn;
			const asked = complete(input.value, input.selectionStart ?? input.value.length);
			const made = await suggest(asked);
			if (own !== turn || document.activeElement !== input) return;
			[completion, found, active] = [
				asked,
				made,
				-1
			];
			const { field } = asked;
			const hint = field === void 0 ? void 0 : fieldRow$1(field);
			fill(list, ...made.map(option), hint && h("li", {
				class: "hint m",
				role: "presentation"
			}, `${hint.description.replaceAll("`", "")}, for example `, h("code", {}, hint.example)));
			mark();
		};
		input.addEventListener("input", () => void draw().catch(close));
		input.addEventListener("blur", close);
		input.addEventListener("keydown", (event) => {
			const { length } = found;
			if (event.key === "ArrowDown" || event.key === "ArrowUp") {
				if (length === 0) draw().catch(close);
				else active = (active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + length) % length;
				mark();
			} else if ((event.key === "Enter" || event.key === "Tab") && active >= 0 && length > 0 && !event.shiftKey) take(found[active]);
			else if (event.key === "Escape" && length > 0) close();
			else {
				if (event.key === "Enter") close();
				return;
			}
			event.preventDefault();
			event.stopImmediatePropagation();
		});
		return list;
	}
	// viewer/calls/filter-bar.ts
	function mistakeIn(text, times) {
		try {
			resolve(parse(text), times);
			return;
		} catch (error) {
			if (error instanceof Refusal) return `${error.what.slice(0, 1).toUpperCase()}${error.what.slice(1)}: ${error.todo}.`;
			throw error;
		}
	}
	function filterBar({ times, recent_days }, go, suggest) {
		const input = h("input", {
			id: "filter",
			type: "text",
			spellcheck: "false",
			autocomplete: "off",
			"aria-label": "Filter",
			"aria-describedby": "filter-mistake",
			placeholder: "api:groups time>=cutoff level:obtained fields:(name or picture)"
		});
		const mistake = h("p", {
			id: "filter-mistake",
			class: "mistake",
			role: "alert"
		});
		const from = h("input", {
			type: "date",
			"aria-label": "From (UTC day)"
		});
		const to = h("input", {
			type: "date",
			"aria-label": "Up to (UTC day)"
		});
		let asked = "";
		let timer = 0;
		const dates = () => {
			const shown = shownTime(asked, times);
			from.value = shown.from === void 0 ? "" : isoOf(shown.from).slice(0, 10);
			to.value = shown.to === void 0 ? "" : isoOf(shown.to - 1).slice(0, 10);
		};
		const ask = () => {
			clearTimeout(timer);
			const wrong = mistakeIn(input.value, times);
			mistake.textContent = wrong ?? "";
			input.classList.toggle("wrong", wrong !== void 0);
			if (wrong !== void 0 || input.value === asked) return;
			asked = input.value;
			dates();
			go(asked);
		};
		const put = (text) => {
			input.value = text;
			ask();
		};
		const limit = () => {
			const at = (value) => value === "" ? void 0 : Date.parse(`${value}T00:00:00Z`) * 1e3;
			const [first, last] = [at(from.value), at(to.value)];
			put(setTime(asked, {
				...first !== void 0 && { from: first },
				...last !== void 0 && { to: last + 864e8 }
			}));
		};
		const preset = (words, when) => h("button", {
			type: "button",
			onclick: () => put(when === void 0 ? clear(asked, "time") : setTime(asked, when))
		}, words);
		input.addEventListener("input", () => {
			clearTimeout(timer);
			timer = window.setTimeout(ask, pauseAfter(input.value));
		});
		input.addEventListener("change", ask);
		const list = completionList(input, suggest);
		input.addEventListener("keydown", (event) => {
			if (event.key === "Enter") ask();
			if (event.key === "Escape" && mistakeIn(input.value, times) !== void 0) {
				event.stopPropagation();
				put(asked);
			}
		});
		from.addEventListener("change", limit);
		to.addEventListener("change", limit);
		return {
			node: h("form", {
				class: "filter",
				"aria-label": "Filter of the calls",
				onsubmit: (event) => event.preventDefault()
			}, h("div", { class: "line" }, h("div", { class: "filter-field" }, input, list), h("button", {
				type: "button",
				onclick: () => put("")
			}, "All calls")), h("div", { class: "line dates" }, h("label", {}, "from ", from), h("label", {}, "to ", to), preset("any time", void 0), times.cutoff !== void 0 && preset("since the cutoff", ">=cutoff"), times.cutoff !== void 0 && preset("before it", "<cutoff"), times.asOf !== void 0 && preset(`last ${recent_days} days`, `last${recent_days}d`)), mistake),
			input,
			show(filter) {
				if (document.activeElement !== input || asked !== filter) input.value = filter;
				asked = filter;
				const wrong = mistakeIn(filter, times);
				mistake.textContent = wrong ?? "";
				input.classList.toggle("wrong", wrong !== void 0);
				if (wrong === void 0) dates();
			}
		};
	}
	// viewer/calls/order.ts
	function orderOf(calls, mask, count, column, isDown) {
		const rows = new Uint32Array(count);
		for (let row = 0, at = 0; row < mask.length; row += 1) if (mask[row] === 1) rows[at++] = row;
		if (column === "event" || column === "time") return isDown ? rows.reverse() : rows;
		const ranks = ranksOf(calls, rows, column);
		const most = ranks.reduce((max, rank) => rank > max ? rank : max, 0);
		const keys = new Float64Array(count);
		for (let at = 0; at < count; at += 1) {
			const rank = ranks[at];
			keys[at] = (rank === 0 ? most + 1 : isDown ? most - rank : rank - 1) * calls.rows + rows[at];
		}
		keys.sort();
		return Uint32Array.from(keys, (key) => key % calls.rows);
	}
	function ranksOf(calls, rows, column) {
		const values = Array.from(rows, (row) => {
			const value = exactOf(calls, column, row);
			return typeof value === "object" ? value.join(";") : value;
		});
		const known = [...new Set(values)].filter((value) => value !== void 0);
		known.sort((a, b) => typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b)));
		const rankOf = new Map(known.map((value, at) => [value, at + 1]));
		return Uint32Array.from(values, (value) => rankOf.get(value) ?? 0);
	}
	function compare(a, b) {
		const [x, y] = [a.toLowerCase(), b.toLowerCase()];
		if (x !== y) return x < y ? -1 : 1;
		return a < b ? -1 : a > b ? 1 : 0;
	}
	// viewer/calls/search-note.ts
	var shareOf = ({ done, all }) => `${Math.floor(100 * done / Math.max(1, all))} %`;
	function searchNote(toggle) {
		const words = h("span");
		const bar = h("progress", {
			max: 1,
			value: 0,
			"aria-label": "Lines that were searched"
		});
		const button = h("button", {
			type: "button",
			onclick: toggle
		}, "Cancel");
		const node = h("span", {
			class: "search-note screen-only",
			hidden: true
		}, bar, words, button);
		return {
			node,
			show({ sought, count }, isStopped) {
				node.hidden = sought === void 0;
				if (!sought) return;
				bar.value = sought.done / Math.max(1, sought.all);
				bar.hidden = isStopped;
				words.textContent = `searched ${shareOf(sought)} of the lines${count > 0 && !isStopped ? `, at least ${counted(count, "call")} found` : ""}`;
				button.textContent = isStopped ? "Go on" : "Cancel";
			}
		};
	}
	// viewer/calls/suggestions.ts
	var LISTED = {
		app: "app",
		developer: "developer",
		api: "api",
		operation: "operation",
		method: "method",
		path: "path",
		actor: "actor",
		resource: "resource",
		ip: "ip",
		user_agent: "user_agent",
		status: "status",
		fields: "fields",
		source: "source",
		tag: "tags"
	};
	var MOST_VALUES = 2e5;
	var known = new WeakMap();
	async function valuesOf(calls, column) {
		const lists = known.get(calls) ?? new Map();
		known.set(calls, lists);
		let values = lists.get(column);
		if (values === void 0) {
			await calls.demand(["core", groupOf(column)]);
			values = sizeOf(calls, column) > MOST_VALUES ? [] : countsOf(calls, new Uint8Array(calls.rows).fill(1), column).map(([value, count]) => ({
				value,
				count
			}));
			lists.set(column, values);
		}
		return values;
	}
	function sizeOf(calls, column) {
		let size = 0;
		for (let chunk = 0; chunk < calls.chunks; chunk += 1) {
			const part = calls.part(column, chunk);
			if (part && "values" in part) size += part.values.length;
		}
		return size;
	}
	async function suggestionsOf(calls, completion) {
		const { field, kind } = completion;
		const column = kind === "value" && field !== void 0 && field in LISTED ? LISTED[field] : void 0;
		const values = column === void 0 ? [] : await valuesOf(calls, column);
		return suggestions(completion, {
			hasPolicy: calls.catalog.times.cutoff !== void 0,
			rules: calls.catalog.rules.map(({ rule }) => rule),
			months: monthsOf(calls),
			tags: field === "tag" ? values.map(({ value = "" }) => value) : [],
			values
		});
	}
	function monthsOf({ times }) {
		if (times.length === 0) return [];
		const months = [];
		const last = monthOf(times.at(-1));
		let [year = 0, month = 1] = monthOf(times[0]).split("-").map(Number);
		for (;;) {
			const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
			months.push(name);
			if (name >= last) return months;
			[year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
		}
	}
	// viewer/calls/tags.ts
	var MOST$1 = 9;
	function tagsOf(calls, remarks) {
		const tags = new Set();
		for (let chunk = 0; chunk < calls.chunks; chunk += 1) {
			const part = calls.part("tags", chunk);
			if (part?.kind === "list") for (const each of part.values.flat()) tags.add(each);
		}
		const own = remarks.all.flatMap((each) => each.act === "tag" ? [each.text] : []);
		return [...new Set([...[...tags].sort(), ...own])].slice(0, MOST$1);
	}
	var has = (calls, row, tag) => (calls.value("tags", row) ?? []).includes(tag);
	function toggleTag(calls, remarks, call, number) {
		const tag = tagsOf(calls, remarks)[number - 1];
		if (tag === void 0) return void 0;
		const given = remarks.on({ call }).find((each) => each.act === "tag" && each.text === tag);
		if (given) {
			remarks.takeBack(given);
			return `Took tag ${tag} off again.`;
		}
		if (has(calls, (call.event ?? 0) - 1, tag)) return `The bundle has tag ${tag} on it.`;
		remarks.add({
			act: "tag",
			call,
			text: tag
		});
		return `Tagged ${tag}, not saved yet.`;
	}
	function tagButtons(calls, remarks, call) {
		const tags = tagsOf(calls, remarks);
		if (tags.length === 0) return void 0;
		const given = new Set(remarks.on({ call }).flatMap((each) => each.act === "tag" ? [each.text] : []));
		return h("p", { class: "tag-buttons" }, ...tags.map((tag, at) => {
			const isThere = has(calls, (call.event ?? 0) - 1, tag);
			return h("button", {
				type: "button",
				"aria-pressed": given.has(tag) || isThere ? "true" : "false",
				"aria-keyshortcuts": String(at + 1),
				disabled: isThere,
				title: isThere && "The bundle has it on this call",
				onclick: () => toggleTag(calls, remarks, call, at + 1)
			}, h("kbd", { "aria-hidden": "true" }, String(at + 1)), tag);
		}));
	}
	// viewer/calls/tools.ts
	function toolsOf(found, columns, isOpen, { choose, write }) {
		const chosen = new Set(columns);
		const boxes = COLUMNS.map((column) => h("label", {}, h("input", {
			type: "checkbox",
			checked: chosen.has(column),
			disabled: column === "event",
			onchange: () => {
				if (!chosen.delete(column)) chosen.add(column);
				choose(COLUMNS.filter((each) => chosen.has(each)));
			}
		}), titleOf(column)));
		return [h("details", {
			class: "columns",
			open: isOpen
		}, h("summary", {}, "Columns"), h("div", {}, ...boxes)), h("button", {
			type: "button",
			disabled: found.count === 0 || found.sought !== void 0,
			title: found.sought && "Once all lines are searched",
			onclick: write
		}, `Export these ${counted(found.count, "call")} as CSV`)];
	}
	// viewer/calls/view.ts
	var WHOLE = {
		filter: "",
		sort: "event",
		isDown: false,
		page: 1,
		columns: DEFAULT_COLUMNS
	};
	function viewOf([filter = "", sort = "", page = "", columns = ""]) {
		const name = sort.replace(/^-/u, "");
		const chosen = columns.split(",").filter(isColumn);
		return {
			filter,
			sort: isColumn(name) ? name : "event",
			isDown: sort.startsWith("-"),
			page: Math.max(1, Number.parseInt(page, 10) || 1),
			columns: chosen.length > 0 ? COLUMNS.filter((each) => chosen.includes(each)) : DEFAULT_COLUMNS
		};
	}
	function placeOfView({ filter, sort, isDown, page, columns }) {
		const isDefault = columns.join() === DEFAULT_COLUMNS.join();
		return callsPlace(filter, sort === "event" && !isDown ? "" : `${isDown ? "-" : ""}${sort}`, page === 1 ? "" : String(page), isDefault ? "" : columns.join(","));
	}
	// viewer/calls/calls-screen.ts
	var ROWS_OF_PAGE = 200;
	var ONE_GO_MS = 2e3;
	var CallsScreen = class {
		#calls;
		#remarks;
		#bar;
		#status = h("p", {
			class: "count",
			role: "status"
		});
		#search = searchNote(() => this.#toggleSearch());
		#facets = h("div", { class: "facets" });
		#table = h("div", {
			class: "rows",
			tabindex: 0,
			role: "region",
			"aria-label": "The calls that match"
		});
		#pager = h("p", { class: "pager" });
		#detail = h("aside", {
			class: "detail",
			"aria-label": "One call",
			hidden: true
		});
		#tools = h("div", { class: "tools" });
		#columns = h("div", { class: "calls-columns" }, this.#facets, h("div", { class: "list" }, this.#table, this.#pager), this.#detail);
		#view = WHOLE;
		#found;
		#rows = new Uint32Array(0);
		#ordered = "";
		#turn = 0;
		#typedAt = 0;
		#isStopped = false;
		#openRow;
		#form;
		#beginNext;
		#focusNext;
		constructor(calls, remarks) {
			this.#calls = calls;
			this.#remarks = remarks;
			this.#bar = filterBar(calls.catalog, (filter) => this.#typed(filter), (completion) => suggestionsOf(calls, completion));
			fill(byId("calls-body"), this.#bar.node, h("div", { class: "count-line" }, this.#status, this.#search.node, this.#tools), this.#columns);
		}
		get filterInput() {
			return this.#bar.input;
		}
		get place() {
			return placeOfView(this.#view);
		}
		#go(change) {
			location.hash = placeOfView({
				...this.#view,
				...change
			});
		}
		#typed(filter) {
			const now = Date.now();
			const isOneGo = now - this.#typedAt < ONE_GO_MS;
			this.#typedAt = now;
			const place = placeOfView({
				...this.#view,
				filter,
				page: 1
			});
			if (isOneGo) location.replace(place);
			else location.hash = place;
		}
		async show(parts) {
			this.#view = viewOf(parts);
			this.#close();
			this.#bar.show(this.#view.filter);
			await this.#run();
		}
		async showEvent(event) {
			const row = event - 1;
			if (!(Number.isInteger(event) && row >= 0 && row < this.#calls.rows)) {
				this.#close();
				await this.#run();
				this.#status.textContent = `Call ${figure(event)} is not in this bundle, which has ${counted(this.#calls.rows, "call")}; the number is of another.`;
				return;
			}
			if (!this.#found) await this.#run();
			if (this.#found?.mask[row] !== 1) {
				this.#view = WHOLE;
				this.#bar.show("");
				await this.#run();
			}
			const at = this.#rows.indexOf(row);
			const page = Math.floor(at / ROWS_OF_PAGE) + 1;
			if (at >= 0 && page !== this.#view.page) {
				this.#view = {
					...this.#view,
					page
				};
				await this.#draw();
			}
			await this.#open(row);
		}
		async #run() {
			const turn = ++this.#turn;
			const isOff = () => turn !== this.#turn;
			const { filter } = this.#view;
			if (mistakeIn(filter, this.#calls.catalog.times) !== void 0) {
				this.#status.textContent = "This filter cannot be asked.";
				return;
			}
			try {
				if (this.#found?.text !== filter) this.#isStopped = false;
				const isNew = this.#found?.text !== filter || this.#found.sought !== void 0 && !this.#isStopped;
				if (isNew) {
					const progress = (done, all) => {
						if (!isOff() && all > 1) this.#status.textContent = `Reading, ${figure(done)} of ${figure(all)}`;
					};
					const some = (found) => this.#showSome(found, isOff);
					const found = await find(this.#calls, filter, {
						progress,
						some,
						isOff: () => isOff() || this.#isStopped
					});
					if (isOff()) return;
					this.#found = found;
					this.#ordered = "";
					this.#search.show(found, true);
				}
				await this.#draw();
				if (isNew && !isOff()) await this.#drawFacets(isOff);
			} catch (error) {
				if (!isOff()) this.#status.textContent = `This could not be read: ${error.message}.`;
			}
		}
		async #showSome(found, isOff) {
			if (isOff()) return;
			this.#status.textContent = "Searching the lines";
			this.#search.show(found, false);
			const isFull = this.#found?.text === found.text && this.#rows.length >= ROWS_OF_PAGE;
			this.#found = found;
			this.#drawTools(found);
			if (isFull || found.count === 0) return;
			this.#ordered = "";
			await this.#draw();
		}
		#toggleSearch() {
			this.#isStopped = !this.#isStopped;
			if (!this.#isStopped) this.#run();
		}
		async #drawFacets(isOff) {
			await new Promise((done) => setTimeout(done));
			const found = this.#found;
			if (isOff() || !found) return;
			const state = await facets(this.#calls, found, (text) => this.#go({
				filter: text,
				page: 1
			}));
			if (isOff()) return;
			const focus = this.#focusedFacet();
			fill(this.#facets, state);
			focus?.();
		}
		#focusedFacet() {
			const focused = document.activeElement;
			if (!(focused instanceof HTMLElement) || !this.#facets.contains(focused)) return void 0;
			const nameOf = (each) => `${each.tagName} ${each.closest(".facet")?.getAttribute("aria-label")} ${each.closest("label")?.title ?? each.getAttribute("aria-label") ?? ""}`;
			const name = nameOf(focused);
			return () => {
				const all = this.#facets.querySelectorAll("input, button");
				Array.from(all).find((each) => nameOf(each) === name)?.focus();
			};
		}
		async #draw() {
			const found = this.#found;
			if (!found) return;
			const turn = this.#turn;
			const { sort, isDown, columns } = this.#view;
			const order = `${sort} ${isDown}`;
			if (this.#ordered !== order) {
				await this.#calls.demand(["core", ...groupsFor([sort])]);
				if (turn !== this.#turn) return;
				this.#rows = orderOf(this.#calls, found.mask, found.count, sort, isDown);
				this.#ordered = order;
			}
			const pages = Math.max(1, Math.ceil(this.#rows.length / ROWS_OF_PAGE));
			const page = Math.min(this.#view.page, pages);
			const shown = this.#rows.subarray((page - 1) * ROWS_OF_PAGE, page * ROWS_OF_PAGE);
			for (const chunk of new Set(Array.from(shown, (row) => Math.floor(row / CHUNK_ROWS)))) await this.#calls.demand(groupsFor(columns), chunk);
			if (turn !== this.#turn) return;
			if (!found.sought) this.#status.textContent = `${figure(found.count)} of ${counted(this.#calls.rows, "call")}`;
			else if (this.#isStopped) this.#status.textContent = `At least ${counted(found.count, "call")}`;
			const focused = this.#focusedRow();
			fill(this.#table, this.#tableOf(shown));
			this.#table.scrollTop = 0;
			this.#table.querySelector(`tr[data-row="${this.#openRow}"]`)?.classList.add("open");
			focused?.();
			if (this.#focusNext !== void 0) this.#linkOf(this.#focusNext)?.focus();
			this.#focusNext = void 0;
			fill(this.#pager, pagerOf(page, pages, (change) => this.#go(change)));
			this.#pager.hidden = pages === 1;
			this.#drawTools(found);
			byId("calls-printed").textContent = `Filter: ${found.text === "" ? "none, all calls" : found.text}. ${found.sought ? `Sought in ${shareOf(found.sought)} of the lines alone: at least ` : ""}${counted(found.count, "call")} of ${figure(this.#calls.rows)}; on this print ${shown.length === 0 ? "none" : `the ${figure((page - 1) * ROWS_OF_PAGE + 1)}. to the ${figure((page - 1) * ROWS_OF_PAGE + shown.length)}.`}, in the order of ${titleOf(sort)}${isDown ? ", downwards" : ""}.`;
		}
		#focusedRow() {
			const row = document.activeElement?.closest("tr[data-row]");
			if (!row || !this.#table.contains(row)) return void 0;
			return () => this.#linkOf(Number(row.dataset.row))?.focus();
		}
		#tableOf(rows) {
			return rows.length === 0 ? h("p", { class: "empty" }, this.#found?.sought ? "No call found yet." : "No call matches.") : callTable(this.#calls, rows, this.#view, (change) => this.#go(change));
		}
		#drawTools(found) {
			const isOpen = this.#tools.querySelector("details")?.open === true;
			fill(this.#tools, toolsOf(found, this.#view.columns, isOpen, {
				choose: (columns) => this.#go({ columns }),
				write: () => void this.#export(found)
			}));
		}
		async #export(found) {
			const { columns } = this.#view;
			const rows = this.#rows;
			await this.#calls.demand(groupsFor(columns), void 0, (done, all) => {
				this.#status.textContent = `Reading, ${figure(done)} of ${figure(all)}`;
			});
			save(csvOf(this.#calls, rows, columns), `${this.#calls.catalog.name}-calls.csv`);
			this.#status.textContent = `${figure(found.count)} of ${counted(this.#calls.rows, "call")}; exported with ${columns.length} columns`;
		}
		async #open(row) {
			const turn = this.#turn;
			this.#detail.hidden = false;
			this.#openRow = row;
			this.#columns.classList.add("with-detail");
			this.#mark(row);
			const heading = h("h2", { tabindex: -1 }, `Call ${figure(row + 1)}`);
			const close = h("a", {
				href: this.place,
				class: "close"
			}, "Close");
			fill(this.#detail, h("header", {}, heading, close), neighbours(this.#calls, row), h("p", {}, "Reading the line"));
			try {
				const made = await detailOf(this.#calls, row);
				if (turn !== this.#turn) return;
				fill(this.#detail, h("header", {}, heading, close), neighbours(this.#calls, row), made, h("h3", {}, "Your review"), this.#formOf(row).node, h("p", { class: "m" }, `This call's place: ${eventPlace(row + 1)}`));
				heading.focus({ preventScroll: true });
				if (this.#beginNext) this.#form?.begin(this.#beginNext);
				this.#beginNext = void 0;
			} catch (error) {
				fill(this.#detail, h("header", {}, heading, close), h("p", { role: "alert" }, `${error.message}.`));
			}
		}
		#formOf(row) {
			const call = this.#placeOf(row);
			this.#form = callForm(this.#remarks, { call }, () => tagButtons(this.#calls, this.#remarks, call));
			return this.#form;
		}
		#placeOf(row) {
			const number = (name) => this.#calls.value(name, row);
			const part = number("part");
			return {
				event: row + 1,
				source: number("source") ?? 0,
				line: number("line") ?? 0,
				offset: number("offset") ?? 0,
				...part !== void 0 && { part }
			};
		}
		#mark(row) {
			for (const each of this.#table.querySelectorAll("tr.open")) each.classList.remove("open");
			const line = this.#table.querySelector(`tr[data-row="${row}"]`);
			line?.classList.add("open");
			line?.scrollIntoView({ block: "nearest" });
		}
		#close() {
			if (this.#detail.hidden) return;
			this.#openRow = void 0;
			this.#form = void 0;
			const open = this.#table.querySelector("tr.open a");
			this.#detail.hidden = true;
			this.#columns.classList.remove("with-detail");
			this.#detail.replaceChildren();
			this.#table.querySelector("tr.open")?.classList.remove("open");
			open?.focus();
		}
		get row() {
			const row = document.activeElement?.closest("tr[data-row]")?.dataset.row;
			return this.#openRow ?? (row === void 0 ? void 0 : Number(row));
		}
		#linkOf(row) {
			return this.#table.querySelector(`tr[data-row="${row}"] a`);
		}
		moveTo(index) {
			const row = this.#rows[index];
			if (row === void 0) return;
			const page = Math.floor(index / ROWS_OF_PAGE) + 1;
			if (this.#openRow !== void 0) location.hash = eventPlace(row + 1);
			else if (page === this.#view.page) this.#linkOf(row)?.focus();
			else {
				this.#focusNext = row;
				this.#go({ page });
			}
		}
		step(by) {
			const { row } = this;
			this.moveTo(row === void 0 ? (this.#view.page - 1) * ROWS_OF_PAGE : this.#rows.indexOf(row) + by);
		}
		toEnd(isLast) {
			this.moveTo(isLast ? this.#rows.length - 1 : 0);
		}
		stepTagged(by) {
			const own = new Set(this.#remarks.all.flatMap((each) => each.act === "tag" ? [(each.call.event ?? 0) - 1] : []));
			const at = this.row === void 0 ? by === 1 ? -1 : this.#rows.length : this.#rows.indexOf(this.row);
			for (let index = at + by; index >= 0 && index < this.#rows.length; index += by) {
				const row = this.#rows[index];
				if (!own.has(row) && this.#calls.value("tags", row) === void 0) continue;
				this.moveTo(index);
				return true;
			}
			return false;
		}
		begin(act) {
			const { row } = this;
			if (row === void 0) return false;
			if (this.#form) this.#form.begin(act);
			else {
				this.#beginNext = act;
				location.hash = eventPlace(row + 1);
			}
			return true;
		}
		async tag(number) {
			const { row } = this;
			if (row === void 0) return "There is no call: j goes to one.";
			await this.#calls.demand(["core", "place"], Math.floor(row / CHUNK_ROWS));
			const said = toggleTag(this.#calls, this.#remarks, this.#placeOf(row), number);
			if (said === void 0) this.begin("tag");
			return said ?? `No tag has the number ${number}: write one.`;
		}
		async same(field) {
			const { row } = this;
			if (row === void 0) return "There is no call: j goes to one.";
			await this.#calls.demand(groupsFor([field]), Math.floor(row / CHUNK_ROWS));
			const value = this.#calls.value(field, row);
			if (value === void 0) return `The call has no ${titleOf(field).toLowerCase()}.`;
			this.#go({
				filter: include(this.#view.filter, field, String(value)),
				page: 1
			});
		}
		escape() {
			if (this.#detail.hidden) return false;
			location.hash = this.place;
			return true;
		}
	};
	// viewer/parts/say.ts
	var SHOWN_MS = 6e3;
	var line = h("p", {
		class: "say screen-only",
		role: "status"
	});
	var timer = 0;
	function say(words) {
		if (!line.isConnected) byId("main").after(line);
		line.textContent = words;
		clearTimeout(timer);
		timer = window.setTimeout(() => {
			line.textContent = "";
		}, SHOWN_MS);
	}
	// viewer/review/undecided.ts
	function findingsOf({ rules }, remarks) {
		const said = new Set(remarks.all.flatMap((each) => each.act === "confirm" || each.act === "dispute" ? [JSON.stringify([each.finding.rule, each.finding.developer_id])] : []));
		return rules.flatMap(({ rule, developers }) => developers.map(({ developer_id: id, status }) => ({
			rule,
			id,
			isOpen: status === "open" && !said.has(JSON.stringify([rule, id]))
		})));
	}
	var undecidedCount = (catalog, remarks) => findingsOf(catalog, remarks).filter(({ isOpen }) => isOpen).length;
	function undecidedFrom(catalog, remarks, here, by) {
		const all = findingsOf(catalog, remarks);
		const at = all.findIndex(({ rule, id }) => rule === here.rule && id === here.id);
		for (let step = 1; step <= all.length; step += 1) {
			const index = at < 0 ? by === 1 ? step - 1 : all.length - step : (at + by * step + all.length) % all.length;
			const found = all[index];
			if (found?.isOpen && index !== at) return findingPlace(found.rule, found.id);
		}
	}
	// viewer/commands.ts
	var NO_ROW = "There is no call: j goes to one.";
	function commands$1(parts, section) {
		const onCalls = (does) => {
			if (section() !== "calls") return say("This key is for calls: g e goes there.");
			parts().then(does).catch((error) => say(`${error.message}.`));
		};
		const begin = (act) => {
			if (section() === "developer") return void parts().then(({ developer }) => developer.form?.begin(act));
			if (act === "confirm" || act === "dispute") return say("This key is for a finding: f goes to one.");
			onCalls(({ screen }) => {
				if (!screen.begin(act)) say(NO_ROW);
			});
		};
		const undecided = (by) => () => void parts().then(({ calls, remarks, developer }) => {
			const here = section() === "developer" ? developer.here : {};
			const place = undecidedFrom(calls.catalog, remarks, here, by);
			if (place === void 0) say("No other finding is undecided.");
			else location.hash = place;
		});
		const tag = (number) => () => onCalls(async ({ screen }) => say(await screen.tag(number)));
		const same = (field) => () => onCalls(async ({ screen }) => say(await screen.same(field) ?? ""));
		const row = (by) => () => section() === "calls" ? onCalls(({ screen }) => screen.step(by)) : stepLinks(section(), by);
		const end = (isLast) => () => section() === "calls" ? onCalls(({ screen }) => screen.toEnd(isLast)) : endLinks(section(), isLast);
		const tagged = (by) => () => onCalls(({ screen }) => {
			if (!screen.stepTagged(by)) say("No tagged call there.");
		});
		const go = (place) => () => {
			location.hash = place;
		};
		const find = () => byId("find").focus();
		return {
			filter: () => section() === "calls" ? onCalls(({ screen }) => screen.filterInput.focus()) : find(),
			"row.goto": find,
			"go.answer": go("#answer"),
			"go.developers": go("#developers"),
			"go.explore": go("#calls"),
			"go.sources": go("#sources"),
			"go.claims": go("#claims"),
			"go.remedy": go("#remedy"),
			"go.clocks": go("#clocks"),
			"go.coverage": go("#coverage"),
			"go.custody": go("#custody"),
			"row.next": row(1),
			"row.previous": row(-1),
			"row.first": end(false),
			"row.last": end(true),
			"tagged.next": tagged(1),
			"tagged.previous": tagged(-1),
			"undecided.next": undecided(1),
			"undecided.previous": undecided(-1),
			"developer.page": () => onCalls(({ screen, calls }) => {
				const id = screen.row === void 0 ? void 0 : calls.value("developer_id", screen.row);
				if (id === void 0) say(NO_ROW);
				else location.hash = developerPlace(String(id));
			}),
			"same.developer": same("developer"),
			"same.app": same("app"),
			"same.actor": same("actor"),
			"same.ip": same("ip"),
			"same.request": same("request_id"),
			"finding.confirm": () => begin("confirm"),
			"finding.dispute": () => begin("dispute"),
			note: () => begin("comment"),
			"tag.1": tag(1),
			"tag.2": tag(2),
			"tag.3": tag(3),
			"tag.4": tag(4),
			"tag.5": tag(5),
			"tag.6": tag(6),
			"tag.7": tag(7),
			"tag.8": tag(8),
			"tag.9": tag(9),
			"tag.other": () => begin("tag"),
			undo: () => void parts().then(({ remarks }) => say(remarks.takeBack() ? "Took the last remark back." : "Nothing was said.")),
			keys: () => byId("keys").showModal()
		};
	}
	var rowLinks = (section) => section === void 0 ? [] : Array.from(byId(section).querySelectorAll("tbody tr")).flatMap((row) => Array.from(row.querySelectorAll("a")).slice(0, 1));
	function stepLinks(section, by) {
		const links = rowLinks(section);
		const at = links.indexOf(document.activeElement);
		links[at < 0 ? 0 : at + by]?.focus();
	}
	function endLinks(section, isLast) {
		rowLinks(section).at(isLast ? -1 : 0)?.focus();
	}
	// viewer/copy-buttons.ts
	function copyButtons() {
		for (const button of document.querySelectorAll("button.copy")) button.addEventListener("click", async () => {
			const code = button.parentElement?.querySelector("code");
			if (!code) return;
			getSelection()?.selectAllChildren(code);
			try {
				await navigator.clipboard.writeText(code.textContent ?? "");
				button.textContent = "Copied";
			} catch {
				button.textContent = "Selected: copy it";
			}
		});
	}
	// viewer/data/load.ts
	var NAME = /^(?:catalog|(?:core|people|request|client|place|lines)-\d+)$/u;
	var waiting = new Map();
	globalThis[DATA_FUNCTION] = (name, text, ...bytes) => waiting.get(name)?.take(text, bytes);
	var scriptUrl = (name) => {
		if (!NAME.test(name)) throw new Error(`${name} is no file of this page`);
		return `viewer/${name}.js`;
	};
	var policy = globalThis.trustedTypes?.createPolicy("exhibit-data", { createScriptURL: scriptUrl });
	var loading = new Map();
	function load(name) {
		let asked = loading.get(name);
		if (!asked) {
			asked = loadScript(name).finally(() => loading.delete(name));
			loading.set(name, asked);
		}
		return asked;
	}
	function loadScript(name) {
		return new Promise((done, fail) => {
			const script = document.createElement("script");
			const end = () => {
				waiting.delete(name);
				script.remove();
			};
			waiting.set(name, { take: (text, bytes) => {
				end();
				try {
					done({
						value: JSON.parse(text),
						bytes: bytes.map(base64Of)
					});
				} catch {
					fail(new Error(`viewer/${name}.js cannot be read`));
				}
			} });
			const missing = () => {
				if (!waiting.has(name)) return;
				end();
				fail(new Error(`viewer/${name}.js is not beside this page: open the whole bundle, unpacked`));
			};
			script.addEventListener("error", missing);
			script.addEventListener("load", missing);
			script.src = policy ? policy.createScriptURL(name) : scriptUrl(name);
			document.head.append(script);
		});
	}
	// shared/filter/developer-term.ts
	function developerTerm(id) {
		const app = /^app:(.+)$/su.exec(id)?.[1];
		if (app !== void 0) return `app:${quote(app)} -developer:*`;
		return id === "unknown" ? "-app:* -developer:*" : `developer:${quote(id.replace(/^name:/u, ""))}`;
	}
	// shared/model/accountability/remedy-text.ts
	function againstText(against) {
		switch (against.kind) {
			case "calls": return `${calls(against.events)} after it`;
			case "later": return `${calls(against.events)} after it that no level judges any more`;
			case "grant": return "the registry has a grant that goes on after it";
			case "order": return "it is dated before an earlier step";
			default: return "the step before it is not done";
		}
	}
	var calls = (events) => `${figure(events)} ${events === 1 ? "call" : "calls"}`;
	// shared/model/people-text.ts
	function peopleText(people) {
		switch (people.basis) {
			case "exact": return figure(people.value);
			case "at-least": return `at least ${figure(people.value)}`;
			case "at-most": return `at most ${figure(people.value)}`;
			case "between": return `between ${figure(people.value)} and ${figure(people.at_most)}`;
			case "not-logged": return "not logged";
		}
	}
	function measuredText(measured, what = "people") {
		if (measured.basis === "not-logged") return `a number of ${what} that the logs do not show`;
		const text = `${peopleText(measured)} ${what}`;
		return measured.basis === "exact" ? `${text}, exact` : text;
	}
	// viewer/developers/timeline.ts
	var WIDTH = 960;
	var GUTTER = 132;
	var LANE = 16;
	var CALLS = 72;
	var AXIS = 20;
	var LEAST = 2;
	var MOST_GRANTS = 12;
	function timeline(input) {
		const { from, to, steps, lines, months } = input;
		const grants = input.grants.slice(0, MOST_GRANTS);
		const x = (at) => GUTTER + Math.max(0, Math.min(1, (at - from) / Math.max(1, to - from))) * 828;
		const callsTop = AXIS + grants.length * LANE + 4;
		const stepsTop = callsTop + CALLS + 6;
		const height = stepsTop + (steps.length > 0 ? 20 : 0);
		const most = Math.max(1, ...months.map(({ obtained, possible, attempted }) => obtained + possible + attempted));
		const label = (text, y) => svg("text", {
			x: 0,
			y,
			class: "label"
		}, cut(text));
		return h("figure", { class: "timeline" }, svg("svg", {
			viewBox: `0 0 ${WIDTH} ${height}`,
			role: "img",
			"aria-label": "Grants, calls by month and remedy; the table below has the same"
		}, years(from, to, x, height), ...grants.flatMap(({ label: words, from: start, to: end }, at) => {
			const y = AXIS + at * LANE;
			const [left, right] = [x(start === void 0 ? from : instantOf(start)), x(end === void 0 ? to : instantOf(end))];
			return [
				label(words, y + 11),
				svg("rect", {
					x: left,
					y: y + 3,
					width: Math.max(LEAST, right - left),
					height: 8,
					class: "grant"
				}),
				end === void 0 ? void 0 : svg("line", {
					x1: right,
					x2: right,
					y1: y,
					y2: y + 14,
					class: "revoked"
				})
			];
		}), label(`Calls, ${figure(most)} at most`, callsTop + 12), ...months.flatMap((month) => bars(month, most, x, callsTop)), svg("line", {
			x1: GUTTER,
			x2: WIDTH,
			y1: callsTop + CALLS,
			y2: callsTop + CALLS,
			class: "base"
		}), steps.length > 0 && label("Remedy", stepsTop + 12), ...steps.map(({ label: words, at }) => svg("circle", {
			cx: x(instantOf(at)),
			cy: stepsTop + 8,
			r: 4,
			class: "step"
		}, svg("title", {}, `${words} ${at}`))), ...lines.flatMap(({ label: words, at }) => [svg("line", {
			x1: x(instantOf(at)),
			x2: x(instantOf(at)),
			y1: 14,
			y2: height,
			class: "mark"
		}), svg("text", {
			x: Math.min(x(instantOf(at)) + 3, 912),
			y: 10,
			class: "label"
		}, words)])), h("figcaption", {}, legend()), tableOf$1(input));
	}
	function bars({ month, obtained, possible, attempted }, most, x, top) {
		const left = x(instantOf(`${month}-01`));
		const width = Math.max(LEAST, x(instantOf(nextMonth(month))) - left - 1);
		let y = top + CALLS;
		return [
			["obtained", obtained],
			["possible", possible],
			["attempted", attempted]
		].map(([level, count]) => {
			if (count === 0) return void 0;
			const height = Math.max(LEAST, count / most * CALLS);
			y -= height;
			return svg("rect", {
				x: left,
				y,
				width,
				height,
				class: `bar ${level}`
			});
		});
	}
	function nextMonth(month) {
		const [year = 0, number = 1] = month.split("-").map(Number);
		return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
	}
	function years(from, to, x, height) {
		const first = Number(isoOf(from).slice(0, 4));
		const last = Number(isoOf(to).slice(0, 4));
		const step = Math.max(1, Math.ceil((last - first) / 10));
		const made = [];
		for (let year = first; year <= last; year += step) {
			const at = x(instantOf(`${year}-01-01`));
			made.push(svg("line", {
				x1: at,
				x2: at,
				y1: 16,
				y2: height,
				class: "year"
			}));
			if (year > first) made.push(svg("text", {
				x: at + 3,
				y: 19,
				class: "label"
			}, String(year)));
		}
		return made;
	}
	var legend = () => [
		["obtained", "Got data"],
		["possible", "May have got data"],
		["attempted", "Tried, got nothing"]
	].map(([level, words]) => [svg("svg", {
		class: "swatch",
		viewBox: "0 0 12 12",
		"aria-hidden": "true"
	}, svg("rect", {
		width: 12,
		height: 12,
		class: `bar ${level}`
	})), `${words} `]);
	function tableOf$1({ grants, steps, months }) {
		const rows = [
			...grants.map(({ label, from, to }) => [label, `${from ?? "as long as is known"} to ${to ?? "now: not revoked"}`]),
			...months.map((each) => [each.month, `${figure(each.obtained)} got data, ${figure(each.possible)} may have, ${figure(each.attempted)} got nothing`]),
			...steps.map(({ label, at }) => [label, at])
		];
		return h("details", {}, h("summary", {}, "As a table"), h("table", {}, h("tbody", {}, ...rows.map(([name, words]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, words))))));
	}
	var LABEL = 22;
	var cut = (text) => text.length > LABEL ? `${text.slice(0, 20)}..` : text;
	// viewer/developers/developer-screen.ts
	var FIRST_CALLS = 12;
	var SHOWN = [
		"event",
		"time",
		"api",
		"operation",
		"status",
		"level",
		"fields"
	];
	var DeveloperScreen = class {
		#calls;
		#remarks;
		#turn = 0;
		#forms = [];
		here = {};
		constructor(calls, remarks) {
			this.#calls = calls;
			this.#remarks = remarks;
		}
		async show(id = "", rule) {
			const turn = ++this.#turn;
			const body = byId("developer-body");
			const { catalog } = this.#calls;
			const found = catalog.rules.flatMap((each) => each.developers.filter((row) => row.developer_id === id).map((row) => ({
				rule: each,
				row
			})));
			const registered = catalog.developers.find((each) => each.developer_id === id);
			const name = found[0]?.row.developer ?? registered?.developer ?? id;
			if (found.length === 0 && !registered) {
				fill(body, h("h2", { tabindex: -1 }, "No such developer"), h("p", {}, `No finding and no registry of this bundle names ${id}.`));
				return;
			}
			const heading = h("h2", { tabindex: -1 }, name);
			this.#forms = [];
			const asked = rule ?? found[0]?.rule.rule;
			this.here = {
				id,
				...asked !== void 0 && { rule: asked }
			};
			const calls = h("div", {}, h("p", { role: "status" }, "Reading the calls"));
			fill(body, heading, h("p", { class: "m" }, `Id ${id}${registered?.country === void 0 ? "" : `, ${registered.country}`}.`), found.length === 0 ? h("p", {}, "No finding: no rule counts a call or a grant of it.") : void 0, ...found.map((each) => this.#finding(id, each.rule, each.row, each.rule.rule === rule)), calls);
			if (rule !== void 0) byId("developer").querySelector(".asked")?.scrollIntoView({ block: "nearest" });
			heading.focus({ preventScroll: true });
			try {
				const own = await find(this.#calls, developerTerm(id));
				if (turn === this.#turn) fill(calls, this.#activity(id, own.mask, own.count));
			} catch (error) {
				if (turn === this.#turn) fill(calls, h("p", { role: "alert" }, `${error.message}.`));
			}
		}
		get form() {
			return (this.#forms.find(([rule]) => rule === this.here.rule) ?? this.#forms[0])?.[1];
		}
		#formOf(id, rule) {
			const form = findingForm(this.#remarks, { finding: {
				rule,
				developer_id: id
			} }, () => this.#next(id, rule));
			this.#forms.push([rule, form]);
			return form.node;
		}
		#next(id, rule) {
			const { catalog } = this.#calls;
			const place = undecidedFrom(catalog, this.#remarks, {
				rule,
				id
			}, 1);
			if (place === void 0) return h("p", { class: "screen-only" }, "Every other finding is decided.");
			const count = undecidedCount(catalog, this.#remarks);
			return h("p", { class: "screen-only" }, h("a", { href: place }, "Next finding that nobody decided"), ` (${figure(count)}) `, h("kbd", { "aria-hidden": "true" }, "f"));
		}
		#finding(id, rule, row, isAsked) {
			const term = `${developerTerm(id)} finding:${rule.rule}`;
			const calls = (events, level) => events === 0 ? "no call" : h("a", { href: callsPlace(`${term} level:${level}`) }, counted(events, "call"));
			const { obtained, possible, attempted } = row;
			return h("section", {
				class: isAsked ? "finding asked" : "finding",
				"aria-label": rule.title
			}, h("h3", {}, rule.title), h("p", {}, h("strong", { class: `level ${row.level}` }, LEVEL_WORDS[row.level]), row.recent && `, also in the last ${this.#calls.catalog.recent_days} days`, `. ${this.#decision(rule.rule, id, row)}`), h("ul", {}, h("li", {}, heldWords(rule, row)), h("li", {}, "Got data in ", calls(obtained.events, "obtained"), obtained.first !== void 0 && `, ${utc(obtained.first)} to ${utc(obtained.last ?? "")}`, obtained.events > 0 && `: ${obtained.fields.length === 0 ? "fields not logged" : obtained.fields.join(", ")}${obtained.fields_are === void 0 || obtained.fields_are === "returned" ? "" : " (as requested, in part or all)"}, of ${measuredText(obtained.people)}`, "."), h("li", {}, "May have got data in ", calls(possible.events, "possible"), possible.events > 0 && `, of ${measuredText(possible.people)}`, ". Tried and got nothing in ", calls(attempted.events, "attempted"), "."), row.revoked_at !== void 0 && h("li", { class: row.allowed_after_revocation > 0 ? "bad-words" : void 0 }, `Revoked ${utc(row.revoked_at)}; `, row.allowed_after_revocation === 0 ? "no call succeeded after it." : [
				h("a", { href: callsPlace(`${term} level:possible+ ${this.#afterRevocation(rule, row)}`) }, counted(row.allowed_after_revocation, "call")),
				" succeeded after it",
				this.#firstOf(`${term} level:possible+ ${this.#afterRevocation(rule, row)}`),
				"."
			])), remedyOf(rule, id), this.#formOf(id, rule.rule));
		}
		#firstOf(filter) {
			const place = h("span");
			find(this.#calls, filter).then(({ mask }) => {
				const row = mask.indexOf(1);
				if (row >= 0) fill(place, "; the first is ", h("a", { href: eventPlace(row + 1) }, `call ${figure(row + 1)}`));
			}, () => void 0);
			return place;
		}
		#afterRevocation({ permission }, { apps }) {
			const terms = apps.flatMap((app) => endedSpans(this.#calls.catalog.grants.filter((grant) => grant.app === app && grant.permission === permission)).map(({ from, until }) => `(app:${quote(app)} time>=${from}${until === void 0 ? "" : ` time<${until}`})`));
			return terms.length > 1 ? `(${terms.join(" or ")})` : terms.join("");
		}
		#decision(rule, id, row) {
			const decided = this.#calls.catalog.decisions.filter((each) => each.rule === rule && each.developer_id === id).at(-1);
			if (!decided) return `The finding is ${row.status}.`;
			return `The finding is ${row.status}: \u201c${decided.reason}\u201d, ${decided.by}, ${utc(decided.at)}.`;
		}
		#activity(id, mask, count) {
			const { catalog } = this.#calls;
			const term = developerTerm(id);
			if (count === 0) return h("p", {}, "This bundle holds no call of it.");
			const months = this.#months(mask);
			const rows = [];
			for (let row = 0; row < mask.length && rows.length < FIRST_CALLS; row += 1) if (mask[row] === 1) rows.push(row);
			const grants = this.#grants(id);
			const steps = catalog.rules.flatMap(({ remedy }) => remedy.filter((each) => each.developer_id === id).flatMap(({ entries }) => entries.flatMap(({ step, on, taken_back }) => on === void 0 || taken_back !== void 0 ? [] : [{
				label: step,
				at: on
			}])));
			const times = [
				...grants.flatMap(({ from, to }) => [from, to]).flatMap((each) => each === void 0 ? [] : [instantOf(each)]),
				...months.map(({ month }) => instantOf(`${month}-01`)),
				...steps.map(({ at }) => instantOf(at)),
				...catalog.times.asOf === void 0 ? [] : [catalog.times.asOf]
			];
			const last = this.#calls.times[lastRow(mask)];
			const lines = [...catalog.times.cutoff === void 0 ? [] : [{
				label: "cutoff",
				at: isoOf(catalog.times.cutoff)
			}], ...catalog.times.asOf === void 0 ? [] : [{
				label: "as of",
				at: isoOf(catalog.times.asOf)
			}]];
			return [
				h("h3", {}, "Grants, calls and remedy"),
				timeline({
					from: Math.min(...times, last),
					to: Math.max(...times, last),
					grants,
					steps,
					lines,
					months
				}),
				h("h3", {}, "Fields of its calls"),
				fieldsOf(this.#calls, mask, term),
				h("h3", {}, "Its calls"),
				h("p", {}, h("a", { href: callsPlace(term) }, `Show the ${counted(count, "call")}`), ` of it in this bundle${catalog.left_out > 0 ? "; others of the case may be left out" : ""}. The first of them:`),
				h("table", {}, h("thead", {}, h("tr", {}, ...SHOWN.map((column) => h("th", { scope: "col" }, titleOf(column))))), h("tbody", {}, ...rows.map((row) => h("tr", {}, ...SHOWN.map((column) => h("td", { class: column === "time" ? "mono" : void 0 }, column === "event" ? h("a", { href: eventPlace(row + 1) }, figure(row + 1)) : shownOf(this.#calls, column, row)))))))
			];
		}
		#months(mask) {
			const months = new Map();
			for (let row = 0; row < mask.length; row += 1) {
				if (mask[row] !== 1) continue;
				const said = this.#calls.value("said", row);
				const level = [
					"obtained",
					"possible",
					"attempted"
				].find((each) => said?.includes(each));
				if (!level) continue;
				const month = monthOf(this.#calls.times[row]);
				const count = months.get(month) ?? {
					obtained: 0,
					possible: 0,
					attempted: 0
				};
				months.set(month, count);
				count[level] += 1;
			}
			return [...months].map(([month, count]) => ({
				month,
				...count
			}));
		}
		#grants(id) {
			const { apps, grants, rules } = this.#calls.catalog;
			const own = new Set(apps.filter((each) => each.developer_id === id).map(({ app }) => app));
			const asked = new Set(rules.flatMap(({ permission }) => permission === void 0 ? [] : [permission]));
			return grants.filter(({ app, permission }) => own.has(app) && (asked.size === 0 || asked.has(permission))).map(({ app, permission, granted_at: from, revoked_at: to }) => ({
				label: `${app} ${permission}`,
				...from !== void 0 && { from },
				...to !== void 0 && { to }
			}));
		}
	};
	function endedSpans(grants) {
		const ended = [];
		const sorted = grants.map(({ granted_at: from, revoked_at: until }) => ({
			from,
			until
		})).sort((a, b) => timeOf(a.from, Number.NEGATIVE_INFINITY) - timeOf(b.from, Number.NEGATIVE_INFINITY));
		let reached;
		for (const [at, { from, until }] of sorted.entries()) {
			if (reached !== void 0 && from !== void 0 && instantOf(from) > instantOf(reached)) ended.push({
				from: reached,
				until: from
			});
			if (until === void 0) return ended;
			if (at === 0 || reached === void 0 || instantOf(until) > instantOf(reached)) reached = until;
		}
		if (reached !== void 0) ended.push({
			from: reached,
			until: void 0
		});
		return ended;
	}
	var timeOf = (text, absent) => text === void 0 ? absent : instantOf(text);
	function lastRow(mask) {
		return mask.lastIndexOf(1);
	}
	function heldWords({ permission, effective_from: from, grace_days: grace, holding }, row) {
		const since = `${from === void 0 ? "the cutoff" : utc(from)}${grace ? ` and ${grace} days of grace` : ""}`;
		if (permission === void 0) return `The rule, in force from ${since}, asks for no permission.`;
		if (!row.entitled) return `It did not hold ${permission} after ${since}.`;
		return `It held ${permission} after ${since}, with ${row.apps.length === 1 ? "the app" : "the apps"} ${row.apps.join(", ")}${holding.includes(row.developer_id) ? ", and still holds it" : ""}.`;
	}
	function fieldsOf(calls, mask, term) {
		const counts = countsOf(calls, mask, "fields");
		if (counts.length === 0) return h("p", {}, "No call of it says which fields.");
		return h("ul", { class: "inline" }, ...counts.slice(0, 40).map(([field, count]) => h("li", {}, `${field} `, h("a", { href: callsPlace(`${term} fields:"${field.replace(/["\\]/gu, "\\$&")}"`) }, figure(count)))));
	}
	function remedyOf({ remedy }, id) {
		const own = remedy.find((each) => each.developer_id === id);
		if (!own || own.entries.length === 0) return h("p", {}, "No step of remedy is recorded.");
		return h("table", {}, h("caption", {}, "Remedy"), h("thead", {}, h("tr", {}, ...[
			"Step",
			"On",
			"Due",
			"By",
			"Note",
			"What speaks against it"
		].map((each) => h("th", { scope: "col" }, each)))), h("tbody", {}, ...own.entries.map((entry) => h("tr", {}, h("td", {}, entry.step, entry.taken_back !== void 0 && ` (taken back: ${entry.taken_back})`), h("td", {}, entry.on === void 0 ? "" : utc(entry.on)), h("td", {}, entry.due === void 0 ? "" : utc(entry.due)), h("td", {}, entry.by ?? ""), h("td", {}, entry.note ?? ""), h("td", { class: entry.against.length > 0 ? "bad-words" : void 0 }, ...entry.against.map((each, at) => [at > 0 && "; ", "filter" in each ? h("a", { href: callsPlace(each.filter) }, againstText(each)) : againstText(each)]))))));
	}
	// viewer/developers/developers-screen.ts
	function rowsOf({ catalog }) {
		const rows = new Map();
		const rowOf = (id, name = id) => {
			const row = rows.get(id) ?? {
				id,
				name,
				level: -1,
				isRecent: false,
				apps: new Set(),
				calls: 0
			};
			rows.set(id, row);
			return row;
		};
		for (const { developer_id: id, developer } of catalog.developers) rowOf(id, developer);
		for (const { app, developer_id: id } of catalog.apps) if (id !== void 0) rowOf(id).apps.add(app);
		for (const { developers } of catalog.rules) for (const found of developers) {
			const row = rowOf(found.developer_id, found.developer);
			row.name = found.developer;
			row.level = Math.max(row.level, LEVELS.indexOf(found.level));
			row.isRecent ||= found.recent;
			row.calls += found.attempted.events + found.possible.events + found.obtained.events;
			for (const app of found.apps) row.apps.add(app);
		}
		return [...rows.values()].sort((a, b) => b.level - a.level || b.calls - a.calls || (a.name < b.name ? -1 : 1));
	}
	var MOST = 500;
	function developersScreen(calls, body) {
		if (body.dataset.drawn === "yes") return;
		body.dataset.drawn = "yes";
		const rows = rowsOf(calls);
		const list = h("div");
		const said = h("p", {
			role: "status",
			class: "m"
		});
		const draw = (sought) => {
			const small = sought.trim().toLowerCase();
			const found = rows.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(small));
			said.textContent = found.length > MOST ? `The first ${figure(MOST)} of ${figure(found.length)} developers` : `${figure(found.length)} of ${figure(rows.length)} developers`;
			fill(list, tableOf(found.slice(0, MOST)));
		};
		const input = h("input", {
			type: "search",
			"aria-label": "Find a developer",
			placeholder: "Find a developer"
		});
		input.addEventListener("input", () => draw(input.value));
		draw("");
		fill(body, h("p", {}, input), said, list);
	}
	function tableOf(rows) {
		if (rows.length === 0) return h("p", {}, "No developer has this in name or id.");
		return h("table", {}, h("thead", {}, h("tr", {}, ...[
			"Developer",
			"Id",
			"Level",
			"Recent",
			"Apps",
			"Calls that count"
		].map((each, at) => h("th", {
			scope: "col",
			class: at > 3 ? "n" : void 0
		}, each)))), h("tbody", {}, ...rows.map(({ id, name, level, isRecent, apps, calls }) => {
			const word = LEVELS[level];
			return h("tr", {}, h("td", {}, h("a", { href: developerPlace(id) }, name)), h("td", { class: "mono" }, id), h("td", {}, word === void 0 ? "no finding" : LEVEL_WORDS[word]), h("td", {}, isRecent ? "yes" : ""), h("td", { class: "n" }, figure(apps.size)), h("td", { class: "n" }, calls === 0 ? "0" : figure(calls)));
		})));
	}
	// viewer/find.ts
	var MOST_DEVELOPERS = 8;
	function choicesOf(text, screens, calls) {
		const sought = text.trim();
		const small = sought.toLowerCase();
		if (small === "") return [];
		const number = /^\d[\d,]*$/u.test(sought) ? Number(sought.replaceAll(",", "")) : 0;
		const names = new Map();
		for (const { developer_id: id, developer } of calls.catalog.developers) names.set(id, developer ?? id);
		for (const { developers } of calls.catalog.rules) for (const { developer_id: id, developer } of developers) names.set(id, developer);
		return [
			...screens.filter(({ words }) => words.toLowerCase().includes(small)),
			...[...names].filter(([id, name]) => `${name} ${id}`.toLowerCase().includes(small)).slice(0, MOST_DEVELOPERS).map(([id, name]) => ({
				words: name === id ? name : `${name} (${id})`,
				place: developerPlace(id)
			})),
			...number > 0 && number <= calls.rows ? [{
				words: `Call ${figure(number)}`,
				place: eventPlace(number)
			}] : [],
			{
				words: `Calls whose line holds \u201c${sought}\u201d`,
				place: callsPlace(quote(sought))
			},
			{
				words: "Calls by this filter",
				place: callsPlace(sought)
			}
		];
	}
	function findBox(screens, calls) {
		const input = byId("find");
		const list = h("ul", {
			id: "found",
			role: "listbox",
			"aria-label": "Found",
			hidden: true
		});
		input.setAttribute("role", "combobox");
		input.setAttribute("aria-controls", "found");
		input.setAttribute("aria-expanded", "false");
		input.setAttribute("aria-autocomplete", "list");
		input.after(list);
		let at = 0;
		const close = () => {
			list.hidden = true;
			input.setAttribute("aria-expanded", "false");
			input.removeAttribute("aria-activedescendant");
		};
		const mark = () => {
			for (const [index, each] of Array.from(list.children).entries()) {
				each.setAttribute("aria-selected", String(index === at));
				if (index === at) input.setAttribute("aria-activedescendant", each.id);
			}
		};
		const go = (place) => {
			close();
			input.value = "";
			location.hash = place;
		};
		const draw = async () => {
			const text = input.value;
			const choices = choicesOf(text, screens, await calls());
			if (input.value !== text) return;
			list.replaceChildren(...choices.map(({ words, place }, index) => h("li", {
				id: `found-${index}`,
				role: "option",
				"data-place": place,
				onmousedown: (event) => event.preventDefault(),
				onclick: () => go(place)
			}, words)));
			at = 0;
			list.hidden = choices.length === 0;
			input.setAttribute("aria-expanded", String(choices.length > 0));
			mark();
		};
		input.addEventListener("input", () => void draw().catch(close));
		input.addEventListener("blur", close);
		input.addEventListener("keydown", (event) => {
			const { length } = list.children;
			if (event.key === "ArrowDown" || event.key === "ArrowUp") {
				at = (at + (event.key === "ArrowDown" ? 1 : length - 1)) % Math.max(1, length);
				mark();
			} else if (event.key === "Enter") {
				const place = list.children[at]?.dataset.place;
				if (place !== void 0 && !list.hidden) go(place);
			} else if (event.key === "Escape") {
				if (list.hidden) input.blur();
				close();
				event.stopPropagation();
			} else return;
			event.preventDefault();
		});
	}
	// shared/contract/key-chords.ts
	var RESERVED_CHORDS = new Set([
		"mod+r",
		"mod+w",
		"mod+q",
		"mod+m",
		"mod+h",
		"mod+t",
		"mod+l",
		"mod+space",
		"ctrl+space"
	]);
	var MODIFIERS = new Set([
		"Shift",
		"Control",
		"Alt",
		"Meta",
		"AltGraph",
		"CapsLock",
		"NumLock",
		"Dead",
		"Process",
		"Unidentified"
	]);
	var KEY_NAMES = {
		" ": "space",
		Escape: "esc"
	};
	function chordOf(press, isMac) {
		if (press.isComposing || MODIFIERS.has(press.key)) return void 0;
		if (press.ctrlKey && press.altKey) return void 0;
		const isCharacter = press.key.length === 1 && press.key !== " ";
		if (press.altKey && isCharacter) return void 0;
		const key = isCharacter ? characterOf(press) : KEY_NAMES[press.key] ?? press.key.toLowerCase();
		const isMod = isMac ? press.metaKey : press.ctrlKey;
		const other = isMac ? press.ctrlKey : press.metaKey;
		const hasShift = press.shiftKey && (!isCharacter || /\p{L}/u.test(key));
		const chord = `${isMod ? "mod+" : ""}${other ? "ctrl+" : ""}${press.altKey ? "alt+" : ""}${hasShift ? "shift+" : ""}${key}`;
		return RESERVED_CHORDS.has(chord) ? void 0 : chord;
	}
	function characterOf({ key, code = "" }) {
		const place = /^Key([A-Z])$/.exec(code)?.[1];
		return (/\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key) && place ? place : key).toLowerCase();
	}
	function normalKeys(keys, isMac) {
		return keys.split(" ").map((chord) => {
			const parts = chord.endsWith("+") && chord.length > 1 ? [...chord.slice(0, -2).split("+"), "+"] : chord.split("+");
			const written = (parts.at(-1) || "+").toLowerCase();
			const modifiers = new Set(parts.slice(0, -1).map((part) => part.toLowerCase()).map((part) => part === "ctrl" && !isMac ? "mod" : part));
			const key = ALIASES[written] ?? written;
			return `${[
				"mod",
				"ctrl",
				"alt",
				"shift"
			].filter((name) => modifiers.has(name)).map((name) => `${name}+`).join("")}${key}`;
		}).join(" ");
	}
	var ALIASES = {
		left: "arrowleft",
		right: "arrowright",
		up: "arrowup",
		down: "arrowdown",
		pgup: "pageup",
		pgdn: "pagedown",
		escape: "esc"
	};
	function step(table, pending, chord) {
		const all = [...table];
		for (const keys of pending === "" ? [chord] : [`${pending} ${chord}`, chord]) {
			if (all.some((each) => each.startsWith(`${keys} `))) return { pending: keys };
			if (all.includes(keys)) return {
				pending: "",
				keys
			};
		}
		return { pending: "" };
	}
	// viewer/keys.ts
	var SEQUENCE_MS = 1e3;
	var isMac = /Mac|iP(?:hone|ad)/u.test(navigator.platform);
	var isTyping = (target) => target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, select") !== null;
	function commands() {
		const all = new Map();
		for (const each of document.querySelectorAll("#keys [data-command]")) for (const keys of (each.dataset.keys ?? "").split(" | ")) all.set(normalKeys(keys, isMac), each.dataset.command);
		return all;
	}
	function keys(handlers, close) {
		const help = byId("keys");
		byId("keys-open").addEventListener("click", () => help.showModal());
		byId("keys-close").addEventListener("click", () => help.close());
		byId("print").addEventListener("click", () => print());
		const table = commands();
		let pending = "";
		let timer = 0;
		addEventListener("keydown", (event) => {
			const chord = chordOf(event, isMac);
			if (chord === void 0 || event.defaultPrevented || help.open) return;
			if (isTyping(event.target)) {
				if (chord === "esc") event.target.blur();
				return;
			}
			if (chord === "esc") {
				close();
				return;
			}
			const next = step(table.keys(), pending, chord);
			pending = next.pending;
			clearTimeout(timer);
			timer = window.setTimeout(() => {
				pending = "";
			}, SEQUENCE_MS);
			const id = next.keys === void 0 ? void 0 : table.get(next.keys);
			if (id === void 0 && pending === "") return;
			event.preventDefault();
			if (id !== void 0) handlers[id]();
		});
	}
	// viewer/review/remarks.ts
	function isOn(remark, target) {
		if ("finding" in target) return "finding" in remark && remark.finding.rule === target.finding.rule && remark.finding.developer_id === target.finding.developer_id;
		return "call" in remark && remark.call.event === target.call.event;
	}
	var Remarks = class {
		#all = [];
		#told = [];
		isSaved = true;
		onChange(tell) {
			this.#told.push(tell);
		}
		get all() {
			return this.#all;
		}
		on(target) {
			return this.#all.filter((each) => isOn(each, target));
		}
		add(remark) {
			this.#all.push(remark);
			this.#tell(false);
		}
		takeBack(remark = this.#all.at(-1)) {
			const at = remark === void 0 ? -1 : this.#all.indexOf(remark);
			if (at < 0) return false;
			this.#all.splice(at, 1);
			this.#tell(this.#all.length === 0);
			return true;
		}
		saved() {
			this.#tell(true);
		}
		#tell(isSaved) {
			this.isSaved = isSaved;
			this.#told = this.#told.filter((tell) => tell() !== false);
		}
		acts() {
			const acts = [];
			const tagged = new Map();
			for (const remark of this.#all) if (remark.act === "tag") {
				const calls = tagged.get(remark.text);
				if (calls) calls.push(remark.call);
				else {
					const own = [remark.call];
					tagged.set(remark.text, own);
					acts.push({
						act: "tag",
						calls: own,
						tag: remark.text
					});
				}
			} else if ("call" in remark) acts.push({
				act: "comment",
				calls: [remark.call],
				text: remark.text
			});
			else acts.push(remark);
			return acts;
		}
	};
	// viewer/review/remarks-bar.ts
	function remarksBar(remarks, catalog) {
		const author = h("input", {
			type: "text",
			autocomplete: "off",
			"aria-label": "Your name",
			placeholder: "Your name"
		});
		const said = h("span", { role: "status" });
		const list = h("ul");
		const tell = (more = "") => {
			const { length } = remarks.all;
			bar.hidden = length === 0;
			said.textContent = `${counted(length, "remark")}, ${remarks.isSaved ? "saved" : "not saved"}. ${more}`;
			fill(list, ...remarks.all.map((remark) => {
				const { words, place } = aboutOf(catalog, remark);
				return h("li", {}, h("a", { href: place }, words), ` ${saidOf(remark)} `, h("button", {
					type: "button",
					onclick: () => remarks.takeBack(remark)
				}, "Take back"));
			}));
		};
		const write = () => {
			const digest = document.body.dataset.tagmanifest;
			const acts = remarks.acts();
			if (digest === void 0) return tell("First give this page the zip or its folder: a review names the bundle by its digest.");
			if (acts.length > 2e3) return tell(`A case takes no more than ${counted(MAX_REVIEW_ACTS, "remark")} at once: take some back.`);
			if (author.value.trim() === "") {
				author.focus();
				return tell("Say who you are.");
			}
			const file = {
				schema: "exhibit/review@1",
				bundle: {
					name: catalog.name,
					tagmanifest_sha256: digest
				},
				author: author.value.trim(),
				at: `${new Date().toISOString().slice(0, 19)}Z`,
				acts
			};
			save(new Blob([`${JSON.stringify(file, void 0, 1)}\n`], { type: "application/json" }), `${catalog.name}.review.json`);
			remarks.saved();
			tell("Send the file to whoever made the bundle.");
		};
		const bar = h("section", {
			class: "remarks screen-only",
			"aria-label": "Your remarks",
			hidden: true
		}, said, h("details", {}, h("summary", {}, "Show them"), list), author, h("button", {
			type: "button",
			onclick: write
		}, "Save review file"), h("button", {
			type: "button",
			onclick: () => remarks.takeBack()
		}, "Take the last one back"));
		byId("main").after(bar);
		remarks.onChange(() => {
			tell();
			return true;
		});
		addEventListener("beforeunload", (event) => {
			if (!remarks.isSaved) event.preventDefault();
		});
	}
	// viewer/main.ts
	var DRAWN = {
		calls: "calls",
		event: "calls",
		developers: "developers",
		finding: "developer",
		developer: "developer"
	};
	var sections = Array.from(document.querySelectorAll("main > section"));
	var links = Array.from(document.querySelectorAll("nav a"));
	var titleOfPage = document.title;
	var data;
	function dataOfPage() {
		data ??= load("catalog").then(({ value: catalog }) => {
			const calls = new Calls(catalog, load);
			const remarks = new Remarks();
			remarksBar(remarks, catalog);
			const [screen, developer] = [new CallsScreen(calls, remarks), new DeveloperScreen(calls, remarks)];
			return {
				calls,
				remarks,
				screen,
				developer
			};
		});
		data.catch(() => {
			data = void 0;
		});
		return data;
	}
	function sectionOf(screen) {
		const id = DRAWN[screen] ?? screen;
		return sections.find((each) => each.id === id) ?? sections[0];
	}
	var shown;
	async function route() {
		const { screen, parts } = placeOf(location.hash) ?? {
			screen: "answer",
			parts: []
		};
		const section = sectionOf(screen);
		const isOther = section !== shown;
		shown = section;
		for (const each of sections) each.hidden = each !== section;
		const current = section.id === "developer" ? "developers" : section.id;
		for (const link of links) if (link.hash === `#${current}`) link.setAttribute("aria-current", "page");
		else link.removeAttribute("aria-current");
		document.body.dataset.screen = section.id;
		const heading = section.querySelector("h1, h2");
		document.title = `${heading?.textContent ?? ""} - ${titleOfPage}`;
		if (isOther) {
			byId("main").scrollTop = 0;
			scrollTo(0, 0);
		}
		if (!(screen in DRAWN)) return;
		try {
			const { calls, screen: callsScreen, developer } = await dataOfPage();
			if (screen === "calls") await callsScreen.show(parts);
			else if (screen === "event") await callsScreen.showEvent(Number(parts[0]));
			else if (screen === "developers") developersScreen(calls, byId("developers-body"));
			else await developer.show(screen === "finding" ? parts[1] : parts[0], screen === "finding" ? parts[0] : void 0);
			if (section === shown && section.id === "developer") document.title = `${section.querySelector("h2")?.textContent ?? ""} - ${titleOfPage}`;
		} catch (error) {
			const body = section.querySelector(".body");
			if (body) fill(body, h("p", { role: "alert" }, `This needs a file that could not be read: ${error.message}.`));
		}
	}
	document.body.classList.add("live");
	for (const each of document.querySelectorAll(".with-script")) each.hidden = false;
	addEventListener("hashchange", () => void route());
	findBox(links.map((link) => ({
		words: link.querySelector("span")?.textContent ?? "",
		place: link.hash
	})), () => dataOfPage().then(({ calls }) => calls));
	copyButtons();
	keys(commands$1(dataOfPage, () => shown?.id), () => {
		if (shown?.id === "calls") data?.then(({ screen }) => screen.escape());
	});
	route();
})();
