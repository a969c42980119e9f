/** Colours of one picture: the ground runs from `deep` to `far`; `ink` is readable on both. */
export interface Palette {
	deep: string;
	far: string;
	/** From the quietest to the brightest. */
	shapes: readonly [string, string, string];
	ink: string;
}

export const palettes: readonly Palette[] = [
	{ deep: '#132a43', far: '#2c5f7c', shapes: ['#3f7f99', '#e8a35c', '#f6d8ae'], ink: '#fdf8ef' },
	{ deep: '#2b1b3d', far: '#6b3f69', shapes: ['#8a5082', '#dd7f7a', '#f8c9a0'], ink: '#fff6ee' },
	{ deep: '#12372f', far: '#2f6f5e', shapes: ['#46907a', '#d9b45b', '#f3e6b8'], ink: '#fbf9ee' },
	{ deep: '#3b1d24', far: '#8c4a45', shapes: ['#a8625a', '#e3a857', '#f7dfb5'], ink: '#fff7ec' },
	{ deep: '#1c2541', far: '#3f5a8a', shapes: ['#5876ab', '#e58a8a', '#ffd6c0'], ink: '#f8f9ff' },
	{ deep: '#223127', far: '#54744f', shapes: ['#6f9167', '#e2c069', '#f5ecc8'], ink: '#fbfbf0' },
	{ deep: '#272a3a', far: '#555d7e', shapes: ['#717aa0', '#7fc8c2', '#d8f1ea'], ink: '#f7faff' },
	{ deep: '#0f3443', far: '#2a7886', shapes: ['#3f98a3', '#f2b28a', '#fde3cf'], ink: '#f6fdff' },
];
