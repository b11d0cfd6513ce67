import { t as __commonJSMin } from "./rolldown-runtime.js";
import { t as pLimit } from "./p-limit.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { n as nameOf$1, r as parseMatchSpec, t as matcherOf } from "./match-spec.js";
import { n as parseVersion, t as compareVersions } from "./version.js";
import { t as originOf } from "./origin.js";
import { t as nearest } from "./nearest.js";
import { a as StatusError, i as withLogin, n as limitedBody, o as AbortError, r as tryAgain, t as causeOf } from "./http.js";
import path from "node:path";
import { hash as hash$1, randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { fork } from "node:child_process";
import { zstdDecompressSync } from "node:zlib";
// src/lock/satisfied.ts
/**
* Finds every dependency of a set of packages that is missing or of another version, every constraint that is broken, every
* name that stands twice, and every one of `specs` (the environment's own) that is not there. Code of its own: it shares
* nothing with the solver. A match spec that cannot be read counts as one that is not fulfilled.
*/
function satisfied(records, virtual, specs = []) {
	const machine = virtual.map((one) => ({
		...one,
		buildNumber: 0
	}));
	const installed = new Map([...machine, ...records].map((record) => [record.name, record]));
	return [
		...records.filter((record) => installed.get(record.name) !== record).map((record) => ({
			by: nameOf(record),
			kind: "twice",
			spec: record.name
		})),
		...specs.filter((spec) => !holds(spec, installed, false)).map((spec) => ({
			by: "",
			kind: "spec",
			spec
		})),
		...records.flatMap((record) => broken(record, installed))
	];
}
function broken(record, installed) {
	const by = nameOf(record);
	const depends = record.depends.filter((spec) => !holds(spec, installed, false));
	const constrains = record.constrains.filter((spec) => !holds(spec, installed, true));
	return [...depends.map((spec) => ({
		by,
		kind: "depends",
		spec
	})), ...constrains.map((spec) => ({
		by,
		kind: "constrains",
		spec
	}))];
}
function holds(text, installed, ifAbsent) {
	const spec = parseMatchSpec(text);
	if (spec === null) return false;
	const candidate = installed.get(spec.name);
	return candidate === void 0 ? ifAbsent : matcherOf(spec)?.(candidate) ?? false;
}
function nameOf({ name, version, build }) {
	return `${name}-${version}-${build}`;
}
// node_modules/@msgpack/msgpack/dist.cjs/utils/utf8.cjs
var require_utf8 = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.utf8Count = utf8Count;
	exports.utf8EncodeJs = utf8EncodeJs;
	exports.utf8EncodeTE = utf8EncodeTE;
	exports.utf8Encode = utf8Encode;
	exports.utf8DecodeJs = utf8DecodeJs;
	exports.utf8DecodeTD = utf8DecodeTD;
	exports.utf8Decode = utf8Decode;
	function utf8Count(str) {
		const strLength = str.length;
		let byteLength = 0;
		let pos = 0;
		while (pos < strLength) {
			let value = str.charCodeAt(pos++);
			if ((value & 4294967168) === 0) {
				byteLength++;
				continue;
			} else if ((value & 4294965248) === 0) byteLength += 2;
			else {
				if (value >= 55296 && value <= 56319) {
					if (pos < strLength) {
						const extra = str.charCodeAt(pos);
						if ((extra & 64512) === 56320) {
							++pos;
							value = ((value & 1023) << 10) + (extra & 1023) + 65536;
						}
					}
				}
				if ((value & 4294901760) === 0) byteLength += 3;
				else byteLength += 4;
			}
		}
		return byteLength;
	}
	function utf8EncodeJs(str, output, outputOffset) {
		const strLength = str.length;
		let offset = outputOffset;
		let pos = 0;
		while (pos < strLength) {
			let value = str.charCodeAt(pos++);
			if ((value & 4294967168) === 0) {
				output[offset++] = value;
				continue;
			} else if ((value & 4294965248) === 0) output[offset++] = value >> 6 & 31 | 192;
			else {
				if (value >= 55296 && value <= 56319) {
					if (pos < strLength) {
						const extra = str.charCodeAt(pos);
						if ((extra & 64512) === 56320) {
							++pos;
							value = ((value & 1023) << 10) + (extra & 1023) + 65536;
						}
					}
				}
				if ((value & 4294901760) === 0) {
					output[offset++] = value >> 12 & 15 | 224;
					output[offset++] = value >> 6 & 63 | 128;
				} else {
					output[offset++] = value >> 18 & 7 | 240;
					output[offset++] = value >> 12 & 63 | 128;
					output[offset++] = value >> 6 & 63 | 128;
				}
			}
			output[offset++] = value & 63 | 128;
		}
	}
	const sharedTextEncoder = new TextEncoder();
	const TEXT_ENCODER_THRESHOLD = 50;
	function utf8EncodeTE(str, output, outputOffset) {
		sharedTextEncoder.encodeInto(str, output.subarray(outputOffset));
	}
	function utf8Encode(str, output, outputOffset) {
		if (str.length > TEXT_ENCODER_THRESHOLD) utf8EncodeTE(str, output, outputOffset);
		else utf8EncodeJs(str, output, outputOffset);
	}
	const CHUNK_SIZE = 4096;
	function utf8DecodeJs(bytes, inputOffset, byteLength) {
		let offset = inputOffset;
		const end = offset + byteLength;
		const units = [];
		let result = "";
		while (offset < end) {
			const byte1 = bytes[offset++];
			if ((byte1 & 128) === 0) units.push(byte1);
			else if ((byte1 & 224) === 192) {
				const byte2 = bytes[offset++] & 63;
				units.push((byte1 & 31) << 6 | byte2);
			} else if ((byte1 & 240) === 224) {
				const byte2 = bytes[offset++] & 63;
				const byte3 = bytes[offset++] & 63;
				units.push((byte1 & 31) << 12 | byte2 << 6 | byte3);
			} else if ((byte1 & 248) === 240) {
				const byte2 = bytes[offset++] & 63;
				const byte3 = bytes[offset++] & 63;
				const byte4 = bytes[offset++] & 63;
				let unit = (byte1 & 7) << 18 | byte2 << 12 | byte3 << 6 | byte4;
				if (unit > 65535) {
					unit -= 65536;
					units.push(unit >>> 10 & 1023 | 55296);
					unit = 56320 | unit & 1023;
				}
				units.push(unit);
			} else units.push(byte1);
			if (units.length >= CHUNK_SIZE) {
				result += String.fromCharCode(...units);
				units.length = 0;
			}
		}
		if (units.length > 0) result += String.fromCharCode(...units);
		return result;
	}
	const sharedTextDecoder = new TextDecoder();
	const TEXT_DECODER_THRESHOLD = 200;
	function utf8DecodeTD(bytes, inputOffset, byteLength) {
		const stringBytes = bytes.subarray(inputOffset, inputOffset + byteLength);
		return sharedTextDecoder.decode(stringBytes);
	}
	function utf8Decode(bytes, inputOffset, byteLength) {
		if (byteLength > TEXT_DECODER_THRESHOLD) return utf8DecodeTD(bytes, inputOffset, byteLength);
		else return utf8DecodeJs(bytes, inputOffset, byteLength);
	}
}));
// node_modules/@msgpack/msgpack/dist.cjs/ExtData.cjs
var require_ExtData = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ExtData = void 0;
	/**
	* ExtData is used to handle Extension Types that are not registered to ExtensionCodec.
	*/
	var ExtData = class {
		type;
		data;
		constructor(type, data) {
			this.type = type;
			this.data = data;
		}
	};
	exports.ExtData = ExtData;
}));
// node_modules/@msgpack/msgpack/dist.cjs/DecodeError.cjs
var require_DecodeError = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.DecodeError = void 0;
	exports.DecodeError = class DecodeError extends Error {
		constructor(message) {
			super(message);
			const proto = Object.create(DecodeError.prototype);
			Object.setPrototypeOf(this, proto);
			Object.defineProperty(this, "name", {
				configurable: true,
				enumerable: false,
				value: DecodeError.name
			});
		}
	};
}));
// node_modules/@msgpack/msgpack/dist.cjs/utils/int.cjs
var require_int = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.UINT32_MAX = void 0;
	exports.setUint64 = setUint64;
	exports.setInt64 = setInt64;
	exports.getInt64 = getInt64;
	exports.getUint64 = getUint64;
	exports.UINT32_MAX = 4294967295;
	function setUint64(view, offset, value) {
		const high = value / 4294967296;
		const low = value;
		view.setUint32(offset, high);
		view.setUint32(offset + 4, low);
	}
	function setInt64(view, offset, value) {
		const high = Math.floor(value / 4294967296);
		const low = value;
		view.setUint32(offset, high);
		view.setUint32(offset + 4, low);
	}
	function getInt64(view, offset) {
		const high = view.getInt32(offset);
		const low = view.getUint32(offset + 4);
		return high * 4294967296 + low;
	}
	function getUint64(view, offset) {
		const high = view.getUint32(offset);
		const low = view.getUint32(offset + 4);
		return high * 4294967296 + low;
	}
}));
// node_modules/@msgpack/msgpack/dist.cjs/timestamp.cjs
var require_timestamp = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.timestampExtension = exports.EXT_TIMESTAMP = void 0;
	exports.encodeTimeSpecToTimestamp = encodeTimeSpecToTimestamp;
	exports.encodeDateToTimeSpec = encodeDateToTimeSpec;
	exports.encodeTimestampExtension = encodeTimestampExtension;
	exports.decodeTimestampToTimeSpec = decodeTimestampToTimeSpec;
	exports.decodeTimestampExtension = decodeTimestampExtension;
	const DecodeError_ts_1 = require_DecodeError();
	const int_ts_1 = require_int();
	exports.EXT_TIMESTAMP = -1;
	const TIMESTAMP32_MAX_SEC = 4294967295;
	const TIMESTAMP64_MAX_SEC = 17179869183;
	function encodeTimeSpecToTimestamp({ sec, nsec }) {
		if (sec >= 0 && nsec >= 0 && sec <= TIMESTAMP64_MAX_SEC) {
			if (nsec === 0 && sec <= TIMESTAMP32_MAX_SEC) {
				const rv = /* @__PURE__ */ new Uint8Array(4);
				new DataView(rv.buffer).setUint32(0, sec);
				return rv;
			} else {
				const secHigh = sec / 4294967296;
				const secLow = sec & 4294967295;
				const rv = /* @__PURE__ */ new Uint8Array(8);
				const view = new DataView(rv.buffer);
				view.setUint32(0, nsec << 2 | secHigh & 3);
				view.setUint32(4, secLow);
				return rv;
			}
		} else {
			const rv = /* @__PURE__ */ new Uint8Array(12);
			const view = new DataView(rv.buffer);
			view.setUint32(0, nsec);
			(0, int_ts_1.setInt64)(view, 4, sec);
			return rv;
		}
	}
	function encodeDateToTimeSpec(date) {
		const msec = date.getTime();
		const sec = Math.floor(msec / 1e3);
		const nsec = (msec - sec * 1e3) * 1e6;
		const nsecInSec = Math.floor(nsec / 1e9);
		return {
			sec: sec + nsecInSec,
			nsec: nsec - nsecInSec * 1e9
		};
	}
	function encodeTimestampExtension(object) {
		if (object instanceof Date) return encodeTimeSpecToTimestamp(encodeDateToTimeSpec(object));
		else return null;
	}
	function decodeTimestampToTimeSpec(data) {
		const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
		switch (data.byteLength) {
			case 4: return {
				sec: view.getUint32(0),
				nsec: 0
			};
			case 8: {
				const nsec30AndSecHigh2 = view.getUint32(0);
				const secLow32 = view.getUint32(4);
				return {
					sec: (nsec30AndSecHigh2 & 3) * 4294967296 + secLow32,
					nsec: nsec30AndSecHigh2 >>> 2
				};
			}
			case 12: return {
				sec: (0, int_ts_1.getInt64)(view, 4),
				nsec: view.getUint32(0)
			};
			default: throw new DecodeError_ts_1.DecodeError(`Unrecognized data size for timestamp (expected 4, 8, or 12): ${data.length}`);
		}
	}
	function decodeTimestampExtension(data) {
		const timeSpec = decodeTimestampToTimeSpec(data);
		return /* @__PURE__ */ new Date(timeSpec.sec * 1e3 + timeSpec.nsec / 1e6);
	}
	exports.timestampExtension = {
		type: exports.EXT_TIMESTAMP,
		encode: encodeTimestampExtension,
		decode: decodeTimestampExtension
	};
}));
// node_modules/@msgpack/msgpack/dist.cjs/ExtensionCodec.cjs
var require_ExtensionCodec = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ExtensionCodec = void 0;
	const ExtData_ts_1 = require_ExtData();
	const timestamp_ts_1 = require_timestamp();
	exports.ExtensionCodec = class ExtensionCodec {
		static defaultCodec = new ExtensionCodec();
		__brand;
		builtInEncoders = [];
		builtInDecoders = [];
		encoders = [];
		decoders = [];
		constructor() {
			this.register(timestamp_ts_1.timestampExtension);
		}
		register({ type, encode, decode }) {
			if (type >= 0) {
				this.encoders[type] = encode;
				this.decoders[type] = decode;
			} else {
				const index = -1 - type;
				this.builtInEncoders[index] = encode;
				this.builtInDecoders[index] = decode;
			}
		}
		tryToEncode(object, context) {
			for (let i = 0; i < this.builtInEncoders.length; i++) {
				const encodeExt = this.builtInEncoders[i];
				if (encodeExt != null) {
					const data = encodeExt(object, context);
					if (data != null) {
						const type = -1 - i;
						return new ExtData_ts_1.ExtData(type, data);
					}
				}
			}
			for (let i = 0; i < this.encoders.length; i++) {
				const encodeExt = this.encoders[i];
				if (encodeExt != null) {
					const data = encodeExt(object, context);
					if (data != null) {
						const type = i;
						return new ExtData_ts_1.ExtData(type, data);
					}
				}
			}
			if (object instanceof ExtData_ts_1.ExtData) return object;
			return null;
		}
		decode(data, type, context) {
			const decodeExt = type < 0 ? this.builtInDecoders[-1 - type] : this.decoders[type];
			if (decodeExt) return decodeExt(data, type, context);
			else return new ExtData_ts_1.ExtData(type, data);
		}
	};
}));
// node_modules/@msgpack/msgpack/dist.cjs/utils/typedArrays.cjs
var require_typedArrays = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ensureUint8Array = ensureUint8Array;
	function isArrayBufferLike(buffer) {
		return buffer instanceof ArrayBuffer || typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
	}
	function ensureUint8Array(buffer) {
		if (buffer instanceof Uint8Array) return buffer;
		else if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
		else if (isArrayBufferLike(buffer)) return new Uint8Array(buffer);
		else return Uint8Array.from(buffer);
	}
}));
// node_modules/@msgpack/msgpack/dist.cjs/Encoder.cjs
var require_Encoder = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Encoder = exports.DEFAULT_INITIAL_BUFFER_SIZE = exports.DEFAULT_MAX_DEPTH = void 0;
	const utf8_ts_1 = require_utf8();
	const ExtensionCodec_ts_1 = require_ExtensionCodec();
	const int_ts_1 = require_int();
	const typedArrays_ts_1 = require_typedArrays();
	exports.DEFAULT_MAX_DEPTH = 100;
	exports.DEFAULT_INITIAL_BUFFER_SIZE = 2048;
	exports.Encoder = class Encoder {
		extensionCodec;
		context;
		useBigInt64;
		maxDepth;
		initialBufferSize;
		sortKeys;
		forceFloat32;
		ignoreUndefined;
		forceIntegerToFloat;
		pos;
		view;
		bytes;
		entered = false;
		constructor(options) {
			this.extensionCodec = options?.extensionCodec ?? ExtensionCodec_ts_1.ExtensionCodec.defaultCodec;
			this.context = options?.context;
			this.useBigInt64 = options?.useBigInt64 ?? false;
			this.maxDepth = options?.maxDepth ?? exports.DEFAULT_MAX_DEPTH;
			this.initialBufferSize = options?.initialBufferSize ?? exports.DEFAULT_INITIAL_BUFFER_SIZE;
			this.sortKeys = options?.sortKeys ?? false;
			this.forceFloat32 = options?.forceFloat32 ?? false;
			this.ignoreUndefined = options?.ignoreUndefined ?? false;
			this.forceIntegerToFloat = options?.forceIntegerToFloat ?? false;
			this.pos = 0;
			this.view = new DataView(new ArrayBuffer(this.initialBufferSize));
			this.bytes = new Uint8Array(this.view.buffer);
		}
		clone() {
			return new Encoder({
				extensionCodec: this.extensionCodec,
				context: this.context,
				useBigInt64: this.useBigInt64,
				maxDepth: this.maxDepth,
				initialBufferSize: this.initialBufferSize,
				sortKeys: this.sortKeys,
				forceFloat32: this.forceFloat32,
				ignoreUndefined: this.ignoreUndefined,
				forceIntegerToFloat: this.forceIntegerToFloat
			});
		}
		reinitializeState() {
			this.pos = 0;
		}
		/**
		* This is almost equivalent to {@link Encoder#encode}, but it returns an reference of the encoder's internal buffer and thus much faster than {@link Encoder#encode}.
		*
		* @returns Encodes the object and returns a shared reference the encoder's internal buffer.
		*/
		encodeSharedRef(object) {
			if (this.entered) return this.clone().encodeSharedRef(object);
			try {
				this.entered = true;
				this.reinitializeState();
				this.doEncode(object, 1);
				return this.bytes.subarray(0, this.pos);
			} finally {
				this.entered = false;
			}
		}
		/**
		* @returns Encodes the object and returns a copy of the encoder's internal buffer.
		*/
		encode(object) {
			if (this.entered) return this.clone().encode(object);
			try {
				this.entered = true;
				this.reinitializeState();
				this.doEncode(object, 1);
				return this.bytes.slice(0, this.pos);
			} finally {
				this.entered = false;
			}
		}
		doEncode(object, depth) {
			if (depth > this.maxDepth) throw new Error(`Too deep objects in depth ${depth}`);
			if (object == null) this.encodeNil();
			else if (typeof object === "boolean") this.encodeBoolean(object);
			else if (typeof object === "number") {
				if (!this.forceIntegerToFloat) this.encodeNumber(object);
				else this.encodeNumberAsFloat(object);
			} else if (typeof object === "string") this.encodeString(object);
			else if (this.useBigInt64 && typeof object === "bigint") this.encodeBigInt64(object);
			else this.encodeObject(object, depth);
		}
		ensureBufferSizeToWrite(sizeToWrite) {
			const requiredSize = this.pos + sizeToWrite;
			if (this.view.byteLength < requiredSize) this.resizeBuffer(requiredSize * 2);
		}
		resizeBuffer(newSize) {
			const newBuffer = new ArrayBuffer(newSize);
			const newBytes = new Uint8Array(newBuffer);
			const newView = new DataView(newBuffer);
			newBytes.set(this.bytes);
			this.view = newView;
			this.bytes = newBytes;
		}
		encodeNil() {
			this.writeU8(192);
		}
		encodeBoolean(object) {
			if (object === false) this.writeU8(194);
			else this.writeU8(195);
		}
		encodeNumber(object) {
			if (!this.forceIntegerToFloat && Number.isSafeInteger(object)) {
				if (object >= 0) {
					if (object < 128) this.writeU8(object);
					else if (object < 256) {
						this.writeU8(204);
						this.writeU8(object);
					} else if (object < 65536) {
						this.writeU8(205);
						this.writeU16(object);
					} else if (object < 4294967296) {
						this.writeU8(206);
						this.writeU32(object);
					} else if (!this.useBigInt64) {
						this.writeU8(207);
						this.writeU64(object);
					} else this.encodeNumberAsFloat(object);
				} else if (object >= -32) this.writeU8(224 | object + 32);
				else if (object >= -128) {
					this.writeU8(208);
					this.writeI8(object);
				} else if (object >= -32768) {
					this.writeU8(209);
					this.writeI16(object);
				} else if (object >= -2147483648) {
					this.writeU8(210);
					this.writeI32(object);
				} else if (!this.useBigInt64) {
					this.writeU8(211);
					this.writeI64(object);
				} else this.encodeNumberAsFloat(object);
			} else this.encodeNumberAsFloat(object);
		}
		encodeNumberAsFloat(object) {
			if (this.forceFloat32) {
				this.writeU8(202);
				this.writeF32(object);
			} else {
				this.writeU8(203);
				this.writeF64(object);
			}
		}
		encodeBigInt64(object) {
			if (object >= BigInt(0)) {
				this.writeU8(207);
				this.writeBigUint64(object);
			} else {
				this.writeU8(211);
				this.writeBigInt64(object);
			}
		}
		writeStringHeader(byteLength) {
			if (byteLength < 32) this.writeU8(160 + byteLength);
			else if (byteLength < 256) {
				this.writeU8(217);
				this.writeU8(byteLength);
			} else if (byteLength < 65536) {
				this.writeU8(218);
				this.writeU16(byteLength);
			} else if (byteLength < 4294967296) {
				this.writeU8(219);
				this.writeU32(byteLength);
			} else throw new Error(`Too long string: ${byteLength} bytes in UTF-8`);
		}
		encodeString(object) {
			const maxHeaderSize = 5;
			const byteLength = (0, utf8_ts_1.utf8Count)(object);
			this.ensureBufferSizeToWrite(maxHeaderSize + byteLength);
			this.writeStringHeader(byteLength);
			(0, utf8_ts_1.utf8Encode)(object, this.bytes, this.pos);
			this.pos += byteLength;
		}
		encodeObject(object, depth) {
			const ext = this.extensionCodec.tryToEncode(object, this.context);
			if (ext != null) this.encodeExtension(ext);
			else if (Array.isArray(object)) this.encodeArray(object, depth);
			else if (ArrayBuffer.isView(object)) this.encodeBinary(object);
			else if (typeof object === "object") this.encodeMap(object, depth);
			else throw new Error(`Unrecognized object: ${Object.prototype.toString.apply(object)}`);
		}
		encodeBinary(object) {
			const size = object.byteLength;
			if (size < 256) {
				this.writeU8(196);
				this.writeU8(size);
			} else if (size < 65536) {
				this.writeU8(197);
				this.writeU16(size);
			} else if (size < 4294967296) {
				this.writeU8(198);
				this.writeU32(size);
			} else throw new Error(`Too large binary: ${size}`);
			const bytes = (0, typedArrays_ts_1.ensureUint8Array)(object);
			this.writeU8a(bytes);
		}
		encodeArray(object, depth) {
			const size = object.length;
			if (size < 16) this.writeU8(144 + size);
			else if (size < 65536) {
				this.writeU8(220);
				this.writeU16(size);
			} else if (size < 4294967296) {
				this.writeU8(221);
				this.writeU32(size);
			} else throw new Error(`Too large array: ${size}`);
			for (const item of object) this.doEncode(item, depth + 1);
		}
		countWithoutUndefined(object, keys) {
			let count = 0;
			for (const key of keys) if (object[key] !== void 0) count++;
			return count;
		}
		encodeMap(object, depth) {
			const keys = Object.keys(object);
			if (this.sortKeys) keys.sort();
			const size = this.ignoreUndefined ? this.countWithoutUndefined(object, keys) : keys.length;
			if (size < 16) this.writeU8(128 + size);
			else if (size < 65536) {
				this.writeU8(222);
				this.writeU16(size);
			} else if (size < 4294967296) {
				this.writeU8(223);
				this.writeU32(size);
			} else throw new Error(`Too large map object: ${size}`);
			for (const key of keys) {
				const value = object[key];
				if (!(this.ignoreUndefined && value === void 0)) {
					this.encodeString(key);
					this.doEncode(value, depth + 1);
				}
			}
		}
		encodeExtension(ext) {
			if (typeof ext.data === "function") {
				const data = ext.data(this.pos + 6);
				const size = data.length;
				if (size >= 4294967296) throw new Error(`Too large extension object: ${size}`);
				this.writeU8(201);
				this.writeU32(size);
				this.writeI8(ext.type);
				this.writeU8a(data);
				return;
			}
			const size = ext.data.length;
			if (size === 1) this.writeU8(212);
			else if (size === 2) this.writeU8(213);
			else if (size === 4) this.writeU8(214);
			else if (size === 8) this.writeU8(215);
			else if (size === 16) this.writeU8(216);
			else if (size < 256) {
				this.writeU8(199);
				this.writeU8(size);
			} else if (size < 65536) {
				this.writeU8(200);
				this.writeU16(size);
			} else if (size < 4294967296) {
				this.writeU8(201);
				this.writeU32(size);
			} else throw new Error(`Too large extension object: ${size}`);
			this.writeI8(ext.type);
			this.writeU8a(ext.data);
		}
		writeU8(value) {
			this.ensureBufferSizeToWrite(1);
			this.view.setUint8(this.pos, value);
			this.pos++;
		}
		writeU8a(values) {
			const size = values.length;
			this.ensureBufferSizeToWrite(size);
			this.bytes.set(values, this.pos);
			this.pos += size;
		}
		writeI8(value) {
			this.ensureBufferSizeToWrite(1);
			this.view.setInt8(this.pos, value);
			this.pos++;
		}
		writeU16(value) {
			this.ensureBufferSizeToWrite(2);
			this.view.setUint16(this.pos, value);
			this.pos += 2;
		}
		writeI16(value) {
			this.ensureBufferSizeToWrite(2);
			this.view.setInt16(this.pos, value);
			this.pos += 2;
		}
		writeU32(value) {
			this.ensureBufferSizeToWrite(4);
			this.view.setUint32(this.pos, value);
			this.pos += 4;
		}
		writeI32(value) {
			this.ensureBufferSizeToWrite(4);
			this.view.setInt32(this.pos, value);
			this.pos += 4;
		}
		writeF32(value) {
			this.ensureBufferSizeToWrite(4);
			this.view.setFloat32(this.pos, value);
			this.pos += 4;
		}
		writeF64(value) {
			this.ensureBufferSizeToWrite(8);
			this.view.setFloat64(this.pos, value);
			this.pos += 8;
		}
		writeU64(value) {
			this.ensureBufferSizeToWrite(8);
			(0, int_ts_1.setUint64)(this.view, this.pos, value);
			this.pos += 8;
		}
		writeI64(value) {
			this.ensureBufferSizeToWrite(8);
			(0, int_ts_1.setInt64)(this.view, this.pos, value);
			this.pos += 8;
		}
		writeBigUint64(value) {
			this.ensureBufferSizeToWrite(8);
			this.view.setBigUint64(this.pos, value);
			this.pos += 8;
		}
		writeBigInt64(value) {
			this.ensureBufferSizeToWrite(8);
			this.view.setBigInt64(this.pos, value);
			this.pos += 8;
		}
	};
}));
// node_modules/@msgpack/msgpack/dist.cjs/encode.cjs
var require_encode = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.encode = encode;
	const Encoder_ts_1 = require_Encoder();
	/**
	* It encodes `value` in the MessagePack format and
	* returns a byte buffer.
	*
	* The returned buffer is a slice of a larger `ArrayBuffer`, so you have to use its `#byteOffset` and `#byteLength` in order to convert it to another typed arrays including NodeJS `Buffer`.
	*/
	function encode(value, options) {
		return new Encoder_ts_1.Encoder(options).encodeSharedRef(value);
	}
}));
// node_modules/@msgpack/msgpack/dist.cjs/utils/prettyByte.cjs
var require_prettyByte = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.prettyByte = prettyByte;
	function prettyByte(byte) {
		return `${byte < 0 ? "-" : ""}0x${Math.abs(byte).toString(16).padStart(2, "0")}`;
	}
}));
// node_modules/@msgpack/msgpack/dist.cjs/CachedKeyDecoder.cjs
var require_CachedKeyDecoder = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.CachedKeyDecoder = void 0;
	const utf8_ts_1 = require_utf8();
	const DEFAULT_MAX_KEY_LENGTH = 16;
	const DEFAULT_MAX_LENGTH_PER_KEY = 16;
	var CachedKeyDecoder = class {
		hit = 0;
		miss = 0;
		caches;
		maxKeyLength;
		maxLengthPerKey;
		constructor(maxKeyLength = DEFAULT_MAX_KEY_LENGTH, maxLengthPerKey = DEFAULT_MAX_LENGTH_PER_KEY) {
			this.maxKeyLength = maxKeyLength;
			this.maxLengthPerKey = maxLengthPerKey;
			this.caches = [];
			for (let i = 0; i < this.maxKeyLength; i++) this.caches.push([]);
		}
		canBeCached(byteLength) {
			return byteLength > 0 && byteLength <= this.maxKeyLength;
		}
		find(bytes, inputOffset, byteLength) {
			const records = this.caches[byteLength - 1];
			FIND_CHUNK: for (const record of records) {
				const recordBytes = record.bytes;
				for (let j = 0; j < byteLength; j++) if (recordBytes[j] !== bytes[inputOffset + j]) continue FIND_CHUNK;
				return record.str;
			}
			return null;
		}
		store(bytes, value) {
			const records = this.caches[bytes.length - 1];
			const record = {
				bytes,
				str: value
			};
			if (records.length >= this.maxLengthPerKey) records[Math.random() * records.length | 0] = record;
			else records.push(record);
		}
		decode(bytes, inputOffset, byteLength) {
			const cachedValue = this.find(bytes, inputOffset, byteLength);
			if (cachedValue != null) {
				this.hit++;
				return cachedValue;
			}
			this.miss++;
			const str = (0, utf8_ts_1.utf8DecodeJs)(bytes, inputOffset, byteLength);
			const slicedCopyOfBytes = Uint8Array.prototype.slice.call(bytes, inputOffset, inputOffset + byteLength);
			this.store(slicedCopyOfBytes, str);
			return str;
		}
	};
	exports.CachedKeyDecoder = CachedKeyDecoder;
}));
// node_modules/@msgpack/msgpack/dist.cjs/Decoder.cjs
var require_Decoder = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Decoder = void 0;
	const prettyByte_ts_1 = require_prettyByte();
	const ExtensionCodec_ts_1 = require_ExtensionCodec();
	const int_ts_1 = require_int();
	const utf8_ts_1 = require_utf8();
	const typedArrays_ts_1 = require_typedArrays();
	const CachedKeyDecoder_ts_1 = require_CachedKeyDecoder();
	const DecodeError_ts_1 = require_DecodeError();
	const STATE_ARRAY = "array";
	const STATE_MAP_KEY = "map_key";
	const STATE_MAP_VALUE = "map_value";
	const mapKeyConverter = (key) => {
		if (typeof key === "string" || typeof key === "number") return key;
		throw new DecodeError_ts_1.DecodeError("The type of key must be string or number but " + typeof key);
	};
	var StackPool = class {
		stack = [];
		stackHeadPosition = -1;
		get length() {
			return this.stackHeadPosition + 1;
		}
		top() {
			return this.stack[this.stackHeadPosition];
		}
		pushArrayState(size) {
			const state = this.getUninitializedStateFromPool();
			state.type = STATE_ARRAY;
			state.position = 0;
			state.size = size;
			state.array = new Array(size);
		}
		pushMapState(size) {
			const state = this.getUninitializedStateFromPool();
			state.type = STATE_MAP_KEY;
			state.readCount = 0;
			state.size = size;
			state.map = {};
		}
		getUninitializedStateFromPool() {
			this.stackHeadPosition++;
			if (this.stackHeadPosition === this.stack.length) this.stack.push({
				type: void 0,
				size: 0,
				array: void 0,
				position: 0,
				readCount: 0,
				map: void 0,
				key: null
			});
			return this.stack[this.stackHeadPosition];
		}
		release(state) {
			if (this.stack[this.stackHeadPosition] !== state) throw new Error("Invalid stack state. Released state is not on top of the stack.");
			if (state.type === STATE_ARRAY) {
				const partialState = state;
				partialState.size = 0;
				partialState.array = void 0;
				partialState.position = 0;
				partialState.type = void 0;
			}
			if (state.type === STATE_MAP_KEY || state.type === STATE_MAP_VALUE) {
				const partialState = state;
				partialState.size = 0;
				partialState.map = void 0;
				partialState.readCount = 0;
				partialState.type = void 0;
			}
			this.stackHeadPosition--;
		}
		reset() {
			this.stack.length = 0;
			this.stackHeadPosition = -1;
		}
	};
	const HEAD_BYTE_REQUIRED = -1;
	const EMPTY_VIEW = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(0));
	const EMPTY_BYTES = new Uint8Array(EMPTY_VIEW.buffer);
	try {
		EMPTY_VIEW.getInt8(0);
	} catch (e) {
		if (!(e instanceof RangeError)) throw new Error("This module is not supported in the current JavaScript engine because DataView does not throw RangeError on out-of-bounds access");
	}
	const MORE_DATA = /* @__PURE__ */ new RangeError("Insufficient data");
	const sharedCachedKeyDecoder = new CachedKeyDecoder_ts_1.CachedKeyDecoder();
	exports.Decoder = class Decoder {
		extensionCodec;
		context;
		useBigInt64;
		rawStrings;
		maxStrLength;
		maxBinLength;
		maxArrayLength;
		maxMapLength;
		maxExtLength;
		keyDecoder;
		mapKeyConverter;
		totalPos = 0;
		pos = 0;
		view = EMPTY_VIEW;
		bytes = EMPTY_BYTES;
		headByte = HEAD_BYTE_REQUIRED;
		stack = new StackPool();
		entered = false;
		constructor(options) {
			this.extensionCodec = options?.extensionCodec ?? ExtensionCodec_ts_1.ExtensionCodec.defaultCodec;
			this.context = options?.context;
			this.useBigInt64 = options?.useBigInt64 ?? false;
			this.rawStrings = options?.rawStrings ?? false;
			this.maxStrLength = options?.maxStrLength ?? int_ts_1.UINT32_MAX;
			this.maxBinLength = options?.maxBinLength ?? int_ts_1.UINT32_MAX;
			this.maxArrayLength = options?.maxArrayLength ?? int_ts_1.UINT32_MAX;
			this.maxMapLength = options?.maxMapLength ?? int_ts_1.UINT32_MAX;
			this.maxExtLength = options?.maxExtLength ?? int_ts_1.UINT32_MAX;
			this.keyDecoder = options?.keyDecoder !== void 0 ? options.keyDecoder : sharedCachedKeyDecoder;
			this.mapKeyConverter = options?.mapKeyConverter ?? mapKeyConverter;
		}
		clone() {
			return new Decoder({
				extensionCodec: this.extensionCodec,
				context: this.context,
				useBigInt64: this.useBigInt64,
				rawStrings: this.rawStrings,
				maxStrLength: this.maxStrLength,
				maxBinLength: this.maxBinLength,
				maxArrayLength: this.maxArrayLength,
				maxMapLength: this.maxMapLength,
				maxExtLength: this.maxExtLength,
				keyDecoder: this.keyDecoder
			});
		}
		reinitializeState() {
			this.totalPos = 0;
			this.headByte = HEAD_BYTE_REQUIRED;
			this.stack.reset();
		}
		setBuffer(buffer) {
			const bytes = (0, typedArrays_ts_1.ensureUint8Array)(buffer);
			this.bytes = bytes;
			this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			this.pos = 0;
		}
		appendBuffer(buffer) {
			if (this.headByte === HEAD_BYTE_REQUIRED && !this.hasRemaining(1)) this.setBuffer(buffer);
			else {
				const remainingData = this.bytes.subarray(this.pos);
				const newData = (0, typedArrays_ts_1.ensureUint8Array)(buffer);
				const newBuffer = new Uint8Array(remainingData.length + newData.length);
				newBuffer.set(remainingData);
				newBuffer.set(newData, remainingData.length);
				this.setBuffer(newBuffer);
			}
		}
		hasRemaining(size) {
			return this.view.byteLength - this.pos >= size;
		}
		createExtraByteError(posToShow) {
			const { view, pos } = this;
			return /* @__PURE__ */ new RangeError(`Extra ${view.byteLength - pos} of ${view.byteLength} byte(s) found at buffer[${posToShow}]`);
		}
		/**
		* @throws {@link DecodeError}
		* @throws {@link RangeError}
		*/
		decode(buffer) {
			if (this.entered) return this.clone().decode(buffer);
			try {
				this.entered = true;
				this.reinitializeState();
				this.setBuffer(buffer);
				const object = this.doDecodeSync();
				if (this.hasRemaining(1)) throw this.createExtraByteError(this.pos);
				return object;
			} finally {
				this.entered = false;
			}
		}
		*decodeMulti(buffer) {
			if (this.entered) {
				yield* this.clone().decodeMulti(buffer);
				return;
			}
			try {
				this.entered = true;
				this.reinitializeState();
				this.setBuffer(buffer);
				while (this.hasRemaining(1)) yield this.doDecodeSync();
			} finally {
				this.entered = false;
			}
		}
		async decodeAsync(stream) {
			if (this.entered) return this.clone().decodeAsync(stream);
			try {
				this.entered = true;
				let decoded = false;
				let object;
				for await (const buffer of stream) {
					if (decoded) {
						this.entered = false;
						throw this.createExtraByteError(this.totalPos);
					}
					this.appendBuffer(buffer);
					try {
						object = this.doDecodeSync();
						decoded = true;
					} catch (e) {
						if (!(e instanceof RangeError)) throw e;
					}
					this.totalPos += this.pos;
				}
				if (decoded) {
					if (this.hasRemaining(1)) throw this.createExtraByteError(this.totalPos);
					return object;
				}
				const { headByte, pos, totalPos } = this;
				throw new RangeError(`Insufficient data in parsing ${(0, prettyByte_ts_1.prettyByte)(headByte)} at ${totalPos} (${pos} in the current buffer)`);
			} finally {
				this.entered = false;
			}
		}
		decodeArrayStream(stream) {
			return this.decodeMultiAsync(stream, true);
		}
		decodeStream(stream) {
			return this.decodeMultiAsync(stream, false);
		}
		async *decodeMultiAsync(stream, isArray) {
			if (this.entered) {
				yield* this.clone().decodeMultiAsync(stream, isArray);
				return;
			}
			try {
				this.entered = true;
				let isArrayHeaderRequired = isArray;
				let arrayItemsLeft = -1;
				for await (const buffer of stream) {
					if (isArray && arrayItemsLeft === 0) throw this.createExtraByteError(this.totalPos);
					this.appendBuffer(buffer);
					if (isArrayHeaderRequired) {
						arrayItemsLeft = this.readArraySize();
						isArrayHeaderRequired = false;
						this.complete();
					}
					try {
						while (true) {
							yield this.doDecodeSync();
							if (--arrayItemsLeft === 0) break;
						}
					} catch (e) {
						if (!(e instanceof RangeError)) throw e;
					}
					this.totalPos += this.pos;
				}
			} finally {
				this.entered = false;
			}
		}
		doDecodeSync() {
			DECODE: while (true) {
				const headByte = this.readHeadByte();
				let object;
				if (headByte >= 224) object = headByte - 256;
				else if (headByte < 192) {
					if (headByte < 128) object = headByte;
					else if (headByte < 144) {
						const size = headByte - 128;
						if (size !== 0) {
							this.pushMapState(size);
							this.complete();
							continue DECODE;
						} else object = {};
					} else if (headByte < 160) {
						const size = headByte - 144;
						if (size !== 0) {
							this.pushArrayState(size);
							this.complete();
							continue DECODE;
						} else object = [];
					} else {
						const byteLength = headByte - 160;
						object = this.decodeString(byteLength, 0);
					}
				} else if (headByte === 192) object = null;
				else if (headByte === 194) object = false;
				else if (headByte === 195) object = true;
				else if (headByte === 202) object = this.readF32();
				else if (headByte === 203) object = this.readF64();
				else if (headByte === 204) object = this.readU8();
				else if (headByte === 205) object = this.readU16();
				else if (headByte === 206) object = this.readU32();
				else if (headByte === 207) {
					if (this.useBigInt64) object = this.readU64AsBigInt();
					else object = this.readU64();
				} else if (headByte === 208) object = this.readI8();
				else if (headByte === 209) object = this.readI16();
				else if (headByte === 210) object = this.readI32();
				else if (headByte === 211) {
					if (this.useBigInt64) object = this.readI64AsBigInt();
					else object = this.readI64();
				} else if (headByte === 217) {
					const byteLength = this.lookU8();
					object = this.decodeString(byteLength, 1);
				} else if (headByte === 218) {
					const byteLength = this.lookU16();
					object = this.decodeString(byteLength, 2);
				} else if (headByte === 219) {
					const byteLength = this.lookU32();
					object = this.decodeString(byteLength, 4);
				} else if (headByte === 220) {
					const size = this.readU16();
					if (size !== 0) {
						this.pushArrayState(size);
						this.complete();
						continue DECODE;
					} else object = [];
				} else if (headByte === 221) {
					const size = this.readU32();
					if (size !== 0) {
						this.pushArrayState(size);
						this.complete();
						continue DECODE;
					} else object = [];
				} else if (headByte === 222) {
					const size = this.readU16();
					if (size !== 0) {
						this.pushMapState(size);
						this.complete();
						continue DECODE;
					} else object = {};
				} else if (headByte === 223) {
					const size = this.readU32();
					if (size !== 0) {
						this.pushMapState(size);
						this.complete();
						continue DECODE;
					} else object = {};
				} else if (headByte === 196) {
					const size = this.lookU8();
					object = this.decodeBinary(size, 1);
				} else if (headByte === 197) {
					const size = this.lookU16();
					object = this.decodeBinary(size, 2);
				} else if (headByte === 198) {
					const size = this.lookU32();
					object = this.decodeBinary(size, 4);
				} else if (headByte === 212) object = this.decodeExtension(1, 0);
				else if (headByte === 213) object = this.decodeExtension(2, 0);
				else if (headByte === 214) object = this.decodeExtension(4, 0);
				else if (headByte === 215) object = this.decodeExtension(8, 0);
				else if (headByte === 216) object = this.decodeExtension(16, 0);
				else if (headByte === 199) {
					const size = this.lookU8();
					object = this.decodeExtension(size, 1);
				} else if (headByte === 200) {
					const size = this.lookU16();
					object = this.decodeExtension(size, 2);
				} else if (headByte === 201) {
					const size = this.lookU32();
					object = this.decodeExtension(size, 4);
				} else throw new DecodeError_ts_1.DecodeError(`Unrecognized type byte: ${(0, prettyByte_ts_1.prettyByte)(headByte)}`);
				this.complete();
				const stack = this.stack;
				while (stack.length > 0) {
					const state = stack.top();
					if (state.type === STATE_ARRAY) {
						state.array[state.position] = object;
						state.position++;
						if (state.position === state.size) {
							object = state.array;
							stack.release(state);
						} else continue DECODE;
					} else if (state.type === STATE_MAP_KEY) {
						if (object === "__proto__") throw new DecodeError_ts_1.DecodeError("The key __proto__ is not allowed");
						state.key = this.mapKeyConverter(object);
						state.type = STATE_MAP_VALUE;
						continue DECODE;
					} else {
						state.map[state.key] = object;
						state.readCount++;
						if (state.readCount === state.size) {
							object = state.map;
							stack.release(state);
						} else {
							state.key = null;
							state.type = STATE_MAP_KEY;
							continue DECODE;
						}
					}
				}
				return object;
			}
		}
		readHeadByte() {
			if (this.headByte === HEAD_BYTE_REQUIRED) this.headByte = this.readU8();
			return this.headByte;
		}
		complete() {
			this.headByte = HEAD_BYTE_REQUIRED;
		}
		readArraySize() {
			const headByte = this.readHeadByte();
			switch (headByte) {
				case 220: return this.readU16();
				case 221: return this.readU32();
				default: if (headByte < 160) return headByte - 144;
				else throw new DecodeError_ts_1.DecodeError(`Unrecognized array type byte: ${(0, prettyByte_ts_1.prettyByte)(headByte)}`);
			}
		}
		pushMapState(size) {
			if (size > this.maxMapLength) throw new DecodeError_ts_1.DecodeError(`Max length exceeded: map length (${size}) > maxMapLengthLength (${this.maxMapLength})`);
			this.stack.pushMapState(size);
		}
		pushArrayState(size) {
			if (size > this.maxArrayLength) throw new DecodeError_ts_1.DecodeError(`Max length exceeded: array length (${size}) > maxArrayLength (${this.maxArrayLength})`);
			this.stack.pushArrayState(size);
		}
		decodeString(byteLength, headerOffset) {
			if (!this.rawStrings || this.stateIsMapKey()) return this.decodeUtf8String(byteLength, headerOffset);
			return this.decodeBinary(byteLength, headerOffset);
		}
		/**
		* @throws {@link RangeError}
		*/
		decodeUtf8String(byteLength, headerOffset) {
			if (byteLength > this.maxStrLength) throw new DecodeError_ts_1.DecodeError(`Max length exceeded: UTF-8 byte length (${byteLength}) > maxStrLength (${this.maxStrLength})`);
			if (this.bytes.byteLength < this.pos + headerOffset + byteLength) throw MORE_DATA;
			const offset = this.pos + headerOffset;
			let object;
			if (this.stateIsMapKey() && this.keyDecoder?.canBeCached(byteLength)) object = this.keyDecoder.decode(this.bytes, offset, byteLength);
			else object = (0, utf8_ts_1.utf8Decode)(this.bytes, offset, byteLength);
			this.pos += headerOffset + byteLength;
			return object;
		}
		stateIsMapKey() {
			if (this.stack.length > 0) return this.stack.top().type === STATE_MAP_KEY;
			return false;
		}
		/**
		* @throws {@link RangeError}
		*/
		decodeBinary(byteLength, headOffset) {
			if (byteLength > this.maxBinLength) throw new DecodeError_ts_1.DecodeError(`Max length exceeded: bin length (${byteLength}) > maxBinLength (${this.maxBinLength})`);
			if (!this.hasRemaining(byteLength + headOffset)) throw MORE_DATA;
			const offset = this.pos + headOffset;
			const object = this.bytes.subarray(offset, offset + byteLength);
			this.pos += headOffset + byteLength;
			return object;
		}
		decodeExtension(size, headOffset) {
			if (size > this.maxExtLength) throw new DecodeError_ts_1.DecodeError(`Max length exceeded: ext length (${size}) > maxExtLength (${this.maxExtLength})`);
			const extType = this.view.getInt8(this.pos + headOffset);
			const data = this.decodeBinary(size, headOffset + 1);
			return this.extensionCodec.decode(data, extType, this.context);
		}
		lookU8() {
			return this.view.getUint8(this.pos);
		}
		lookU16() {
			return this.view.getUint16(this.pos);
		}
		lookU32() {
			return this.view.getUint32(this.pos);
		}
		readU8() {
			const value = this.view.getUint8(this.pos);
			this.pos++;
			return value;
		}
		readI8() {
			const value = this.view.getInt8(this.pos);
			this.pos++;
			return value;
		}
		readU16() {
			const value = this.view.getUint16(this.pos);
			this.pos += 2;
			return value;
		}
		readI16() {
			const value = this.view.getInt16(this.pos);
			this.pos += 2;
			return value;
		}
		readU32() {
			const value = this.view.getUint32(this.pos);
			this.pos += 4;
			return value;
		}
		readI32() {
			const value = this.view.getInt32(this.pos);
			this.pos += 4;
			return value;
		}
		readU64() {
			const value = (0, int_ts_1.getUint64)(this.view, this.pos);
			this.pos += 8;
			return value;
		}
		readI64() {
			const value = (0, int_ts_1.getInt64)(this.view, this.pos);
			this.pos += 8;
			return value;
		}
		readU64AsBigInt() {
			const value = this.view.getBigUint64(this.pos);
			this.pos += 8;
			return value;
		}
		readI64AsBigInt() {
			const value = this.view.getBigInt64(this.pos);
			this.pos += 8;
			return value;
		}
		readF32() {
			const value = this.view.getFloat32(this.pos);
			this.pos += 4;
			return value;
		}
		readF64() {
			const value = this.view.getFloat64(this.pos);
			this.pos += 8;
			return value;
		}
	};
}));
// node_modules/@msgpack/msgpack/dist.cjs/decode.cjs
var require_decode = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.decode = decode;
	exports.decodeMulti = decodeMulti;
	const Decoder_ts_1 = require_Decoder();
	/**
	* It decodes a single MessagePack object in a buffer.
	*
	* This is a synchronous decoding function.
	* See other variants for asynchronous decoding: {@link decodeAsync}, {@link decodeMultiStream}, or {@link decodeArrayStream}.
	*
	* @throws {@link RangeError} if the buffer is incomplete, including the case where the buffer is empty.
	* @throws {@link DecodeError} if the buffer contains invalid data.
	*/
	function decode(buffer, options) {
		return new Decoder_ts_1.Decoder(options).decode(buffer);
	}
	/**
	* It decodes multiple MessagePack objects in a buffer.
	* This is corresponding to {@link decodeMultiStream}.
	*
	* @throws {@link RangeError} if the buffer is incomplete, including the case where the buffer is empty.
	* @throws {@link DecodeError} if the buffer contains invalid data.
	*/
	function decodeMulti(buffer, options) {
		return new Decoder_ts_1.Decoder(options).decodeMulti(buffer);
	}
}));
// node_modules/@msgpack/msgpack/dist.cjs/utils/stream.cjs
var require_stream = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.isAsyncIterable = isAsyncIterable;
	exports.asyncIterableFromStream = asyncIterableFromStream;
	exports.ensureAsyncIterable = ensureAsyncIterable;
	function isAsyncIterable(object) {
		return object[Symbol.asyncIterator] != null;
	}
	async function* asyncIterableFromStream(stream) {
		const reader = stream.getReader();
		try {
			while (true) {
				const { done, value } = await reader.read();
				if (done) return;
				yield value;
			}
		} finally {
			reader.releaseLock();
		}
	}
	function ensureAsyncIterable(streamLike) {
		if (isAsyncIterable(streamLike)) return streamLike;
		else return asyncIterableFromStream(streamLike);
	}
}));
// node_modules/@msgpack/msgpack/dist.cjs/decodeAsync.cjs
var require_decodeAsync = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.decodeAsync = decodeAsync;
	exports.decodeArrayStream = decodeArrayStream;
	exports.decodeMultiStream = decodeMultiStream;
	const Decoder_ts_1 = require_Decoder();
	const stream_ts_1 = require_stream();
	/**
	* @throws {@link RangeError} if the buffer is incomplete, including the case where the buffer is empty.
	* @throws {@link DecodeError} if the buffer contains invalid data.
	*/
	async function decodeAsync(streamLike, options) {
		const stream = (0, stream_ts_1.ensureAsyncIterable)(streamLike);
		return new Decoder_ts_1.Decoder(options).decodeAsync(stream);
	}
	/**
	* @throws {@link RangeError} if the buffer is incomplete, including the case where the buffer is empty.
	* @throws {@link DecodeError} if the buffer contains invalid data.
	*/
	function decodeArrayStream(streamLike, options) {
		const stream = (0, stream_ts_1.ensureAsyncIterable)(streamLike);
		return new Decoder_ts_1.Decoder(options).decodeArrayStream(stream);
	}
	/**
	* @throws {@link RangeError} if the buffer is incomplete, including the case where the buffer is empty.
	* @throws {@link DecodeError} if the buffer contains invalid data.
	*/
	function decodeMultiStream(streamLike, options) {
		const stream = (0, stream_ts_1.ensureAsyncIterable)(streamLike);
		return new Decoder_ts_1.Decoder(options).decodeStream(stream);
	}
}));
// src/lock/msgpack-walk.ts
var import_dist_cjs = (/* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.decodeTimestampExtension = exports.encodeTimestampExtension = exports.decodeTimestampToTimeSpec = exports.encodeTimeSpecToTimestamp = exports.encodeDateToTimeSpec = exports.EXT_TIMESTAMP = exports.ExtData = exports.ExtensionCodec = exports.Encoder = exports.DecodeError = exports.Decoder = exports.decodeMultiStream = exports.decodeArrayStream = exports.decodeAsync = exports.decodeMulti = exports.decode = exports.encode = void 0;
	const encode_ts_1 = require_encode();
	Object.defineProperty(exports, "encode", {
		enumerable: true,
		get: function() {
			return encode_ts_1.encode;
		}
	});
	const decode_ts_1 = require_decode();
	Object.defineProperty(exports, "decode", {
		enumerable: true,
		get: function() {
			return decode_ts_1.decode;
		}
	});
	Object.defineProperty(exports, "decodeMulti", {
		enumerable: true,
		get: function() {
			return decode_ts_1.decodeMulti;
		}
	});
	const decodeAsync_ts_1 = require_decodeAsync();
	Object.defineProperty(exports, "decodeAsync", {
		enumerable: true,
		get: function() {
			return decodeAsync_ts_1.decodeAsync;
		}
	});
	Object.defineProperty(exports, "decodeArrayStream", {
		enumerable: true,
		get: function() {
			return decodeAsync_ts_1.decodeArrayStream;
		}
	});
	Object.defineProperty(exports, "decodeMultiStream", {
		enumerable: true,
		get: function() {
			return decodeAsync_ts_1.decodeMultiStream;
		}
	});
	const Decoder_ts_1 = require_Decoder();
	Object.defineProperty(exports, "Decoder", {
		enumerable: true,
		get: function() {
			return Decoder_ts_1.Decoder;
		}
	});
	const DecodeError_ts_1 = require_DecodeError();
	Object.defineProperty(exports, "DecodeError", {
		enumerable: true,
		get: function() {
			return DecodeError_ts_1.DecodeError;
		}
	});
	const Encoder_ts_1 = require_Encoder();
	Object.defineProperty(exports, "Encoder", {
		enumerable: true,
		get: function() {
			return Encoder_ts_1.Encoder;
		}
	});
	const ExtensionCodec_ts_1 = require_ExtensionCodec();
	Object.defineProperty(exports, "ExtensionCodec", {
		enumerable: true,
		get: function() {
			return ExtensionCodec_ts_1.ExtensionCodec;
		}
	});
	const ExtData_ts_1 = require_ExtData();
	Object.defineProperty(exports, "ExtData", {
		enumerable: true,
		get: function() {
			return ExtData_ts_1.ExtData;
		}
	});
	const timestamp_ts_1 = require_timestamp();
	Object.defineProperty(exports, "EXT_TIMESTAMP", {
		enumerable: true,
		get: function() {
			return timestamp_ts_1.EXT_TIMESTAMP;
		}
	});
	Object.defineProperty(exports, "encodeDateToTimeSpec", {
		enumerable: true,
		get: function() {
			return timestamp_ts_1.encodeDateToTimeSpec;
		}
	});
	Object.defineProperty(exports, "encodeTimeSpecToTimestamp", {
		enumerable: true,
		get: function() {
			return timestamp_ts_1.encodeTimeSpecToTimestamp;
		}
	});
	Object.defineProperty(exports, "decodeTimestampToTimeSpec", {
		enumerable: true,
		get: function() {
			return timestamp_ts_1.decodeTimestampToTimeSpec;
		}
	});
	Object.defineProperty(exports, "encodeTimestampExtension", {
		enumerable: true,
		get: function() {
			return timestamp_ts_1.encodeTimestampExtension;
		}
	});
	Object.defineProperty(exports, "decodeTimestampExtension", {
		enumerable: true,
		get: function() {
			return timestamp_ts_1.decodeTimestampExtension;
		}
	});
})))();
/**
* Steps over MessagePack without making values of it: of a shard with thousands of records a few dozen are wanted, and
* decoding all of them takes longer than the solve.
*/
const deepest = 16;
/** The offset behind the value that begins at `at`. Throws a RangeError for bytes that are cut off or nested too deep. */
function skip(bytes, at, depth = 0) {
	if (depth > deepest) throw new RangeError("MessagePack is nested too deep");
	const type = byteAt(bytes, at);
	if (type < 128 || type >= 224) return at + 1;
	if (type < 160) return skipContainer(bytes, at, depth);
	if (type < 192) return within(bytes, at + 1 + (type & 31));
	const fixed = fixedSizes[type - 192] ?? 0;
	if (fixed > 0) return within(bytes, at + fixed);
	if (type >= 220) return skipContainer(bytes, at, depth);
	const [header, size] = lengthOf(bytes, at);
	return within(bytes, at + header + size);
}
/** How many entries a map or an array has and where the first begins; null where the value is neither. */
function enter(bytes, at) {
	const type = byteAt(bytes, at);
	if (type >= 128 && type < 144) return {
		kind: "map",
		count: type & 15,
		at: at + 1
	};
	if (type >= 144 && type < 160) return {
		kind: "array",
		count: type & 15,
		at: at + 1
	};
	if (type === 220 || type === 222) return {
		kind: type === 220 ? "array" : "map",
		count: number(bytes, at + 1, 2),
		at: at + 3
	};
	if (type === 221 || type === 223) return {
		kind: type === 221 ? "array" : "map",
		count: number(bytes, at + 1, 4),
		at: at + 5
	};
	return null;
}
/** The text that begins at `at`, null where the value is no text. */
function textAt(bytes, at) {
	const type = byteAt(bytes, at);
	if (type >= 160 && type < 192) return slice(bytes, at + 1, type & 31);
	if (type < 217 || type > 219) return null;
	const [header, size] = lengthOf(bytes, at);
	return slice(bytes, at + header, size);
}
/** Offsets of the values of a map that has text keys; null where the value is no map. */
function fieldsAt(bytes, at) {
	const map = enter(bytes, at);
	if (map?.kind !== "map") return null;
	const fields = /* @__PURE__ */ new Map();
	let next = map.at;
	for (let entry = 0; entry < map.count; entry++) {
		const key = textAt(bytes, next);
		const value = skip(bytes, next);
		if (key !== null) fields.set(key, value);
		next = skip(bytes, value);
	}
	return fields;
}
/** Texts of the array that begins at `at`; values of another kind are left out. */
function textsAt(bytes, at) {
	const array = enter(bytes, at);
	if (array?.kind !== "array") return [];
	const texts = [];
	let next = array.at;
	for (let entry = 0; entry < array.count; entry++) {
		const text = textAt(bytes, next);
		if (text !== null) texts.push(text);
		next = skip(bytes, next);
	}
	return texts;
}
const fixedSizes = [
	1,
	1,
	1,
	1,
	0,
	0,
	0,
	0,
	0,
	0,
	5,
	9,
	2,
	3,
	5,
	9,
	2,
	3,
	5,
	9,
	3,
	4,
	6,
	10,
	18,
	0,
	0,
	0,
	0,
	0,
	0,
	0
];
function skipContainer(bytes, at, depth) {
	const container = enter(bytes, at);
	if (!container) throw new RangeError("MessagePack has a type that there is none of");
	let next = container.at;
	const values = container.kind === "map" ? container.count * 2 : container.count;
	for (let value = 0; value < values; value++) next = skip(bytes, next, depth + 1);
	return next;
}
/** Binary, text and extension values: the bytes of type and length, then the length. */
function lengthOf(bytes, at) {
	const type = byteAt(bytes, at);
	if (type >= 196 && type <= 198) return measured(bytes, at, type - 196, 0);
	if (type >= 199 && type <= 201) return measured(bytes, at, type - 199, 1);
	return measured(bytes, at, type - 217, 0);
}
function measured(bytes, at, power, extra) {
	const width = 2 ** power;
	return [1 + width + extra, number(bytes, at + 1, width)];
}
function number(bytes, at, width) {
	let value = 0;
	for (let byte = 0; byte < width; byte++) value = value * 256 + byteAt(bytes, at + byte);
	return value;
}
function byteAt(bytes, at) {
	const byte = bytes[at];
	if (byte === void 0) throw new RangeError("MessagePack ends too early");
	return byte;
}
function within(bytes, end) {
	if (end > bytes.length) throw new RangeError("MessagePack ends too early");
	return end;
}
function slice(bytes, start, size) {
	const end = within(bytes, start + size);
	return (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString("utf8", start, end);
}
// src/lock/shard.ts
/** What the two maps of packages are called, in a shard as in repodata.json. */
const packageMaps = ["packages", "packages.conda"];
/**
* Reads a shard of one name. Left out are entries whose file name is another name's (they would be taken for its
* packages), those of `removed`, and a `.tar.bz2` of which there is the same package as `.conda`. Throws a RangeError
* for bytes that are no shard.
*/
function readShard(name, bytes) {
	const fields = fieldsAt(bytes, 0);
	if (!fields) throw new RangeError("a shard is a map");
	const removedAt = fields.get("removed");
	const removed = new Set(removedAt === void 0 ? [] : textsAt(bytes, removedAt));
	const entries = packageMaps.flatMap((kind) => {
		const at = fields.get(kind);
		return at === void 0 ? [] : entriesAt(name, bytes, at);
	});
	return shardOf(name, removed.size === 0 ? entries : entries.filter((entry) => !removed.has(entry.filename)));
}
/** A shard from records as repodata.json has them, by file name. */
function shardOfRecords(name, records) {
	const entries = [];
	for (const [filename, record] of records) {
		const bytes = (0, import_dist_cjs.encode)(withBinaryHashes(record), { ignoreUndefined: true });
		const entry = entryOf(name, filename, {
			shard: bytes,
			start: 0,
			end: bytes.length
		});
		if (entry) entries.push(entry);
	}
	return shardOf(name, entries);
}
function withBinaryHashes(record) {
	if (typeof record !== "object" || record === null) return record;
	const { md5, sha256 } = record;
	const bytes = (value) => typeof value === "string" ? Buffer.from(value, "hex") : void 0;
	return {
		...record,
		...md5 ? { md5: bytes(md5) } : {},
		...sha256 ? { sha256: bytes(sha256) } : {}
	};
}
function shardOf(name, entries) {
	const byVersion = /* @__PURE__ */ new Map();
	for (const entry of withoutTwins(entries)) {
		const same = byVersion.get(entry.version);
		if (same) same.push(entry);
		else byVersion.set(entry.version, [entry]);
	}
	return {
		name,
		versions: [...byVersion].map(([text, of]) => ({
			text,
			version: parseVersion(text),
			entries: of
		})).sort(newestFirst)
	};
}
/** What is no version comes last; equal ones (`1.0`, `1.00`) by their letters, so that the order is always the same. */
function newestFirst(a, b) {
	if (a.version === null || b.version === null) return Number(a.version === null) - Number(b.version === null) || (a.text < b.text ? -1 : 1);
	return compareVersions(b.version, a.version) || (a.text < b.text ? -1 : 1);
}
function entriesAt(name, bytes, at) {
	const map = enter(bytes, at);
	if (map?.kind !== "map") return [];
	const entries = [];
	let next = map.at;
	for (let count = 0; count < map.count; count++) {
		const filename = textAt(bytes, next);
		const start = skip(bytes, next);
		next = skip(bytes, start);
		const entry = filename === null ? null : entryOf(name, filename, {
			shard: bytes,
			start,
			end: next
		});
		if (entry) entries.push(entry);
	}
	return entries;
}
function entryOf(name, filename, place) {
	const parts = splitFilename(filename);
	return parts?.name === name ? {
		filename,
		version: parts.version,
		build: parts.build,
		...place
	} : null;
}
/** `name-version-build.conda` in its parts, null for another form: versions and builds have no dash. */
function splitFilename(filename) {
	const stem = stemOf(filename);
	const second = stem.lastIndexOf("-");
	const first = stem.lastIndexOf("-", second - 1);
	if (first < 1 || second - first < 2 || second === stem.length - 1 || /[/\\]/.test(filename)) return null;
	return {
		name: stem.slice(0, first),
		version: stem.slice(first + 1, second),
		build: stem.slice(second + 1)
	};
}
/** The file name without its ending; empty for a file that is no package. */
function stemOf(filename) {
	if (filename.endsWith(".conda")) return filename.slice(0, -6);
	return filename.endsWith(".tar.bz2") ? filename.slice(0, -8) : "";
}
function withoutTwins(entries) {
	const isNew = ({ filename }) => filename.endsWith(".conda");
	if (entries.every(isNew) || !entries.some(isNew)) return entries;
	const stems = new Set(entries.filter(isNew).map((entry) => stemOf(entry.filename)));
	return entries.filter((entry) => isNew(entry) || !stems.has(stemOf(entry.filename)));
}
/** What packages an entry depends on, as match specs. */
function dependsOf({ shard, start }) {
	const at = fieldsAt(shard, start)?.get("depends");
	return at === void 0 ? [] : textsAt(shard, at);
}
/** When the package was made, milliseconds since 1970; null where the channel does not say. Old records have seconds. */
function timestampOf({ shard, start }) {
	const at = fieldsAt(shard, start)?.get("timestamp");
	return at === void 0 ? null : milliseconds(decoded(shard.subarray(at, skip(shard, at))));
}
function milliseconds(value) {
	if (typeof value !== "number" || !Number.isFinite(value) || value <= 0) return null;
	return value > 253402300799 ? value : value * 1e3;
}
/** The whole record, at the address of its subdir. Null for one that contradicts its file name or is none. */
function recordOf(entry, base) {
	const value = decoded(entry.shard.subarray(entry.start, entry.end));
	const parts = splitFilename(entry.filename);
	if (typeof value !== "object" || value === null || parts === null || typeof value.subdir !== "string") return null;
	if (value.name !== parts.name || value.version !== parts.version || value.build !== parts.build) return null;
	return {
		...parts,
		buildNumber: typeof value.build_number === "number" ? value.build_number : 0,
		subdir: value.subdir,
		url: `${base}/${entry.filename}`,
		md5: hash(value.md5, 16),
		sha256: hash(value.sha256, 32),
		depends: texts(value.depends),
		constrains: texts(value.constrains),
		size: typeof value.size === "number" ? value.size : null,
		timestamp: milliseconds(value.timestamp)
	};
}
/** A value, null for one that the decoder refuses (a key `__proto__`). */
function decoded(bytes) {
	try {
		return (0, import_dist_cjs.decode)(bytes);
	} catch {
		return null;
	}
}
/** In hexadecimal digits: shards hold hashes as bytes. */
function hash(value, bytes) {
	return value instanceof Uint8Array && value.length === bytes ? Buffer.from(value).toString("hex") : null;
}
function texts(value) {
	return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
/** A shard of some entries as every reader of CEP 16 reads it. The solver takes those that are `last` last. */
function writeShard(entries, last) {
	const parts = packageMaps.flatMap((kind) => {
		const of = entries.filter((entry) => entry.filename.endsWith(".conda") === (kind === "packages.conda"));
		const pairs = of.flatMap((entry) => {
			const record = entry.shard.subarray(entry.start, entry.end);
			return [text(entry.filename), ...last(entry) ? marked(record) : [record]];
		});
		return [
			text(kind),
			mapHeader(of.length),
			...pairs
		];
	});
	return Buffer.concat([
		mapHeader(3),
		...parts,
		text("removed"),
		(0, import_dist_cjs.encode)([])
	]);
}
/** Solvers take a package with track_features only where there is none without. */
function marked(record) {
	const map = enter(record, 0);
	if (map?.kind !== "map") return [record];
	if (fieldsAt(record, 0)?.has("track_features")) return [(0, import_dist_cjs.encode)({
		...(0, import_dist_cjs.decode)(record),
		track_features: "last"
	})];
	return [
		mapHeader(map.count + 1),
		record.subarray(map.at),
		text("track_features"),
		text("last")
	];
}
/** A text as MessagePack has it. The library's encoder makes a buffer of 2 KiB for each. */
function text(value) {
	const bytes = Buffer.from(value);
	const header = Buffer.alloc(5);
	header[0] = 219;
	header.writeUInt32BE(bytes.length, 1);
	return Buffer.concat([header, bytes]);
}
function mapHeader(count) {
	const header = Buffer.alloc(5);
	header[0] = 223;
	header.writeUInt32BE(count, 1);
	return header;
}
// src/lock/shrink.ts
/**
* Makes a set smaller while it stays feasible: leaves out halves, then quarters, down to single ones, as often as `tries`
* allows. The set that comes in is feasible; so is the one that goes out.
*/
async function shrink(set, feasible, tries) {
	let kept = set;
	let left = tries;
	for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) for (let at = 0; at < kept.length && left > 0;) {
		const without = kept.toSpliced(at, size);
		left--;
		if (await feasible(without)) kept = without;
		else at += size;
	}
	return kept;
}
// src/lock/window.ts
/** How many versions are shown for a dependency that none of the newest fits. */
const rescued = 2;
/**
* Opens the window on one name. With all specs of shown packages asked of it, a narrow window has for each of them what a
* wide one has.
*/
function openWindow(shards, options) {
	const { own, newest, kept, pinned } = options;
	const all = inOrder(shards.map((shard) => notNewer(shard.versions, options.excludeNewer)));
	const fitting = filtered(all, testsOf(own));
	const candidates = fitting.length > 0 ? fitting : all;
	const held = kept.size === 0 ? [] : entriesOf(candidates).filter((entry) => kept.has(entry.filename));
	const still = pinned && held.length > 0;
	const shown = new Set(still ? held : [...entriesOf(newestOf(candidates, newest)), ...held]);
	return {
		first: [...shown],
		ask: (specs) => still || candidates.length <= newest ? [] : rescue(candidates, shown, testsOf(specs)),
		close: () => ({
			places: shards.map((shard) => entriesOf(shard.versions).filter((entry) => shown.has(entry))),
			cut: shown.size < all.reduce((sum, version) => sum + version.entries.length, 0)
		})
	};
}
function notNewer(versions, limit) {
	if (limit === null) return versions;
	return versions.flatMap((version) => {
		const entries = version.entries.filter((entry) => (timestampOf(entry) ?? 0) <= limit);
		return entries.length > 0 ? [{
			...version,
			entries
		}] : [];
	});
}
/** The versions of all places together, newest first. */
function inOrder([first = [], ...others]) {
	const more = others.flat();
	if (more.length === 0) return first;
	if (first.length === 0 && others.length === 1) return more;
	return [...first, ...more].sort((a, b) => {
		if (a.version === null || b.version === null) return Number(a.version === null) - Number(b.version === null);
		return compareVersions(b.version, a.version);
	});
}
function filtered(versions, tests) {
	if (tests.length === 0) return versions;
	return versions.flatMap((version) => {
		const entries = version.entries.filter((entry) => tests.every((test) => test(version, entry)));
		return entries.length > 0 ? [{
			...version,
			entries
		}] : [];
	});
}
const tests = /* @__PURE__ */ new Map();
/** Tests on what a file name says: channel, subdir and build number are the solver's to look at. */
function testsOf(specs) {
	return [...specs].flatMap((spec) => {
		let test = tests.get(spec);
		if (test === void 0) {
			test = testOf(spec);
			tests.set(spec, test);
		}
		return test ?? [];
	});
}
function testOf(spec) {
	const parsed = parseMatchSpec(spec);
	const matches = parsed && matcherOf({
		...parsed,
		name: "*",
		buildNumber: null
	});
	return matches && (({ text, version }, { build }) => matches({
		name: "*",
		version: text,
		build,
		buildNumber: 0
	}, version));
}
function rescue(versions, shown, asked) {
	const missing = asked.flatMap((test) => missingFor(versions, shown, test));
	for (const entry of missing) shown.add(entry);
	return [...new Set(missing)];
}
/** The newest that a test takes, where nothing newer or as new is shown. */
function missingFor(versions, shown, test) {
	const missing = [];
	let found = 0;
	for (const version of versions) {
		const fitting = version.entries.filter((entry) => test(version, entry));
		if (fitting.some((entry) => shown.has(entry))) break;
		missing.push(...fitting);
		if (fitting.length > 0) found++;
		if (found === rescued) break;
	}
	return missing;
}
function newestOf(versions, count) {
	return versions.length <= count ? versions : versions.slice(0, count);
}
function entriesOf(versions) {
	return versions.flatMap((version) => version.entries);
}
/** The file name of a locked package's URL, null where that is no conda package. */
function filenameOf(url) {
	const name = /\/([^/?#]+)(?:[?#].*)?$/.exec(url)?.[1] ?? "";
	return splitFilename(name) ? name : null;
}
// src/tools/solve/gather.ts
const requestsAtOnce = 32;
/**
* Reads names from the specs on, over what is shown of each: a package that is not shown brings none of its dependencies. Goes
* in waves, so that the result does not depend on which answer comes first.
*/
async function gather({ subdirs, specs, newest, kept, pinned, excludeNewer }) {
	const limit = pLimit(requestsAtOnce);
	const windows = /* @__PURE__ */ new Map();
	const asked = /* @__PURE__ */ new Set();
	let wave = new Map([...specs.keys()].map((name) => [name, []]));
	while (wave.size > 0) {
		const names = [...wave.keys()].filter((name) => !name.startsWith("__"));
		const shards = await Promise.all(names.map((name) => readAll(name, subdirs, limit))).catch((error) => {
			limit.clearQueue();
			throw error;
		});
		const next = /* @__PURE__ */ new Map();
		for (const [at, name] of names.entries()) {
			const options = {
				own: specs.get(name) ?? [],
				newest: newest(name),
				kept,
				pinned: pinned(name),
				excludeNewer
			};
			const known = windows.get(name);
			const window = known ?? openWindow(shards[at] ?? [], options);
			windows.set(name, window);
			const shown = [...known ? [] : window.first, ...window.ask(wave.get(name) ?? [])];
			for (const spec of shown.flatMap(dependsOf)) note(spec, asked, next);
		}
		wave = next;
	}
	return new Map([...windows].map(([name, window]) => [name, window.close()]));
}
async function readAll(name, subdirs, limit) {
	return await Promise.all(subdirs.map((subdir) => subdir.has(name) ? limit(() => subdir.read(name)) : {
		name,
		versions: []
	}));
}
/** A spec that was not asked before is asked in the next wave. */
function note(spec, asked, next) {
	if (asked.has(spec)) return;
	asked.add(spec);
	const name = nameOf$1(spec);
	const specs = next.get(name);
	if (specs) specs.push(spec);
	else next.set(name, [spec]);
}
// src/tools/solve/request.ts
/** A spec of an environment as the solver reads it: brackets leave no doubt of what belongs to which field. */
function specText({ name, version, build, condaChannel, subdirectory }) {
	const fields = [
		...version === "" || version === "*" ? [] : [`version="${exact(version)}"`],
		...build === null ? [] : [`build="${build}"`],
		...condaChannel === null ? [] : [`channel="${condaChannel}"`],
		...subdirectory === null ? [] : [`subdir="${subdirectory}"`]
	];
	for (const field of [
		version,
		build,
		condaChannel,
		subdirectory
	]) if (field && /["[\]]/.test(field)) throw new ActionError("solve", `${name}: ${field} is no match spec of conda's`);
	return fields.length === 0 ? name : `${name}[${fields.join(",")}]`;
}
/** A version alone means exactly that one. */
function exact(version) {
	return /^[\w.!+]+$/.test(version) ? `==${version}` : version;
}
/** The environment's match specs by name. */
function specsByName(specs) {
	const byName = /* @__PURE__ */ new Map();
	for (const spec of specs) byName.set(spec.name, [...byName.get(spec.name) ?? [], specText(spec)]);
	return byName;
}
/** File names of the old lock's packages by name, but for those that are to be updated. */
function keptFiles({ keep, platform }) {
	const update = new Set(keep.update);
	return new Map(keep.packages.flatMap((locked) => {
		const file = filenameOf(locked.url);
		return locked.manager === "conda" && locked.platform === platform && !update.has(locked.name) && file ? [[locked.name, file]] : [];
	}));
}
/** The error of specs whose name no channel has, null where there is none: the solver would not know what was meant. */
function unknownNames({ specs, platform, channels }, subdirs) {
	const unknown = specs.filter(({ name }) => !name.startsWith("__") && !subdirs.some((subdir) => subdir.has(name)));
	const [first] = unknown;
	if (!first) return null;
	const known = [...new Set(subdirs.flatMap((subdir) => [...subdir.names]))];
	const lines = unknown.map((spec) => {
		const names = nearest(spec.name, known);
		const hint = names.length > 0 ? `: did you mean ${names.join(" or ")}?` : "";
		return `${originOf(spec)}: there is no ${spec.name}${hint}`;
	});
	const where = channels.map((channel) => channel.url).join(", ");
	return new ActionError("solve", `${originOf(first)}: no package ${first.name} for ${platform} in ${where}`, lines);
}
const mostLines = 80;
/** The error of specs that no set of packages fulfils: what the solver says, and who asked for what it speaks of. */
function unsatisfiable({ specs, platform }, refusal) {
	const words = wordsOf(refusal);
	const culprits = specs.filter((spec) => words.has(spec.name));
	const first = culprits[0] ?? specs[0];
	const where = first ? `${originOf(first)}: ` : "";
	const what = culprits.map(written).join(", ") || "the specs";
	const lines = refusal.trimEnd().split("\n").map(abridged);
	const more = lines.length > mostLines ? [`… ${lines.length - mostLines} more lines`] : [];
	return new ActionError("solve", `${where}no packages fulfil ${shortened(what)} on ${platform}`, [
		...lines.slice(0, mostLines),
		...more,
		...culprits.map((spec) => `${originOf(spec)} asks for ${written(spec)}`),
		"ask for other versions there, or leave one of them out"
	]);
}
/** The solver lists all versions that it tried: the first and the last ones say enough. */
function abridged(line) {
	const versions = line.split(" | ");
	return versions.length <= 8 ? line : [
		...versions.slice(0, 4),
		"…",
		...versions.slice(-3)
	].join(" | ");
}
/** Everything in a text that could be a package's name. */
function wordsOf(text) {
	return new Set(text.toLowerCase().match(/[a-z0-9_][\w.-]*/g));
}
function written({ name, version, build }) {
	return [
		name,
		version,
		...build === null ? [] : [build]
	].filter((part) => part !== "").join(" ");
}
function shortened(text) {
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
// src/tools/solve/served.ts
/**
* Writes windows as sharded repodata of their channels. The solver takes packages of `preferred` (file names) wherever it
* can: all others of their names come last.
*/
function serve(windows, subdirs, preferred) {
	const served = /* @__PURE__ */ new Map();
	for (const [place, { channel, subdir }] of subdirs.entries()) {
		const folder = `${addressOf(channel)}/${subdir}/`;
		const names = [];
		for (const [name, window] of windows) {
			const entries = window.places[place] ?? [];
			if (entries.length === 0) continue;
			const old = preferred.size > 0 && window.places.flat().some((entry) => preferred.has(entry.filename));
			const bytes = writeShard(entries, (entry) => old && !preferred.has(entry.filename));
			served.set(`${folder}shards/${idOf(names.length).toString("hex")}.msgpack.zst`, stored(bytes));
			names.push(name);
		}
		served.set(`${folder}repodata_shards.msgpack.zst`, stored((0, import_dist_cjs.encode)(indexOf(subdir, names))));
	}
	return served;
}
/** A channel's address as the solver writes it into requests: braces of `${NAME}` are no characters of a URL. */
function addressOf(channel) {
	return new URL(channel).href.replace(/\/+$/, "");
}
/** Shards are told apart by a hash, which nobody compares here: a number does. */
function idOf(number) {
	const id = Buffer.alloc(32);
	id.writeUInt32BE(number);
	return id;
}
function indexOf(subdir, names) {
	return {
		version: 1,
		info: {
			subdir,
			base_url: "./",
			shards_base_url: "./shards/",
			created_at: "2026-01-01T00:00:00Z"
		},
		shards: Object.fromEntries(names.map((name, at) => [name, idOf(at)]))
	};
}
const blockBytes = 131072;
/** A zstd frame of uncompressed blocks (RFC 8878, 3.1.1): the reader wants zstd, and both sides are one process. */
function stored(bytes) {
	const head = Buffer.from([
		40,
		181,
		47,
		253,
		160,
		0,
		0,
		0,
		0
	]);
	head.writeUInt32LE(bytes.length, 5);
	const parts = [head];
	for (let at = 0; at === 0 || at < bytes.length; at += blockBytes) {
		const block = bytes.subarray(at, at + blockBytes);
		const last = at + blockBytes >= bytes.length ? 1 : 0;
		const size = Buffer.alloc(3);
		size.writeUIntLE(block.length << 3 | last, 0, 3);
		parts.push(size, block);
	}
	return Buffer.concat(parts);
}
// src/tools/solve/attempt.ts
/** With 4 versions shown, and what dependencies ask for, pangeo's environments give what all versions give. */
const narrow = 8;
const mostTries = 16;
const shrinkTries = 8;
/** Solves a request: the newest of everything, or as little change as can be where there is an old lock. */
async function answer(question) {
	const kept = keptFiles(question.request);
	return kept.size === 0 ? await widening(question, kept) : await changingLittle(question, kept);
}
/**
* Solves with all of `kept` preferred, none held. Where the solver refuses, the names that it speaks of are shown with more
* versions, at last with all: only where it speaks of none that were cut, its no is the answer.
*/
async function widening(question, kept) {
	let widths = /* @__PURE__ */ new Map();
	for (let tried = 0;; tried++) {
		const outcome = await attempt(question, {
			widths,
			kept,
			free: "all"
		});
		if ("records" in outcome) return outcome.records;
		const more = widened(outcome.refusal, outcome.windows, widths);
		if (more === null || tried === mostTries) throw unsatisfiable(question.request, outcome.refusal);
		widths = more;
	}
}
/** More versions of the names that a refusal speaks of; null where all of them were shown with all. */
function widened(refusal, windows, widths) {
	const cut = [...wordsOf(refusal)].filter((name) => windows.get(name)?.cut && widths.get(name) !== 1e400);
	if (cut.length === 0) return null;
	return new Map([...widths, ...cut.map((name) => [name, widths.has(name) ? 1e400 : 32])]);
}
/**
* First all old packages stand, and only new names are chosen. Where that cannot be, the names that the solver speaks of are
* set free, and again, until it can; then as many as possible of those that changed are held once more.
*/
async function changingLittle(question, kept) {
	let free = /* @__PURE__ */ new Set();
	let widths = /* @__PURE__ */ new Map();
	for (let tried = 0; tried < mostTries; tried++) {
		const outcome = await attempt(question, {
			widths,
			kept,
			free
		});
		if ("records" in outcome) return free.size === 0 ? outcome.records : await lessened(question, kept, widths, outcome.records);
		const freed = [...wordsOf(outcome.refusal)].filter((name) => kept.has(name) && !free.has(name));
		const more = widened(outcome.refusal, outcome.windows, widths);
		if (freed.length === 0 && more === null) break;
		if (freed.length > 0) free = /* @__PURE__ */ new Set([...free, ...freed]);
		else if (more) widths = more;
	}
	return await lessened(question, kept, widths, await widening(question, kept));
}
async function lessened(question, kept, widths, records) {
	let best = records;
	await shrink(records.filter(({ name, url }) => kept.has(name) && !url.endsWith(`/${kept.get(name)}`)).map((record) => record.name), async (free) => {
		const outcome = await attempt(question, {
			widths,
			kept,
			free: new Set(free)
		});
		if ("refusal" in outcome) return false;
		best = outcome.records;
		return true;
	}, shrinkTries);
	return best;
}
async function attempt({ request, subdirs, solve }, { widths, kept, free }) {
	const specs = specsByName(request.specs);
	const windows = await gather({
		subdirs,
		specs,
		newest: (name) => widths.get(name) ?? narrow,
		kept: new Set(kept.values()),
		pinned: (name) => free !== "all" && kept.has(name) && !free.has(name),
		excludeNewer: request.excludeNewer
	});
	const given = await solve({
		platform: request.platform,
		channels: [...new Set(subdirs.map((subdir) => addressOf(subdir.channel)))],
		specs: [...specs.values()].flat(),
		virtualPackages: request.virtualPackages,
		served: serve(windows, subdirs, new Set(kept.values()))
	});
	return "refusal" in given ? {
		refusal: given.refusal,
		windows
	} : { records: recordsOf(given.packages, windows, subdirs) };
}
/** The channel's own records of what was chosen, by name; the machine's own packages are none. */
function recordsOf(packages, windows, subdirs) {
	const found = /* @__PURE__ */ new Map();
	const wanted = new Set(packages.map((one) => one.url));
	for (const window of windows.values()) for (const [place, entries] of window.places.entries()) {
		const subdir = subdirs[place];
		if (!subdir) continue;
		const folder = `${addressOf(subdir.channel)}/${subdir.subdir}/`;
		for (const entry of entries) {
			const url = folder + entry.filename;
			if (wanted.has(url)) found.set(url, recordOf(entry, subdir.base));
		}
	}
	return [...found].map(([url, record]) => record ?? contradiction(url)).sort((a, b) => a.name < b.name ? -1 : 1);
}
function contradiction(url) {
	throw new ActionError("solve", `the channel describes ${url} as another package than its file name says`, ["its repodata is broken: report it to the channel, or name a mirror in channel-mirrors"]);
}
// src/tools/solve/channel.ts
const alias = "https://conda.anaconda.org";
/**
* Finds where a channel is. `mirrors` maps a channel's name or URL to another URL. Throws ActionError('solve') for an address
* that is no http(s) URL and for a variable without a value.
*/
function placeOf(channel, { mirrors, env }) {
	const own = bare(channel.url.includes("://") ? channel.url : `${alias}/${channel.url}`);
	const mirror = mirrorOf(channel.url, own, mirrors);
	const asked = bare(mirror ?? expanded(own, channel, env));
	const protocol = URL.canParse(asked) ? new URL(asked).protocol : "";
	if (protocol !== "https:" && protocol !== "http:") throw new ActionError("solve", `the channel ${channel.url} has no http(s) address`, ["name a channel of anaconda.org (conda-forge) or a whole URL"]);
	return {
		name: channel.url,
		own,
		asked,
		mirrored: mirror !== null,
		hidden: (text) => withoutValues(text, channel, env)
	};
}
/** What a variable holds may be a secret, and nobody but the channel is to read it: not a lock, not a log. */
function withoutValues(text, channel, env) {
	const values = channel.usedEnvVars.flatMap((name) => {
		const value = env[name];
		const written = channel.url.includes(`\${${name}}`) ? `\${${name}}` : `$${name}`;
		return value ? [
			value,
			encodeURI(value),
			encodeURIComponent(value)
		].map((one) => [one, written]) : [];
	});
	values.sort(([a], [b]) => b.length - a.length);
	return values.reduce((hidden, [value, written]) => hidden.replaceAll(value, () => written), text);
}
function mirrorOf(written, own, mirrors) {
	for (const [from, to] of mirrors) if (from === written || bare(from) === own) return to;
	return null;
}
/** `$NAME` and `${NAME}`, of the names that the channel says it uses only. */
function expanded(url, channel, env) {
	return url.replace(/\$(?:\{(\w+)\}|(\w+))/g, (text, braced, plain) => {
		const name = braced ?? plain ?? "";
		if (!channel.usedEnvVars.includes(name)) return text;
		const value = env[name];
		if (value !== void 0) return value;
		throw new ActionError("solve", `the channel ${channel.url} uses ${name}, which has no value`, [`set ${name} in the step's env`]);
	});
}
function bare(url) {
	return url.replace(/\/+$/, "");
}
// src/tools/solve/rattler.ts
/** Makes a solver; `timeout`, milliseconds, is for one solve. */
function createRattler(signal, timeout = 6e5) {
	let child = null;
	const started = () => {
		child ??= start();
		return child;
	};
	const close = () => {
		child?.kill("SIGKILL");
		child = null;
	};
	return {
		load: () => void started().send("load"),
		async solve(task) {
			try {
				return await answerOf(started(), task, AbortSignal.any([signal, AbortSignal.timeout(timeout)]));
			} catch (error) {
				close();
				if (signal.aborted) throw new ActionError("cancelled", "the run was cancelled while locks were solved");
				throw new ActionError("solve", `the solver ended without an answer: ${messageOf(error)}`, ["narrow the environment’s specs (a version for python helps most), or use a runner with more memory"], { cause: error });
			}
		},
		close
	};
}
/** Beside this file in src/ as in dist/, where each entry keeps its name. It needs nothing of the run's environment. */
function start() {
	const file = new URL(`./rattler-worker${path.extname(import.meta.url)}`, import.meta.url);
	return fork(file, {
		env: {},
		execArgv: ["--max-semi-space-size=1"],
		serialization: "advanced",
		stdio: [
			"ignore",
			"ignore",
			"ignore",
			"ipc"
		]
	});
}
async function answerOf(child, task, signal) {
	signal.throwIfAborted();
	const { promise, resolve, reject } = Promise.withResolvers();
	const answered = (answer) => resolve(answer);
	const fail = () => reject(signal.reason);
	const ended = (code, by) => reject(/* @__PURE__ */ new Error(`it ended with ${code ?? by}`));
	child.once("message", answered).once("error", reject).once("exit", ended);
	signal.addEventListener("abort", fail);
	try {
		child.send(task, (error) => error && reject(error));
		return await promise;
	} finally {
		child.off("message", answered).off("error", reject).off("exit", ended);
		signal.removeEventListener("abort", fail);
	}
}
// src/tools/solve/store.ts
const defaultLimit = 6e7;
const largestFile = 512 * 2 ** 20;
const abandonedMilliseconds = 36e5;
/** Opens a store; `limit` in bytes, `warn` is told once where the folder cannot be written. */
function openStore(folder, warn, limit = defaultLimit) {
	const used = /* @__PURE__ */ new Set();
	let writable = true;
	const place = (kind, key) => path.join(folder, kind, key.slice(0, 2), key);
	const read = (file) => {
		const bytes = readRegular(file);
		if (bytes) used.add(file);
		return bytes;
	};
	const write = (file, parts) => {
		if (!writable || parts.reduce((sum, part) => sum + part.length, 0) > limit) return;
		try {
			writeAside(file, parts);
			used.add(file);
		} catch (error) {
			writable = false;
			warn(`what was read of the channels cannot be kept in ${folder} for the next run: ${messageOf(error)}`);
		}
	};
	return {
		content(sha256) {
			const bytes = read(place("content", sha256));
			return bytes && hash$1("sha256", bytes) === sha256 ? bytes : null;
		},
		putContent: (sha256, bytes) => write(place("content", sha256), [bytes]),
		document: (url) => parseDocument(url, read(place("documents", hash$1("sha256", url)))),
		putDocument(url, etag, body) {
			const head = {
				url,
				etag,
				sha256: hash$1("sha256", body)
			};
			write(place("documents", hash$1("sha256", url)), [Buffer.from(`${JSON.stringify(head)}\n`), body]);
		},
		prune: () => prune(folder, used, limit)
	};
}
/** A link in a restored folder could lead anywhere: only regular files are read. */
function readRegular(file) {
	try {
		const stat = lstatSync(file);
		return stat.isFile() && stat.size <= largestFile ? readFileSync(file) : null;
	} catch {
		return null;
	}
}
function writeAside(file, parts) {
	const aside = `${file}.${randomUUID()}.part`;
	mkdirSync(path.dirname(file), { recursive: true });
	try {
		for (const part of parts) writeFileSync(aside, part, { flag: "a" });
		renameSync(aside, file);
	} catch (error) {
		rmSync(aside, { force: true });
		throw error;
	}
}
/** The first line says what the rest is; a document that is not what it says is none. */
function parseDocument(url, bytes) {
	const end = bytes?.indexOf("\n") ?? -1;
	if (!bytes || end === -1) return null;
	try {
		const head = JSON.parse(bytes.toString("utf8", 0, end));
		const body = bytes.subarray(end + 1);
		if (head?.url !== url || head.sha256 !== hash$1("sha256", body)) return null;
		return {
			etag: typeof head.etag === "string" ? head.etag : null,
			body
		};
	} catch {
		return null;
	}
}
function prune(folder, used, limit) {
	const files = filesIn(folder);
	const now = Date.now();
	for (const { file, time } of files) if (file.endsWith(".part") && now - time > abandonedMilliseconds) rmSync(file, { force: true });
	else if (used.has(file)) touch(file, now);
	let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
	const order = files.toSorted((a, b) => Number(used.has(a.file)) - Number(used.has(b.file)) || a.time - b.time);
	for (const { file, bytes } of order) {
		if (total <= limit) return;
		rmSync(file, { force: true });
		total -= bytes;
	}
}
function touch(file, now) {
	try {
		utimesSync(file, now / 1e3, now / 1e3);
	} catch {}
}
function filesIn(folder) {
	try {
		return readdirSync(folder, {
			recursive: true,
			withFileTypes: true
		}).filter((entry) => entry.isFile()).flatMap((entry) => {
			const file = path.join(entry.parentPath, entry.name);
			const stat = lstatSync(file, { throwIfNoEntry: false });
			return stat ? [{
				file,
				bytes: stat.size,
				time: stat.mtimeMs
			}] : [];
		});
	} catch {
		return [];
	}
}
// src/lock/repodata.ts
const quote = 34;
const backslash = 92;
/**
* Finds the records of each name in the bytes of a repodata.json, in one pass: conda-forge's is longer than the longest
* string that there can be, and of half a million records a few thousand are wanted. Throws a SyntaxError for what is no
* JSON object.
*/
function readRepodata(json) {
	const names = /* @__PURE__ */ new Map();
	const removed = /* @__PURE__ */ new Set();
	let base = null;
	eachMember(json, skipSpace(json, 0), (key, start, end) => {
		if (key === "info") base = baseOf$1(parse(json, start, end));
		else if (key === "removed") for (const filename of listOf(parse(json, start, end))) removed.add(String(filename));
		else if (packageMaps.includes(key)) collect(json, start, names);
	});
	return {
		base,
		names,
		shard(name) {
			return shardOfRecords(name, (names.get(name) ?? []).filter(({ filename }) => !removed.has(filename)).map(({ filename, start, end }) => [filename, parse(json, start, end)]));
		}
	};
}
function collect(json, at, names) {
	eachMember(json, at, (filename, start, end) => {
		const name = splitFilename(filename)?.name;
		if (name === void 0) return;
		const spans = names.get(name);
		if (spans) spans.push({
			filename,
			start,
			end
		});
		else names.set(name, [{
			filename,
			start,
			end
		}]);
	});
}
function parse(json, start, end) {
	return JSON.parse(json.toString("utf8", start, end));
}
function baseOf$1(info) {
	const url = typeof info === "object" && info !== null && "base_url" in info ? info.base_url : null;
	return typeof url === "string" && url !== "" ? url : null;
}
function listOf(value) {
	return Array.isArray(value) ? value : [];
}
/** Calls back with key, start and end of each member of the object that begins at `at`. */
function eachMember(json, at, take) {
	if (json[at] !== 123) throw new SyntaxError("repodata is no JSON object");
	let next = skipSpace(json, at + 1);
	while (json[next] !== 125) {
		const keyEnd = endOfString(json, next);
		const key = String(parse(json, next, keyEnd));
		const colon = skipSpace(json, keyEnd);
		if (json[colon] !== 58) throw new SyntaxError("repodata is no JSON");
		const start = skipSpace(json, colon + 1);
		const end = endOfValue(json, start);
		take(key, start, end);
		next = skipSpace(json, end);
		if (json[next] === 44) next = skipSpace(json, next + 1);
		else if (json[next] !== 125) throw new SyntaxError("repodata is no JSON");
	}
}
function skipSpace(json, start) {
	let at = start;
	while (json[at] === 32 || json[at] === 10 || json[at] === 13 || json[at] === 9) at++;
	return at;
}
function endOfString(json, start) {
	if (json[start] !== quote) throw new SyntaxError("repodata is no JSON");
	let end = start;
	do {
		end = json.indexOf(quote, end + 1);
		if (end === -1) throw new SyntaxError("repodata ends too early");
	} while (isEscaped(json, end));
	return end + 1;
}
function isEscaped(json, at) {
	let before = at;
	while (json[before - 1] === backslash) before--;
	return (at - before) % 2 === 1;
}
/** Where a value ends. What is inside is looked at by JSON.parse, when it is wanted. */
function endOfValue(json, start) {
	if (json[start] === quote) return endOfString(json, start);
	const nested = json[start] === 123 || json[start] === 91;
	let depth = 0;
	for (let at = start; at < json.length; at++) {
		const byte = json[at];
		if (byte === quote && !nested) break;
		if (byte === quote) at = endOfString(json, at) - 1;
		else if (byte === 123 || byte === 91) depth++;
		else if (byte === 125 || byte === 93) {
			if (--depth <= 0) return depth < 0 ? at : at + 1;
		} else if (byte === 44 && depth === 0) return at;
	}
	throw new SyntaxError("repodata is no JSON, or ends too early");
}
// src/tools/solve/download.ts
/**
* Reads a file of a channel, again where what went wrong may pass: 408, 429 (obeying Retry-After), 5xx, a cut connection,
* bytes that `read` refuses. Throws ActionError('solve') with the URL, or ActionError('cancelled').
*/
async function download(question) {
	const { url, signal, firstWait = 500 } = question;
	try {
		return await tryAgain(() => request(question), {
			signal,
			firstWait,
			factor: 3,
			retries: 3
		});
	} catch (error) {
		if (signal.aborted) throw new ActionError("cancelled", `the run was cancelled while ${shown(url)} was read`, [], { cause: error });
		throw explain(error, url);
	}
}
async function request(question) {
	const { url, limit, etag, read, signal, timeout = 3e5 } = question;
	const place = withLogin(url);
	const headers = {
		...etag ? { "if-none-match": etag } : {},
		...place.headers
	};
	const response = await fetch(place.url, {
		headers,
		signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)])
	});
	if (response.ok) return { value: read(await wholeBody(response, limit), response.headers.get("etag")) };
	await response.body?.cancel();
	if (response.status === 304 && etag) return "unchanged";
	if (response.status === 404 || response.status === 410) return "missing";
	throw new StatusError(response, `GET ${shown(url)}`);
}
async function wholeBody(response, limit) {
	const tooLong = `it is larger than ${Math.round(limit / 2 ** 20)} MiB`;
	if (Number(response.headers.get("content-length")) > limit) {
		await response.body?.cancel();
		throw new AbortError(tooLong);
	}
	return await limitedBody(response, limit, tooLong);
}
/** A URL as it may be shown: without a user's name and password, and without the token that conda keeps in paths. */
function shown(text) {
	const url = new URL(text);
	url.username = "";
	url.password = "";
	return url.href.replace(/\/t\/[^/]+\//, "/t/…/");
}
function explain(error, url) {
	const where = shown(url);
	if (error instanceof StatusError) {
		const remedy = error.status === 401 || error.status === 403 ? "check the channel’s address and the credentials in it" : "run again later, or name a mirror in channel-mirrors";
		const tried = error.status < 500 && error.status !== 429 ? "" : ", also after retries";
		return new ActionError("solve", `the channel answered ${error.status} for ${where}${tried}`, [remedy], { cause: error });
	}
	return new ActionError("solve", `${where} cannot be read: ${causeOf(error)}`, ["check the channel’s address and the network, run again later, or name a mirror in channel-mirrors"], { cause: error });
}
// src/tools/solve/subdir.ts
const indexBytes = 64 * 2 ** 20;
const shardBytes = 32 * 2 ** 20;
const repodataBytes = 512 * 2 ** 20;
const unpackedBytes = {
	index: 128 * 2 ** 20,
	shard: 256 * 2 ** 20,
	repodata: 2 ** 30
};
/**
* Opens a subdir: sharded repodata (CEP 16) where the channel has it, else repodata.json.zst, else repodata.json. Null where
* it has none of them. What did not change since the last run is not downloaded again.
*/
async function openSubdir(place, subdir, options) {
	return await openSharded(place, subdir, options) ?? await openWhole(place, subdir, options);
}
async function openSharded(place, subdir, options) {
	const folder = `${place.asked}/${subdir}/`;
	const index = await fetchDocument({
		url: `${folder}repodata_shards.msgpack.zst`,
		limit: indexBytes,
		read: (body) => readIndex(unpack(body, "index"))
	}, options);
	if (index === null) return null;
	const shards = withSlash(new URL(index.shardsBase, folder).href);
	const read = remembered(async (name) => {
		const sha256 = index.hashOf(name);
		if (sha256 === null) return {
			name,
			versions: []
		};
		const bytes = await fetchShard(new URL(`${sha256}.msgpack.zst`, shards).href, sha256, options);
		return understood(`the shard of ${name} at ${shown(shards)}`, () => readShard(name, unpack(bytes, "shard")));
	});
	return {
		channel: place.own,
		subdir,
		base: baseOf(place, subdir, index.base),
		names: index.names,
		has: (name) => index.hashOf(name) !== null,
		read
	};
}
async function openWhole(place, subdir, options) {
	const url = `${place.asked}/${subdir}/repodata.json`;
	const packed = {
		url: `${url}.zst`,
		limit: repodataBytes,
		read: (body) => readRepodata(unpack(body, "repodata"))
	};
	const plain = {
		url,
		limit: repodataBytes,
		read: readRepodata
	};
	const repodata = await fetchDocument(packed, options) ?? await fetchDocument(plain, options);
	if (repodata === null) return null;
	return {
		channel: place.own,
		subdir,
		base: baseOf(place, subdir, repodata.base),
		names: repodata.names.keys(),
		has: (name) => repodata.names.has(name),
		read: remembered(async (name) => understood(`${name} in ${shown(url)}`, () => repodata.shard(name)))
	};
}
/** A mirror's packages are written with the channel's own address; a channel itself may keep them elsewhere. */
function baseOf(place, subdir, written) {
	const own = `${place.own}/${subdir}`;
	if (place.mirrored || !written) return own;
	const [found, beside] = [new URL(written, `${place.asked}/${subdir}/`), new URL(`${place.asked}/${subdir}/`)];
	if (found.protocol !== "https:" && found.protocol !== "http:") return own;
	return withSlash(found.href) === beside.href ? own : place.hidden(found.href.replace(/\/+$/, ""));
}
function withSlash(url) {
	return url.endsWith("/") ? url : `${url}/`;
}
/** A document by its ETag: from the store where it did not change. Null where there is none. */
async function fetchDocument({ url, limit, read }, options) {
	const stored = options.store.document(url);
	const kept = stored && attempted(() => read(stored.body));
	const etag = kept ? stored.etag : null;
	const came = await download({
		...options,
		url,
		limit,
		etag,
		read: (body, newEtag) => ({
			value: read(body),
			body,
			etag: newEtag
		})
	});
	if (came === "missing") return null;
	if (came === "unchanged") return kept ? kept.value : null;
	options.store.putDocument(url, came.value.etag, came.value.body);
	return came.value.value;
}
/** What is kept may be of a version that reads otherwise: then it is as if it were not there. */
function attempted(read) {
	try {
		return { value: read() };
	} catch {
		return null;
	}
}
/** A shard's bytes, which are what the index says: from the store, else from the channel. */
async function fetchShard(url, sha256, options) {
	const stored = options.store.content(sha256);
	if (stored) return stored;
	const read = (body) => {
		const found = hash$1("sha256", body);
		if (found !== sha256) throw new Error(`its sha256 is ${found}, and the index says ${sha256}`);
		return body;
	};
	const came = await download({
		...options,
		url,
		limit: shardBytes,
		read
	});
	if (typeof came === "string") throw new ActionError("solve", `the channel has no ${shown(url)}, which its index names`, ["its index and its shards are of different times: run again in some minutes, or name a mirror in channel-mirrors"]);
	options.store.putContent(sha256, came.value);
	return came.value;
}
/** CEP 16's index: `info` with two addresses, `shards` with a sha256 of 32 bytes for each name. */
function readIndex(bytes) {
	const fields = fieldsAt(bytes, 0);
	const [infoAt, shardsAt] = [fields?.get("info"), fields?.get("shards")];
	const info = infoAt === void 0 ? null : fieldsAt(bytes, infoAt);
	const shards = shardsAt === void 0 ? null : fieldsAt(bytes, shardsAt);
	if (!info || !shards) throw new Error("it is no index of shards");
	const text = (name) => {
		const at = info.get(name);
		return at === void 0 ? null : textAt(bytes, at);
	};
	return {
		base: text("base_url"),
		shardsBase: text("shards_base_url") ?? "./",
		names: shards.keys(),
		hashOf(name) {
			const at = shards.get(name);
			if (at === void 0 || bytes[at] !== 196 || bytes[at + 1] !== 32) return null;
			return bytes.toString("hex", at + 2, at + 34);
		}
	};
}
function unpack(bytes, kind) {
	return zstdDecompressSync(bytes, { maxOutputLength: unpackedBytes[kind] });
}
function understood(what, read) {
	try {
		return read();
	} catch (error) {
		throw new ActionError("solve", `${what} cannot be read: ${messageOf(error)}`, ["the channel serves broken repodata: run again later, or name a mirror in channel-mirrors"], { cause: error });
	}
}
function remembered(read) {
	const known = /* @__PURE__ */ new Map();
	return (name) => {
		let value = known.get(name);
		if (!value) {
			value = read(name);
			known.set(name, value);
		}
		return value;
	};
}
// src/tools/solve/solver.ts
/** A solver that is part of the program: rattler, shown what it needs of the channels. */
function createSolver(options) {
	return { async solve(requests) {
		if (requests.length === 0) return [];
		const store = openStore(options.folder, options.warn, options.storeLimit);
		const ended = new AbortController();
		const signal = AbortSignal.any([options.signal, ended.signal]);
		const rattler = createRattler(options.signal);
		rattler.load();
		try {
			return await solveAll(requests, {
				options: {
					...options,
					signal
				},
				store,
				rattler
			});
		} finally {
			ended.abort();
			rattler.close();
			store.prune();
		}
	} };
}
/** While one request is solved the next one's packages are read. Equal ones are solved once. */
async function solveAll(requests, tools) {
	const opened = /* @__PURE__ */ new Map();
	const [preparing, solving] = [pLimit(2), pLimit(1)];
	const known = /* @__PURE__ */ new Map();
	const answers = requests.map((request) => {
		const key = keyOf(request);
		const solve = (task) => solving(() => tools.rattler.solve(task));
		const given = known.get(key) ?? preparing(() => solveOne(request, tools, opened, solve));
		known.set(key, given);
		return given;
	});
	return await Promise.all(answers);
}
/** Where a spec stands makes no difference to the answer, but to what is said where there is none. */
function keyOf(request) {
	return JSON.stringify(request);
}
async function solveOne(request, tools, opened, solve) {
	try {
		const subdirs = await openAll(request, tools, opened);
		const unknown = unknownNames(request, subdirs);
		if (unknown) return unknown;
		return checked(request, await answer({
			request,
			subdirs,
			solve
		}));
	} catch (error) {
		if (error instanceof ActionError && error.code === "solve") return withoutSecrets(error, request, tools.options);
		throw error;
	}
}
/** An error that shows no value of the channels' variables. */
function withoutSecrets(error, { channels }, { env }) {
	const hidden = (text) => channels.reduce((shown, channel) => withoutValues(shown, channel, env), text);
	const [message = "", ...details] = [error.message, ...error.details].map(hidden);
	return message === error.message && details.every((line, at) => line === error.details[at]) ? error : new ActionError("solve", message, details);
}
async function openAll(request, { options, store }, opened) {
	const channels = request.channels.filter((channel) => channel.url !== "nodefaults");
	const open = (place, subdir) => {
		const key = `${place.asked} ${place.own} ${subdir}`;
		const known = opened.get(key) ?? openSubdir(place, subdir, {
			...options,
			store
		});
		opened.set(key, known);
		return known;
	};
	const found = channels.map(async (channel) => {
		const place = placeOf(channel, options);
		const there = (await Promise.all([open(place, request.platform), open(place, "noarch")])).filter((subdir) => subdir !== null);
		if (there.length > 0) return there;
		throw new ActionError("solve", `there is no channel ${place.name}: it has no repodata for ${request.platform} or noarch`, ["check its name, and what channel-mirrors says of it"]);
	});
	return (await Promise.all(found)).flat();
}
/** Nothing leaves that another reading of the records does not agree with. */
function checked(request, records) {
	const [first, ...more] = satisfied(records, request.virtualPackages);
	if (!first) return records;
	const lines = [first, ...more.slice(0, 9)].map(({ by, kind, spec }) => `${by} ${kind}: ${spec}`);
	throw new ActionError("solve", `the solver's answer for ${request.platform} does not hold: ${lines[0]}`, [...lines.slice(1), "this is a fault of the solver or of the channel’s records: report it, or use lock-engine: conda-lock"]);
}
export { createSolver };
