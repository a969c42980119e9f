import { palettes } from './palettes.ts';
import type { Palette } from './palettes.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';

export interface Artwork {
	palette: Palette;
	/** The picture without any words: an SVG document of `width` × `height` pixels. */
	svg: string;
	/** The rectangle for the text, in pixels. */
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export interface ArtworkOptions {
	width: number;
	height: number;
	/** The same seed always gives the same picture. */
	seed: string;
	/** True leaves the area around a rounded card fully transparent. */
	transparent: boolean;
	/** Room around the words, as a share of the shorter edge; default 0.075. */
	margin?: number;
	/** 0–1: the moment within one turn of an animation. */
	phase?: number;
}

/** Composes ground, light and landscape from a seed. */
export function composeArtwork(options: ArtworkOptions): Artwork {
	const { width, height, transparent } = options;
	const random = seededRandom(options.seed);
	const palette = random.pick(palettes);
	const scene = random.pick([hills, orbs, arcs, ribbons]);
	const inset = transparent ? Math.round(Math.min(width, height) * 0.05) : 0;
	const radius = Math.round(Math.min(width, height) * 0.09);
	const shapes = scene({
		width,
		height,
		palette,
		random,
		turn: (options.phase ?? 0) * 2 * Math.PI,
	});
	const card = `<rect x="${inset}" y="${inset}" width="${width - 2 * inset}" height="${height - 2 * inset}" rx="${radius}"/>`;
	const svg = [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
		`<defs>${gradients(palette)}<clipPath id="card">${card}</clipPath></defs>`,
		transparent ? '<g clip-path="url(#card)">' : '<g>',
		`<rect width="${width}" height="${height}" fill="url(#ground)"/>${shapes}</g></svg>`,
	].join('');
	const margin = inset + Math.round(Math.min(width, height) * (options.margin ?? 0.075));
	return {
		palette,
		svg,
		left: margin,
		top: margin,
		right: width - margin,
		bottom: height - margin,
	};
}

interface Scene {
	width: number;
	height: number;
	palette: Palette;
	random: Random;
	/** The angle of an animation's turn, in radians. */
	turn: number;
}

function gradients({ deep, far, shapes }: Palette): string {
	const stop = (offset: number, colour: string, opacity = 1) =>
		`<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
	return (
		`<linearGradient id="ground" x1="0" y1="0" x2="0.35" y2="1">${stop(0, deep)}${stop(1, far)}</linearGradient>` +
		`<radialGradient id="glow">${stop(0, shapes[2], 0.55)}${stop(0.35, shapes[1], 0.28)}${stop(1, shapes[1], 0)}</radialGradient>` +
		`<radialGradient id="orb" cx="0.35" cy="0.3" r="0.8">${stop(0, shapes[1], 0.75)}${stop(1, shapes[0], 0.25)}</radialGradient>`
	);
}

/** A low sun over layered hills. */
function hills({ width, height, palette, random, turn }: Scene): string {
	const sunX = width * (random.between(0.62, 0.8) + 0.02 * Math.cos(turn));
	const sunY = height * (random.between(0.56, 0.62) + 0.02 * Math.sin(turn));
	const sun = Math.min(width, height) * random.between(0.1, 0.14);
	const layers = [0.68, 0.77, 0.86].map((level, index) => {
		const fill = [palette.shapes[0], palette.far, palette.deep][index]!;
		const sway = random.between(0, 2 * Math.PI) + turn * (index === 1 ? -1 : 1);
		const opacity = [0.75, 0.9, 1][index]!;
		return waveArea(width, height, level, 0.05 - index * 0.008, sway, fill, opacity);
	});
	return (
		circle(sunX, sunY, sun * 4.2, 'url(#glow)') +
		circle(sunX, sunY, sun, palette.shapes[2], 0.92) +
		layers.join('')
	);
}

/** Large soft spheres, drifting. */
function orbs({ width, height, palette, random, turn }: Scene): string {
	const unit = Math.min(width, height);
	const spheres = Array.from({ length: 5 }, (_, index) => {
		const angle = random.between(0, 2 * Math.PI) + turn;
		const x = width * random.between(0.3, 1.02) + unit * 0.03 * Math.cos(angle);
		const y = height * random.between(0.45, 1.0) + unit * 0.03 * Math.sin(angle);
		return circle(x, y, unit * (0.34 - index * 0.055), 'url(#orb)', 0.8);
	});
	const x = width * random.between(0.7, 0.85);
	const y = height * random.between(0.68, 0.8);
	const ring = `<circle cx="${px(x)}" cy="${px(y)}" r="${px(unit * 0.2)}" fill="none" stroke="${palette.shapes[2]}" stroke-opacity="0.55" stroke-width="${px(unit * 0.006)}"/>`;
	return circle(x, y, unit * 0.62, 'url(#glow)') + spheres.join('') + ring;
}

/** Concentric arcs that rise from a lower corner. */
function arcs({ width, height, palette, random, turn }: Scene): string {
	const unit = Math.max(width, height);
	const x = random.next() < 0.7 ? width : 0;
	const colours = [palette.shapes[0], palette.far, palette.shapes[1], palette.deep];
	const start = random.between(0.56, 0.66) + 0.012 * Math.sin(turn);
	const rings = Array.from({ length: 7 }, (_, index) =>
		circle(x, height, unit * (start - index * 0.085), colours[index % colours.length]!, 0.62),
	);
	return (
		circle(x, height, unit * 0.95, 'url(#glow)', 0.7) +
		rings.join('') +
		circle(x, height, unit * 0.055, palette.shapes[2], 0.95)
	);
}

/** Flowing bands with a moon above them. */
function ribbons({ width, height, palette, random, turn }: Scene): string {
	const unit = Math.min(width, height);
	const moonX = width * random.between(0.72, 0.86);
	const moonY = height * random.between(0.44, 0.52) + unit * 0.015 * Math.sin(turn);
	const bands = Array.from({ length: 6 }, (_, index) => {
		const fill = [palette.shapes[0], palette.shapes[1], palette.far][index % 3]!;
		const sway = index * 0.9 + random.between(0, 0.8) + turn;
		return waveArea(width, height, 0.58 + index * 0.07, 0.075, sway, fill, 0.34);
	});
	return (
		circle(moonX, moonY, unit * 0.4, 'url(#glow)', 0.8) +
		circle(moonX, moonY, unit * 0.075, palette.shapes[2], 0.9) +
		bands.join('')
	);
}

/** The area below a smooth wave around `level` (0–1 of the height), down to the lower edge. */
function waveArea(
	width: number,
	height: number,
	level: number,
	swing: number,
	sway: number,
	fill: string,
	opacity: number,
): string {
	const steps = 24;
	const points = Array.from({ length: steps + 1 }, (_, index) => {
		const along = index / steps;
		const wave = Math.sin(along * 5.2 + sway) + 0.45 * Math.sin(along * 11.3 + sway * 2);
		return [along * width, height * (level + swing * 0.7 * wave)] as const;
	});
	const curve = points.slice(1).map(([x, y], index) => {
		const [beforeX, beforeY] = points[index]!;
		return `Q${px(beforeX)} ${px(beforeY)} ${px((beforeX + x) / 2)} ${px((beforeY + y) / 2)}`;
	});
	const [, firstY] = points[0]!;
	const [, lastY] = points[steps]!;
	return `<path d="M0 ${px(firstY)}${curve.join('')}L${width} ${px(lastY)}V${height}H0Z" fill="${fill}" fill-opacity="${opacity}"/>`;
}

function circle(x: number, y: number, radius: number, fill: string, opacity = 1): string {
	return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(Math.max(0, radius))}" fill="${fill}" fill-opacity="${opacity}"/>`;
}

function px(value: number): string {
	return value.toFixed(1);
}
