// src/publish/holder.ts
/** Milliseconds after which whoever holds a lock or an open journal counts as gone: tags are moved within seconds. */
const holderMilliseconds = 18e4;
/** Whether another holder may still be at work. An earlier attempt of the same run is over; nobody holds anything for minutes. */
function mayLive(other, { holder, locked, age, runs }) {
	const [kind, first, second] = other.split(/[:.]/);
	const [ownKind, ownFirst, ownSecond] = holder.split(/[:.]/);
	const same = kind === ownKind && first === ownFirst;
	if (kind === "local" && same) return Number(second) !== Number(ownSecond) && runs(Number(second));
	if (kind === "github" && (locked || same && Number(second) < Number(ownSecond))) return false;
	return age < holderMilliseconds;
}
export { mayLive as n, holderMilliseconds as t };
