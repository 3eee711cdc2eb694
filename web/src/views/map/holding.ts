/** The signs of control: each holder by colour and letter, each status by its own form, so that neither alone has to tell. */

import type { Feature, Features, Interval, Status } from '../../lib/types.ts';
import { bare } from '../../lib/labels.ts';

const COLOURS: Record<string, string> = {
  regime: '#a5352c', proregime: '#c0605a', iran: '#7a5c2e', hezbollah: '#8a7a1f', russia: '#7d4a6b', opposition: '#3f7d3a',
  hts: '#1f6b6b', isis: '#2f3437', sdf: '#c99a1a', coalition: '#3a62a8', usa: '#3a62a8', turkey: '#2b8a80', israel: '#5577c8',
  houthis: '#3f7d3a', 'yemen-government': '#a5352c', 'iraq-army': '#3a62a8', pmf: '#7a5c2e', peshmerga: '#c99a1a',
  lna: '#a5352c', gna: '#3f7d3a', saf: '#3a62a8', rsf: '#8a5a2e',
};
const MORE = ['#6a51a3', '#8c6d31', '#31708c', '#8c3160', '#4d6b2f', '#5b5f66'];
/** A letter where the first one of the name would not tell two apart. */
const LETTERS: Record<string, Record<string, string>> = {
  ar: { regime: 'ن', opposition: 'م', hts: 'ه', isis: 'د', sdf: 'ق', turkey: 'ت', russia: 'ر', israel: 'س', coalition: 'ح', iran: 'إ', usa: 'أ', hezbollah: 'ز', proregime: 'ف' },
  en: { regime: 'G', opposition: 'O', hts: 'H', isis: 'I', sdf: 'S', turkey: 'T', russia: 'R', israel: 'Is', coalition: 'C', iran: 'Ir', usa: 'US', hezbollah: 'Hz', proregime: 'P' },
};

export function campColour(camp: string): string {
  const known = COLOURS[camp];
  if (known) return known;
  let sum = 0;
  for (const sign of camp) sum += sign.charCodeAt(0);
  return MORE[sum % MORE.length]!;
}

export function campLetter(camp: string, language: string, name: string): string {
  return LETTERS[language]?.[camp] ?? (language === 'ar' ? bare(name).replace(/^ال/, '').slice(0, 1) : name.slice(0, 2));
}

/** The name of the picture of a place: its status and the camps that hold or claim it. */
export function iconOf(interval: Interval): string {
  const camps = [...new Set(interval.holders.map((holder) => holder.actor.camp))].slice(0, 3);
  return `control|${interval.status}|${camps.join('+')}`;
}

export interface Signed {
  id: string;
  name: string;
  icon: string;
  order: number;
}

/** What stands on a day, one sign a place; the most uncertain lie on top. */
export function signsOn(intervals: readonly Placed[], day: string, named: (of: Interval['place']) => string): Features<Signed> {
  const order: Record<Status, number> = { unknown: 0, held: 1, divided: 2, besieged: 3, contested: 4 };
  const features: Feature<Signed>[] = [];
  for (const { interval, geometry } of intervals) {
    if (interval.from > day || (interval.to !== null && interval.to <= day)) continue;
    const { place, status } = interval;
    features.push({
      type: 'Feature',
      geometry,
      properties: { id: place.id, name: bare(named(place)), icon: iconOf(interval), order: order[status] },
    });
  }
  return { type: 'FeatureCollection', features };
}

export interface Placed {
  interval: Interval;
  geometry: { type: 'Point'; coordinates: [number, number] };
}

/** Draw the picture of a name that `iconOf` gave, 28 pixels wide at `ratio` 1. */
export function drawIcon(icon: string, letter: (camp: string) => string, ratio: number, ink: string, paper: string): ImageData {
  const [, status = 'unknown', held = ''] = icon.split('|');
  const camps = held ? held.split('+') : [];
  const size = 28 * ratio;
  const pen = new OffscreenCanvas(size, size).getContext('2d')!;
  pen.scale(ratio, ratio);
  pen.translate(14, 14);
  disc(pen, 12, paper);
  if (status === 'unknown' || !camps.length) drawUnknown(pen, ink, paper);
  else if (status === 'divided') drawDivided(pen, camps, letter, paper);
  else if (status === 'contested') drawContested(pen, camps, ink, paper);
  else {
    disc(pen, status === 'besieged' ? 8.5 : 10.5, campColour(camps[0]!));
    if (status === 'besieged') ring(pen, 11.5, ink, [5, 4], 2.4);
    write(pen, letter(camps[0]!), 0, status === 'besieged' ? 10 : 12, '#fff');
  }
  return pen.getImageData(0, 0, size, size);
}

type Pen = OffscreenCanvasRenderingContext2D;

function disc(pen: Pen, radius: number, colour: string): void {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 7);
  pen.fillStyle = colour;
  pen.fill();
}

function ring(pen: Pen, radius: number, colour: string, dash: number[], width: number): void {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 7);
  pen.setLineDash(dash);
  pen.lineWidth = width;
  pen.strokeStyle = colour;
  pen.stroke();
  pen.setLineDash([]);
}

function write(pen: Pen, text: string, x: number, size: number, colour: string): void {
  pen.font = `600 ${text.length > 1 ? size * 0.8 : size}px "IBM Plex Sans Arabic", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = colour;
  pen.fillText(text, x, 0.5);
}

function drawUnknown(pen: Pen, ink: string, paper: string): void {
  disc(pen, 9, paper);
  ring(pen, 9, ink, [2, 2.2], 1.4);
  write(pen, '?', 0, 11, ink);
}

function drawDivided(pen: Pen, camps: string[], letter: (camp: string) => string, paper: string): void {
  const [one, two = one] = camps as [string, string?];
  for (const [camp, from] of [[one, Math.PI / 2], [two, -Math.PI / 2]] as const) {
    pen.beginPath();
    pen.arc(0, 0, 11, from, from + Math.PI);
    pen.fillStyle = campColour(camp!);
    pen.fill();
  }
  pen.fillStyle = paper;
  pen.fillRect(-0.9, -12, 1.8, 24);
  write(pen, letter(one), -5.4, 9, '#fff');
  write(pen, letter(two!), 5.4, 9, '#fff');
}

function drawContested(pen: Pen, camps: string[], ink: string, paper: string): void {
  pen.save();
  pen.beginPath();
  pen.arc(0, 0, 11, 0, 7);
  pen.clip();
  pen.rotate(Math.PI / 4);
  const colours = camps.length > 1 ? camps.map(campColour) : [campColour(camps[0]!), paper];
  for (let i = 0, x = -13.5; x < 13; x += 4.5, i++) {
    pen.fillStyle = colours[i % colours.length]!;
    pen.fillRect(x, -13, 4.5, 26);
  }
  pen.restore();
  ring(pen, 11, ink, [], 2);
  pen.save();
  pen.beginPath();
  for (let i = 0; i < 8; i++) { // points all around: a fight, also without colour
    const turn = (i * Math.PI) / 4;
    pen.moveTo(Math.cos(turn) * 11, Math.sin(turn) * 11);
    pen.lineTo(Math.cos(turn) * 13.6, Math.sin(turn) * 13.6);
  }
  pen.lineWidth = 2;
  pen.strokeStyle = ink;
  pen.stroke();
  pen.restore();
}
