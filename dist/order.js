// src/lock/order.ts
/** Orders ASCII text as Python orders strings: by code point. */
function byCode(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
/** Orders lists of texts as Python orders tuples. */
function byCodes(a, b) {
	for (const [index, text] of a.entries()) {
		const order = byCode(text, b[index] ?? "");
		if (order !== 0) return order;
	}
	return 0;
}
export { byCodes as n, byCode as t };
