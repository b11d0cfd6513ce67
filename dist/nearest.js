// src/nearest.ts
/** At most two of `known` that are so near to `text` that it may be a slip of them, nearest first. */
function nearest(text, known) {
	const limit = Math.max(2, Math.floor(text.length / 3));
	return known.map((word) => ({
		word,
		distance: distance(text.toLowerCase(), word.toLowerCase())
	})).filter(({ word, distance }) => distance <= limit && distance < Math.max(text.length, word.length)).sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1)).slice(0, 2).map((candidate) => candidate.word);
}
/** Levenshtein distance, one row at a time. */
function distance(a, b) {
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
export { nearest as t };
