/** Names as the map can draw them: vowel marks and stretching signs would stand apart from their letters. */
export function bare(name: string): string {
  return name.replace(/[\u064B-\u0652\u0670\u0640]/g, '');
}
