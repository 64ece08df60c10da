import { compareKey } from '@hub/kit/compare-key';
import { connectionOf } from '@hub/kit/page';
import { Searchable } from '@hub/kit/searchable';
import { ownOrganisation, sliced } from '@hub/kit/slice';
import { sortKey } from '@hub/kit/sort-key';
import type { Opt } from '@mikro-orm/core';
import { Entity, Enum, Index, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Sited } from '../division/sited.ts';

export enum BranchKind {
  SOLO = 'SOLO',
  JOINT = 'JOINT',
}
registerEnumType(BranchKind, {
  name: 'BranchKind',
  description: 'Established by one organisation (单独成立) or by several together (联合组建).',
});

@Entity({
  rowLevelSecurity: 'force',
  policies: sliced({
    organisation: `id in (select branch_id from branch_organisation where organisation_id = ${ownOrganisation})`,
  }),
})
@ObjectType({ description: 'A party branch of one or several organisations (党支部).' })
@Directive('@key(fields: "id")')
// Ledgers find branches by their names in a division.
@Index({ properties: ['divisionCode', 'nameKey'] })
@Searchable({ table: 'branch', parts: ['name'], pinyin: 'sort_key' })
export class Branch extends Sited {
  @Field({ description: 'Name (支部名称).' })
  @Property({ type: 'text' })
  name!: string;

  @Property({ type: 'text', onCreate: (b: Branch) => sortKey(b.name), onUpdate: (b: Branch) => sortKey(b.name) })
  sortKey!: string & Opt;

  /** What it is found by in ledgers and by its name. */
  @Property({
    type: 'text',
    nullable: true,
    onCreate: (b: Branch) => compareKey(b.name),
    onUpdate: (b: Branch) => compareKey(b.name),
  })
  nameKey?: string & Opt;

  @Field(() => BranchKind, { description: 'By one organisation or jointly (组建方式).' })
  @Enum({ items: () => BranchKind })
  kind!: BranchKind;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Established on, YYYY-MM-DD (成立日期).' })
  @Property({ type: 'date', nullable: true })
  establishedOn?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Dissolved on, YYYY-MM-DD (撤销日期).' })
  @Property({ type: 'date', nullable: true })
  dissolvedOn?: string | null;
}

export const BranchConnection = connectionOf(Branch);
