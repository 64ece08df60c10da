import { city, districts } from './city.ts';

export interface Committee {
  name: string;
  division: string;
  /** Division of the committee above. */
  parent?: string;
}

export const committees: readonly Committee[] = [
  { name: '中共长春市互联网行业委员会', division: city.code },
  ...districts.map(({ code, name }) => ({
    name: `中共${/^长春|[县市]$/.test(name) ? '' : '长春市'}${name}互联网行业委员会`,
    division: code,
    parent: city.code,
  })),
];
