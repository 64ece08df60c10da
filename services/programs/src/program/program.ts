import { compareKey } from '@hub/kit/compare-key';
import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { Searchable } from '@hub/kit/searchable';
import { sliced } from '@hub/kit/slice';
import { sortKey } from '@hub/kit/sort-key';
import { Collection, type Opt, type Ref } from '@mikro-orm/core';
import { Check, Entity, Enum, Index, ManyToOne, OneToMany, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { createUnionType, Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Committee } from '../committee/committee.ts';
import { Sited } from '../division/sited.ts';
import { Organisation } from '../organisation/organisation.ts';
import { partneredPrograms, takesPart } from './program-audience.ts';
import { ProgramPartner } from './program-partner.ts';

export enum ProgramState {
  PLANNED = 'PLANNED',
  ACTIVE = 'ACTIVE',
  ENDED = 'ENDED',
}
registerEnumType(ProgramState, {
  name: 'ProgramState',
  description: 'State of a program: planned, then active, then ended (项目状态).',
});

export const ProgramLead = createUnionType({
  name: 'ProgramLead',
  description: 'Who leads a program: an organisation or a committee (牵头单位).',
  types: () => [Organisation, Committee] as const,
});

@Entity({
  rowLevelSecurity: 'force',
  policies: sliced({ organisation: takesPart, partner: `id in ${partneredPrograms}`, published: true }),
})
@ObjectType({ description: 'A public-welfare program, led by an organisation or a committee, with partners (公益项目).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
@Index({ properties: ['divisionCode', 'sortKey', 'id'] })
@Index({ properties: ['nameKey'] })
@Check({ name: 'program_one_lead', expression: 'num_nonnulls(lead_organisation_id, lead_committee_id) = 1' })
@Searchable({ table: 'program', parts: ['name'], pinyin: 'sort_key', published: true })
export class Program extends Sited {
  @Field({ description: 'Name (项目名称).' })
  @Property({ type: 'text' })
  name!: string;

  /** Pinyin of the name: the Chinese order, and what a search by pinyin meets. */
  @Property({ type: 'text', onCreate: (p: Program) => sortKey(p.name), onUpdate: (p: Program) => sortKey(p.name) })
  sortKey!: string & Opt;

  /** What it is found by in ledgers and by its name. */
  @Property({
    type: 'text',
    nullable: true,
    onCreate: (p: Program) => compareKey(p.name),
    onUpdate: (p: Program) => compareKey(p.name),
  })
  nameKey?: string & Opt;

  @Field(() => String, { nullable: true, description: 'What it does (项目简介).' })
  @Property({ type: 'text', nullable: true })
  summary?: string | null;

  @Field(() => String, { nullable: true, description: 'Whom it is for (服务对象).' })
  @Property({ type: 'text', nullable: true })
  targetGroup?: string | null;

  @Field(() => ProgramState, { description: 'Its state (项目状态).' })
  @Enum({ items: () => ProgramState, default: ProgramState.PLANNED })
  state: Opt<ProgramState> = ProgramState.PLANNED;

  @Field(() => GraphQLLocalDate, { description: 'First day, YYYY-MM-DD (开始日期).' })
  @Property({ type: 'date' })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Last day, YYYY-MM-DD (结束日期).' })
  @Property({ type: 'date', nullable: true })
  endsOn?: string | null;

  @Field(() => Boolean, { description: 'The divisions below may read it and hold sessions of it (向下发布).' })
  @Property({ type: 'boolean', default: false })
  publishedDownward: Opt<boolean> = false;

  @ManyToOne(() => Organisation, { ref: true, nullable: true, createForeignKeyConstraint: false, index: true })
  leadOrganisation?: Ref<Organisation> | null;

  @ManyToOne(() => Committee, { ref: true, nullable: true, createForeignKeyConstraint: false, index: true })
  leadCommittee?: Ref<Committee> | null;

  @InSliceOf(() => Organisation, 'lead_organisation_id')
  leadOrganisationKey?: never;

  @InSliceOf(() => Committee, 'lead_committee_id')
  leadCommitteeKey?: never;

  @OneToMany(
    () => ProgramPartner,
    link => link.program,
  )
  links = new Collection<ProgramPartner>(this);
}

export const ProgramConnection = connectionOf(Program);
