import { isDivisionCode } from '@hub/kit/viewer';
import { Directive, Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A division; this subgraph adds its programs, sessions, donations and figures (行政区划).' })
@Directive('@key(fields: "code")')
export class Division {
  @Field({ description: 'Code, 6 digits, GB/T 2260 or of its scheme (区划代码).' })
  code!: string;
}

/** Divisions are public: the owner knows which exist, row security guards what hangs on them here. */
export const divisionOf = (code: string): Division | null =>
  isDivisionCode(code) ? Object.assign(new Division(), { code }) : null;
