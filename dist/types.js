// src/cache/types.ts
/** No cache but the builder's own. */
const noPlaces = {
	from: [],
	to: [],
	reads: [],
	writes: []
};
/** The places of several caches, in their order. */
function joinPlaces(all) {
	return {
		from: all.flatMap(({ from }) => from),
		to: all.flatMap(({ to }) => to),
		reads: all.flatMap(({ reads }) => reads),
		writes: all.flatMap(({ writes }) => writes),
		env: Object.assign({}, ...all.map(({ env }) => env ?? {}))
	};
}
export { noPlaces as n, joinPlaces as t };
