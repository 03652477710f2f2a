/** A colour scheme. Every colour of text has a contrast of at least 4.5:1 on both backgrounds (WCAG 2.2, criterion 1.4.3). */
export interface Palette {
  readonly ground: string;
  /** Background of tables and code. */
  readonly raised: string;
  readonly ink: string;
  readonly quiet: string;
  /** Rules and ticks; never used for text. */
  readonly line: string;
  readonly authority: string;
  readonly good: string;
  readonly due: string;
  readonly bad: string;
}

export const LIGHT: Palette = {
  ground: '#ffffff',
  raised: '#f5f6f8',
  ink: '#1a1d21',
  quiet: '#565e68',
  line: '#d5d9de',
  authority: '#5a4a9c',
  good: '#1f6b4a',
  due: '#8a5300',
  bad: '#b0241c',
};

export const DARK: Palette = {
  ground: '#101418',
  raised: '#191f25',
  ink: '#e7ebef',
  quiet: '#9da7b2',
  line: '#333b44',
  authority: '#b8a9f0',
  good: '#6cc79a',
  due: '#e2b04a',
  bad: '#ff8f86',
};
