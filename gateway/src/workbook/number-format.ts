import { type FormatToken, formatSections } from './format-tokens.ts';
import { type NumberShape, numberShape } from './number-shape.ts';
import { type ShownMoment, shownMoment } from './shown-moment.ts';
import { shownNumber } from './shown-number.ts';

interface Section {
  condition?: (value: number) => boolean;
  moment?: ShownMoment;
  shape: NumberShape;
}

/** How a cell shows its number: as a date, or as figures with a scale and a unit. */
export class NumberFormat {
  readonly #sections: Section[];

  constructor(code: string) {
    // What is for texts says nothing about numbers.
    const ofNumbers = formatSections(code).filter(tokens => !tokens.some(({ kind }) => kind === 'text'));
    this.#sections = ofNumbers.slice(0, 3).map(sectionOf);
  }

  /** What of a date or time is shown, where the format is one. */
  moment(value: number): ShownMoment | undefined {
    return this.#of(value)?.moment;
  }

  /** The text a person sees, where it says something else than the bare number. */
  shown(value: number): string | undefined {
    const section = this.#of(value);
    return section && shownNumber(value, section.shape);
  }

  #of(value: number): Section | undefined {
    const sections = this.#sections;
    if (sections.some(({ condition }) => condition)) return sections.find(({ condition }) => !condition || condition(value));
    if (value < 0 && sections.length > 1) return sections[1];
    return (value === 0 && sections[2]) || sections[0];
  }
}

const comparisons: Record<string, (value: number, limit: number) => boolean> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '=': (value, limit) => value === limit,
  '<>': (value, limit) => value !== limit,
};

function sectionOf(tokens: FormatToken[]): Section {
  const said = tokens.find(({ kind }) => kind === 'condition')?.text ?? '';
  const [, comparison = '', limit = ''] = /^([<>=]+)\s*(.+)$/.exec(said) ?? [];
  const compare = comparisons[comparison];
  return {
    condition: compare && (value => compare(value, Number(limit))),
    moment: shownMoment(tokens),
    shape: numberShape(tokens),
  };
}
