import { i as __toESM, t as __commonJSMin } from "./rolldown-runtime.js";
import { i as messageOf$1, t as ActionError } from "./errors.js";
import { i as output, t as execute } from "./exec.js";
import { n as visible, r as visibleLines, t as shorten } from "./visible.js";
import { n as contextKey } from "./canonical.js";
import { t as nearest } from "./nearest.js";
import { t as isAddress } from "./address.js";
import { n as githubClient } from "./github-client.js";
import path, { posix } from "node:path";
import { lstat, readdir } from "node:fs/promises";
import { closeSync, constants as constants$1, fstatSync, openSync, readSync } from "node:fs";
// src/report/markdown.ts
/**
* Escapes for GitHub's Markdown. Text is written as character references, which no construct of Markdown or HTML can
* begin with: the same string is safe in a table cell, a heading, a list item, and a `<summary>`.
*/
const ACTIVE = /[&<>`*_~[\]{}|\\$!#@]|^[-+=]|^\d(?=\d{0,8}[.)])|:(?=\/\/)|w(?=ww\.)/gi;
/** What GitHub links after Markdown is done, in the page's text: `@name`, `#12`, `GH-12`, addresses. */
const LINKED = /@|#|GH-|:(?=\/\/)|www(?=\.)/gi;
const CHARACTERS = 300;
/**
* Untrusted text for anywhere in a line: nothing in it is markup, a mention, a reference to an issue, a link or an
* image. At most `limit` characters.
*/
function inline(text, limit = CHARACTERS) {
	return references(shorten(visible(text).trim(), limit).replace(LINKED, "$&​"));
}
/** Untrusted text as code for anywhere in a line; GitHub links nothing inside. Nothing is added to what is copied. */
function code(text, limit = CHARACTERS) {
	const shown = shorten(visible(text).trim(), limit);
	return shown === "" ? "" : `<code>${references(shown)}</code>`;
}
/** A code block behind a fence that is longer than any run of backticks inside. `info`: a language name of ours. */
function fence(text, info = "") {
	const body = visibleLines(text).join("\n");
	const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((run) => run[0].length));
	const marks = "`".repeat(longest + 1);
	return `${marks}${info}\n${body}\n${marks}`;
}
/** A section that is folded. `summary` and `body` are Markdown already. */
function details(summary, body) {
	return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
/** A table from cells that are Markdown already and hold no line end or bare `|` (`inline` and `code` see to that). */
function table(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head),
		line(head.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
/** A link to an address that this program made; any other address leaves the label alone. `label` is Markdown already. */
function link(label, address) {
	return address !== null && /^https:\/\/[\w.~:/?#@%&=+,-]+$/.test(address) ? `[${label}](${address})` : label;
}
/** A label for mermaid: letters, digits and the marks of image names stay, everything else becomes a point. */
function mermaidLabel(text) {
	return shorten(text.toWellFormed().replace(/[^\p{L}\p{N} ./+_-]/gu, "·"), 60);
}
function references(text) {
	return text.replace(ACTIVE, (character) => `&#${character.charCodeAt(0)};`);
}
// node_modules/picomatch/lib/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const WIN_SLASH = "\\\\/";
	const WIN_NO_SLASH = `[^${WIN_SLASH}]`;
	const DEFAULT_MAX_EXTGLOB_RECURSION = 0;
	/**
	* Posix glob regex
	*/
	const DOT_LITERAL = "\\.";
	const PLUS_LITERAL = "\\+";
	const QMARK_LITERAL = "\\?";
	const SLASH_LITERAL = "\\/";
	const ONE_CHAR = "(?=.)";
	const QMARK = "[^/]";
	const END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
	const START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
	const DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
	const POSIX_CHARS = {
		DOT_LITERAL,
		PLUS_LITERAL,
		QMARK_LITERAL,
		SLASH_LITERAL,
		ONE_CHAR,
		QMARK,
		END_ANCHOR,
		DOTS_SLASH,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!${START_ANCHOR}${DOTS_SLASH})`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`,
		NO_DOTS_SLASH: `(?!${DOTS_SLASH})`,
		QMARK_NO_DOT: `[^.${SLASH_LITERAL}]`,
		STAR: `${QMARK}*?`,
		START_ANCHOR,
		SEP: "/"
	};
	/**
	* Windows glob regex
	*/
	const WINDOWS_CHARS = {
		...POSIX_CHARS,
		SLASH_LITERAL: `[${WIN_SLASH}]`,
		QMARK: WIN_NO_SLASH,
		STAR: `${WIN_NO_SLASH}*?`,
		DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
		NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
		START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
		END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
		SEP: "\\"
	};
	module.exports = {
		DEFAULT_MAX_EXTGLOB_RECURSION,
		MAX_LENGTH: 65536,
		POSIX_REGEX_SOURCE: {
			__proto__: null,
			alnum: "a-zA-Z0-9",
			alpha: "a-zA-Z",
			ascii: "\\x00-\\x7F",
			blank: " \\t",
			cntrl: "\\x00-\\x1F\\x7F",
			digit: "0-9",
			graph: "\\x21-\\x7E",
			lower: "a-z",
			print: "\\x20-\\x7E ",
			punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
			space: " \\t\\r\\n\\v\\f",
			upper: "A-Z",
			word: "A-Za-z0-9_",
			xdigit: "A-Fa-f0-9"
		},
		REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
		REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
		REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
		REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
		REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
		REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
		REPLACEMENTS: {
			__proto__: null,
			"***": "*",
			"**/**": "**",
			"**/**/**": "**"
		},
		CHAR_0: 48,
		CHAR_9: 57,
		CHAR_UPPERCASE_A: 65,
		CHAR_LOWERCASE_A: 97,
		CHAR_UPPERCASE_Z: 90,
		CHAR_LOWERCASE_Z: 122,
		CHAR_LEFT_PARENTHESES: 40,
		CHAR_RIGHT_PARENTHESES: 41,
		CHAR_ASTERISK: 42,
		CHAR_AMPERSAND: 38,
		CHAR_AT: 64,
		CHAR_BACKWARD_SLASH: 92,
		CHAR_CARRIAGE_RETURN: 13,
		CHAR_CIRCUMFLEX_ACCENT: 94,
		CHAR_COLON: 58,
		CHAR_COMMA: 44,
		CHAR_DOT: 46,
		CHAR_DOUBLE_QUOTE: 34,
		CHAR_EQUAL: 61,
		CHAR_EXCLAMATION_MARK: 33,
		CHAR_FORM_FEED: 12,
		CHAR_FORWARD_SLASH: 47,
		CHAR_GRAVE_ACCENT: 96,
		CHAR_HASH: 35,
		CHAR_HYPHEN_MINUS: 45,
		CHAR_LEFT_ANGLE_BRACKET: 60,
		CHAR_LEFT_CURLY_BRACE: 123,
		CHAR_LEFT_SQUARE_BRACKET: 91,
		CHAR_LINE_FEED: 10,
		CHAR_NO_BREAK_SPACE: 160,
		CHAR_PERCENT: 37,
		CHAR_PLUS: 43,
		CHAR_QUESTION_MARK: 63,
		CHAR_RIGHT_ANGLE_BRACKET: 62,
		CHAR_RIGHT_CURLY_BRACE: 125,
		CHAR_RIGHT_SQUARE_BRACKET: 93,
		CHAR_SEMICOLON: 59,
		CHAR_SINGLE_QUOTE: 39,
		CHAR_SPACE: 32,
		CHAR_TAB: 9,
		CHAR_UNDERSCORE: 95,
		CHAR_VERTICAL_LINE: 124,
		CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
		/**
		* Create EXTGLOB_CHARS
		*/
		extglobChars(chars) {
			return {
				"!": {
					type: "negate",
					open: "(?:(?!(?:",
					close: `))${chars.STAR})`
				},
				"?": {
					type: "qmark",
					open: "(?:",
					close: ")?"
				},
				"+": {
					type: "plus",
					open: "(?:",
					close: ")+"
				},
				"*": {
					type: "star",
					open: "(?:",
					close: ")*"
				},
				"@": {
					type: "at",
					open: "(?:",
					close: ")"
				}
			};
		},
		/**
		* Create GLOB_CHARS
		*/
		globChars(win32) {
			return win32 === true ? WINDOWS_CHARS : POSIX_CHARS;
		}
	};
}));
// node_modules/picomatch/lib/utils.js
var require_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { REGEX_BACKSLASH, REGEX_REMOVE_BACKSLASH, REGEX_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_GLOBAL } = require_constants();
	exports.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
	exports.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
	exports.isRegexChar = (str) => str.length === 1 && exports.hasRegexChars(str);
	exports.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
	exports.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
	exports.isWindows = () => {
		if (typeof navigator !== "undefined" && navigator.platform) {
			const platform = navigator.platform.toLowerCase();
			return platform === "win32" || platform === "windows";
		}
		if (typeof process !== "undefined" && process.platform) return process.platform === "win32";
		return false;
	};
	exports.removeBackslashes = (str) => {
		return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
			return match === "\\" ? "" : match;
		});
	};
	exports.escapeLast = (input, char, lastIdx) => {
		const idx = input.lastIndexOf(char, lastIdx);
		if (idx === -1) return input;
		if (input[idx - 1] === "\\") return exports.escapeLast(input, char, idx - 1);
		return `${input.slice(0, idx)}\\${input.slice(idx)}`;
	};
	exports.removePrefix = (input, state = {}) => {
		let output = input;
		if (output.startsWith("./")) {
			output = output.slice(2);
			state.prefix = "./";
		}
		return output;
	};
	exports.wrapOutput = (input, state = {}, options = {}) => {
		let output = `${options.contains ? "" : "^"}(?:${input})${options.contains ? "" : "$"}`;
		if (state.negated === true) output = `(?:^(?!${output}).*$)`;
		return output;
	};
	exports.basename = (path, { windows } = {}) => {
		const segs = path.split(windows ? /[\\/]/ : "/");
		const last = segs[segs.length - 1];
		if (last === "") return segs[segs.length - 2];
		return last;
	};
}));
// node_modules/picomatch/lib/scan.js
var require_scan = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const utils = require_utils();
	const { CHAR_ASTERISK, CHAR_AT, CHAR_BACKWARD_SLASH, CHAR_COMMA, CHAR_DOT, CHAR_EXCLAMATION_MARK, CHAR_FORWARD_SLASH, CHAR_LEFT_CURLY_BRACE, CHAR_LEFT_PARENTHESES, CHAR_LEFT_SQUARE_BRACKET, CHAR_PLUS, CHAR_QUESTION_MARK, CHAR_RIGHT_CURLY_BRACE, CHAR_RIGHT_PARENTHESES, CHAR_RIGHT_SQUARE_BRACKET } = require_constants();
	const isPathSeparator = (code) => {
		return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
	};
	const depth = (token) => {
		if (token.isPrefix !== true) token.depth = token.isGlobstar ? 1e400 : 1;
	};
	/**
	* Quickly scans a glob pattern and returns an object with a handful of
	* useful properties, like `isGlob`, `path` (the leading non-glob, if it exists),
	* `glob` (the actual pattern), `negated` (true if the path starts with `!` but not
	* with `!(`) and `negatedExtglob` (true if the path starts with `!(`).
	*
	* ```js
	* const pm = require('picomatch');
	* console.log(pm.scan('foo/bar/*.js'));
	* { isGlob: true, input: 'foo/bar/*.js', base: 'foo/bar', glob: '*.js' }
	* ```
	* @param {String} `str`
	* @param {Object} `options`
	* @return {Object} Returns an object with tokens and regex source string.
	* @api public
	*/
	const scan = (input, options) => {
		const opts = options || {};
		const length = input.length - 1;
		const scanToEnd = opts.parts === true || opts.tokens === true || opts.scanToEnd === true;
		const slashes = [];
		const tokens = [];
		const parts = [];
		let str = input;
		let index = -1;
		let start = 0;
		let lastIndex = 0;
		let isBrace = false;
		let isBracket = false;
		let isGlob = false;
		let isExtglob = false;
		let isGlobstar = false;
		let braceEscaped = false;
		let backslashes = false;
		let negated = false;
		let negatedExtglob = false;
		let finished = false;
		let braces = 0;
		let prev;
		let code;
		let token = {
			value: "",
			depth: 0,
			isGlob: false
		};
		const eos = () => index >= length;
		const peek = () => str.charCodeAt(index + 1);
		const advance = () => {
			prev = code;
			return str.charCodeAt(++index);
		};
		while (index < length) {
			code = advance();
			let next;
			if (code === CHAR_BACKWARD_SLASH) {
				backslashes = token.backslashes = true;
				code = advance();
				if (code === CHAR_LEFT_CURLY_BRACE) braceEscaped = true;
				continue;
			}
			if (braceEscaped === true || code === CHAR_LEFT_CURLY_BRACE) {
				braces++;
				while (eos() !== true && (code = advance())) {
					if (code === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (code === CHAR_LEFT_CURLY_BRACE) {
						braces++;
						continue;
					}
					if (braceEscaped !== true && code === CHAR_DOT && (code = advance()) === CHAR_DOT) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (braceEscaped !== true && code === CHAR_COMMA) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (code === CHAR_RIGHT_CURLY_BRACE) {
						braces--;
						if (braces === 0) {
							braceEscaped = false;
							isBrace = token.isBrace = true;
							finished = true;
							break;
						}
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_FORWARD_SLASH) {
				slashes.push(index);
				tokens.push(token);
				token = {
					value: "",
					depth: 0,
					isGlob: false
				};
				if (finished === true) continue;
				if (prev === CHAR_DOT && index === start + 1) {
					start += 2;
					continue;
				}
				lastIndex = index + 1;
				continue;
			}
			if (opts.noext !== true) {
				if ((code === CHAR_PLUS || code === CHAR_AT || code === CHAR_ASTERISK || code === CHAR_QUESTION_MARK || code === CHAR_EXCLAMATION_MARK) === true && peek() === CHAR_LEFT_PARENTHESES) {
					isGlob = token.isGlob = true;
					isExtglob = token.isExtglob = true;
					finished = true;
					if (code === CHAR_EXCLAMATION_MARK && index === start) negatedExtglob = true;
					if (scanToEnd === true) {
						let parens = 0;
						while (eos() !== true && (code = advance())) {
							if (code === CHAR_BACKWARD_SLASH) {
								backslashes = token.backslashes = true;
								advance();
								continue;
							}
							if (code === CHAR_LEFT_PARENTHESES) {
								parens++;
								continue;
							}
							if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
								finished = true;
								break;
							}
						}
						continue;
					}
					break;
				}
			}
			if (code === CHAR_ASTERISK) {
				if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_QUESTION_MARK) {
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_LEFT_SQUARE_BRACKET) {
				while (eos() !== true && (next = advance())) {
					if (next === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (next === CHAR_RIGHT_SQUARE_BRACKET) {
						isBracket = token.isBracket = true;
						isGlob = token.isGlob = true;
						finished = true;
						break;
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start) {
				negated = token.negated = true;
				start++;
				continue;
			}
			if (opts.noparen !== true && code === CHAR_LEFT_PARENTHESES) {
				isGlob = token.isGlob = true;
				if (scanToEnd === true) {
					let parens = 1;
					while (eos() !== true && (code = advance())) {
						if (code === CHAR_BACKWARD_SLASH) {
							backslashes = token.backslashes = true;
							advance();
							continue;
						}
						if (code === CHAR_LEFT_PARENTHESES) {
							parens++;
							continue;
						}
						if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
							finished = true;
							break;
						}
					}
					continue;
				}
				break;
			}
			if (isGlob === true) {
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
		}
		if (opts.noext === true) {
			isExtglob = false;
			isGlob = false;
		}
		let base = str;
		let prefix = "";
		let glob = "";
		if (start > 0) {
			prefix = str.slice(0, start);
			str = str.slice(start);
			lastIndex -= start;
		}
		if (base && isGlob === true && lastIndex > 0) {
			base = str.slice(0, lastIndex);
			glob = str.slice(lastIndex);
		} else if (isGlob === true) {
			base = "";
			glob = str;
		} else base = str;
		if (base && base !== "" && base !== "/" && base !== str) {
			if (isPathSeparator(base.charCodeAt(base.length - 1))) base = base.slice(0, -1);
		}
		if (opts.unescape === true) {
			if (glob) glob = utils.removeBackslashes(glob);
			if (base && backslashes === true) base = utils.removeBackslashes(base);
		}
		const state = {
			prefix,
			input,
			start,
			base,
			glob,
			isBrace,
			isBracket,
			isGlob,
			isExtglob,
			isGlobstar,
			negated,
			negatedExtglob
		};
		if (opts.tokens === true) {
			state.maxDepth = 0;
			if (!isPathSeparator(code)) tokens.push(token);
			state.tokens = tokens;
		}
		if (opts.parts === true || opts.tokens === true) {
			let prevIndex;
			for (let idx = 0; idx < slashes.length; idx++) {
				const n = prevIndex !== void 0 ? prevIndex + 1 : start;
				const i = slashes[idx];
				const value = input.slice(n, i);
				if (opts.tokens) {
					if (idx === 0 && start !== 0) {
						tokens[idx].isPrefix = true;
						tokens[idx].value = prefix;
					} else tokens[idx].value = value;
					depth(tokens[idx]);
					state.maxDepth += tokens[idx].depth;
				}
				if (i >= start) {
					parts.push(value);
					prevIndex = i;
				}
			}
			const n = prevIndex !== void 0 ? prevIndex + 1 : start;
			const value = input.slice(n);
			parts.push(value);
			if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
				tokens[tokens.length - 1].value = value;
				depth(tokens[tokens.length - 1]);
				state.maxDepth += tokens[tokens.length - 1].depth;
			}
			state.slashes = slashes;
			state.parts = parts;
		}
		return state;
	};
	module.exports = scan;
}));
// node_modules/picomatch/lib/parse.js
var require_parse = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const constants = require_constants();
	const utils = require_utils();
	/**
	* Constants
	*/
	const { MAX_LENGTH, POSIX_REGEX_SOURCE, REGEX_NON_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_BACKREF, REPLACEMENTS } = constants;
	/**
	* Helpers
	*/
	const expandRange = (args, options) => {
		if (typeof options.expandRange === "function") return options.expandRange(...args, options);
		args.sort();
		const value = `[${args.join("-")}]`;
		try {
			new RegExp(value);
		} catch (ex) {
			return args.map((v) => utils.escapeRegex(v)).join("..");
		}
		return value;
	};
	/**
	* Create the message for a syntax error
	*/
	const syntaxError = (type, char) => {
		return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
	};
	const splitTopLevel = (input) => {
		const parts = [];
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let value = "";
		let escaped = false;
		for (const ch of input) {
			if (escaped === true) {
				value += ch;
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				value += ch;
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				value += ch;
				continue;
			}
			if (quote === 0) {
				if (ch === "[") bracket++;
				else if (ch === "]" && bracket > 0) bracket--;
				else if (bracket === 0) {
					if (ch === "(") paren++;
					else if (ch === ")" && paren > 0) paren--;
					else if (ch === "|" && paren === 0) {
						parts.push(value);
						value = "";
						continue;
					}
				}
			}
			value += ch;
		}
		parts.push(value);
		return parts;
	};
	const isPlainBranch = (branch) => {
		let escaped = false;
		for (const ch of branch) {
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (/[?*+@!()[\]{}]/.test(ch)) return false;
		}
		return true;
	};
	const normalizeSimpleBranch = (branch) => {
		let value = branch.trim();
		let changed = true;
		while (changed === true) {
			changed = false;
			if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
				value = value.slice(2, -1);
				changed = true;
			}
		}
		if (!isPlainBranch(value)) return;
		return value.replace(/\\(.)/g, "$1");
	};
	const hasRepeatedCharPrefixOverlap = (branches) => {
		const values = branches.map(normalizeSimpleBranch).filter(Boolean);
		for (let i = 0; i < values.length; i++) for (let j = i + 1; j < values.length; j++) {
			const a = values[i];
			const b = values[j];
			const char = a[0];
			if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) continue;
			if (a === b || a.startsWith(b) || b.startsWith(a)) return true;
		}
		return false;
	};
	const parseRepeatedExtglob = (pattern, requireEnd = true) => {
		if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") return;
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let escaped = false;
		for (let i = 1; i < pattern.length; i++) {
			const ch = pattern[i];
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				continue;
			}
			if (quote === 1) continue;
			if (ch === "[") {
				bracket++;
				continue;
			}
			if (ch === "]" && bracket > 0) {
				bracket--;
				continue;
			}
			if (bracket > 0) continue;
			if (ch === "(") {
				paren++;
				continue;
			}
			if (ch === ")") {
				paren--;
				if (paren === 0) {
					if (requireEnd === true && i !== pattern.length - 1) return;
					return {
						type: pattern[0],
						body: pattern.slice(2, i),
						end: i
					};
				}
			}
		}
	};
	const buildCharClassStar = (chars) => {
		return `${chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`}*`;
	};
	const getStarExtglobSequenceChars = (pattern) => {
		let index = 0;
		const chars = [];
		while (index < pattern.length) {
			const match = parseRepeatedExtglob(pattern.slice(index), false);
			if (!match || match.type !== "*") return;
			const branches = splitTopLevel(match.body).map((branch) => branch.trim());
			if (branches.length !== 1) return;
			const branch = normalizeSimpleBranch(branches[0]);
			if (!branch || branch.length !== 1) return;
			chars.push(branch);
			index += match.end + 1;
		}
		if (chars.length < 1) return;
		return chars;
	};
	const repeatedExtglobRecursion = (pattern) => {
		let depth = 0;
		let value = pattern.trim();
		let match = parseRepeatedExtglob(value);
		while (match) {
			depth++;
			value = match.body.trim();
			match = parseRepeatedExtglob(value);
		}
		return depth;
	};
	const analyzeRepeatedExtglob = (body, options) => {
		if (options.maxExtglobRecursion === false) return { risky: false };
		const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants.DEFAULT_MAX_EXTGLOB_RECURSION;
		const branches = splitTopLevel(body).map((branch) => branch.trim());
		if (branches.length > 1) {
			if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) return { risky: true };
		}
		const safeChars = [];
		let sawStarSequence = false;
		let combinable = true;
		for (const branch of branches) {
			const chars = getStarExtglobSequenceChars(branch);
			if (chars) {
				sawStarSequence = true;
				safeChars.push(...chars);
				continue;
			}
			const literal = normalizeSimpleBranch(branch);
			if (literal && literal.length === 1) {
				safeChars.push(literal);
				continue;
			}
			combinable = false;
			if (repeatedExtglobRecursion(branch) > max) return { risky: true };
		}
		if (sawStarSequence) return combinable ? {
			risky: true,
			safeOutput: buildCharClassStar([...new Set(safeChars)])
		} : { risky: true };
		return { risky: false };
	};
	/**
	* Parse the given input string.
	* @param {String} input
	* @param {Object} options
	* @return {Object}
	*/
	const parse = (input, options) => {
		if (typeof input !== "string") throw new TypeError("Expected a string");
		input = REPLACEMENTS[input] || input;
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		let len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		const bos = {
			type: "bos",
			value: "",
			output: opts.prepend || ""
		};
		const tokens = [bos];
		const capture = opts.capture ? "" : "?:";
		const PLATFORM_CHARS = constants.globChars(opts.windows);
		const EXTGLOB_CHARS = constants.extglobChars(PLATFORM_CHARS);
		const { DOT_LITERAL, PLUS_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOT_SLASH, NO_DOTS_SLASH, QMARK, QMARK_NO_DOT, STAR, START_ANCHOR } = PLATFORM_CHARS;
		const globstar = (opts) => {
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const nodot = opts.dot ? "" : NO_DOT;
		const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
		let star = opts.bash === true ? globstar(opts) : STAR;
		if (opts.capture) star = `(${star})`;
		if (typeof opts.noext === "boolean") opts.noextglob = opts.noext;
		const state = {
			input,
			index: -1,
			start: 0,
			dot: opts.dot === true,
			consumed: "",
			output: "",
			prefix: "",
			backtrack: false,
			negated: false,
			brackets: 0,
			braces: 0,
			parens: 0,
			quotes: 0,
			globstar: false,
			tokens
		};
		input = utils.removePrefix(input, state);
		len = input.length;
		const extglobs = [];
		const braces = [];
		const stack = [];
		let prev = bos;
		let value;
		/**
		* Tokenizing helpers
		*/
		const eos = () => state.index === len - 1;
		const peek = state.peek = (n = 1) => input[state.index + n];
		const advance = state.advance = () => input[++state.index] || "";
		const remaining = () => input.slice(state.index + 1);
		const consume = (value = "", num = 0) => {
			state.consumed += value;
			state.index += num;
		};
		const append = (token) => {
			state.output += token.output != null ? token.output : token.value;
			consume(token.value);
		};
		const negate = () => {
			let count = 1;
			while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
				advance();
				state.start++;
				count++;
			}
			if (count % 2 === 0) return false;
			state.negated = true;
			state.start++;
			return true;
		};
		const increment = (type) => {
			state[type]++;
			stack.push(type);
		};
		const decrement = (type) => {
			state[type]--;
			stack.pop();
		};
		/**
		* Push tokens onto the tokens array. This helper speeds up
		* tokenizing by 1) helping us avoid backtracking as much as possible,
		* and 2) helping us avoid creating extra tokens when consecutive
		* characters are plain text. This improves performance and simplifies
		* lookbehinds.
		*/
		const push = (tok) => {
			if (prev.type === "globstar") {
				const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
				const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
				if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
					state.output = state.output.slice(0, -prev.output.length);
					prev.type = "star";
					prev.value = "*";
					prev.output = star;
					state.output += prev.output;
				}
			}
			if (extglobs.length && tok.type !== "paren") extglobs[extglobs.length - 1].inner += tok.value;
			if (tok.value || tok.output) append(tok);
			if (prev && prev.type === "text" && tok.type === "text") {
				prev.output = (prev.output || prev.value) + tok.value;
				prev.value += tok.value;
				return;
			}
			tok.prev = prev;
			tokens.push(tok);
			prev = tok;
		};
		const extglobOpen = (type, value) => {
			const token = {
				...EXTGLOB_CHARS[value],
				conditions: 1,
				inner: ""
			};
			token.prev = prev;
			token.parens = state.parens;
			token.output = state.output;
			token.startIndex = state.index;
			token.tokensIndex = tokens.length;
			const output = (opts.capture ? "(" : "") + token.open;
			increment("parens");
			push({
				type,
				value,
				output: state.output ? "" : ONE_CHAR
			});
			push({
				type: "paren",
				extglob: true,
				value: advance(),
				output
			});
			extglobs.push(token);
		};
		const extglobClose = (token) => {
			const literal = input.slice(token.startIndex, state.index + 1);
			const body = input.slice(token.startIndex + 2, state.index);
			const analysis = analyzeRepeatedExtglob(body, opts);
			if ((token.type === "plus" || token.type === "star") && analysis.risky) {
				const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
				const open = tokens[token.tokensIndex];
				open.type = "text";
				open.value = literal;
				open.output = safeOutput || utils.escapeRegex(literal);
				for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
					tokens[i].value = "";
					tokens[i].output = "";
					delete tokens[i].suffix;
				}
				state.output = token.output + open.output;
				state.backtrack = true;
				push({
					type: "paren",
					extglob: true,
					value,
					output: ""
				});
				decrement("parens");
				return;
			}
			let output = token.close + (opts.capture ? ")" : "");
			let rest;
			if (token.type === "negate") {
				let extglobStar = star;
				if (token.inner && token.inner.length > 1 && token.inner.includes("/")) extglobStar = globstar(opts);
				if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) output = token.close = `)$))${extglobStar}`;
				if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) output = token.close = `)${parse(rest, {
					...options,
					fastpaths: false
				}).output})${extglobStar})`;
				if (token.prev.type === "bos") state.negatedExtglob = true;
			}
			push({
				type: "paren",
				extglob: true,
				value,
				output
			});
			decrement("parens");
		};
		/**
		* Fast paths
		*/
		if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
			let backslashes = false;
			let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
				if (first === "\\") {
					backslashes = true;
					return m;
				}
				if (first === "?") {
					if (esc) return esc + first + (rest ? QMARK.repeat(rest.length) : "");
					if (index === 0) return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
					return QMARK.repeat(chars.length);
				}
				if (first === ".") return DOT_LITERAL.repeat(chars.length);
				if (first === "*") {
					if (esc) return esc + first + (rest ? star : "");
					return star;
				}
				return esc ? m : `\\${m}`;
			});
			if (backslashes === true) {
				if (opts.unescape === true) output = output.replace(/\\/g, "");
				else output = output.replace(/\\+/g, (m) => {
					return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
				});
			}
			if (output === input && opts.contains === true) {
				state.output = input;
				return state;
			}
			state.output = utils.wrapOutput(output, state, options);
			return state;
		}
		/**
		* Tokenize input until we reach end-of-string
		*/
		while (!eos()) {
			value = advance();
			if (value === "\0") continue;
			/**
			* Escaped characters
			*/
			if (value === "\\") {
				const next = peek();
				if (next === "/" && opts.bash !== true) continue;
				if (next === "." || next === ";") continue;
				if (!next) {
					value += "\\";
					push({
						type: "text",
						value
					});
					continue;
				}
				const match = /^\\+/.exec(remaining());
				let slashes = 0;
				if (match && match[0].length > 2) {
					slashes = match[0].length;
					state.index += slashes;
					if (slashes % 2 !== 0) value += "\\";
				}
				if (opts.unescape === true) value = advance();
				else value += advance();
				if (state.brackets === 0) {
					push({
						type: "text",
						value
					});
					continue;
				}
			}
			/**
			* If we're inside a regex character class, continue
			* until we reach the closing bracket.
			*/
			if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
				if (opts.posix !== false && value === ":") {
					const inner = prev.value.slice(1);
					if (inner.includes("[")) {
						prev.posix = true;
						if (inner.includes(":")) {
							const idx = prev.value.lastIndexOf("[");
							const pre = prev.value.slice(0, idx);
							const rest = prev.value.slice(idx + 2);
							const posix = POSIX_REGEX_SOURCE[rest];
							if (posix) {
								prev.value = pre + posix;
								state.backtrack = true;
								advance();
								if (!bos.output && tokens.indexOf(prev) === 1) bos.output = ONE_CHAR;
								continue;
							}
						}
					}
				}
				if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") value = `\\${value}`;
				if (value === "]" && (prev.value === "[" || prev.value === "[^")) value = `\\${value}`;
				if (opts.posix === true && value === "!" && prev.value === "[") value = "^";
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* If we're inside a quoted string, continue
			* until we reach the closing double quote.
			*/
			if (state.quotes === 1 && value !== "\"") {
				value = utils.escapeRegex(value);
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* Double quotes
			*/
			if (value === "\"") {
				state.quotes = state.quotes === 1 ? 0 : 1;
				if (opts.keepQuotes === true) push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Parentheses
			*/
			if (value === "(") {
				increment("parens");
				push({
					type: "paren",
					value
				});
				continue;
			}
			if (value === ")") {
				if (state.parens === 0 && opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "("));
				const extglob = extglobs[extglobs.length - 1];
				if (extglob && state.parens === extglob.parens + 1) {
					extglobClose(extglobs.pop());
					continue;
				}
				push({
					type: "paren",
					value,
					output: state.parens ? ")" : "\\)"
				});
				decrement("parens");
				continue;
			}
			/**
			* Square brackets
			*/
			if (value === "[") {
				if (opts.nobracket === true || !remaining().includes("]")) {
					if (opts.nobracket !== true && opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
					value = `\\${value}`;
				} else increment("brackets");
				push({
					type: "bracket",
					value
				});
				continue;
			}
			if (value === "]") {
				if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				if (state.brackets === 0) {
					if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "["));
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				decrement("brackets");
				const prevValue = prev.value.slice(1);
				if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) value = `/${value}`;
				prev.value += value;
				append({ value });
				if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) continue;
				const escaped = utils.escapeRegex(prev.value);
				state.output = state.output.slice(0, -prev.value.length);
				if (opts.literalBrackets === true) {
					state.output += escaped;
					prev.value = escaped;
					continue;
				}
				prev.value = `(${capture}${escaped}|${prev.value})`;
				state.output += prev.value;
				continue;
			}
			/**
			* Braces
			*/
			if (value === "{" && opts.nobrace !== true) {
				increment("braces");
				const open = {
					type: "brace",
					value,
					output: "(",
					outputIndex: state.output.length,
					tokensIndex: state.tokens.length
				};
				braces.push(open);
				push(open);
				continue;
			}
			if (value === "}") {
				const brace = braces[braces.length - 1];
				if (opts.nobrace === true || !brace) {
					push({
						type: "text",
						value,
						output: value
					});
					continue;
				}
				let output = ")";
				if (brace.dots === true) {
					const arr = tokens.slice();
					const range = [];
					for (let i = arr.length - 1; i >= 0; i--) {
						tokens.pop();
						if (arr[i].type === "brace") break;
						if (arr[i].type !== "dots") range.unshift(arr[i].value);
					}
					output = expandRange(range, opts);
					state.backtrack = true;
				}
				if (brace.comma !== true && brace.dots !== true) {
					const out = state.output.slice(0, brace.outputIndex);
					const toks = state.tokens.slice(brace.tokensIndex);
					brace.value = brace.output = "\\{";
					value = output = "\\}";
					state.output = out;
					for (const t of toks) state.output += t.output || t.value;
				}
				push({
					type: "brace",
					value,
					output
				});
				decrement("braces");
				braces.pop();
				continue;
			}
			/**
			* Pipes
			*/
			if (value === "|") {
				if (extglobs.length > 0) extglobs[extglobs.length - 1].conditions++;
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Commas
			*/
			if (value === ",") {
				let output = value;
				const brace = braces[braces.length - 1];
				if (brace && stack[stack.length - 1] === "braces") {
					brace.comma = true;
					output = "|";
				}
				push({
					type: "comma",
					value,
					output
				});
				continue;
			}
			/**
			* Slashes
			*/
			if (value === "/") {
				if (prev.type === "dot" && state.index === state.start + 1) {
					state.start = state.index + 1;
					state.consumed = "";
					state.output = "";
					tokens.pop();
					prev = bos;
					continue;
				}
				push({
					type: "slash",
					value,
					output: SLASH_LITERAL
				});
				continue;
			}
			/**
			* Dots
			*/
			if (value === ".") {
				if (state.braces > 0 && prev.type === "dot") {
					if (prev.value === ".") prev.output = DOT_LITERAL;
					const brace = braces[braces.length - 1];
					prev.type = "dots";
					prev.output += value;
					prev.value += value;
					brace.dots = true;
					continue;
				}
				if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
					push({
						type: "text",
						value,
						output: DOT_LITERAL
					});
					continue;
				}
				push({
					type: "dot",
					value,
					output: DOT_LITERAL
				});
				continue;
			}
			/**
			* Question marks
			*/
			if (value === "?") {
				if (!(prev && prev.value === "(") && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("qmark", value);
					continue;
				}
				if (prev && prev.type === "paren") {
					const next = peek();
					let output = value;
					if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) output = `\\${value}`;
					push({
						type: "text",
						value,
						output
					});
					continue;
				}
				if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
					push({
						type: "qmark",
						value,
						output: QMARK_NO_DOT
					});
					continue;
				}
				push({
					type: "qmark",
					value,
					output: QMARK
				});
				continue;
			}
			/**
			* Exclamation
			*/
			if (value === "!") {
				if (opts.noextglob !== true && peek() === "(") {
					if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
						extglobOpen("negate", value);
						continue;
					}
				}
				if (opts.nonegate !== true && state.index === 0) {
					negate();
					continue;
				}
			}
			/**
			* Plus
			*/
			if (value === "+") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("plus", value);
					continue;
				}
				if (prev && prev.value === "(" || opts.regex === false) {
					push({
						type: "plus",
						value,
						output: PLUS_LITERAL
					});
					continue;
				}
				if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
					push({
						type: "plus",
						value
					});
					continue;
				}
				push({
					type: "plus",
					value: PLUS_LITERAL
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value === "@") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					push({
						type: "at",
						extglob: true,
						value,
						output: ""
					});
					continue;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value !== "*") {
				if (value === "$" || value === "^") value = `\\${value}`;
				const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
				if (match) {
					value += match[0];
					state.index += match[0].length;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Stars
			*/
			if (prev && (prev.type === "globstar" || prev.star === true)) {
				prev.type = "star";
				prev.star = true;
				prev.value += value;
				prev.output = star;
				state.backtrack = true;
				state.globstar = true;
				consume(value);
				continue;
			}
			let rest = remaining();
			if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
				extglobOpen("star", value);
				continue;
			}
			if (prev.type === "star") {
				if (opts.noglobstar === true) {
					consume(value);
					continue;
				}
				const prior = prev.prev;
				const before = prior.prev;
				const isStart = prior.type === "slash" || prior.type === "bos";
				const afterStar = before && (before.type === "star" || before.type === "globstar");
				if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
				const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
				if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				while (rest.slice(0, 3) === "/**") {
					const after = input[state.index + 4];
					if (after && after !== "/") break;
					rest = rest.slice(3);
					consume("/**", 3);
				}
				const isEnd = eos() || state.parens > 0 && rest === ")".repeat(state.parens) && !extglobs.some((extglob) => extglob.type === "negate");
				if (prior.type === "bos" && eos()) {
					prev.type = "globstar";
					prev.value += value;
					prev.output = globstar(opts);
					state.output = prev.output;
					state.globstar = true;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
					prev.value += value;
					state.globstar = true;
					state.output += prior.output + prev.output;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
					const end = rest[1] !== void 0 ? "|$" : "";
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end})`;
					prev.value += value;
					state.output += prior.output + prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				if (prior.type === "bos" && rest[0] === "/") {
					prev.type = "globstar";
					prev.value += value;
					prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
					state.output = prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				state.output = state.output.slice(0, -prev.output.length);
				prev.type = "globstar";
				prev.output = globstar(opts);
				prev.value += value;
				state.output += prev.output;
				state.globstar = true;
				consume(value);
				continue;
			}
			const token = {
				type: "star",
				value,
				output: star
			};
			if (opts.bash === true) {
				token.output = ".*?";
				if (prev.type === "bos" || prev.type === "slash") token.output = nodot + token.output;
				push(token);
				continue;
			}
			if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
				token.output = value;
				push(token);
				continue;
			}
			if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
				if (prev.type === "dot") {
					state.output += NO_DOT_SLASH;
					prev.output += NO_DOT_SLASH;
				} else if (opts.dot === true) {
					state.output += NO_DOTS_SLASH;
					prev.output += NO_DOTS_SLASH;
				} else {
					state.output += nodot;
					prev.output += nodot;
				}
				if (peek() !== "*") {
					state.output += ONE_CHAR;
					prev.output += ONE_CHAR;
				}
			}
			push(token);
		}
		while (state.brackets > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
			state.output = utils.escapeLast(state.output, "[");
			decrement("brackets");
		}
		while (state.parens > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
			state.output = utils.escapeLast(state.output, "(");
			decrement("parens");
		}
		while (state.braces > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
			state.output = utils.escapeLast(state.output, "{");
			decrement("braces");
		}
		if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) push({
			type: "maybe_slash",
			value: "",
			output: `${SLASH_LITERAL}?`
		});
		if (state.backtrack === true) {
			state.output = "";
			for (const token of state.tokens) {
				state.output += token.output != null ? token.output : token.value;
				if (token.suffix) state.output += token.suffix;
			}
		}
		return state;
	};
	/**
	* Fast paths for creating regular expressions for common glob patterns.
	* This can significantly speed up processing and has very little downside
	* impact when none of the fast paths match.
	*/
	parse.fastpaths = (input, options) => {
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		const len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		input = REPLACEMENTS[input] || input;
		const { DOT_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOTS, NO_DOTS_SLASH, STAR, START_ANCHOR } = constants.globChars(opts.windows);
		const nodot = opts.dot ? NO_DOTS : NO_DOT;
		const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
		const capture = opts.capture ? "" : "?:";
		const state = {
			negated: false,
			prefix: ""
		};
		let star = opts.bash === true ? ".*?" : STAR;
		if (opts.capture) star = `(${star})`;
		const globstar = (opts) => {
			if (opts.noglobstar === true) return star;
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const create = (str) => {
			switch (str) {
				case "*": return `${nodot}${ONE_CHAR}${star}`;
				case ".*": return `${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*.*": return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*/*": return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
				case "**": return nodot + globstar(opts);
				case "**/*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
				case "**/*.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "**/.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
				default: {
					const match = /^(.*?)\.(\w+)$/.exec(str);
					if (!match) return;
					const source = create(match[1]);
					if (!source) return;
					return source + DOT_LITERAL + match[2];
				}
			}
		};
		let source = create(utils.removePrefix(input, state));
		if (source && opts.strictSlashes !== true) source += `${SLASH_LITERAL}?`;
		return source;
	};
	module.exports = parse;
}));
// node_modules/picomatch/lib/picomatch.js
var require_picomatch$1 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const scan = require_scan();
	const parse = require_parse();
	const utils = require_utils();
	const constants = require_constants();
	const isObject = (val) => val && typeof val === "object" && !Array.isArray(val);
	/**
	* Creates a matcher function from one or more glob patterns. The
	* returned function takes a string to match as its first argument,
	* and returns true if the string is a match. The returned matcher
	* function also takes a boolean as the second argument that, when true,
	* returns an object with additional information.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch(glob[, options]);
	*
	* const isMatch = picomatch('*.!(*a)');
	* console.log(isMatch('a.a')); //=> false
	* console.log(isMatch('a.b')); //=> true
	*
	* // For environments without `node.js`, `picomatch/posix` provides you a dependency-free matcher, without automatic OS detection.
	* const picomatch = require('picomatch/posix');
	* // the same API, defaulting to posix paths
	* const isMatch = picomatch('a/*');
	* console.log(isMatch('a\\b')); //=> false
	* console.log(isMatch('a/b')); //=> true
	*
	* // you can still configure the matcher function to accept windows paths
	* const isMatch = picomatch('a/*', { options: windows });
	* console.log(isMatch('a\\b')); //=> true
	* console.log(isMatch('a/b')); //=> true
	* ```
	* @name picomatch
	* @param {String|Array} `globs` One or more glob patterns.
	* @param {Object=} `options`
	* @return {Function=} Returns a matcher function.
	* @api public
	*/
	const picomatch = (glob, options, returnState = false) => {
		if (Array.isArray(glob)) {
			const fns = glob.map((input) => picomatch(input, options, returnState));
			const arrayMatcher = (str) => {
				for (const isMatch of fns) {
					const state = isMatch(str);
					if (state) return state;
				}
				return false;
			};
			return arrayMatcher;
		}
		const isState = isObject(glob) && glob.tokens && glob.input;
		if (glob === "" || typeof glob !== "string" && !isState) throw new TypeError("Expected pattern to be a non-empty string");
		const opts = options || {};
		const posix = opts.windows;
		const regex = isState ? picomatch.compileRe(glob, options) : picomatch.makeRe(glob, options, false, true);
		const state = regex.state;
		delete regex.state;
		let isIgnored = () => false;
		if (opts.ignore) {
			const ignoreOpts = {
				...options,
				ignore: null,
				onMatch: null,
				onResult: null
			};
			isIgnored = picomatch(opts.ignore, ignoreOpts, returnState);
		}
		const matcher = (input, returnObject = false) => {
			const { isMatch, match, output } = picomatch.test(input, regex, options, {
				glob,
				posix
			});
			const result = {
				glob,
				state,
				regex,
				posix,
				input,
				output,
				match,
				isMatch
			};
			if (typeof opts.onResult === "function") opts.onResult(result);
			if (isMatch === false) {
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (isIgnored(input)) {
				if (typeof opts.onIgnore === "function") opts.onIgnore(result);
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (typeof opts.onMatch === "function") opts.onMatch(result);
			return returnObject ? result : true;
		};
		if (returnState) matcher.state = state;
		return matcher;
	};
	/**
	* Test `input` with the given `regex`. This is used by the main
	* `picomatch()` function to test the input string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.test(input, regex[, options]);
	*
	* console.log(picomatch.test('foo/bar', /^(?:([^/]*?)\/([^/]*?))$/));
	* // { isMatch: true, match: [ 'foo/', 'foo', 'bar' ], output: 'foo/bar' }
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp} `regex`
	* @return {Object} Returns an object with matching info.
	* @api public
	*/
	picomatch.test = (input, regex, options, { glob, posix } = {}) => {
		if (typeof input !== "string") throw new TypeError("Expected input to be a string");
		if (input === "") return {
			isMatch: false,
			output: ""
		};
		const opts = options || {};
		const format = opts.format || (posix ? utils.toPosixSlashes : null);
		let match = input === glob;
		let output = match && format ? format(input) : input;
		if (match === false) {
			output = format ? format(input) : input;
			match = output === glob;
		}
		if (match === false || opts.capture === true) {
			if (opts.matchBase === true || opts.basename === true) match = picomatch.matchBase(input, regex, options, posix);
			else match = regex.exec(output);
		}
		return {
			isMatch: Boolean(match),
			match,
			output
		};
	};
	/**
	* Match the basename of a filepath.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.matchBase(input, glob[, options]);
	* console.log(picomatch.matchBase('foo/bar.js', '*.js'); // true
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp|String} `glob` Glob pattern or regex created by [.makeRe](#makeRe).
	* @return {Boolean}
	* @api public
	*/
	picomatch.matchBase = (input, glob, options, posix = options && options.windows) => {
		return (glob instanceof RegExp ? glob : picomatch.makeRe(glob, options)).test(utils.basename(input, { windows: posix }));
	};
	/**
	* Returns true if **any** of the given glob `patterns` match the specified `string`.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.isMatch(string, patterns[, options]);
	*
	* console.log(picomatch.isMatch('a.a', ['b.*', '*.a'])); //=> true
	* console.log(picomatch.isMatch('a.a', 'b.*')); //=> false
	* ```
	* @param {String|Array} str The string to test.
	* @param {String|Array} patterns One or more glob patterns to use for matching.
	* @param {Object} [options] See available [options](#options).
	* @return {Boolean} Returns true if any patterns match `str`
	* @api public
	*/
	picomatch.isMatch = (str, patterns, options) => picomatch(patterns, options)(str);
	/**
	* Parse a glob pattern to create the source string for a regular
	* expression.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const result = picomatch.parse(pattern[, options]);
	* ```
	* @param {String} `pattern`
	* @param {Object} `options`
	* @return {Object} Returns an object with useful properties and output to be used as a regex source string.
	* @api public
	*/
	picomatch.parse = (pattern, options) => {
		if (Array.isArray(pattern)) return pattern.map((p) => picomatch.parse(p, options));
		return parse(pattern, {
			...options,
			fastpaths: false
		});
	};
	/**
	* Scan a glob pattern to separate the pattern into segments.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.scan(input[, options]);
	*
	* const result = picomatch.scan('!./foo/*.js');
	* console.log(result);
	* { prefix: '!./',
	*   input: '!./foo/*.js',
	*   start: 3,
	*   base: 'foo',
	*   glob: '*.js',
	*   isBrace: false,
	*   isBracket: false,
	*   isGlob: true,
	*   isExtglob: false,
	*   isGlobstar: false,
	*   negated: true }
	* ```
	* @param {String} `input` Glob pattern to scan.
	* @param {Object} `options`
	* @return {Object} Returns an object with
	* @api public
	*/
	picomatch.scan = (input, options) => scan(input, options);
	/**
	* Compile a regular expression from the `state` object returned by the
	* [parse()](#parse) method.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const state = picomatch.parse('*.js');
	* // picomatch.compileRe(state[, options]);
	*
	* console.log(picomatch.compileRe(state));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {Object} `state`
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Intended for implementors, this argument allows you to return the raw output from the parser.
	* @param {Boolean} `returnState` Adds the state to a `state` property on the returned regex. Useful for implementors and debugging.
	* @return {RegExp}
	* @api public
	*/
	picomatch.compileRe = (state, options, returnOutput = false, returnState = false) => {
		if (returnOutput === true) return state.output;
		const opts = options || {};
		const prepend = opts.contains ? "" : "^";
		const append = opts.contains ? "" : "$";
		let source = `${prepend}(?:${state.output})${append}`;
		if (state && state.negated === true) source = `^(?!${source}).*$`;
		const regex = picomatch.toRegex(source, options);
		if (returnState === true) regex.state = state;
		return regex;
	};
	/**
	* Create a regular expression from a parsed glob pattern.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.makeRe(state[, options]);
	*
	* const result = picomatch.makeRe('*.js');
	* console.log(result);
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `state` The object returned from the `.parse` method.
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Implementors may use this argument to return the compiled output, instead of a regular expression. This is not exposed on the options to prevent end-users from mutating the result.
	* @param {Boolean} `returnState` Implementors may use this argument to return the state from the parsed glob with the returned regular expression.
	* @return {RegExp} Returns a regex created from the given pattern.
	* @api public
	*/
	picomatch.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
		if (!input || typeof input !== "string") throw new TypeError("Expected a non-empty string");
		let parsed = {
			negated: false,
			fastpaths: true
		};
		if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) parsed.output = parse.fastpaths(input, options);
		if (!parsed.output) parsed = parse(input, options);
		return picomatch.compileRe(parsed, options, returnOutput, returnState);
	};
	/**
	* Create a regular expression from the given regex source string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.toRegex(source[, options]);
	*
	* const { output } = picomatch.parse('*.js');
	* console.log(picomatch.toRegex(output));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `source` Regular expression source string.
	* @param {Object} `options`
	* @return {RegExp}
	* @api public
	*/
	picomatch.toRegex = (source, options) => {
		try {
			const opts = options || {};
			return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
		} catch (err) {
			if (options && options.debug === true) throw err;
			return /$^/;
		}
	};
	/**
	* Picomatch constants.
	* @return {Object}
	*/
	picomatch.constants = constants;
	/**
	* Expose "picomatch"
	*/
	module.exports = picomatch;
}));
// src/stack/discover.ts
var import_picomatch = /* @__PURE__ */ __toESM((/* @__PURE__ */ __commonJSMin(((exports, module) => {
	const pico = require_picomatch$1();
	const utils = require_utils();
	function picomatch(glob, options, returnState = false) {
		if (options && (options.windows === null || options.windows === void 0)) options = {
			...options,
			windows: utils.isWindows()
		};
		return pico(glob, options, returnState);
	}
	Object.assign(picomatch, pico);
	module.exports = picomatch;
})))(), 1);
const leftOut = /^(?:\..*|binder|docs?|documentation|examples?|samples?|tests?|testing|node_modules|vendor|third[-_]party|site-packages)$/i;
const notImages = /^(?:dockerignore|j2|jinja2?|tmpl|tpl|template|in|erb|mustache|m4|md|rst|txt|bak|orig|old|rej|swp|save|disabled|sh|py|ya?ml|json|lock|log)$/i;
const plainNames = [
	"Dockerfile",
	"dockerfile",
	"Containerfile"
];
/** Tells whether the contents of a file are needed to read a stack: Dockerfiles, ignore files, specs and locks' heads. */
function wanted(path) {
	if (!/dockerfile|containerfile|\.dockerignore|spec\.ya?ml|change_ignore\.json|conda-lock\.ya?ml/i.test(path)) return false;
	const file = posix.basename(path);
	if (/^(?:\.dockerignore|spec\.ya?ml|change_ignore\.json|conda-lock\.ya?ml)$/.test(file)) return true;
	return /dockerfile|containerfile/i.test(file) && (/\.dockerignore$/.test(file) || ownName(file) !== void 0);
}
/** Makes the index of a tree, links and submodules as files. */
function indexTree(tree) {
	const files = /* @__PURE__ */ new Map();
	const folders = /* @__PURE__ */ new Set(["."]);
	for (const { path, mode } of tree.entries) {
		files.set(path, mode);
		for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
			const folder = path.slice(0, slash);
			if (folders.has(folder)) break;
			folders.add(folder);
		}
	}
	return {
		files,
		folders
	};
}
/**
* Finds the Dockerfiles of the images. `path` empty: the folder `images` when all images lie in it (or a spec.yml lies
* there), else the root. Examples, docs, tests and hidden folders are left out unless nothing else is there.
*/
function discover(search, path) {
	const { tree, notes } = search;
	const under = tree.entries.flatMap((entry) => foundAt(entry.path) ?? []).filter((found) => path === "" || isUnder(found.dockerfile, path));
	const base = path === "" ? "." : path;
	const chosen = chosenOf(under, base);
	const taken = new Set(chosen);
	for (const { dockerfile } of under.filter((found) => !taken.has(found))) notes.push({
		path: dockerfile,
		line: null,
		text: "left out: examples, docs, tests and hidden folders are no images of the stack"
	});
	const images = withoutDoubles(chosen, notes).filter((found) => isImage(found, search));
	const specified = path === "" && !tree.contents.has("spec.yml") && /^images\/spec\.ya?ml$/m.test([...tree.contents.keys()].join("\n"));
	const inImages = images.filter((found) => isUnder(found.dockerfile, "images"));
	if (path !== "" || inImages.length === 0 || inImages.length < images.length && !specified) return {
		path: base,
		found: images
	};
	for (const { dockerfile } of images.filter((found) => !inImages.includes(found))) notes.push({
		path: dockerfile,
		line: null,
		text: "left out: images/spec.yml says that the stack is images/"
	});
	return {
		path: "images",
		found: inImages
	};
}
/** Where most Dockerfiles lie in folders `.devcontainer`, of three images at least, these are the images. */
function chosenOf(under, base) {
	const kept = under.filter((found) => !isLeftOut(found, base));
	if (kept.length === 0 || kept.length === under.length) return under;
	const containers = under.filter((found) => posix.basename(found.folder) === ".devcontainer" && found.own === null);
	return containers.length >= 3 && containers.length > kept.length ? [...kept, ...containers] : kept;
}
/** A folder's `Dockerfile` goes before its `dockerfile` and `Containerfile`, as for docker. */
function withoutDoubles(found, notes) {
	const first = /* @__PURE__ */ new Map();
	for (const image of found.filter((image) => image.own === null)) {
		const other = first.get(image.folder);
		if (!other || plainNames.indexOf(posix.basename(image.dockerfile)) < plainNames.indexOf(posix.basename(other.dockerfile))) first.set(image.folder, image);
	}
	return found.filter((image) => {
		const kept = image.own !== null || first.get(image.folder) === image;
		if (!kept) notes.push({
			path: image.dockerfile,
			line: null,
			text: `left out: ${first.get(image.folder)?.dockerfile} is beside it`
		});
		return kept;
	});
}
/** Tells whether a path is a folder or something in it. Both relative to the root, `.` for the root itself. */
function isUnder(path, folder) {
	return folder === "." || path === folder || path.startsWith(`${folder}/`);
}
/** A folder below another one, relative to it; empty for the other one itself. Both relative to the root. */
function relativeTo(base, folder) {
	if (folder === base) return "";
	return base === "." ? folder : folder.slice(base.length + 1);
}
/** A Dockerfile at this path, by its name alone; null for any other file. */
function foundAt(path) {
	if (!/dockerfile|containerfile/i.test(path)) return null;
	const own = ownName(posix.basename(path));
	return own === void 0 ? null : {
		dockerfile: path,
		folder: posix.dirname(path),
		own
	};
}
/** Undefined: no Dockerfile. Null: a plain one. `NAME.Dockerfile`, `Dockerfile.NAME` and `Dockerfile-NAME` give NAME. */
function ownName(file) {
	if (plainNames.includes(file)) return null;
	const name = /^(.+)\.(?:[Dd]ockerfile|[Cc]ontainerfile)$/.exec(file)?.[1] ?? /^(?:Dockerfile|Containerfile)[.-](.*[^~])$/.exec(file)?.[1];
	return name && !notImages.test(name.slice(name.lastIndexOf(".") + 1)) ? name : void 0;
}
function isLeftOut(found, base) {
	if (posix.basename(found.dockerfile).startsWith(".")) return true;
	return relativeTo(base, found.folder).split("/").some((part) => leftOut.test(part));
}
/** False for a fragment without FROM; an error for what cannot be read, as nobody could tell what it builds. */
function isImage({ dockerfile }, { tree, parse, notes }) {
	const refused = tree.refused.get(dockerfile);
	if (refused || !tree.contents.has(dockerfile)) throw new ActionError("stack", `${dockerfile} is not read: ${refused ?? "it is no regular file"}`, ["Dockerfiles must be regular files of the repository in UTF-8; links are not followed", "Replace it by a regular file, or remove it"]);
	if (parse(dockerfile).instructions.some((instruction) => instruction.keyword === "FROM")) return true;
	notes.push({
		path: dockerfile,
		line: null,
		text: "left out: it has no FROM, so it is a fragment"
	});
	return false;
}
// src/stack/image-reference.ts
/** Takes a reference apart. The `docker.io` and `library` that Docker itself adds are left out. */
function parseReference(reference) {
	const [named = "", digest = null] = reference.replace(/^docker-image:\/\//, "").split("@");
	const slash = named.lastIndexOf("/");
	const colon = named.indexOf(":", slash + 1);
	const tag = colon < 0 ? null : named.slice(colon + 1);
	const parts = (colon < 0 ? named : named.slice(0, colon)).split("/");
	const first = parts[0] ?? "";
	const host = parts.length > 1 && (/[.:]/.test(first) || first === "localhost") ? parts.shift() ?? "" : "";
	const hub = /^(?:index\.)?docker\.io$/.test(host) || host === "";
	const repository = parts.pop() ?? "";
	const organisation = parts.join("/");
	return {
		host: hub ? "" : host,
		organisation: hub && organisation === "library" ? "" : organisation,
		repository,
		tag,
		digest
	};
}
/**
* What two references must share to be of one publisher: the organisation, whatever the registry (stacks are published
* to several); the registry where there is no organisation; empty for a bare name.
*/
function publisherOf(reference) {
	return (reference.organisation || reference.host).toLowerCase();
}
/** The publisher that a prefix names, `ghcr.io/ucsd-ets` or `pangeo`. */
function publisherOfPrefix(prefix) {
	return publisherOf(parseReference(`${prefix.replace(/\/+$/, "")}/x`));
}
/** True for a bare name that Docker publishes an official image of: a folder may be named after it, FROM means Docker's. */
function isOfficial(reference) {
	return publisherOf(reference) === "" && official.has(reference.repository);
}
const official = new Set("adminer aerospike almalinux alpine alt amazoncorretto amazonlinux arangodb archlinux bash bonita buildpack-deps busybox caddy cassandra chronograf cirros clearlinux clefos clojure composer consul couchbase couchdb crate dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe hello-world hitch httpd hylang ibmjava influxdb irssi jetty joomla jruby julia kapacitor kibana kong liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary odoo open-liberty openjdk oraclelinux orientdb percona perl phpmyadmin php photon plone postfixadmin postgres pypy python rabbitmq rakudo-star r-base redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine satosa scratch silverpeas sl solr sonarqube spark spiped storm swift swipl teamspeak telegraf tomcat tomee traefik ubuntu unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper".split(" "));
// src/stack/shell.ts
/** Thrown where the value of a word cannot be known from the Dockerfile alone, or where its syntax is wrong. */
var Doubt = class extends Error {};
const plainText = /[\w.:=-]+/y;
const plainWord = /[\w.:=/-]+/y;
/**
* Replaces the variables of a word and takes its quotes away, as BuildKit's `shell.Lex` does: `$X`, `${X}`, `:-`, `-`,
* `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` and `//`. Throws `Doubt` for what BuildKit refuses.
*/
function expandWord(text, escapeChar, lookup) {
	if (!/['"$\\`]/.test(text)) return text;
	return expandUntil({
		text,
		escapeChar,
		at: 0
	}, "", lookup);
}
/**
* The words of a command as they are written, quotes and escapes kept: what BuildKit looks for heredocs in. Empty when
* a quote is not closed or a substitution is none of Dockerfile's: BuildKit sees no heredoc in such a line either.
*/
function rawWords(text) {
	const cursor = {
		text,
		escapeChar: "\\",
		at: 0
	};
	const words = [];
	let start = -1;
	try {
		while (cursor.at < text.length) {
			if (start >= 0 && skipPlain(cursor, plainWord)) continue;
			const space = isSpace(text[cursor.at]);
			if (space && start >= 0) words.push(text.slice(start, cursor.at));
			start = space ? -1 : start < 0 ? cursor.at : start;
			if (text.startsWith("<<", cursor.at)) cursor.at += /^<<[ \t]*/.exec(text.slice(cursor.at))?.[0].length ?? 2;
			else takePiece(cursor, () => "x", false);
		}
	} catch {
		return [];
	}
	return start < 0 ? words : [...words, text.slice(start)];
}
function expandUntil(cursor, stop, lookup, keepEscapes = false) {
	let result = "";
	while (cursor.at < cursor.text.length) {
		if (stop && cursor.text[cursor.at] === stop) {
			cursor.at++;
			return result;
		}
		result += skipPlain(cursor, plainText) || takePiece(cursor, lookup, keepEscapes);
	}
	if (stop) throw new Doubt(`no closing ${stop}`);
	return result;
}
/** Takes what means nothing but itself at once; empty where the next character may mean more. */
function skipPlain(cursor, plain) {
	plain.lastIndex = cursor.at;
	const text = plain.exec(cursor.text)?.[0] ?? "";
	cursor.at += text.length;
	return text;
}
/** One quoted text, substitution, escaped character or plain character. */
function takePiece(cursor, lookup, keepEscapes) {
	const char = cursor.text[cursor.at] ?? "";
	if (char === "'") return takeSingleQuoted(cursor);
	if (char === "\"") return takeDoubleQuoted(cursor, lookup);
	if (char === "$") return takeSubstitution(cursor, lookup);
	cursor.at++;
	if (char !== cursor.escapeChar) return char;
	const next = cursor.text[cursor.at++] ?? "";
	return keepEscapes ? char + next : next;
}
function takeSingleQuoted(cursor) {
	const end = cursor.text.indexOf("'", cursor.at + 1);
	if (end < 0) throw new Doubt("no closing '");
	const result = cursor.text.slice(cursor.at + 1, end);
	cursor.at = end + 1;
	return result;
}
function takeDoubleQuoted(cursor, lookup) {
	let result = "";
	cursor.at++;
	while (cursor.at < cursor.text.length) {
		const char = cursor.text[cursor.at] ?? "";
		if (char === "$") {
			result += takeSubstitution(cursor, lookup);
			continue;
		}
		cursor.at++;
		if (char === "\"") return result;
		const next = cursor.text[cursor.at] ?? "";
		if (char === cursor.escapeChar && (next === "\"" || next === "$" || next === cursor.escapeChar)) {
			result += next;
			cursor.at++;
		} else result += char;
	}
	throw new Doubt("no closing \"");
}
function takeSubstitution(cursor, lookup) {
	cursor.at++;
	if (cursor.text[cursor.at] !== "{") {
		const name = takeName(cursor);
		return name ? lookup(name) ?? "" : "$";
	}
	cursor.at++;
	if (/^[{}:]?$/.test(cursor.text[cursor.at] ?? "")) throw new Doubt("bad substitution");
	const name = takeName(cursor);
	const char = cursor.text[cursor.at++] ?? "";
	if (char === "}") return lookup(name) ?? "";
	if (char === "/") return replaceIn(cursor, lookup(name) ?? "", lookup);
	const operator = char === ":" ? char + (cursor.text[cursor.at++] ?? "") : char;
	if (!/^:?[-+?]$|^[#%]$/.test(operator)) throw new Doubt(`unsupported modifier ${operator}`);
	const trims = operator === "#" || operator === "%";
	const word = expandUntil(cursor, "}", lookup, trims);
	return trims ? trimmed(lookup(name) ?? "", operator, word) : chosen(lookup, name, operator, word);
}
function takeName(cursor) {
	const name = /^(?:\d+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(cursor.text.slice(cursor.at))?.[0] ?? "";
	cursor.at += name.length;
	return name;
}
function chosen(lookup, name, operator, word) {
	const value = lookup(name);
	const set = value !== void 0 && (operator.length === 1 || value !== "");
	if (operator.endsWith("-")) return set ? value ?? "" : word;
	if (operator.endsWith("+")) return set ? word : "";
	if (!set) throw new Doubt(`${name} has no value`);
	return value ?? "";
}
function replaceIn(cursor, value, lookup) {
	const every = cursor.text[cursor.at] === "/";
	if (every) cursor.at++;
	const pattern = expandUntil(cursor, "/", lookup, true);
	const replacement = expandUntil(cursor, "}", lookup, true);
	return value.replace(new RegExp(shellPattern(pattern, true), every ? "gu" : "u"), () => replacement);
}
function trimmed(value, operator, word) {
	const greedy = word.startsWith(operator);
	const source = shellPattern(greedy ? word.slice(1) : word, greedy);
	if (operator === "#") return value.replace(new RegExp(`^${source}`, "u"), "");
	for (let at = greedy ? 0 : value.length; at >= 0 && at <= value.length; at += greedy ? 1 : -1) if (new RegExp(`^${source}$`, "u").test(value.slice(at))) return value.slice(0, at);
	return value;
}
function shellPattern(pattern, greedy) {
	return pattern.replace(/\\?[\s\S]/gu, (token) => {
		if (token === "*") return greedy ? "[\\s\\S]*" : "[\\s\\S]*?";
		if (token === "?") return "[\\s\\S]";
		return (token.length > 1 && token.startsWith("\\") ? token.slice(1) : token).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
	});
}
function isSpace(char) {
	return char !== void 0 && /\s/u.test(char);
}
// src/stack/dockerfile.ts
const backslashWord = wordExpression("\\\\");
const backtickWord = wordExpression("`");
/**
* Takes a Dockerfile apart by the rules of BuildKit's own parser: comments between continued lines, empty continuation
* lines, CRLF, `# escape=`, heredocs. Never throws: what BuildKit would refuse is BuildKit's to report.
*/
function parseDockerfile(text) {
	const known = parsed.get(text);
	if (known) return known;
	if (parsed.size >= keptTexts) parsed.clear();
	const dockerfile = parse(text);
	parsed.set(text, dockerfile);
	return dockerfile;
}
/** The head's and the base's stack share most of their Dockerfiles, and none of them is to be taken apart twice. */
const parsed = /* @__PURE__ */ new Map();
const keptTexts = 1e4;
function parse(text) {
	const cursor = {
		text: text.charCodeAt(0) === 65279 ? text.slice(1) : text,
		at: 0,
		line: 0
	};
	const escapeChar = readDirectives(cursor.text);
	const instructions = [];
	while (cursor.at <= cursor.text.length) {
		const line = cursor.line + 1;
		const logical = takeLogicalLine(cursor, escapeChar).trim();
		if (logical === "") continue;
		const instruction = splitInstruction(logical, escapeChar, line);
		instructions.push(instruction);
		if (takesHeredocs.has(instruction.keyword) && logical.includes("<<")) skipHeredocs(cursor, logical);
	}
	return {
		escapeChar,
		instructions
	};
}
/** The instruction behind an ONBUILD; null when there is none. */
function triggerOf(onbuild, escapeChar) {
	return onbuild.rest ? splitInstruction(onbuild.rest.trim(), escapeChar, onbuild.line) : null;
}
/** The words of ARG and ENV: divided at white space outside quotes, quotes and escapes kept. */
function fields(text, escapeChar) {
	const word = escapeChar === "`" ? backtickWord : backslashWord;
	return text.match(word) ?? [];
}
/** The arguments of COPY and ADD: a JSON array, or words divided at white space. */
function listArguments(rest) {
	if (rest.startsWith("[")) try {
		const values = JSON.parse(rest);
		if (Array.isArray(values) && values.every((value) => typeof value === "string")) return values;
	} catch {}
	return rest.split(/[\t\v\f\r ]+/).filter(Boolean);
}
/** The name behind `<<` when the word begins a heredoc, else null. */
function heredocName(word) {
	const match = /^\d*<<(-?)\s*([^<]+)$/.exec(word);
	if (!match) return null;
	const name = (match[2] ?? "").replace(/\\(.)|['"]/g, "$1");
	return /\s/.test(name.trim()) || !name ? null : {
		name,
		tabs: match[1] === "-"
	};
}
/** Only the first word: an instruction of a megabyte of flags must not be divided anew for each of them. */
function firstField(text, escapeChar) {
	const word = escapeChar === "`" ? backtickWord : backslashWord;
	word.lastIndex = 0;
	const first = word.exec(text)?.[0] ?? text;
	word.lastIndex = 0;
	return first;
}
function wordExpression(escaped) {
	return new RegExp(`(?:${escaped}[\\s\\S]|"(?:${escaped}[\\s\\S]|[^"${escaped}])*"?|'[^']*'?|[^\\s"'${escaped}])+`, "g");
}
function readDirectives(text) {
	const seen = /* @__PURE__ */ new Map();
	for (const cursor = {
		text,
		at: 0,
		line: 0
	}; cursor.at <= text.length;) {
		const line = takeLine(cursor);
		if (!line.trimStart().startsWith("#")) break;
		const match = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line);
		const name = match?.[1]?.toLowerCase() ?? "";
		if (![
			"syntax",
			"escape",
			"check"
		].includes(name) || seen.has(name)) break;
		seen.set(name, match?.[2] ?? "");
	}
	return seen.get("escape") === "`" ? "`" : "\\";
}
/** The next line, without what ends it. */
function takeLine(cursor) {
	const { text, at } = cursor;
	const found = text.indexOf("\n", at);
	let end = found < 0 ? text.length : found;
	cursor.at = end + 1;
	cursor.line++;
	while (end > at && text.charCodeAt(end - 1) === 13) end--;
	return text.slice(at, end);
}
function takeLogicalLine(cursor, escapeChar) {
	let logical = "";
	for (let first = true; cursor.at <= cursor.text.length; first = false) {
		const line = takeLine(cursor);
		const start = line.trimStart();
		const comment = start.startsWith("#");
		if (!first && (comment || start === "")) continue;
		const body = comment ? "" : first ? start : line;
		const end = continuation(body, escapeChar);
		if (end < 0) return logical + body;
		logical += body.slice(0, end);
	}
	return logical;
}
/** Index of the escape that continues a line: the last character before blanks, and not escaped itself. -1 without one. */
function continuation(line, escapeChar) {
	let end = line.length - 1;
	while (line[end] === " " || line[end] === "	") end--;
	return line[end] === escapeChar && line[end - 1] !== escapeChar ? end : -1;
}
function splitInstruction(text, escapeChar, line) {
	const space = text.search(/\s/);
	const keyword = (space < 0 ? text : text.slice(0, space)).toUpperCase();
	let rest = space < 0 ? "" : text.slice(space).trimStart();
	if (!rest.startsWith("--")) return {
		keyword,
		flags: noFlags,
		rest,
		line
	};
	const flags = [];
	while (rest.startsWith("--")) {
		const word = firstField(rest, escapeChar);
		rest = rest.slice(word.length).trimStart();
		if (word === "--") break;
		flags.push(unquoted(word, escapeChar));
	}
	return {
		keyword,
		flags,
		rest,
		line
	};
}
function unquoted(word, escapeChar) {
	return word.replace(escapeChar === "\\" ? /\\([\s\S])|["']/g : /`([\s\S])|["']/g, "$1");
}
const noFlags = [];
const takesHeredocs = /* @__PURE__ */ new Set([
	"ADD",
	"COPY",
	"RUN",
	"ONBUILD"
]);
function skipHeredocs(cursor, logical) {
	for (const word of rawWords(logical)) {
		const heredoc = heredocName(word);
		if (!heredoc) continue;
		while (cursor.at <= cursor.text.length) {
			const line = takeLine(cursor);
			if ((heredoc.tabs ? line.replace(/^\t+/, "") : line) === heredoc.name) break;
		}
	}
}
// src/stack/tagged.ts
/**
* Finds the image whose folders a tag is made of: `noetic-ros-core-focal` and `ros/noetic/ubuntu/focal/ros-core`. Only a
* guess, good enough for a remark: null unless exactly one image's last folder and another of its folders are the whole tag.
*/
function taggedFinder(names) {
	const byLast = Map.groupBy(names.filter((name) => name.includes("/")), (name) => posix.basename(name));
	return ({ tag }, self) => {
		if (tag === null || byLast.size === 0 || !tag.includes("-")) return null;
		const found = runsOf(tag).flatMap((run) => byLast.get(run) ?? []).filter((name) => name !== self && isMadeOf(tag, name.split("/").reverse()));
		return found.length === 1 ? found[0] ?? null : null;
	};
}
/** All runs of a tag's parts: `a`, `a-b`, `b`. A tag of many parts is none of folders. */
function runsOf(tag) {
	const parts = tag.split("-").slice(0, 8);
	return parts.flatMap((_, from) => parts.slice(from).map((_part, length) => parts.slice(from, from + length + 1).join("-")));
}
function isMadeOf(tag, folders) {
	let rest = `-${tag}-`;
	let used = 0;
	for (const folder of folders) {
		if (!rest.includes(`-${folder}-`)) continue;
		rest = rest.replace(`-${folder}-`, "-");
		used++;
	}
	return rest === "-" && used > 1;
}
// src/stack/parents.ts
/**
* Finds out which references mean images of this stack. The last component of the reference must be an image's
* repository (and its tag begin with a variant's prefix), and the rest must be the stack's own publisher: one of
* `prefixes` (inputs, spec.yml), else the one that the stack's references to its images agree on. A bare name is the
* stack's unless Docker publishes an official image of that name. Everything less sure stays outside, with a note.
*/
function parentFinder(candidates, own, notes) {
	const byRepository = Map.groupBy(candidates, (candidate) => candidate.repository);
	const publishers = ownPublishers(candidates, byRepository, own, notes);
	const byTag = taggedFinder(candidates.map((candidate) => candidate.name));
	const named = new Set(candidates.filter((candidate) => candidate.named).map((candidate) => candidate.name));
	const noted = /* @__PURE__ */ new Set();
	const note = (candidate, reference, text) => {
		const key = `${candidate.dockerfile}\n${reference}`;
		const line = candidate.references.find((other) => other.reference === reference)?.line ?? null;
		if (!noted.has(key)) notes.push({
			path: candidate.dockerfile,
			line,
			text
		});
		noted.add(key);
	};
	return (candidate, text) => {
		const reference = readOwn(text, own);
		const { meant, possible } = meantBy(byRepository, candidate, reference);
		if (meant === null) {
			const tagged = possible.length > 1 ? null : byTag(reference, candidate.name);
			if (possible.length > 1) note(candidate, text, ambiguous(text, candidate.name, possible));
			if (tagged !== null) note(candidate, text, tagMeans(text, tagged, reference));
			return null;
		}
		const listed = candidate.dependsOn.includes(meant) || named.has(meant);
		const doubt = listed ? null : doubtOf(reference, publishers);
		if (doubt !== null || reference.digest) note(candidate, text, remark(text, candidate.name, meant, doubt));
		return doubt === null ? {
			name: meant,
			how: howRecognised(reference, listed, publishers)
		} : null;
	};
}
function howRecognised(reference, listed, publishers) {
	const publisher = publisherOf(reference);
	if (listed) return "spec.yml says so";
	if (publisher === "") return "a bare name, and Docker publishes no official image of it";
	return publishers.declared.has(publisher) ? `${publisher} is where this stack is published, by the input registry or spec.yml` : `${publisher} is what most references to this stack's images have`;
}
/** A reference without what stands before the tags of the whole stack: a variant's name may come behind it. */
function readOwn(text, { tagPrefix }) {
	const reference = parseReference(text);
	const { tag } = reference;
	return tagPrefix && tag?.startsWith(tagPrefix) ? {
		...reference,
		tag: tag.slice(tagPrefix.length)
	} : reference;
}
/** At most two names that are like one that is not there, as a line of an error; nothing when none is. */
function suggestion(name, known) {
	const near = nearest(name, known);
	return near.length > 0 ? [`Did you mean ${near.join(" or ")}?`] : [];
}
function remark(text, image, parent, doubt) {
	if (doubt === null) return `${text} pins a digest of ${parent}: it is built on this stack's own ${parent} instead`;
	return `${text} is taken as an image from outside: ${doubt}. If it is this stack's ${parent}, say so in spec.yml: images: {${image}: {depends_on: [${parent}]}}`;
}
function tagMeans(text, image, { repository, tag }) {
	return `${text} is taken as an image from outside: its tag is made of the parts of ${image}. If it is this image, say so in spec.yml: images: {${image}: {name: ${repository}, tag: ${tag}}}`;
}
function ambiguous(text, image, names) {
	return `${text} is taken as an image from outside: it may be ${names.slice(0, 3).join(" or ") + (names.length > 3 ? ` or ${names.length - 3} more` : "")}. Say which in spec.yml: images: {${image}: {depends_on: [${names[0]}]}}`;
}
/** The image that the name alone points to, the image itself left out: `ubuntu/Dockerfile` may say FROM ubuntu. */
function meantBy(byRepository, candidate, reference) {
	const same = byRepository.get(reference.repository);
	if (!same) return nothing;
	const tag = reference.tag ?? "";
	const fits = ({ tagPrefix }) => tagPrefix && (tag.startsWith(tagPrefix) || `${tag}-` === tagPrefix);
	const longest = same.filter(fits).reduce((length, other) => Math.max(length, other.tagPrefix.length), 0);
	const found = same.filter((other) => other.tagPrefix.length === longest && (longest === 0 || fits(other)));
	const told = found.length > 1 ? toldApart(found, candidate, publisherOf(reference)) : found;
	const possible = told.map((other) => other.name).filter((name) => name !== candidate.name);
	return {
		meant: told.length === 1 ? possible[0] ?? null : null,
		possible: told.length > 1 ? possible : []
	};
}
const nothing = {
	meant: null,
	possible: []
};
/** Several images of one name: the one that spec.yml names, or that is published where the reference says. */
function toldApart(found, candidate, publisher) {
	const listed = found.filter((other) => candidate.dependsOn.includes(other.name));
	if (listed.length === 1) return listed;
	const there = found.filter((other) => other.registries.map(publisherOfPrefix).includes(publisher));
	return there.length === 1 ? there : found;
}
function doubtOf(reference, publishers) {
	const publisher = publisherOf(reference);
	if (isOfficial(reference)) return "Docker publishes an official image of this name";
	if (publisher === "" || publishers.declared.has(publisher) || publishers.agreed === publisher) return null;
	return `${publisher} is not known to be where this stack is published`;
}
/** Publishers that are the stack's: the declared ones where its references use one of them, else the one most used. */
function ownPublishers(candidates, byRepository, own, notes) {
	const declared = new Set(own.prefixes.map(publisherOfPrefix));
	const uses = /* @__PURE__ */ new Map();
	const foreign = /* @__PURE__ */ new Set();
	for (const candidate of candidates) for (const { reference: text } of candidate.references) {
		const reference = readOwn(text, own);
		const publisher = publisherOf(reference);
		const named = meantBy(byRepository, candidate, reference).meant;
		if (publisher === reference.repository && !declared.has(publisher)) continue;
		if (named && publisher && !reference.digest) uses.set(publisher, (uses.get(publisher) ?? /* @__PURE__ */ new Set()).add(named));
		if (!named && publisher && byRepository.has(reference.repository)) foreign.add(publisher);
	}
	if ([...uses.keys()].some((publisher) => declared.has(publisher))) return {
		declared,
		agreed: null
	};
	const [first, second] = [...uses].filter(([publisher]) => !foreign.has(publisher)).sort((a, b) => b[1].size - a[1].size);
	if (first && second && first[1].size === second[1].size) {
		const text = `${first[0]} and ${second[0]} may both be where this stack is published: give the input registry, or registry in spec.yml`;
		notes.push({
			path: candidates[0]?.dockerfile ?? ".",
			line: null,
			text
		});
		return {
			declared,
			agreed: null
		};
	}
	return {
		declared,
		agreed: first?.[0] ?? null
	};
}
// src/stack/locate.ts
/** A key of ours at the start of a line, or a flow mapping, which the schema is left to judge. */
const ourKeys = /^\s*(?:["']?(?:images|registry|ignore|build_all|stack)["']?\s*:|\{)/m;
/** The other keys of the schema: another tool's file may have one of them, but hardly these alone. */
const plainKeys = [
	"$schema",
	"tags",
	"flavor",
	"labels",
	"annotations",
	"rebuild",
	"root",
	"tag",
	"all_info_cmds"
];
/** The input `path` as a folder of the repository, empty when it is to be found out. Throws `ActionError('input')`. */
function checkedPath(text, tree, index) {
	if (text === "") return "";
	const path = posix.normalize(text).replace(/(?<=.)\/$/, "");
	if (posix.isAbsolute(path) || path === ".." || path.startsWith("../")) throw new ActionError("input", `path: ${JSON.stringify(text)} is outside of the repository`, ["Give a folder relative to its root"]);
	const link = tree.entries.find((entry) => /^1[26]0000$/.test(entry.mode) && isUnder(path, entry.path));
	if (link) throw new ActionError("input", `path: ${link.path} is ${link.mode === "120000" ? "a symbolic link" : "a submodule"}, which is not followed`, ["Give the folder itself"]);
	if (index.folders.has(path)) return path;
	const near = suggestion(path, [...index.folders].filter((folder) => folder.split("/").length === path.split("/").length));
	throw new ActionError("input", `path: there is no folder ${JSON.stringify(text)} in the repository`, [...near, "Give a folder relative to its root, or leave path empty"]);
}
/**
* The spec of the stack: the one asked for, else spec.yml in the first of `folders` that has one. A file of that name in the
* repository's root that is another tool's is left alone. Libraries for it are loaded only here.
*/
async function findSpec(tree, asked, folders, notes) {
	const file = asked ? posix.normalize(asked) : folders.flatMap(specFiles).find((candidate) => tree.contents.has(candidate) || tree.refused.has(candidate));
	if (file === void 0) return null;
	const text = tree.contents.get(file);
	if (text === void 0) {
		const named = /^spec\.ya?ml$/.test(posix.basename(file)) ? "is not there" : "is not named spec.yml or spec.yaml";
		const refused = tree.refused.get(file);
		throw new ActionError("spec", `spec: ${file} ${refused ? `is not read: ${refused}` : named}`, ["Give a regular file of the repository named spec.yml, relative to its root"]);
	}
	if (!asked && posix.dirname(file) === "." && text.trim() && !isOurs(text)) {
		notes.push({
			path: file,
			line: null,
			text: "not read as a spec: it has none of the keys images, registry, ignore, build_all, stack"
		});
		return null;
	}
	const { readSpec } = await import("./spec.js");
	return readSpec(tree, file, notes);
}
function isOurs(text) {
	const keys = [...text.matchAll(/^["']?([\w$-]+)["']?\s*:(?=\s|$)/gm)].map(([, key = ""]) => key);
	return ourKeys.test(text) || keys.length > 0 && keys.every((key) => plainKeys.includes(key));
}
/** Where the spec of a stack in this folder may be. */
function specFiles(path) {
	return ["spec.yml", "spec.yaml"].map((file) => posix.join(path, file));
}
/** Reads a Dockerfile of the tree; one that is not there is empty. */
function parser(tree) {
	return (path) => parseDockerfile(tree.contents.get(path) ?? "");
}
/** For the time in which other files are still looked for: takes a Dockerfile apart that `readStack` will ask for. */
function parseAhead(path, text) {
	if (foundAt(path)) parseDockerfile(text);
}
/** Links and submodules beside the images are no images, whatever they point at. */
function noteLinks(tree, path, notes) {
	for (const { path: link, mode } of tree.entries) {
		if (!/^1[26]0000$/.test(mode) || posix.dirname(link) !== path) continue;
		notes.push({
			path: link,
			line: null,
			text: `${mode === "120000" ? "a symbolic link" : "a submodule"}: not looked into`
		});
	}
}
/** The error for a repository without images. */
function nothingFound(path) {
	return new ActionError("stack", `there is no image in ${path === "." ? "this repository" : path}`, ["An image is a folder with a Dockerfile (or Containerfile, NAME.Dockerfile, Dockerfile.NAME) that has a FROM", "Give the folder of the images as path"]);
}
// src/stack/glob.ts
/**
* A pattern of .dockerignore (`deep`: `**` is any number of folders) or of a COPY source as a regular expression for a
* whole path; null where Go's `filepath.Match` would call it bad, and where matching it could take for ever. Rules: github.com/moby/patternmatcher.
*/
function globExpression(pattern) {
	if (isCostly(pattern)) return null;
	let source = "";
	for (let at = 0; at < pattern.length; at++) {
		const char = pattern[at] ?? "";
		if (char === "*" && pattern[at + 1] === "*") {
			at += pattern[at + 2] === "/" ? 2 : 1;
			source += at + 1 >= pattern.length ? ".*" : "(?:.*/)?";
		} else if (char === "*") source += "[^/]*";
		else if (char === "?") source += "(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^/])";
		else if (char === "[") {
			const end = classEnd(pattern, at);
			if (end < 0) return null;
			source += pattern.slice(at, end + 1);
			at = end;
		} else if (char === "\\") {
			if (at + 1 >= pattern.length) return null;
			source += escaped(pattern[++at] ?? "");
		} else source += escaped(char);
	}
	try {
		return new RegExp(`^${source}$`, "s");
	} catch {
		return null;
	}
}
/** True when a pattern is more than a plain path. */
function isGlob(pattern) {
	return /[*?[\\]/.test(pattern);
}
/** True when what a glob matches may lie in `folder`: `a/*\/c` and `a/b`. */
function onTheWay(pattern, folder) {
	const parts = pattern.split("/");
	const deep = parts.findIndex((part) => part.includes("**"));
	const depth = folder.split("/").length;
	if (deep >= 0 && depth > deep) return true;
	return depth < parts.length && (globExpression(parts.slice(0, depth).join("/"))?.test(folder) ?? true);
}
/** Stars multiply the ways that a regular expression tries. Whoever asks takes null as doubt, so that nothing is missed. */
function isCostly(pattern) {
	return pattern.split("**").length > 4 || pattern.split("/").some((part) => part.split(/\*+/).length > 4);
}
function classEnd(pattern, start) {
	const match = /^\[\^?(?:\\.|[^\]\\])+\]/s.exec(pattern.slice(start));
	return match ? start + match[0].length - 1 : -1;
}
function escaped(char) {
	return char.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
}
// src/stack/dockerignore.ts
/** The patterns of a .dockerignore, cleaned as BuildKit cleans them: no comments, no leading slash, `!` kept. */
function readIgnoreFile(text) {
	return text.replace(/^\uFEFF/, "").split("\n").filter((line) => !line.startsWith("#") && line.trim() !== "").map((line) => {
		const negated = line.trim().startsWith("!");
		const pattern = line.trim().slice(negated ? 1 : 0).trim();
		return (negated ? "!" : "") + (pattern && clean(pattern).replace(/^\/(?=.)/, ""));
	});
}
/**
* A matcher for .dockerignore patterns with the results of moby's `MatchesUsingParentResults`, which BuildKit walks
* the context with: the last matching pattern decides, and a pattern that matched a folder matches all in it. In doubt a
* file counts: a pattern that is bad (BuildKit refuses the build) or too costly to match ignores nothing, with `!` it keeps all.
*/
function ignoreMatcher(patterns) {
	const rules = patterns.flatMap((pattern) => readRule(pattern) ?? []);
	if (rules.length === 0) return () => false;
	const known = /* @__PURE__ */ new Map();
	return (path) => {
		const verdict = resultsFor(path, rules, known);
		return rules.reduce((ignored, rule, at) => verdict[at] ? !rule.negated : ignored, false);
	};
}
function readRule(line) {
	const cleaned = clean(line.trim());
	const negated = cleaned.startsWith("!");
	const pattern = negated ? cleaned.slice(1) : cleaned;
	if (!pattern) return null;
	if (!isGlob(pattern)) return {
		negated,
		matches: (path) => path === pattern
	};
	if (pattern.startsWith("**") && !isGlob(pattern.slice(2))) return {
		negated,
		matches: suffixMatcher(pattern.slice(2))
	};
	const expression = globExpression(pattern);
	if (expression) return {
		negated,
		matches: (path) => expression.test(path)
	};
	return negated ? {
		negated,
		matches: () => true
	} : null;
}
/** moby compares `**` and a plain rest as a suffix: `**.txt` matches `a/b.txt`, `**\/foo` matches `foo` too. */
function suffixMatcher(suffix) {
	return (path) => path.endsWith(suffix) || suffix.startsWith("/") && path === suffix.slice(1);
}
/** For every rule whether it matched the path or a folder above it. A rule that cannot change the verdict is not asked. */
function resultsFor(path, rules, known) {
	const slash = path.lastIndexOf("/");
	const folder = slash > 0 ? path.slice(0, slash) : null;
	const above = folder === null ? [] : known.get(folder) ?? resultsFor(folder, rules, known);
	if (folder !== null) known.set(folder, above);
	let ignored = false;
	return rules.map((rule, at) => {
		const matched = above[at] || rule.negated === ignored && rule.matches(path);
		if (matched) ignored = !rule.negated;
		return matched;
	});
}
/** Go's `filepath.Clean`. */
function clean(path) {
	const normal = posix.normalize(path);
	return normal.length > 1 ? normal.replace(/\/$/, "") : normal;
}
// src/stack/watch.ts
/**
* What the images of a stack read, ready to be asked about many files. `modules`: submodules came, went or moved, so a name
* on the way of a glob may have been one.
*/
function watchesOf(stack, modules) {
	const watches = /* @__PURE__ */ new Map();
	const [named, places] = [/* @__PURE__ */ new Map(), /* @__PURE__ */ new Map()];
	const watchOf = (folder) => {
		const watch = watches.get(folder) ?? {
			paths: /* @__PURE__ */ new Map(),
			above: /* @__PURE__ */ new Map(),
			globs: []
		};
		watches.set(folder, watch);
		return watch;
	};
	for (const image of stack.images) {
		addPatterns(watchOf(image.context), image, image.reads.all ? ["."] : image.reads.patterns, modules);
		for (const folder of Object.values(image.contexts)) addTo(named, folder, image);
		for (const context of [image.context, ...Object.values(image.contexts)]) {
			addTo(places, context, image);
			for (const folder of foldersAbove(context)) addTo(places, folder, image);
		}
	}
	return {
		byFolder: watches,
		named,
		places,
		ignored: ignoreCheck()
	};
}
/** The images that read a file of the repository, .dockerignore applied. */
function readersOf({ byFolder, named, places, ignored }, file) {
	const images = new Set(places.get(file));
	for (let slash = file.lastIndexOf("/");; slash = file.lastIndexOf("/", slash - 1)) {
		const folder = slash > 0 ? file.slice(0, slash) : ".";
		for (const image of named.get(folder) ?? []) images.add(image);
		const watch = byFolder.get(folder);
		if (watch) addReaders(images, watch, slash > 0 ? file.slice(slash + 1) : file, ignored);
		if (slash <= 0) return images;
	}
}
function addPatterns(watch, image, patterns, modules) {
	for (const pattern of patterns) {
		if (isGlob(pattern)) {
			const expression = globExpression(pattern);
			watch.globs.push({
				image,
				matches: (path) => expression === null || globReads(expression, path) || modules && onTheWay(pattern, path)
			});
			continue;
		}
		const list = watch.paths.get(pattern);
		if (list) list.push(image);
		else watch.paths.set(pattern, [image]);
		for (const folder of foldersAbove(pattern)) addTo(watch.above, folder, image);
	}
}
function addTo(images, key, image) {
	images.set(key, (images.get(key) ?? /* @__PURE__ */ new Set()).add(image));
}
/** A glob reads what it matches and all in a folder that it matches. */
function globReads(expression, path) {
	for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) if (expression.test(path.slice(0, end))) return true;
	return false;
}
function addReaders(images, watch, path, ignored) {
	const add = (image) => {
		if (!images.has(image) && !ignored(image, path)) images.add(image);
	};
	for (const image of watch.above.get(path) ?? []) add(image);
	for (const image of watch.paths.get(".") ?? []) add(image);
	for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) for (const image of watch.paths.get(path.slice(0, end)) ?? []) add(image);
	for (const { image, matches } of watch.globs) if (!images.has(image) && matches(path)) add(image);
}
/** Every folder above a path, the root last. */
function* foldersAbove(path) {
	for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) yield path.slice(0, slash);
	yield ".";
}
/** Tells whether an image's .dockerignore keeps a file from it; each matcher is made once. */
function ignoreCheck() {
	const matchers = /* @__PURE__ */ new Map();
	return ({ reads }, path) => {
		if (!reads.ignore) return false;
		const matcher = matchers.get(reads.ignore) ?? ignoreMatcher(reads.ignore);
		matchers.set(reads.ignore, matcher);
		return matcher(path);
	};
}
// src/stack/changes.ts
/** Files that are kept for an image's reason; more are only said to be there. */
const shownFiles = 3;
/**
* The images that must be built anew, each with its reason in the reader's words: a file that it reads, its Dockerfile or a
* source of its lock changed, or a parent is built. Where the list of files is not complete, every image. Images with `skip` are
* not in the result; their children are.
*/
function changedImages(stack, changes) {
	const everything = changes.complete ? buildAllReason(stack, changes.files) : changes.reason ?? "the list of changed files may be incomplete";
	if (everything !== null) return new Map(stack.images.filter((image) => !image.skip).map((image) => [image.name, everything]));
	const direct = directChanges(stack, withoutIgnored(stack, changes.files));
	const reasons = /* @__PURE__ */ new Map();
	const byName = new Map(stack.images.map((image) => [image.name, image]));
	for (const name of stack.order) {
		const image = byName.get(name);
		const own = direct.get(name);
		const parent = image?.parents.find((edge) => reasons.has(edge.name))?.name;
		if (image && own) reasons.set(name, fileReason(image, own));
		else if (parent !== void 0) reasons.set(name, `parent ${parent} is ${byName.get(parent)?.skip ? "changed" : "built"}`);
	}
	return new Map([...reasons].filter(([name]) => !byName.get(name)?.skip));
}
function buildAllReason(stack, files) {
	const matches = globMatcher(stack, stack.buildAll);
	const beside = stack.spec ? [stack.spec, posix.join(posix.dirname(stack.spec), "change_ignore.json")] : [];
	const specs = /* @__PURE__ */ new Set([...beside, ...specFiles(stack.path)]);
	for (const file of files) {
		if (matches(file)) return `${shown(file)} changed, which build_all names`;
		if (specs.has(file)) return `${shown(file)} changed, which may concern every image`;
	}
	return null;
}
function withoutIgnored(stack, files) {
	if (stack.ignore.length === 0) return files;
	const ignored = globMatcher(stack, stack.ignore);
	return files.filter((file) => !ignored(file));
}
/** Globs relative to the repository's root or to the stack's folder; a folder stands for all that is in it. */
function globMatcher(stack, globs) {
	if (globs.length === 0) return () => false;
	const patterns = globs.flatMap((glob) => {
		const clean = posix.normalize(glob).replace(/\/$/, "");
		return [clean, `${clean}/**`];
	});
	const matches = (0, import_picomatch.default)(patterns, { dot: true });
	return (path) => matches(path) || isUnder(path, stack.path) && stack.path !== "." && matches(path.slice(stack.path.length + 1));
}
function directChanges(stack, files) {
	const named = namedFiles(stack);
	const watches = watchesOf(stack, files.includes(".gitmodules"));
	const orphans = orphanFinder(stack);
	const changed = /* @__PURE__ */ new Map();
	for (const file of files) {
		const readers = readersOf(watches, file);
		for (const image of [...named.get(file) ?? [], ...orphans(file)]) readers.add(image);
		for (const { name, dockerfile } of readers) {
			const list = changed.get(name);
			if (!list) changed.set(name, [file]);
			else if (list.length < shownFiles || file === dockerfile) list.push(file);
		}
	}
	return changed;
}
/** Images FROM one whose Dockerfile was removed: to them it now is an image from outside. */
function orphanFinder(stack) {
	const there = /* @__PURE__ */ new Set([...stack.images.map((image) => image.dockerfile), ...stack.notes.map((note) => note.path)]);
	return (file) => {
		const found = isUnder(file, stack.path) && !there.has(file) ? foundAt(file) : null;
		if (!found) return [];
		const name = found.own ?? posix.basename(found.folder);
		return stack.images.filter((image) => image.external.map(parseReference).some((from) => from.repository === name && !isOfficial(from)));
	};
}
/** Files that count for an image wherever they lie and whatever .dockerignore says. */
function namedFiles(stack) {
	const named = /* @__PURE__ */ new Map();
	for (const image of stack.images) {
		const ignoreFiles = [`${image.dockerfile}.dockerignore`, posix.join(image.context, ".dockerignore")];
		for (const file of /* @__PURE__ */ new Set([
			image.dockerfile,
			...ignoreFiles,
			...image.lockSources
		])) {
			const list = named.get(file);
			if (list) list.push(image);
			else named.set(file, [image]);
		}
	}
	return named;
}
function fileReason(image, files) {
	const sorted = [...files].sort((a, b) => Number(b === image.dockerfile) - Number(a === image.dockerfile));
	const [first = "", second = ""] = sorted.map((file) => shown(image.path !== "." && isUnder(file, image.path) ? file.slice(image.path.length + 1) : file));
	if (sorted.length === 1) return `${first} changed`;
	return sorted.length === 2 ? `${first} and ${second} changed` : `${first}, ${second} and more files changed`;
}
/** A file name may hold anything but NUL: what would change the line it is shown in is escaped. */
function shown(file) {
	return /[\p{C}\u2028\u2029]/u.test(file) ? JSON.stringify(file).replace(/[\p{C}\u2028\u2029]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`) : file;
}
// src/stack/file-rules.ts
/** What each of some changed files means for an image; files that have nothing to do with it are left out. */
function fileRules(stack, image, files) {
	const all = globMatcher(stack, stack.buildAll);
	const ignored = globMatcher(stack, stack.ignore);
	const specs = [...stack.spec ? [stack.spec] : [], ...specFiles(stack.path)];
	return files.flatMap((file) => {
		if (all(file)) return [{
			file,
			counts: true,
			rule: "build_all in spec.yml: every image"
		}];
		if (specs.includes(file)) return [{
			file,
			counts: true,
			rule: "the spec: every image"
		}];
		const rule = ruleFor(stack, image, file);
		if (rule !== null && ignored(file)) return [{
			file,
			counts: false,
			rule: "ignore in spec.yml"
		}];
		if (rule !== null) return [{
			file,
			counts: true,
			rule
		}];
		if (!isUnder(file, image.path) && !isUnder(file, image.context)) return [];
		return isUnder(file, image.path) ? [{
			file,
			counts: false,
			rule: unreadRule(image, file)
		}] : [];
	});
}
function ruleFor(stack, image, file) {
	if (file === image.dockerfile) return "its Dockerfile";
	if (file === `${image.dockerfile}.dockerignore` || file === posix.join(image.context, ".dockerignore")) return "its ignore file";
	if (image.lockSources.includes(file)) return "its lock is made from it";
	const reads = (part) => readersOf(watchesOf({
		...stack,
		images: [{
			...image,
			...part
		}]
	}, false), file).size > 0;
	const own = image.reads.patterns.find((pattern) => reads({
		contexts: {},
		reads: {
			...image.reads,
			all: false,
			patterns: [pattern]
		}
	}));
	if (own !== void 0) return own === file ? "COPY, ADD or a mount reads it" : `COPY, ADD or a mount reads ${own}`;
	if (image.reads.all && reads({ contexts: {} })) return "the whole context counts";
	return reads({}) ? "it is in a named context" : null;
}
function unreadRule({ context, reads }, file) {
	const path = context === "." ? file : posix.relative(context, file);
	return reads.ignore && ignoreMatcher(reads.ignore)(path) ? ".dockerignore leaves it out" : "nothing reads it";
}
// src/stack/names.ts
/** The grammar of an image's last component: https://github.com/distribution/reference, `path-component`. */
const repositoryGrammar = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagGrammar = /^[\w][\w.-]{0,100}$/;
/** A folder's name that cannot be an image's: `3.13`, `v2`, `24-slim`. */
const version = /^v?\d+(?:[._-].*)?$/;
/**
* Names the images by their folders, relative to the stack's. A name in the file's own name is taken alone
* (`cuda.Dockerfile` → `cuda`), and behind the folder's where the folder has a plain Dockerfile too or another image has
* that name.
*/
function nameImages(found, path) {
	const folders = new Set(found.filter((image) => image.own === null).map((image) => image.folder));
	const folderName = (folder) => {
		return relativeTo(path, posix.basename(folder) === ".devcontainer" ? posix.dirname(folder) : folder);
	};
	const root = path === "." ? "root" : posix.basename(path);
	const short = found.map((image) => (image.own ?? (folderName(image.folder) || root)).toLowerCase());
	const count = Map.groupBy(short, (name) => name);
	return new Map(found.map((image, at) => {
		const folder = folderName(image.folder);
		if (image.own === null) return [image.dockerfile, folder || root];
		const joined = folder !== "" && (folders.has(image.folder) || (count.get(short[at] ?? "")?.length ?? 0) > 1);
		return [image.dockerfile, joined ? `${folder}/${image.own}` : image.own];
	}));
}
/**
* Where an image is published: under its last folder's name; as a tag prefix of its parent folder's repository when that
* folder is an image too (a variant), or when the last folder's name is a version: `python/3.13`.
*/
function publishedName(name, names) {
	const folder = posix.dirname(name);
	const last = posix.basename(name);
	if (folder === "." || !(names.has(folder) || version.test(last))) return {
		repository: last,
		tagPrefix: ""
	};
	const parent = publishedName(folder, names);
	return {
		repository: parent.repository,
		tagPrefix: `${parent.tagPrefix}${last}-`
	};
}
/**
* `NodeBase` is published as `node-base` where a Dockerfile of the stack calls one of the images so; without such a witness
* small letters are all that is sure.
*/
function hyphenated(repositories, mentions) {
	const divided = (name) => name.replace(/([a-z0-9])(?=[A-Z])/g, "$1-").toLowerCase();
	const witness = repositories.filter((name) => /[a-z0-9][A-Z]/.test(name)).some((name) => mentions(divided(name)));
	return (name) => witness ? divided(name) : name.toLowerCase();
}
/**
* Where the images of `verse_4.5.Dockerfile` and `verse_4.6.Dockerfile` are published: as tags of `verse`. Only where
* several files of a folder share what stands before the first underscore.
*/
function taggedNames(found) {
	const parts = found.flatMap(({ dockerfile, folder, own }) => {
		const [, repository = "", tag = ""] = /^([^_]+)_([^_]+)$/.exec(own ?? "") ?? [];
		return repository ? [{
			dockerfile,
			key: `${folder}/${repository}`,
			published: {
				repository,
				tagPrefix: `${tag}-`
			}
		}] : [];
	});
	const groups = Map.groupBy(parts, (part) => part.key);
	return new Map(parts.filter((part) => (groups.get(part.key)?.length ?? 0) > 1).map((part) => [part.dockerfile, part.published]));
}
/** Checks that every image can be published and that no two have one name; gives them back with repositories in small letters. */
function checkNames(images, published, notes) {
	const names = /* @__PURE__ */ new Map();
	return images.map((image) => {
		const repository = published(image.repository);
		if (repository !== image.repository) notes.push({
			path: image.dockerfile,
			line: null,
			text: `published as ${repository}: registries take small letters only`
		});
		if (!repositoryGrammar.test(repository) || repository.length > 128) throw badName(image, repository);
		if (image.tagPrefix && !tagGrammar.test(image.tagPrefix)) throw badName(image, image.tagPrefix);
		const key = image.name.toLowerCase();
		const other = names.get(key);
		if (other) throw sameName(other, image);
		names.set(key, image);
		return {
			...image,
			repository
		};
	});
}
/** The error for two images of one name. */
function sameName(one, other) {
	return new ActionError("stack", `${one.dockerfile} and ${other.dockerfile} have the name ${other.name}`, ["Small and capital letters count as one: registries and some file systems do not tell them apart", `Rename one of them, or give it another name in spec.yml: images: {other-name: {dockerfile: ${other.dockerfile}}} (as seen from spec.yml)`]);
}
function badName(image, part) {
	return new ActionError("stack", `${image.dockerfile}: ${JSON.stringify(part)} cannot be part of an image's name`, ["Registries take small letters and digits, divided by single . or _, by __ or by hyphens", `Rename the folder, or give a name in spec.yml: images: {${JSON.stringify(image.name)}: {name: some-name}}`]);
}
// src/stack/twins.ts
/**
* Notes the images that would overwrite each other where they are published: `a/lab` and `b/lab`. They can be planned, as their
* names differ. Where spec.yml gave one of them its name, that was a slip: `ActionError('stack')`.
*/
function noteTwins(drafts, notes) {
	for (const twins of twinsOf(drafts)) {
		if (twins.some(({ entry }) => entry?.publishedName || entry?.tag)) throw twinsError(twins);
		notes.push({
			path: twins[0]?.dockerfile ?? "",
			line: null,
			text: `${messageOf(twins)}. ${remedyFor(twins)}`
		});
	}
}
/** Throws `ActionError('stack')` where two of these images would be pushed or loaded under one name. */
function refuseTwins(images) {
	const [twins] = twinsOf(images);
	if (twins) throw twinsError(twins);
}
/** Throws `ActionError('stack')` where tag rules give two images one reference: one would overwrite the other. */
function refuseSharedTags({ images }) {
	const owners = /* @__PURE__ */ new Map();
	for (const { name, tags } of images) for (const tag of new Set(tags)) {
		const other = owners.get(tag);
		if (other !== void 0) throw new ActionError("stack", `${other} and ${name} would both be ${tag}`, ["Give one of them another tag in spec.yml: the rules of `tags`, or `tag` before all of its tags"]);
		owners.set(tag, name);
	}
}
function twinsOf(images) {
	const places = images.flatMap((image) => {
		return (image.registries.length > 0 ? image.registries : [""]).map((registry) => ({
			key: `${registry}/${image.repository}:${image.tagPrefix}`,
			image
		}));
	});
	return [...Map.groupBy(places, (place) => place.key.toLowerCase()).values()].filter((group) => group.length > 1).map((group) => group.map((place) => place.image));
}
function twinsError(twins) {
	return new ActionError("stack", messageOf(twins), [remedyFor(twins)]);
}
function messageOf(twins) {
	const files = twins.slice(0, 3).map((image) => image.dockerfile);
	const more = twins.length > files.length ? ` and ${twins.length - files.length} more` : "";
	const [first] = twins;
	return `${files.join(" and ")}${more} would be published as ${first?.repository}${first?.tagPrefix ? `:${first.tagPrefix}` : ""}`;
}
function remedyFor(twins) {
	const { name = "", repository = "" } = twins.at(-1) ?? {};
	const tag = name.split("/").slice(0, -1).join("-") || "other";
	return `Tell them apart in spec.yml: images: {${name}: {name: ${tag}-${repository}}} or {${name}: {tag: ${tag}}}`;
}
// src/stack/drafts.ts
/** Names what was found and joins it with spec.yml: renamed, added and multiplied images. Checks the names. */
function draftImages(found, path, spec, tree, notes) {
	const places = applyEntries(found, path, spec, tree);
	const joined = places.filter((place) => place.own && place.name.includes("/"));
	const names = new Set([...places, ...joined.map(({ name }) => ({ name: posix.dirname(name) }))].map((place) => place.name));
	const tagged = taggedNames(found);
	const versions = places.flatMap((place) => versionsOf(place, tagged.get(place.dockerfile) ?? publishedName(place.name, names)));
	const drafts = checkNames(versions, hyphenated(versions.map((draft) => draft.repository), (name) => places.some((place) => tree.contents.get(place.dockerfile)?.includes(name))), notes);
	noteTwins(drafts, notes);
	return drafts;
}
/** The one name that a person means: exact, or the last part of exactly one. Null when there is none. */
function resolveName(text, names) {
	const name = text.replace(/\/+$/, "");
	if (names.includes(name)) return name;
	const byLast = names.filter((other) => posix.basename(other) === name);
	return byLast.length === 1 ? byLast[0] ?? null : null;
}
function applyEntries(found, path, spec, tree) {
	const named = nameImages(found, path);
	const places = /* @__PURE__ */ new Map();
	const renamed = new Set(spec?.entries.map((entry) => entry.dockerfile));
	for (const { dockerfile, folder, own } of found) {
		const name = named.get(dockerfile) ?? folder;
		const other = places.get(name);
		if (other && renamed.has(dockerfile)) continue;
		if (other && !renamed.has(other.dockerfile)) throw sameName(other, {
			name,
			dockerfile
		});
		places.set(name, {
			name,
			own,
			folder,
			dockerfile,
			entry: null
		});
	}
	const names = [...places.keys()];
	for (const entry of spec?.entries ?? []) {
		const known = entry.dockerfile === null && entry.path === null ? resolveName(entry.key, names) : null;
		const place = known === null ? void 0 : places.get(known);
		if (place) places.set(place.name, {
			...place,
			entry
		});
		else places.set(entry.key, newPlace(entry, tree, names));
	}
	const taken = new Set([...places.values()].filter((place) => place.entry).map((place) => place.dockerfile));
	return [...places.values()].filter((place) => place.entry || !taken.has(place.dockerfile));
}
/** An image that only spec.yml knows by this name: it must say where its Dockerfile is. */
function newPlace(entry, tree, names) {
	const folder = entry.path ?? (entry.dockerfile === null ? entry.key : posix.dirname(entry.dockerfile));
	const tried = entry.dockerfile === null ? ["Dockerfile", "Containerfile"].map((file) => posix.join(folder, file)) : [entry.dockerfile];
	const dockerfile = tried.find((file) => tree.contents.has(file) && foundAt(file));
	if (dockerfile !== void 0) return {
		name: entry.key,
		own: foundAt(dockerfile)?.own ?? null,
		folder,
		dockerfile,
		entry
	};
	if (entry.context !== null && isAddress(entry.context)) return remotePlace(entry, entry.context, folder);
	if (entry.dockerfile === null && entry.path === null) throw entry.error("", `no image of this name`, [
		...suggestion(entry.key, names),
		`Images here: ${listed(names)}`,
		"Give dockerfile if the image is made from another file"
	]);
	const refused = tried.map((file) => tree.refused.get(file)).find(Boolean);
	throw entry.error(entry.dockerfile === null ? "path" : "dockerfile", `${tried.join(" or ")} ${refused ?? "is not there"}`, ["It must be a regular file named Dockerfile, Containerfile, NAME.Dockerfile or Dockerfile.NAME", "Paths are relative to the folder of spec.yml"]);
}
/** An image whose Dockerfile lies in its context elsewhere: the two together name it, as no path of the repository does. */
function remotePlace(entry, context, folder) {
	const file = entry.writtenDockerfile ?? "Dockerfile";
	return {
		name: entry.key,
		own: null,
		folder,
		dockerfile: `${context} ${file}`,
		remoteDockerfile: file,
		entry
	};
}
function versionsOf(place, byName) {
	const { entry, folder, dockerfile, own } = place;
	const published = specPublished(entry) ?? byName;
	const tagPrefix = entry?.tag ? `${entry.tag}-` : published.tagPrefix;
	const draft = {
		name: place.name,
		repository: published.repository,
		tagPrefix,
		registries: entry?.registries ?? [],
		folder,
		dockerfile,
		remoteDockerfile: place.remoteDockerfile ?? null,
		own,
		entry,
		args: entry?.args ?? {},
		platforms: entry?.platforms ?? [],
		target: entry?.target ?? null,
		skip: entry?.skip ?? false
	};
	if (!entry || entry.variants.length === 0) return [draft];
	return entry.variants.map((variant) => versionOf(draft, variant));
}
function versionOf(draft, variant) {
	return {
		...draft,
		name: variant.tag === "" ? draft.name : `${draft.name}/${variant.name}`,
		tagPrefix: variant.tag === "" ? draft.tagPrefix : `${draft.tagPrefix}${variant.tag}-`,
		args: {
			...draft.args,
			...variant.args
		},
		platforms: variant.platforms.length > 0 ? variant.platforms : draft.platforms,
		target: variant.target ?? draft.target,
		skip: variant.skip ?? draft.skip
	};
}
function specPublished(entry) {
	if (!entry?.publishedName) return null;
	const reference = /^(?:[a-zA-Z0-9.:_-]+\/)*([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)$/.exec(entry.publishedName);
	if (reference?.[1] && entry.publishedName.length <= 255) return {
		repository: reference[1],
		tagPrefix: ""
	};
	throw entry.error("name", `${JSON.stringify(entry.publishedName)} is no name that a registry takes`, ["Small letters and digits, divided by single . or _, by __ or by hyphens; a prefix before the last / may be there; no tag"]);
}
/** A list for a message, cut where it would fill the screen. */
function listed(names) {
	return names.length > 20 ? `${names.slice(0, 20).join(", ")} and ${names.length - 20} more` : names.join(", ") || "none";
}
/** An error for an image that was asked for and is not there. */
function unknownImage(name, names) {
	return new ActionError("usage", `there is no image ${JSON.stringify(name)} in this stack`, [...suggestion(name, names), `Images here: ${listed(names)}`]);
}
// src/stack/context.ts
/**
* The build context: spec.yml's, else the image's folder; but the stack's folder, the repository's root or a folder `context`
* there where the sources of COPY are all there and not all in the image's folder.
*/
function contextOf(question, reading, index, notes) {
	if (question.given !== null) return question.given;
	const sources = reading.sources.map(plainPart).filter((source) => source !== ".");
	const missing = sources.filter((source) => !exists(index, question.folder, source));
	if (missing.length === 0) return question.folder;
	const wider = [question.stackPath, "."].filter((folder) => isUnder(question.folder, folder)).flatMap((folder) => [folder, posix.join(folder, "context")]).find((folder) => folder !== question.folder && sources.every((source) => exists(index, folder, source)));
	const text = wider === void 0 ? `${listed(missing)}: copied, but not in the repository` : `built with ${wider} as its context: ${missing[0]} is there and not in ${question.folder}`;
	notes.push({
		path: question.dockerfile,
		line: null,
		text
	});
	return wider ?? question.folder;
}
/**
* Throws ActionError('spec') where a folder that spec.yml gives is a symbolic link or lies behind one: BuildKit would follow it, to
* files of the machine or to files whose changes nobody sees.
*/
function refuseLinked(entry, symlinks) {
	const given = [["context", entry.context ?? ""], ...Object.values(entry.contexts).map((path) => ["contexts", path])];
	for (const [key = "", path = ""] of given) {
		const link = symlinks.find((candidate) => isUnder(path, candidate));
		if (link) throw entry.error(key, `${link} is a symbolic link, which is not followed`, ["Give the folder itself"]);
	}
}
/** What counts of the context: the sources, all in doubt, and the ignore file that BuildKit takes. */
function readsOf(dockerfile, context, reading, tree, links, patternsOf, notes) {
	const link = linkRead(context, reading.sources, links);
	if (link !== void 0) {
		const text = `${link} is a link or a submodule: the whole context counts`;
		notes.push({
			path: dockerfile,
			line: null,
			text
		});
	}
	const ignore = tree.contents.get(`${dockerfile}.dockerignore`) ?? tree.contents.get(posix.join(context, ".dockerignore"));
	return {
		all: reading.doubt || reading.sources.includes(".") || link !== void 0,
		patterns: reading.sources,
		ignore: ignore === void 0 ? null : patternsOf(ignore)
	};
}
/** Reads ignore files; many images of a stack have the same one, which then is one list. */
function ignoreFiles() {
	const known = /* @__PURE__ */ new Map();
	return (text) => {
		const patterns = known.get(text) ?? readIgnoreFile(text);
		known.set(text, patterns);
		return patterns;
	};
}
/** The first link or submodule that a source names: COPY follows it to a place that is not known here, and what is in it is not either. */
function linkRead(context, sources, links) {
	const inside = links.filter((link) => isUnder(link, context)).map((link) => context === "." ? link : link.slice(context.length + 1));
	if (inside.length === 0) return void 0;
	for (const source of sources) {
		const expression = isGlob(source) ? globExpression(source) : null;
		const found = inside.find((link) => isGlob(source) ? (expression?.test(link) ?? true) || onTheWay(source, link) : isUnder(source, link));
		if (found !== void 0) return found;
	}
}
/** The part of a source before its first glob, `.` where there is none: what must be there for a folder to be the context. */
function plainPart(source) {
	if (!isGlob(source)) return source;
	const parts = source.split("/");
	return parts.slice(0, parts.findIndex(isGlob)).join("/") || ".";
}
function exists(index, folder, source) {
	const path = folder === "." ? source : source === "." ? folder : `${folder}/${source}`;
	return index.files.has(path) || index.folders.has(path);
}
// src/stack/graph.ts
/** Names with every parent before its children, ties by name. Throws `ActionError('stack')` that shows a cycle. */
function buildOrder(images) {
	const children = childrenOf$1(images);
	const open = new Map(images.map((image) => [image.name, parentNames(image).length]));
	const ready = images.filter((image) => open.get(image.name) === 0).map((image) => image.name).sort(descending);
	const order = [];
	for (let name = ready.pop(); name !== void 0; name = ready.pop()) {
		order.push(name);
		for (const child of children.get(name) ?? []) {
			const left = (open.get(child) ?? 0) - 1;
			open.set(child, left);
			if (left === 0) insert(ready, child);
		}
	}
	if (order.length < images.length) throw cycleError(images, new Set(order));
	return order;
}
/** The names of all images that any of `names` is built on; `names` themselves left out. */
function ancestors(images, names) {
	const byName = new Map(images.map((image) => [image.name, image]));
	return closure(names, (name) => parentNames(byName.get(name)));
}
function childrenOf$1(images) {
	const children = /* @__PURE__ */ new Map();
	for (const image of images) for (const parent of parentNames(image)) {
		const list = children.get(parent);
		if (list) list.push(image.name);
		else children.set(parent, [image.name]);
	}
	return children;
}
function parentNames(image) {
	return [...new Set(image?.parents.map((parent) => parent.name))];
}
function closure(names, next) {
	const found = /* @__PURE__ */ new Set();
	const queue = [...names];
	for (let name = queue.pop(); name !== void 0; name = queue.pop()) for (const other of next(name)) {
		if (found.has(other)) continue;
		found.add(other);
		queue.push(other);
	}
	return found;
}
function descending(a, b) {
	return a < b ? 1 : a > b ? -1 : 0;
}
/** Keeps `ready` sorted, last name first, so that the next one is at the end. */
function insert(ready, name) {
	let low = 0;
	for (let high = ready.length; low < high;) {
		const middle = low + high >> 1;
		if ((ready[middle] ?? "") > name) low = middle + 1;
		else high = middle;
	}
	ready.splice(low, 0, name);
}
/** Every image that is left has a parent that is left, so going from parent to parent must come back. */
function cycleError(images, done) {
	const byName = new Map(images.map((image) => [image.name, image]));
	const way = [];
	let name = images.find((image) => !done.has(image.name))?.name ?? "";
	while (!way.includes(name)) {
		way.push(name);
		name = parentNames(byName.get(name)).find((parent) => !done.has(parent)) ?? "";
	}
	const cycle = [...way.slice(way.indexOf(name)), name];
	return new ActionError("stack", `images are built on each other in a circle: ${cycle.join(" → ")}`, ["Read → as \"is built on\". Nothing is built while there is a circle", "Take one of these out of FROM, COPY --from, RUN --mount from= or depends_on in spec.yml"]);
}
// src/stack/edges.ts
/** The images of spec.yml's depends_on and of `contexts: {x: target:IMAGE}`; an unknown one is an error with its line. */
function specParents(draft, names) {
	const { entry } = draft;
	if (!entry) return [];
	const targets = targetContexts(draft).map(([, name]) => ({
		key: "contexts",
		name
	}));
	return [...entry.dependsOn.map((name) => ({
		key: "depends_on",
		name
	})), ...targets].map(({ key, name }) => {
		const found = resolveName(name, names);
		if (found !== null && found !== draft.name) return found;
		const what = found === null ? `there is no image ${JSON.stringify(name)} in this stack` : "an image cannot depend on itself";
		const near = found === null ? suggestion(name, names) : [];
		throw entry.error(key, what, [...near, "Name an image by its folder, relative to the stack"]);
	});
}
/** The edges to the parents of an image and its references to images from outside. */
function edgesOf({ draft, readings, dependsOn }, names, parentOf) {
	const edges = /* @__PURE__ */ new Map();
	const external = /* @__PURE__ */ new Set();
	for (const [at, reading] of readings.entries()) for (const { reference, via, line, base } of reading.references) {
		const found = parentOf(reference);
		if (found === null && at === 0) external.add(reference);
		if (found !== null) addEdge(edges, {
			...found,
			references: [reference],
			via,
			line,
			base: base && at === 0
		});
	}
	const spec = {
		via: "spec",
		line: draft.entry?.line("depends_on") ?? 0,
		base: false
	};
	for (const name of dependsOn) if (!edges.has(name)) addEdge(edges, {
		name,
		references: [],
		how: "depends_on in spec.yml",
		...spec
	});
	for (const [key, text] of targetContexts(draft)) {
		const name = resolveName(text, names);
		if (name !== null) addEdge(edges, {
			name,
			references: [key],
			how: "contexts in spec.yml",
			...spec
		});
	}
	return {
		parents: [...edges.values()],
		external: [...external]
	};
}
/** Named contexts whose value is an image of the stack: `target:IMAGE`. */
function targetContexts(draft) {
	return Object.entries(draft.entry?.contexts ?? {}).flatMap(([key, value]) => value.startsWith("target:") ? [[key, value.slice(7)]] : []);
}
/** The named contexts that buildx takes as they are: all but those of the stack's own images. */
function plainContexts(draft) {
	const contexts = Object.entries(draft.entry?.contexts ?? {});
	return Object.fromEntries(contexts.filter(([, value]) => !value.startsWith("target:")));
}
function addEdge(edges, edge) {
	const known = edges.get(edge.name);
	if (!known) edges.set(edge.name, edge);
	else {
		const first = edge.base && !known.base ? edge : known;
		const references = [.../* @__PURE__ */ new Set([...known.references, ...edge.references])];
		edges.set(edge.name, {
			...first,
			references,
			base: known.base || edge.base
		});
	}
}
// src/stack/lock-sources.ts
/**
* The environment files that a conda-lock.yml was made from (`metadata.sources`), as paths of the repository; null when
* the text names none. Takes the head of the file too: packages begin after the metadata, and a lock holds thousands.
* `isThere` tells of a path whether the repository has it.
*/
function lockSourcesOf(lock, folder, isThere) {
	const head = lock.slice(0, /^package:/m.exec(lock)?.index ?? lock.length);
	const block = /^(?<indent>[ ]+)sources:[ ]*(?<flow>\[[^\]]*\])?[ ]*\r?\n(?<items>(?:\k<indent>[ ]*- .*(?:\r?\n|$))*)/m.exec(head)?.groups;
	if (!block) return null;
	return (block.flow ? block.flow.slice(1, -1).split(",") : (block.items ?? "").split("\n").map((line) => line.replace(/^\s*- /, ""))).map((item) => item.trim().replace(/^(['"])(.*)\1$/, "$2").replaceAll("''", "'")).filter(Boolean).flatMap((source) => posix.isAbsolute(source) ? endingsOf(source).find(isThere) ?? [] : posix.join(folder, source)).filter((path) => path !== ".." && !path.startsWith("../"));
}
/** conda-lock 1 wrote absolute paths, of whichever machine: what such a one may be in this repository, the longest first. */
function endingsOf(source) {
	const parts = source.split("/").filter(Boolean);
	return parts.map((_, at) => parts.slice(at).join("/")).filter((path) => !path.split("/").includes(".."));
}
// src/stack/arguments.ts
/** Made once: `$PATH` of a base image is asked for in every second Dockerfile, and an error's stack costs time. */
const unknownValue = new Doubt("a variable of the base image");
/** The arguments before the first FROM, with the platform arguments that BuildKit predefines there. */
function globalArguments(dockerfile, options) {
	const environment = platformArguments(options);
	for (const instruction of dockerfile.instructions) {
		if (instruction.keyword === "FROM") break;
		if (instruction.keyword !== "ARG") continue;
		for (const { name, value } of declarations(instruction, dockerfile.escapeChar)) {
			const given = own(options.args, name);
			if (given !== void 0) environment.set(name, given);
			else if (value !== null) environment.set(name, evaluate(value, dockerfile.escapeChar, environment, true));
		}
	}
	return environment;
}
/**
* Applies an ARG of a stage: the build argument, else the default, else the global argument of that name. An ARG
* without any of them leaves what the base has set.
*/
function applyArg(stage, instruction, scope) {
	for (const { name, value } of declarations(instruction, scope.escapeChar)) {
		const given = own(scope.args, name);
		if (given !== void 0) stage.set(name, given);
		else if (value !== null) stage.set(name, evaluate(value, scope.escapeChar, stage, scope.closed));
		else if (scope.global.has(name)) stage.set(name, scope.global.get(name) ?? null);
	}
}
/** Applies an ENV of a stage: `NAME=value …` or `NAME value`. */
function applyEnv(stage, instruction, escapeChar, closed) {
	const words = fields(instruction.rest, escapeChar);
	const first = words[0] ?? "";
	const pairs = first.includes("=") ? words.map((word) => pair(word)) : [{
		name: first,
		value: instruction.rest.slice(first.length).trim()
	}];
	const values = pairs.map(({ value }) => evaluate(value ?? "", escapeChar, stage, closed));
	for (const [at, { name }] of pairs.entries()) if (name) stage.set(name, values[at] ?? null);
}
/**
* Replaces the variables of a text. `closed`: a variable that is not there is empty (global scope, FROM scratch); else
* the base image may have set it and the answer is null: in doubt.
*/
function evaluate(text, escapeChar, environment, closed) {
	try {
		return expandWord(text, escapeChar, (name) => {
			const value = environment.get(name);
			if (value === null || value === void 0 && !closed) throw unknownValue;
			return value;
		});
	} catch (error) {
		if (error instanceof Doubt || error instanceof RangeError) return null;
		throw error;
	}
}
const predefined = /* @__PURE__ */ new Map();
function platformArguments(options) {
	const environment = new Map(predefined.get(options.platform) ?? predefine(options.platform));
	environment.set("TARGETSTAGE", options.target ?? "default");
	for (const name of Object.keys(options.args)) if (environment.has(name)) environment.set(name, options.args[name] ?? "");
	return environment;
}
/** What BuildKit sets for a platform; the same for all Dockerfiles of a stack. */
function predefine(platform) {
	const [os = "", architecture = "", variant = ""] = platform.split("/");
	const environment = /* @__PURE__ */ new Map();
	for (const side of ["BUILD", "TARGET"]) {
		environment.set(`${side}PLATFORM`, platform);
		environment.set(`${side}OS`, os);
		environment.set(`${side}OSVERSION`, "");
		environment.set(`${side}ARCH`, architecture);
		environment.set(`${side}VARIANT`, variant);
	}
	predefined.set(platform, environment);
	return environment;
}
/** `ARG A=1 B "C=x" # text`: to BuildKit `#` and `text` are arguments of these names, which does no harm. */
function declarations(instruction, escapeChar) {
	return fields(instruction.rest, escapeChar).map(pair);
}
function pair(word) {
	const equals = word.indexOf("=");
	return equals < 0 ? {
		name: word,
		value: null
	} : {
		name: word.slice(0, equals),
		value: word.slice(equals + 1)
	};
}
function own(record, name) {
	return Object.hasOwn(record, name) ? record[name] : void 0;
}
// src/stack/mounts.ts
const known = /* @__PURE__ */ new WeakMap();
/** The mounts of a RUN in their order. They are asked for more than once, and read once. */
function mountsOf(run) {
	const mounts = known.get(run) ?? readMounts(run);
	known.set(run, mounts);
	return mounts;
}
function readMounts(run) {
	return run.flags.filter((flag) => flag.startsWith("--mount=")).map((flag) => readMount$1(flag.slice(8)));
}
/** `type=bind,from=…`: comma separated, a field with a comma in double quotes; BuildKit's names and short names. */
function readMount$1(text) {
	const values = /* @__PURE__ */ new Map();
	for (const field of text.match(/(?:"(?:[^"]|"")*"|[^,])+/g) ?? []) {
		const plain = field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field;
		const equals = plain.indexOf("=");
		if (equals > 0) values.set(plain.slice(0, equals).toLowerCase(), plain.slice(equals + 1));
	}
	const get = (...names) => names.map((name) => values.get(name)).find((value) => value !== void 0) ?? null;
	return {
		type: (get("type") ?? "bind").toLowerCase(),
		from: get("from") || null,
		source: get("source", "src"),
		target: get("target", "dst", "destination"),
		id: get("id")
	};
}
// src/stack/stages.ts
/** Divides a Dockerfile into its stages and tells which stage each is based on. */
function readStages(dockerfile, options) {
	const global = globalArguments(dockerfile, options);
	const list = [];
	const known = /* @__PURE__ */ new Map();
	const working = /* @__PURE__ */ new Set();
	let commands = [];
	for (const instruction of dockerfile.instructions) if (instruction.keyword === "FROM") {
		commands = [];
		const stage = readFrom(instruction, list.length, {
			global,
			known,
			commands,
			escapeChar: dockerfile.escapeChar
		});
		list.push(stage);
		if (stage.name) known.set(stage.name, stage.index);
	} else {
		if (instruction.keyword !== "ARG") working.add(list.length - 1);
		if (matters(instruction)) commands.push(instruction);
	}
	return {
		list: list.map((stage) => withTriggers(stage, list, dockerfile.escapeChar, options)),
		byName: known,
		global,
		escapeChar: dockerfile.escapeChar,
		working
	};
}
/** Index of the stage that is built: the target by name or number, else the last one; -1 when there is no such stage. */
function targetStage(stages, target) {
	return target === null ? stages.list.length - 1 : findStage(stages, target) ?? -1;
}
/** The stage that a `from` names: its name, or for COPY its number. Null when it is a reference to an image. */
function findStage(stages, from) {
	const index = stages.byName.get(from.toLowerCase());
	if (index !== void 0) return index;
	return /^\d+$/.test(from) && Number(from) < stages.list.length ? Number(from) : null;
}
/** Indexes of the stages that BuildKit builds for a target, in the order of the file. */
function reachableStages(stages, target, contexts) {
	const seen = /* @__PURE__ */ new Set();
	const queue = [target];
	for (let at = queue.pop(); at !== void 0; at = queue.pop()) {
		const stage = stages.list[at];
		if (!stage || seen.has(at)) continue;
		seen.add(at);
		if (stage.name && contexts.has(stage.name)) continue;
		if (stage.baseStage !== null) queue.push(stage.baseStage);
		for (const from of stage.commands.flatMap(fromsOf)) {
			const found = isContext(contexts, from) ? null : findStage(stages, from);
			if (found !== null) queue.push(found);
		}
	}
	return [...seen].sort((a, b) => a - b);
}
/** The `from` of a COPY or of the mounts of a RUN, as written. */
function fromsOf(command) {
	if (command.keyword === "COPY") return command.flags.filter((flag) => flag.startsWith("--from=")).map((flag) => flag.slice(7));
	if (command.keyword === "RUN") return mountsOf(command).flatMap((mount) => mount.from ? [mount.from] : []);
	return [];
}
/** True where spec.yml's contexts put something in the place of this reference, as BuildKit compares them. */
function isContext(contexts, reference) {
	return contexts.size > 0 && (contexts.has(reference) || contexts.has(contextKey(reference)));
}
const meaningful = /* @__PURE__ */ new Set([
	"ARG",
	"ENV",
	"COPY",
	"ADD",
	"ONBUILD"
]);
/** Most of a Dockerfile is RUN without a mount, which takes nothing from outside. */
function matters({ keyword, flags }) {
	return keyword === "RUN" ? flags.length > 0 : meaningful.has(keyword);
}
function readFrom(instruction, index, scope) {
	const words = instruction.rest.split(/\s+/);
	const value = evaluate(words[0] ?? "", scope.escapeChar, scope.global, true);
	const base = value && /^\w[\w.:/@+-]*$/.test(value) && !value.endsWith("/") ? value : null;
	return {
		index,
		name: words[1]?.toLowerCase() === "as" ? words[2]?.toLowerCase() ?? null : null,
		base,
		baseStage: base === null ? null : scope.known.get(base) ?? null,
		line: instruction.line,
		commands: scope.commands
	};
}
/** ONBUILD of the base stage, or of the image of the stack that is the base, runs first in this stage. */
function withTriggers(stage, list, escapeChar, options) {
	const base = stage.baseStage === null ? void 0 : list[stage.baseStage];
	const triggers = base ? triggersOf(base, escapeChar) : options.triggers.get(stage.base ?? "") ?? [];
	if (triggers.length === 0) return stage;
	return {
		...stage,
		commands: [...triggers.map((trigger) => ({
			...trigger,
			line: stage.line
		})), ...stage.commands]
	};
}
/** The instructions that a stage leaves to those that are built on it. */
function triggersOf(stage, escapeChar) {
	return stage.commands.filter((command) => command.keyword === "ONBUILD").flatMap((command) => triggerOf(command, escapeChar) ?? []);
}
// src/stack/sources.ts
/** Adds what a COPY, ADD or RUN takes from other images and from the context. */
function readCommand(draft, command, scope) {
	for (const from of fromsOf(command)) {
		if (findStage(scope.stages, from) !== null || from === "scratch" || isContext(scope.contexts, from)) continue;
		draft.references.push({
			reference: from,
			via: command.keyword === "RUN" ? "MOUNT" : "COPY",
			line: command.line,
			base: false
		});
	}
	if (command.keyword === "RUN") for (const mount of mountsOf(command)) readMount(draft, command, mount, scope);
	else if (!command.flags.some((flag) => flag.startsWith("--from="))) for (const source of listArguments(command.rest).slice(0, -1)) {
		if (heredocName(source) || command.keyword === "ADD" && isRemote(source)) continue;
		addSource(draft, source, command, scope);
	}
}
function readMount(draft, command, mount, scope) {
	const type = mount.type.includes("$") ? "bind" : mount.type;
	if (type === "bind" && !mount.from) addSource(draft, mount.source ?? ".", command, scope);
	if (type !== "cache") return;
	const target = posix.resolve("/", expandedSource(mount.target ?? "", scope) ?? mount.target ?? "");
	draft.cacheMounts.push({
		id: mount.id && expandedSource(mount.id, scope) || target,
		target,
		line: command.line
	});
}
/** A path that is clean as it stands: most are. */
const plainPath = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;
function addSource(draft, source, command, scope) {
	const value = expandedSource(source, scope);
	if (value === null) {
		draft.doubt = true;
		draft.remarks.push({
			line: command.line,
			text: `${source} depends on the base image's variables: the whole context counts`
		});
		return;
	}
	if (command.keyword === "ADD" && isRemote(value)) return;
	const clean = plainPath.test(value) ? value : posix.join("/", value).slice(1).replace(/\/$/, "") || ".";
	draft.sources.add(clean);
}
function expandedSource(text, scope) {
	return text.includes("$") || /['"\\`]/.test(text) ? evaluateSource(text, scope) : text;
}
/** A backslash before a character of a glob stays for the glob, so only variables and quotes are replaced here. */
function evaluateSource(text, scope) {
	return evaluate(text.replace(/\\(?=[*?[\]\\])/g, "\\\\"), scope.stages.escapeChar, scope.variables, scope.closed);
}
function isRemote(source) {
	return /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(source);
}
// src/stack/reads.ts
/** Reads what the target of a Dockerfile takes from other images and from its context, for one platform. */
function readReads(dockerfile, options) {
	const stages = readStages(dockerfile, options);
	const target = targetStage(stages, options.target);
	const draft = {
		references: [],
		sources: /* @__PURE__ */ new Set(),
		doubt: false,
		cacheMounts: [],
		remarks: []
	};
	const reachable = reachableStages(stages, target, options.contexts);
	const bottom = bottomStage(stages, target);
	const environments = /* @__PURE__ */ new Map();
	const expands = reachable.some((index) => stages.list[index]?.commands.some(asksVariable));
	for (const index of reachable) readStage(draft, {
		stages,
		index,
		bottom,
		environments,
		expands,
		options
	});
	const built = new Set(reachable);
	for (const stage of stages.list) {
		if (built.has(stage.index)) continue;
		draft.remarks.push({
			line: stage.line,
			text: `stage ${stage.name ?? stage.index} is not built: what it names does not count`
		});
	}
	const last = stages.list[target];
	const base = stages.list[bottom]?.base ?? null;
	return {
		...draft,
		sources: [...draft.sources],
		base: base === "scratch" ? null : base,
		triggers: last ? triggersOf(last, dockerfile.escapeChar) : [],
		bare: last !== void 0 && last.baseStage === null && !stages.working.has(target),
		stageNames: stages.list.flatMap((stage) => stage.name ?? []),
		target
	};
}
/** Whether a source or a mount is told by a variable: few are, and else no ARG or ENV of a stage matters here. */
function asksVariable({ keyword, flags, rest }) {
	if (keyword === "RUN") return flags.some((flag) => flag.includes("$"));
	return (keyword === "COPY" || keyword === "ADD") && rest.includes("$");
}
function bottomStage(stages, target) {
	let at = target;
	for (let next = stages.list[at]?.baseStage; next !== null && next !== void 0; next = stages.list[at]?.baseStage) at = next;
	return at;
}
function readStage(draft, scope) {
	const { stages, index, environments, options } = scope;
	const stage = stages.list[index];
	if (!stage || stage.name && options.contexts.has(stage.name)) return;
	if (stage.base === null) draft.remarks.push({
		line: stage.line,
		text: "FROM has no value that can be pulled: give the build argument (args in spec.yml), or a default in the Dockerfile"
	});
	else if (stage.baseStage === null && stage.base !== "scratch" && !isContext(options.contexts, stage.base)) draft.references.push({
		reference: stage.base,
		via: "FROM",
		line: stage.line,
		base: index === scope.bottom
	});
	const inherited = stage.baseStage === null ? void 0 : environments.get(stage.baseStage);
	const variables = new Map(inherited?.variables);
	const closed = inherited?.closed ?? stage.base === "scratch";
	environments.set(index, {
		variables,
		closed
	});
	for (const command of stage.commands) {
		const { global, escapeChar } = stages;
		const { keyword } = command;
		if (keyword === "COPY" || keyword === "ADD" || keyword === "RUN") readCommand(draft, command, {
			stages,
			contexts: options.contexts,
			variables,
			closed
		});
		else if (!scope.expands) continue;
		else if (keyword === "ARG") applyArg(variables, command, {
			global,
			args: options.args,
			escapeChar,
			closed
		});
		else if (keyword === "ENV") applyEnv(variables, command, escapeChar, closed);
	}
}
// src/stack/images.ts
/** Reads the Dockerfiles of the images, finds their parents, and joins all that is known of each. */
function readImages(drafts, scope) {
	const names = drafts.map((draft) => draft.name);
	const first = drafts.map((draft) => ({
		draft,
		readings: readDraft(draft, scope, /* @__PURE__ */ new Map()),
		dependsOn: specParents(draft, names)
	}));
	const candidates = first.map(({ draft, readings, dependsOn }) => ({
		...draft,
		dependsOn,
		named: Boolean(draft.entry?.publishedName && draft.tagPrefix),
		references: readings.flatMap((reading) => reading.references)
	}));
	const parentOf = parentFinder(candidates, scope, scope.notes);
	const triggers = new Map(first.map(({ draft, readings }) => [draft.name, readings[0]?.triggers ?? []]));
	return first.map((read, at) => {
		const candidate = candidates[at];
		if (!candidate) throw new Error("a candidate for every image");
		const find = (reference) => parentOf(candidate, reference);
		const inherited = inheritedTriggers(read, find, triggers);
		const full = inherited.size === 0 ? read : {
			...read,
			readings: readDraft(read.draft, scope, inherited)
		};
		return makeImage(full, edgesOf(full, names, find), inherited.size > 0, scope);
	});
}
/** ONBUILD of a parent in the stack, by the reference to it: it runs in the child. */
function inheritedTriggers(read, find, triggers) {
	const froms = read.readings.flatMap((reading) => reading.references).filter((reference) => reference.via === "FROM");
	return new Map(froms.map(({ reference }) => [reference, triggers.get(find(reference)?.name ?? "") ?? []]).filter(([, instructions]) => instructions.length > 0));
}
/** Reads a Dockerfile once, or once for each platform where it asks for the platform. */
function readDraft(draft, scope, triggers) {
	const { dockerfile, entry } = draft;
	const elsewhere = draft.remoteDockerfile !== null;
	const target = elsewhere ? null : draft.target;
	const parsed = elsewhere ? parseDockerfile("FROM scratch\n") : scope.parse(dockerfile);
	const platforms = draft.platforms.length > 0 ? draft.platforms : ["linux/amd64", "linux/arm64"];
	const differ = /\$\{?(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)/.test(scope.tree.contents.get(dockerfile) ?? "");
	const args = {
		...draft.args,
		...scope.buildArgs
	};
	const contexts = new Set(Object.keys(entry?.contexts ?? {}));
	const readings = (differ ? platforms : platforms.slice(0, 1)).map((platform) => readReads(parsed, {
		args,
		platform,
		target,
		contexts,
		triggers
	}));
	if (readings.some((reading) => reading.target < 0)) throw noTarget(draft, readings[0]?.stageNames ?? []);
	return readings;
}
function makeImage(read, edges, triggered, scope) {
	const { draft } = read;
	const { dockerfile, folder, entry } = draft;
	if (entry) refuseLinked(entry, scope.symlinks);
	const reading = joined(read.readings);
	const guess = !triggered && guessesOnbuild(reading, edges.external);
	noteReading(dockerfile, reading, guess, scope.notes);
	const context = contextOf({
		dockerfile,
		folder,
		given: entry?.context ?? null,
		stackPath: scope.path
	}, reading, scope.index, scope.notes);
	if (isAddress(context)) {
		const text = `${draft.remoteDockerfile === null ? "its context is" : "its Dockerfile and context are in"} ${context}: changes there are not seen, only a forced build takes them (no-cache)`;
		scope.notes.push({
			path: dockerfile,
			line: null,
			text
		});
	}
	const reads = readsOf(dockerfile, context, reading, scope.tree, scope.links, scope.patternsOf, scope.notes);
	const { name, repository, tagPrefix, registries, target, args, platforms, skip } = draft;
	return {
		name,
		repository,
		tagPrefix: `${scope.tagPrefix}${tagPrefix}`,
		registries,
		path: folder,
		dockerfile,
		origin: originOf(draft),
		context,
		target,
		args,
		platforms,
		...draft.remoteDockerfile === null ? {} : { remoteDockerfile: draft.remoteDockerfile },
		parents: edges.parents,
		external: edges.external,
		base: reading.base,
		stages: reading.stageNames,
		lockSources: entry?.lockSources ?? lockSources(folder, scope),
		reads: {
			...reads,
			all: reads.all || guess
		},
		cacheMounts: reading.cacheMounts,
		contexts: plainContexts(draft),
		skip,
		declared: entry?.declared ?? {
			test: [],
			manifests: [],
			rebuild: scope.rebuild,
			lockPlatforms: []
		},
		...entry?.wording ? { wording: entry.wording } : {}
	};
}
function originOf(draft) {
	const { dockerfile, folder, own, entry, name } = draft;
	if (draft.remoteDockerfile !== null) return `line ${entry?.line("")} of spec.yml, its Dockerfile in its context`;
	const found = own ? `named by its file, ${posix.basename(dockerfile)}` : folder === "." ? "in the root" : "named by its folder";
	if (!entry) return found;
	const version = entry.variants.length > 0 ? `, one of its ${entry.variants.length} variants` : "";
	return `${name === folder || name.startsWith(entry.key) || name.endsWith(`/${entry.key}`) ? `${found}, and ` : ""}line ${entry.line("")} of spec.yml${version}`;
}
function noteReading(dockerfile, reading, guess, notes) {
	for (const { line, text } of reading.remarks) notes.push({
		path: dockerfile,
		line,
		text
	});
	if (!guess) return;
	notes.push({
		path: dockerfile,
		line: null,
		text: "its base may run ONBUILD instructions here: the whole context counts"
	});
}
function lockSources(folder, { tree, index }) {
	const lock = ["conda-lock.yml", "conda-lock.yaml"].map((file) => tree.contents.get(posix.join(folder, file))).find(Boolean);
	return lock && lockSourcesOf(lock, folder, (path) => index.files.has(path)) || [];
}
function noTarget({ dockerfile, target, entry }, stages) {
	const message = `${dockerfile} has no stage ${target}`;
	const details = [...suggestion(target ?? "", stages), `Stages here: ${stages.join(", ") || "none has a name"}`];
	return entry?.error("target", message, details) ?? new ActionError("stack", message, details);
}
/** What is read on any platform; names and base as on the first. */
function joined(readings) {
	const [first, ...others] = readings;
	if (!first) throw new Error("a reading for every image");
	if (others.length === 0) return first;
	return {
		...first,
		sources: [...new Set(readings.flatMap((reading) => reading.sources))],
		doubt: readings.some((reading) => reading.doubt)
	};
}
/** A Dockerfile of nothing but FROM is there for its base's ONBUILD; so is one whose base says so in its name. */
function guessesOnbuild(reading, external) {
	const base = reading.base ?? "";
	return external.includes(base) && (reading.bare || /onbuild/i.test(base));
}
// src/stack/read-stack.ts
/**
* Reads the images of a repository and how they are built on each other. Throws `ActionError` ('spec', 'stack', or
* 'input' for a path or spec that is not there) and gives nothing partial. Asynchronous only because libraries for spec.yml are
* loaded where there is one.
*/
async function readStack(tree, options) {
	const index = indexTree(tree);
	const left = [];
	const parse = parser(tree);
	const { path, found } = discover({
		tree,
		parse,
		notes: left
	}, checkedPath(options.path, tree, index));
	const notes = [];
	const linked = tree.entries.filter((entry) => /^1[26]0000$/.test(entry.mode));
	const links = linked.map((entry) => entry.path);
	const symlinks = linked.filter((entry) => entry.mode === "120000").map((entry) => entry.path);
	const spec = await findSpec(tree, options.spec, options.path === "" ? [path, "."] : [path], notes);
	const drafts = draftImages(found, path, spec, tree, notes).sort((a, b) => a.name < b.name ? -1 : 1);
	if (drafts.length === 0) throw nothingFound(path);
	const taken = new Set(drafts.map((draft) => draft.dockerfile));
	notes.unshift(...left.filter((note) => !taken.has(note.path)));
	noteLinks(tree, path, notes);
	const prefixes = [...options.registries, ...spec?.prefixes ?? []];
	const shared = {
		tagPrefix: spec?.tagPrefix ?? "",
		rebuild: spec?.rebuild ?? null
	};
	const images = readImages(drafts, {
		tree,
		index,
		parse,
		notes,
		buildArgs: options.buildArgs,
		prefixes,
		...shared,
		path,
		links,
		symlinks,
		patternsOf: ignoreFiles()
	});
	return {
		path,
		images,
		order: buildOrder(images),
		notes,
		ignore: spec?.ignore ?? [],
		buildAll: spec?.buildAll ?? [],
		spec: spec?.file ?? null,
		...spec?.wording ? { wording: spec.wording } : {}
	};
}
// src/stack/select.ts
/**
* The images that a command line names and all that they are built on. A name is an image's, its last part where that is
* clear, or its folder (`images/base-notebook/`). Throws `ActionError('usage')` for one that is not there.
*/
function selectImages(stack, names) {
	const chosen = names.map((text) => findImage(stack, text).name);
	return /* @__PURE__ */ new Set([...chosen, ...ancestors(stack.images, chosen)]);
}
/** The image that a person names. Throws `ActionError('usage')` for one that is not there. */
function findImage(stack, text) {
	const known = stack.images.map((image) => image.name);
	const folder = text.replace(/^\.\//, "").replace(/\/+$/, "");
	const inFolder = stack.images.filter((image) => image.path === folder);
	const name = resolveName(folder, known) ?? (inFolder.length === 1 ? inFolder[0]?.name : void 0);
	const image = stack.images.find((other) => other.name === name);
	if (image === void 0) throw unknownImage(text, known);
	return image;
}
// src/tools/git-settings.ts
/** Configuration that a repository's own must not decide: no hooks, no quoting, no helper programs. */
const gitSettings = [
	"-c",
	"core.hooksPath=/dev/null",
	"-c",
	"core.quotePath=false",
	"-c",
	"core.fsmonitor=false",
	"-c",
	"protocol.ext.allow=never"
];
/** Variables by which a caller (a git hook, say) points git at another repository than the folder's. */
const foreign = [
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_COMMON_DIR",
	"GIT_NAMESPACE",
	"GIT_PREFIX"
];
/** The environment for git: `env` without what points elsewhere; no locks, no prompts, no downloads, plain path names. */
function gitEnvironment(env) {
	return {
		...env,
		...Object.fromEntries(foreign.map((name) => [name, void 0])),
		LC_ALL: "C",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_LITERAL_PATHSPECS: "1",
		GIT_TERMINAL_PROMPT: "0",
		GIT_NO_LAZY_FETCH: "1"
	};
}
// src/tools/git.ts
/** Local git, read only, below one folder. All paths are relative to that folder, which counts as the repository's root. */
var Git = class {
	#cwd;
	#env;
	/** Commits by the revisions that name them: a run asks for HEAD and its base again and again, and moves neither. */
	#commits = /* @__PURE__ */ new Map();
	constructor({ cwd, env }) {
		this.#cwd = cwd;
		this.#env = gitEnvironment(env);
	}
	/** Whether the folder lies in a git work tree and is not ignored by it. Throws where git does not trust its owner. */
	async isRepository() {
		const ended = await execute(this.#command([
			"rev-parse",
			"--is-inside-work-tree",
			"--show-prefix",
			"HEAD^{commit}"
		])).catch(() => null);
		if (ended?.stderr.includes("dubious ownership")) throw new ActionError("git", `${this.#cwd} belongs to another user: git does not read it`, [`git config --global --add safe.directory '${this.#cwd}' (in a container: as the user that runs this)`]);
		const [inside, prefix, commit = ""] = ended?.stdout.toString().split("\n") ?? [];
		if (inside !== "true") return false;
		if (ended?.status === 0) this.#commits.set("HEAD", commit);
		if (prefix === "") return true;
		const ask = this.#command([
			"check-ignore",
			"--quiet",
			"."
		]);
		return (await execute({
			...ask,
			env: {
				...ask.env,
				GIT_LITERAL_PATHSPECS: void 0
			}
		})).status !== 0 || (await this.#bytes(["ls-files", "-z"])).length > 0;
	}
	/** The commit that a revision names; null where it names none here (unknown, or not fetched). */
	async commit(revision) {
		const known = this.#commits.get(revision);
		if (known) return known;
		const ended = await execute(this.#command([
			"rev-parse",
			"--verify",
			"--quiet",
			"--end-of-options",
			`${revision}^{commit}`
		]));
		if (ended.status !== 0) return null;
		const commit = ended.stdout.toString().trim();
		for (const name of [revision, commit]) this.#commits.set(name, commit);
		return commit;
	}
	/** Parents of a commit as it records them, also where a shallow clone does not hold them. */
	async parents(commit) {
		const text = await this.#text([
			"cat-file",
			"commit",
			commit
		]);
		return [...text.slice(0, text.indexOf("\n\n")).matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? "");
	}
	/** The newest commit that both have; null without one, or where the history is cut (a shallow clone). */
	async mergeBase(one, other) {
		const ended = await execute(this.#command([
			"merge-base",
			"--end-of-options",
			one,
			other
		]));
		return ended.status === 0 ? ended.stdout.toString().trim() : null;
	}
	/** The branch that is checked out; null on a detached head. */
	async branch() {
		const ended = await execute(this.#command([
			"symbolic-ref",
			"--quiet",
			"HEAD"
		]));
		const ref = ended.stdout.toString().trim();
		return ended.status === 0 && ref.startsWith("refs/heads/") ? ref.slice(11) : null;
	}
	/**
	* Commits from `revision` back along first parents, newest first, `revision` included, at most `limit`. Of a revision
	* that a shallow clone lacks nothing else is known.
	*/
	async ancestors(revision, limit) {
		if (!await this.commit(revision)) return [revision];
		return (await this.#text([
			"rev-list",
			"--first-parent",
			`--max-count=${limit}`,
			"--end-of-options",
			revision,
			"--"
		])).split("\n").filter(Boolean);
	}
	/** Committer time of a commit, seconds since the epoch: the reproducible `created` of what is built from it. */
	async commitTime(revision) {
		const text = await this.#text([
			"cat-file",
			"commit",
			revision
		]);
		return Number(/^committer .*> (\d+) [+-]\d+$/m.exec(text.slice(0, text.indexOf("\n\n")))?.[1] ?? 0);
	}
	/** The URL of the remote `origin`, null without one. It may hold a user and a password. */
	async remoteUrl() {
		const ended = await execute(this.#command([
			"config",
			"--get",
			"remote.origin.url"
		]));
		return ended.status === 0 ? ended.stdout.toString().trim() : null;
	}
	/**
	* Files that differ between two commits, or between a commit and the work tree (`head` null, new files included, those
	* of `listing` where there is one).
	*/
	async changedFiles(base, head, listing) {
		const [changed, untracked] = await Promise.all([this.#bytes([
			...[
				"diff",
				"--name-only",
				"--no-renames",
				"--no-ext-diff",
				"--no-textconv",
				"--ignore-submodules=none",
				"--relative",
				"-z"
			],
			"--end-of-options",
			base,
			...head ? [head] : [],
			"--"
		]), head ? [] : listing?.untracked ?? this.untracked()]);
		return [.../* @__PURE__ */ new Set([...names(changed), ...untracked])];
	}
	/** Files of the work tree that git neither tracks nor ignores. */
	async untracked() {
		return names(await this.#bytes([
			"ls-files",
			"-z",
			"--others",
			"--exclude-standard"
		]));
	}
	/** Whether the work tree differs from HEAD; so does every tree before the first commit. */
	async isDirty() {
		if (await this.commit("HEAD") === null) return true;
		return (await this.changedFiles("HEAD", null)).length > 0;
	}
	/** Lists the work tree by three processes at once; none of them waits for another, or for being waited for. */
	listing() {
		const tracked = this.#bytes([
			"ls-files",
			"-z",
			"--stage"
		]).then((bytes) => names(bytes).map((line) => ({
			mode: line.slice(0, 6),
			path: line.slice(line.indexOf("	") + 1)
		})));
		const deleted = this.#bytes([
			"ls-files",
			"-z",
			"--deleted"
		]).then(names);
		const untracked = this.untracked();
		for (const part of [
			tracked,
			deleted,
			untracked
		]) part.catch(() => void 0);
		return {
			tracked,
			deleted,
			untracked
		};
	}
	/** The files of the work tree: tracked and there, and new ones that are not ignored. */
	async workTree(listing = this.listing()) {
		const [tracked, deleted, untracked] = await Promise.all([
			listing.tracked,
			listing.deleted,
			listing.untracked
		]);
		const gone = new Set(deleted);
		return [...tracked.filter(({ path }, at) => path !== tracked[at + 1]?.path && !gone.has(path)), ...await this.#entries(untracked)];
	}
	/** Untracked files with the mode that git would give them; a repository inside counts as a submodule. */
	async #entries(untracked) {
		return await Promise.all(untracked.map(async (name) => {
			if (name.endsWith("/")) return {
				mode: "160000",
				path: name.slice(0, -1)
			};
			return {
				mode: (await lstat(path.join(this.#cwd, name)).catch(() => null))?.isSymbolicLink() ? "120000" : "100644",
				path: name
			};
		}));
	}
	/** The files of a commit, with object id and size in bytes. */
	async tree(revision) {
		return names(await this.#bytes([
			"ls-tree",
			"-r",
			"-l",
			"-z",
			"--end-of-options",
			revision
		])).map((line) => {
			const tab = line.indexOf("	");
			const [mode = "", , oid = "", size = "0"] = line.slice(0, tab).split(/ +/);
			return {
				mode,
				oid,
				size: Number(size) || 0,
				path: line.slice(tab + 1)
			};
		});
	}
	/** Contents of blobs by object id, in one process. Throws ActionError('git') where one is missing. */
	async blobs(oids) {
		const found = await this.objects(oids);
		const missing = oids.find((_, at) => !found[at]);
		if (missing !== void 0) throw new ActionError("git", `git object ${missing} is missing`, ["the clone is partial: fetch it whole (actions/checkout without `filter`)"]);
		return new Map(oids.map((oid, at) => [oid, found[at] ?? Buffer.alloc(0)]));
	}
	/** Contents of what git's names of objects stand for, `COMMIT:PATH` among them, in one process; null for what is missing. */
	async objects(objects) {
		if (objects.length === 0) return [];
		const bytes = await output({
			...this.#command(["cat-file", "--batch"]),
			input: `${objects.join("\n")}\n`
		});
		const found = [];
		for (let at = 0; at < bytes.length;) {
			const end = bytes.indexOf(10, at);
			const size = /^[0-9a-f]+ [a-z]+ (\d+)$/.exec(bytes.toString("latin1", at, end))?.[1];
			found.push(size === void 0 ? null : bytes.subarray(end + 1, end + 1 + Number(size)));
			at = size === void 0 ? end + 1 : end + 1 + Number(size) + 1;
		}
		return found;
	}
	async #text(args) {
		return (await this.#bytes(args)).toString();
	}
	async #bytes(args) {
		return await output(this.#command(args));
	}
	#command(args) {
		return {
			file: "git",
			args: [...gitSettings, ...args],
			cwd: this.#cwd,
			env: this.#env,
			code: "git",
			title: `git ${args[0]}`
		};
	}
};
function names(bytes) {
	return bytes.toString().split("\0").filter(Boolean);
}
// src/tools/github.ts
/** A compare lists this many files at most and does not say that it left some out. */
const compareFiles = 300;
/**
* The files between two commits by GitHub's compare API, for a clone that lacks one of them. GitHub compares the head with
* the merge base of both, which is the base that is given back: where a branch was rewritten it is an older one than
* asked for. Incomplete where GitHub cannot tell or may have cut the list: then everything counts as changed.
*/
async function compareCommits(question) {
	const { repository, base, head } = question;
	const named = /^[0-9a-f]{40,64}$/.test(base);
	const missing = `the base ${named ? `commit ${base.slice(0, 7)}` : `branch ${base}`} is not in this clone`;
	const unknown = (reason) => ({
		base: named ? base : null,
		head,
		complete: false,
		reason,
		files: [],
		added: []
	});
	const octokit = await githubClient(question);
	if (!octokit || !repository) return unknown(missing);
	try {
		const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
			owner: repository.owner,
			repo: repository.name,
			basehead: `${base}...${head}`
		});
		const listed = data.files ?? [];
		if (listed.length >= compareFiles) return unknown(`${missing}, and GitHub’s compare lists ${compareFiles} files at most`);
		const files = listed.flatMap(({ filename, previous_filename: previous }) => [filename, ...previous ? [previous] : []]);
		if (files.some((file) => file.includes("�"))) return unknown(`${missing}, and a changed file’s name is not UTF-8`);
		if (!data.files && data.total_commits > 0) return unknown(`${missing}, and GitHub’s compare lists no files`);
		const added = listed.filter(({ status }) => [
			"added",
			"renamed",
			"copied"
		].includes(status));
		return {
			base: data.merge_base_commit.sha,
			head,
			complete: true,
			reason: null,
			files,
			added: added.map(({ filename }) => filename)
		};
	} catch (error) {
		question.host.out.debug(`compare ${base}...${head}: ${messageOf$1(error)}`);
		return unknown(`${missing}, and GitHub does not compare with it`);
	}
}
/** The first parent of a commit; null where it has none or GitHub cannot tell. */
async function firstParent(question) {
	const octokit = await githubClient(question);
	const { repository, commit } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.repos.getCommit({
			owner: repository.owner,
			repo: repository.name,
			ref: commit,
			per_page: 1
		});
		return data.parents[0]?.sha ?? null;
	} catch (error) {
		question.host.out.debug(`parents of ${commit}: ${messageOf$1(error)}`);
		return null;
	}
}
/** A pull request by number, as the API tells it; null where it cannot be read. Throws ActionError('github') where the API refuses the token. */
async function readPullRequest(question) {
	const octokit = await githubClient(question);
	const { repository, number } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.pulls.get({
			owner: repository.owner,
			repo: repository.name,
			pull_number: number
		});
		return {
			number,
			title: data.title,
			headRef: data.head.ref,
			headSha: data.head.sha,
			baseRef: data.base.ref,
			baseSha: data.base.sha,
			fork: !data.head.repo || data.head.repo.id !== data.base.repo.id || repository.id !== null && data.base.repo.id !== repository.id,
			author: data.user?.id ?? null
		};
	} catch (error) {
		if (error.status === 404) return null;
		throw new ActionError("github", `GitHub does not show pull request ${number}: ${messageOf$1(error)}`, ["the token in github-token needs `pull-requests: read`"], { cause: error });
	}
}
/**
* The commit that a branch of the repository names now; null where GitHub cannot be asked. A run that is slower than
* the next push must not move the branch's tag back.
*/
async function branchHead(question) {
	const octokit = await githubClient(question);
	const { repository, branch } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.git.getRef({
			owner: repository.owner,
			repo: repository.name,
			ref: `heads/${branch}`
		});
		return data.object.sha;
	} catch (error) {
		question.host.out.debug(`head of ${branch}: ${messageOf$1(error)}`);
		return null;
	}
}
// src/tools/tree.ts
/** Longest file that is read for the plan, bytes. Of a lock only the head is wanted. */
const contentBytes = 1048576;
const lockHeadBytes = 65536;
const folderEntries = 5e5;
/**
* The work tree as git sees it: tracked files that are there, and new ones that are not ignored. Tracked files are read while
* git still looks for new ones; `onText` is told of each.
*/
async function readWorkTree({ git, cwd, wanted, listing = git.listing(), onText }) {
	const reader = contentReader(cwd, wanted, onText);
	for (const entry of await listing.tracked) reader.read(entry);
	return reader.treeOf(await git.workTree(listing));
}
/** A folder that git does not know. Symlinks are listed, never followed; `.git` and `node_modules` are passed over. */
async function readFolderTree({ cwd, wanted }) {
	const entries = [];
	for (const folders = [""]; folders.length > 0;) {
		const folder = folders.pop() ?? "";
		for (const child of await childrenOf(cwd, folder)) {
			const name = folder ? `${folder}/${child.name}` : child.name;
			if (child.isDirectory() && child.name !== ".git" && child.name !== "node_modules") folders.push(name);
			if (!child.isDirectory()) entries.push({
				path: name,
				mode: modeOf(child)
			});
		}
		if (entries.length > folderEntries) throw new ActionError("stack", `${cwd} holds more than ${folderEntries} files`, ["name the folder of the images alone (--repo), or make it a git repository: ignored files do not count then"]);
	}
	return contentReader(cwd, wanted).treeOf(entries);
}
async function childrenOf(cwd, folder) {
	try {
		return await readdir(path.join(cwd, folder), { withFileTypes: true });
	} catch (cause) {
		const { code } = cause;
		throw new ActionError("stack", `the folder ${folder || cwd} cannot be read (${code ?? messageOf$1(cause)})`, ["let the user of this run read it, or name the folder of the images alone (--repo)"]);
	}
}
/** The files of a commit, read from git's objects: nothing of the work tree counts. */
async function readCommitTree({ git, revision, wanted }) {
	const entries = await git.tree(revision);
	const small = entries.filter((entry) => wanted(entry.path) && entry.mode.startsWith("100")).filter((entry) => entry.size <= contentBytes || isLock(entry.path));
	const blobs = await git.blobs([...new Set(small.map((entry) => entry.oid))]);
	const read = new Set(small);
	const refused = entries.filter((entry) => wanted(entry.path) && !read.has(entry));
	return {
		entries,
		contents: new Map(small.map((entry) => [entry.path, blobs.get(entry.oid)?.toString("utf8", 0, lockHead(entry.path)) ?? ""])),
		refused: new Map(refused.map((entry) => [entry.path, entry.mode.startsWith("100") ? tooBig : "it is a symlink or a submodule"]))
	};
}
const tooBig = "it is larger than 1 MiB";
/** Reads each wanted file once. Synchronous: for thousands of small files a promise each costs ten times what reading them does. */
function contentReader(cwd, wanted, onText) {
	const known = /* @__PURE__ */ new Map();
	const buffer = Buffer.allocUnsafe(contentBytes);
	const read = ({ path: name }) => {
		const before = known.get(name);
		if (before !== void 0) return before;
		const found = wanted(name) ? readRegular(path.join(cwd, name), name, buffer) : null;
		known.set(name, found);
		if (found && "text" in found) onText?.(name, found.text);
		return found;
	};
	const treeOf = (entries) => {
		const contents = /* @__PURE__ */ new Map();
		const refused = /* @__PURE__ */ new Map();
		for (const entry of entries) {
			const found = read(entry);
			if (found && "text" in found) contents.set(entry.path, found.text);
			else if (found) refused.set(entry.path, found.reason);
		}
		return {
			entries,
			contents,
			refused
		};
	};
	return {
		read,
		treeOf
	};
}
/** Reads a regular file without following a link at its end, and never waits for a FIFO. */
function readRegular(file, name, buffer) {
	let handle = null;
	try {
		handle = openSync(file, constants$1.O_RDONLY | constants$1.O_NOFOLLOW | constants$1.O_NONBLOCK);
		const status = fstatSync(handle);
		if (!status.isFile()) return { reason: "it is not a regular file" };
		if (status.size > contentBytes && !isLock(name)) return { reason: tooBig };
		const bytes = readSync(handle, buffer, 0, Math.min(status.size, lockHead(name)), 0);
		return { text: buffer.toString("utf8", 0, bytes) };
	} catch (error) {
		const { code } = error;
		return { reason: code === "ELOOP" ? "it is a symlink" : `it cannot be read (${code ?? messageOf$1(error)})` };
	} finally {
		if (handle !== null) closeSync(handle);
	}
}
function isLock(name) {
	return /(^|[-./])(conda-)?lock\.ya?ml$|\.lock$/.test(name);
}
function lockHead(name) {
	return isLock(name) ? lockHeadBytes : contentBytes;
}
/** git's mode of a directory entry; what is neither file nor link (FIFO, socket, device) counts as a file and is refused when read. */
function modeOf(entry) {
	return entry.isSymbolicLink() ? "120000" : "100644";
}
// src/steps/changes.ts
/**
* The files that differ between what is checked out and the commit that the event compares with: by local git, by GitHub
* where commits are missing here, else all (in doubt, build). Whatever the base is, an image is only taken from it or from an
* ancestor of it that has the same files: a wrong base costs work, never an image.
*/
async function findChanges(question) {
	const { git, trigger, revision, listing } = question;
	const head = revision ?? await git.commit("HEAD");
	if (!head) return unknownChanges("the repository has no commit");
	if (trigger.kind === "tag" || trigger.kind === "delete") return unknownChanges(`a ${trigger.kind} builds nothing`);
	const place = await findBase(question, head);
	if (!place.base) return {
		...unknownChanges(noBase(trigger)),
		head
	};
	if (/^[0-9a-f]{40,}$/.test(place.base) && await git.commit(place.base)) return await compareHere(question, {
		...place,
		base: place.base,
		head
	});
	const changes = await compareThere(question, {
		...place,
		base: place.base,
		head
	});
	const dirty = revision ? [] : await git.changedFiles("HEAD", null, listing);
	return {
		...changes,
		files: [.../* @__PURE__ */ new Set([...changes.files, ...dirty])]
	};
}
/** A change set that stands for everything, with the reason. */
function unknownChanges(reason) {
	return {
		base: null,
		head: null,
		complete: false,
		reason,
		files: [],
		added: null
	};
}
/** A revision that a person names as a commit. Throws ActionError('usage'). */
async function namedCommit(git, revision, flag) {
	const commit = await git.commit(revision);
	if (commit) return commit;
	throw new ActionError("usage", `${flag}: "${revision}" is not a commit in this repository`, ["fetch it first (`git fetch origin`), or name another revision"]);
}
async function findBase({ git, trigger, host }, head) {
	const direct = {
		sinceMergeBase: false,
		merged: null
	};
	if (host.event.base) return {
		...direct,
		base: await namedCommit(git, host.event.base, "--base")
	};
	const { pullRequest } = trigger;
	if (!pullRequest) {
		if (trigger.head && trigger.head !== head) noteOtherHead(host, `the ${trigger.event} is about ${short(trigger.head)}`, head);
		return {
			...direct,
			base: trigger.base ?? await branchPoint(git, trigger, head)
		};
	}
	const [first, second] = await git.parents(head);
	if (first && second === pullRequest.headSha) return {
		...direct,
		base: first,
		merged: pullRequest
	};
	if (head !== pullRequest.headSha) {
		const { number, headSha } = pullRequest;
		noteOtherHead(host, `the head of pull request ${number} is ${short(headSha)}`, head);
	}
	return {
		base: trigger.base,
		sinceMergeBase: true,
		merged: null
	};
}
/** `pull_request_target`, `issue_comment` and dispatches stand on the default branch unless the workflow checks out more. */
function noteOtherHead(host, about, head) {
	if (host.event.head) return;
	host.out.warning(`${about}, but ${short(head)} is checked out: that is what is planned and built`);
}
/** A new branch is compared with where it left the default branch; in a shallow clone GitHub finds that. */
async function branchPoint(git, trigger, head) {
	const { kind, branch, defaultBranch } = trigger;
	if (kind !== "push" || !defaultBranch || branch === defaultBranch) return null;
	const main = await git.commit(`refs/remotes/origin/${defaultBranch}`);
	return main ? await git.mergeBase(main, head) : defaultBranch;
}
async function compareHere({ git, revision, listing }, place) {
	const { base, head, sinceMergeBase } = place;
	const from = sinceMergeBase ? await git.mergeBase(base, head) ?? base : base;
	return {
		base: from,
		head,
		complete: true,
		reason: null,
		files: await git.changedFiles(from, revision, listing),
		added: null
	};
}
/** What is checked out is compared, not the pull request's head: a merge may hold what neither side has. */
async function compareThere({ trigger, inputs, host }, place) {
	const { base, head, merged } = place;
	const { repository } = trigger;
	const changes = await compareCommits({
		host,
		inputs,
		repository,
		base,
		head
	});
	if (changes.complete || !merged) return changes;
	const plain = await compareCommits({
		host,
		inputs,
		repository,
		base,
		head: merged.headSha
	});
	return plain.complete && plain.base === base ? {
		...plain,
		head
	} : changes;
}
function noBase({ kind, event }) {
	if (kind === "local") return "no base to compare with";
	return kind === "push" ? "the push made the branch, so there is no commit to compare with" : `a ${event} event names no commit to compare with`;
}
function short(commit) {
	return commit.slice(0, 7);
}
export { inline as A, isGlob as C, code as D, wanted as E, mermaidLabel as M, table as N, details as O, watchesOf as S, foundAt as T, refuseSharedTags as _, readFolderTree as a, changedImages as b, compareCommits as c, Git as d, findImage as f, plainPart as g, endingsOf as h, readCommitTree as i, link as j, fence as k, firstParent as l, readStack as m, namedCommit as n, readWorkTree as o, selectImages as p, unknownChanges as r, branchHead as s, findChanges as t, readPullRequest as u, refuseTwins as v, parseAhead as w, readersOf as x, fileRules as y };
