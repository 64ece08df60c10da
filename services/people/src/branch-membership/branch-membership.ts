import { Context } from '@hub/kit/context';
import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { ownOrganisation, sliced } from '@hub/kit/slice';
import type { Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property, Unique } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Ctx, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Branch } from '../branch/branch.ts';
import { Sited } from '../division/sited.ts';
import { Person } from '../person/person.ts';

export enum MembershipStatus {
  PROBATIONARY = 'PROBATIONARY',
  FULL = 'FULL',
}
registerEnumType(MembershipStatus, {
  name: 'MembershipStatus',
  description: 'Probationary (预备党员) or full member (正式党员).',
});

/** What a member organisation sees of a person's rows: those of its own people. Row security of the person decides below it. */
export const ofOwnPeople = `person_id in (select id from person where organisation_id = ${ownOrganisation})`;

@Entity({ rowLevelSecurity: 'force', policies: sliced({ organisation: ofOwnPeople }) })
@ObjectType({ description: 'That a person is a member of a branch, until they leave it (支部党员关系).' })
@Unique({ name: 'branch_membership_living', properties: ['person'], where: 'left_on is null' })
export class BranchMembership extends Sited {
  @ManyToOne(() => Person, { ref: true, createForeignKeyConstraint: false, index: true })
  person!: Ref<Person>;

  @InSliceOf(() => Person, 'person_id')
  personKey?: never;

  @ManyToOne(() => Branch, { ref: true, index: true })
  branch!: Ref<Branch>;

  @Field(() => MembershipStatus, { description: 'Probationary or full (党员类别).' })
  @Enum({ items: () => MembershipStatus })
  status!: MembershipStatus;

  @Field(() => GraphQLLocalDate, {
    description: 'Joined on, YYYY-MM-DD: the party, or after a transfer this branch (入党或转入日期).',
  })
  @Property({ type: 'date' })
  joinedOn!: string;

  @ManyToOne(() => Branch, { ref: true, nullable: true })
  transferredFrom?: Ref<Branch> | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Left on, YYYY-MM-DD; null while living (转出或离开日期).' })
  @Property({ type: 'date', nullable: true })
  leftOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Why they left (转出或离开原因).' })
  @Property({ type: 'text', nullable: true })
  leaveReason?: string | null;

  @Field(() => Person, { name: 'person', description: 'The member (党员).' })
  thePerson(@Ctx() context: Context): Promise<Person | null> {
    return context.load(Person, this.person.id);
  }

  @Field(() => Branch, { name: 'branch', nullable: true, description: 'The branch (所在党支部).' })
  get theBranch(): Branch | null {
    return branchStub(this.branch);
  }

  @Field(() => Branch, { name: 'transferredFrom', nullable: true, description: 'The branch they came from (转出党支部).' })
  get formerBranch(): Branch | null {
    return branchStub(this.transferredFrom);
  }
}

const branchStub = (branch?: Ref<Branch> | null) => (branch ? Object.assign(new Branch(), { id: branch.id }) : null);

export const BranchMembershipConnection = connectionOf(BranchMembership);
