// src/stack/platforms.ts
/** The platforms that an image is built for: those of the run go before spec.yml's; none for the builder's own. */
function plannedPlatforms(image, platforms) {
	return platforms.length > 0 ? platforms : image.platforms;
}
export { plannedPlatforms as t };
